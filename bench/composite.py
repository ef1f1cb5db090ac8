"""`python -m bench composite`: places of all of Sweden's RegSO under ten thousand other ways to make an index.

No package in Python does this, so the limit is in seconds. Asserted first: the places are those that the index made one
way at a time gives.
"""

from __future__ import annotations

import numpy as np

from bench.table import Row, measured, told
from plats.analysis.need.aggregation import aggregated
from plats.analysis.need.drawn import Choices, choices_of
from plats.analysis.need.scaling import scaled
from plats.analysis.need.sensitivity import rank_sensitivity
from plats.analysis.need.uncertainty import rank_uncertainty
from plats.analysis.ranks import ranks_of

AREAS, INDICATORS, DRAWS, SOBOL_DRAWS = 3363, 7, 10_000, 1000
METHODS = (("z", "arithmetic"), ("min_max", "geometric"), ("percentile", "arithmetic"))
# A place is found by sorting: some 25 ns for each area and draw on one core.
SORT_SECONDS = 25e-9


def main(_: list[str]) -> int:
    choices = made_up()
    require_one_at_a_time(choices)
    works = {
        f"rangintervall, {DRAWS:,} dragningar, {AREAS:,} områden, {INDICATORS} delar": (
            lambda: rank_uncertainty(choices, draws=DRAWS, seed=1),
            8.0,
            DRAWS,
        ),
        f"Sobols andelar, {SOBOL_DRAWS:,} dragningar, {INDICATORS + 1} faktorer": (
            lambda: rank_sensitivity(choices, draws=SOBOL_DRAWS, seed=1),
            20.0,
            SOBOL_DRAWS * (2 * (INDICATORS + 1) + 2),
        ),
    }
    slow = 0
    for title, (work, limit, sorted_) in works.items():
        row = Row(title, measured(work, runs=1).median, limit_seconds=limit)
        bound = {"bound": sorted_ * AREAS * SORT_SECONDS, "bound_why": "en sortering för varje dragning"}
        slow |= told(Row(**{**row.__dict__, **bound}))
    return slow


def made_up() -> Choices:
    """Shares that go together as they do, the same every time."""
    random = np.random.default_rng(20261128)
    common = random.normal(size=(AREAS, 1))
    figures = 1 / (
        1 + np.exp(-common * random.uniform(0.3, 1, INDICATORS) - random.normal(size=(AREAS, INDICATORS)))
    )
    return choices_of(
        figures, np.arange(1, INDICATORS + 1), np.ones(INDICATORS), spread=0.15, methods=METHODS
    )


def require_one_at_a_time(choices: Choices) -> None:
    """The same numbers, one draw at a time by the functions for one index."""
    from scipy.special import gammaincinv

    numbers = np.random.default_rng(3).random((20, len(choices.factors)))
    places = choices.places(numbers)
    for row, number in zip(places, numbers, strict=True):
        weights = gammaincinv(choices.weights * (choices.spread**-2 - 1), number[:-1])
        scaling, aggregation = METHODS[int(number[-1] * len(METHODS))]
        parts = scaled(choices.figures, choices.turned, scaling)
        assert np.array_equal(row, ranks_of(aggregated(parts, weights, aggregation)))
    print("  samma platser som index för index")
