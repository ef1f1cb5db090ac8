"""`python -m bench coverage [PLACES]`: how often the intervals hold the truth, and the tests reject what is true.

Places are made up from chances that are known, people are drawn into them, and the interval is asked whether it holds
the measure of the chances. Printed for docs/methods/intervall-for-segregation.md; nothing is timed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.measure import busy
from plats.analysis.segregation.inference.bootstrap import evaluator, limits_of, redrawn_twice
from plats.analysis.segregation.inference.chance import chance_test
from plats.analysis.segregation.inference.comparison import difference_interval
from plats.analysis.segregation.inference.fairness import reason_against
from plats.analysis.segregation.inference.resampling import people_anew
from plats.analysis.segregation.inference.stacks import Stack

Floats = npt.NDArray[np.float64]

PLACES, DRAWS, LEVEL = 1000, 400, 0.95
MEASURES = ("dissimilarity", "gini", "entropy_index", "isolation")


@dataclass(frozen=True)
class Regime:
    """So many areas of so many people; the group's share of all, and how unlike areas are (the variance of their
    chances over what it could be at most)."""

    areas: int
    people: int
    share: float
    spread: float

    def chances(self, random: np.random.Generator) -> tuple[Floats, Floats]:
        """Each area's size, half to one and a half times the mean, and chance of the group."""
        sizes = np.rint(self.people * random.uniform(0.5, 1.5, self.areas))
        if self.spread == 0:
            return sizes, np.full(self.areas, self.share)
        narrow = (1 - self.spread) / self.spread
        return sizes, random.beta(self.share * narrow, (1 - self.share) * narrow, self.areas)

    def __str__(self) -> str:
        return (
            f"{self.areas} x {self.people:,}, gruppen {100 * self.share:g} %, olikhet {100 * self.spread:g} %"
        )


FAIR = [
    Regime(22, 5000, 0.25, 0.1),
    Regime(22, 5000, 0.25, 0.02),
    Regime(22, 5000, 0.05, 0.02),
    Regime(60, 1900, 0.25, 0.1),
    Regime(60, 1900, 0.25, 0.02),
    Regime(60, 1900, 0.05, 0.02),
]
NATIONAL = [Regime(6160, 1700, 0.25, 0.1), Regime(6160, 1700, 0.05, 0.05)]
HARD = [
    Regime(22, 5000, 0.25, 0.001),
    Regime(60, 1900, 0.25, 0.001),
    Regime(22, 5000, 0.25, 0),
    Regime(22, 5000, 0.002, 0.02),
    Regime(60, 1900, 0.005, 0.02),
    Regime(60, 1900, 0.0005, 0.05),
    Regime(300, 400, 0.25, 0.005),
    Regime(1000, 50, 0.25, 0.1),
    Regime(1000, 50, 0.25, 0.02),
    Regime(1000, 200, 0.25, 0.1),
]


def main(arguments: list[str]) -> int:
    places = int(arguments[0]) if arguments else PLACES
    print(f"{places} orter i varje rad, {DRAWS} dragningar, nivå {100 * LEVEL:g} %; {busy()}")
    wrong = 0
    for regime in FAIR:
        wrong |= shown(regime, covered(regime, places, MEASURES), must_hold=True)
    for regime in HARD:
        shown(regime, covered(regime, places, MEASURES), must_hold=False)
    for regime in NATIONAL:
        wrong |= shown(regime, covered(regime, max(20, places // 5), MEASURES), must_hold=places >= PLACES)
    for null in ("person_permutation", "difference"):
        wrong |= rejected(null, places)
    return wrong


@dataclass(frozen=True)
class Covered:
    """One measure over many places: whether each interval held, and whether it would have been shown."""

    held: npt.NDArray[np.bool_]
    fair: npt.NDArray[np.bool_]
    chance: Floats  # what chance adds, as a part of the corrected value


def covered(regime: Regime, places: int, measures: Sequence[str], seed: int = 1) -> dict[str, Covered]:
    """The intervals of the measures over made-up places."""
    random = np.random.default_rng(seed)
    evaluate = [evaluator(measure, 2) for measure in measures]

    def all_of(stack: Stack) -> Floats:
        return np.stack([one(stack) for one in evaluate])

    held, fair = np.zeros((2, len(measures), places), dtype=bool)
    chance = np.zeros((len(measures), places))
    for place in range(places):
        sizes, chances = regime.chances(random)
        group = random.binomial(sizes.astype(int), chances)
        counts, pattern = (_table(one, sizes) for one in (group, sizes * chances))
        truth, values = all_of(Stack.of_one(pattern))[:, 0], all_of(Stack.of_one(counts))[:, 0]
        found = redrawn_twice(counts, all_of, people_anew, DRAWS, seed=place)
        for number, (true, value) in enumerate(zip(truth, values, strict=True)):
            corrected, low, high = limits_of(value, found[:, number], LEVEL)
            held[number, place] = max(low, 0.0) <= true <= high
            chance[number, place] = (value - corrected) / corrected
            fair[number, place] = reason_against(counts, value, corrected, measure=measures[number]) is None
    return {name: Covered(held[k], fair[k], chance[k]) for k, name in enumerate(measures)}


def shown(regime: Regime, found: dict[str, Covered], *, must_hold: bool) -> int:
    """Print a row for each measure; 1 when it must hold, and where an interval is shown it does not."""
    wrong = 0
    for name, one in found.items():
        where = one.held[one.fair]
        share = where.mean() if len(where) else np.nan
        slack = 2 * np.sqrt(0.05 * 0.95 / max(1, len(where)))
        off = must_hold and not (0.93 - slack <= share <= 0.97 + slack)
        wrong |= int(off)
        print(
            f"{regime!s:<52} {name:<14} slumpens del {np.median(one.chance):7.3f}   täcker {one.held.mean():.3f}"
            f"   visas {one.fair.mean():.2f}, täcker då {share:.3f}{'   UTANFÖR 93-97 %' if off else ''}",
            flush=True,
        )
    return wrong


def rejected(null: str, places: int) -> int:
    """How often a test at 5 % rejects where there is nothing to find."""
    random, regime, wrong = np.random.default_rng(3), FAIR[4], 0
    level = Regime(regime.areas, regime.people, regime.share, 0)
    for measure in ("dissimilarity", "entropy_index"):
        p = np.empty(places)
        for place in range(places):
            one, other = (
                _people(level if null == "person_permutation" else regime, random, place) for _ in range(2)
            )
            if null == "person_permutation":
                p[place] = chance_test(one, measure, draws=199, seed=place).p_value
            else:
                p[place] = difference_interval(one, other, measure, draws=DRAWS, seed=place).p_value
        share = float((p <= 0.05).mean())
        slack = 2 * np.sqrt(0.05 * 0.95 / places)
        off = not (0.04 - slack <= share <= 0.06 + slack)
        wrong |= int(off)
        print(
            f"{null:<24} {measure:<16} förkastar {share:.3f} av {places}{'   UTANFÖR 4-6 %' if off else ''}",
            flush=True,
        )
    return wrong


def _people(regime: Regime, random: np.random.Generator, place: int) -> Floats:
    """People drawn from chances that are the same for both of a pair of places."""
    sizes, chances = regime.chances(np.random.default_rng(place))
    group = random.binomial(sizes.astype(int), chances)
    return _table(group, sizes)


def _table(group: npt.ArrayLike, sizes: Floats) -> Floats:
    mine = np.asarray(group, dtype=np.float64)
    return np.column_stack([mine, sizes - mine])
