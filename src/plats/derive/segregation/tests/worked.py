"""Small made-up towns, and what is worked out of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from plats.catalog.load import catalog
from plats.catalog.models import DatedValue
from plats.derive.figures import Layer
from plats.derive.segregation.rows import Rows
from plats.derive.segregation.run import SegregationSetting, segregation_rows
from plats.derive.tests.made import (
    DESO,
    LIMITS,
    Cells,
    Link,
    deso,
    regso,
    setting,
)
from plats.vocabulary.cells import State

HOME = "0126"
INTERVAL = DatedValue.model_validate(
    {
        "from": "2026-01-01",
        "value": {
            "draws": 50,
            "level": 0.9,
            "seed": 1,
            "most_by_chance": 0.1,
            "fewest_in_group": 300,
            "fewest_in_area": 20,
        },
        "unit": {},
        "decided_by": "test",
        "reference": "test",
    }
)
RULE = {"scb_integration": catalog().parameters["disclosure/scb_integration"].values[0]}
Count = float | State
# Three areas: 10 of 40, 10 of 20 and 10 of 60 have a foreign background.
FOREIGN, SWEDISH = (10, 10, 10), (30, 10, 50)


def cells(variable: str, counts: Sequence[Count], *, period: str = "2022", layer: Layer = DESO) -> Cells:
    name = deso if layer == DESO else regso
    return Cells(layer, variable, {name(n): one for n, one in enumerate(counts, start=1)}, period)


def background(foreign: Sequence[Count], swedish: Sequence[Count], **about: Any) -> list[Cells]:
    return [cells("foreign_background", foreign, **about), cells("swedish_background", swedish, **about)]


def worked_out(
    given: Iterable[Cells],
    links: Iterable[Link] = (),
    *,
    name: str = "foreign_background",
    points: Mapping[tuple[str, str, str], tuple[float, float]] = MappingProxyType({}),
    **changed: Any,
) -> Rows:
    made = setting(given, links)
    definition = catalog().segregations[name].model_copy(update=changed)
    return segregation_rows(
        {name: definition},
        SegregationSetting(made.figures, made.routes, LIMITS, INTERVAL, RULE, {}, HOME, dict(points)),
    )


def only(rows: list[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


def by_hand(foreign: Sequence[int], swedish: Sequence[int]) -> Fraction:
    """D = half the sum of |share of the one group - share of the other| over areas."""
    one, other = sum(foreign), sum(swedish)
    return (
        sum(
            (abs(Fraction(a, one) - Fraction(b, other)) for a, b in zip(foreign, swedish, strict=True)),
            Fraction(0),
        )
        / 2
    )
