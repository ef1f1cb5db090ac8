"""The interval around a measure: what it would be without what chance adds, where that can be said fairly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plats.analysis.segregation.inference.bootstrap import Varies, bootstrap_interval
from plats.analysis.segregation.inference.stacks import MEASURES, PAIR_MEASURES
from plats.catalog.models import DatedValue
from plats.catalog.segregations import SegregationDefinition
from plats.derive.figures import Floats
from plats.derive.segregation.measures import measured_by

GROUP_TOO_SMALL = "En grupp är så liten att den saknas helt i vissa dragningar: inget intervall visas."


@dataclass(frozen=True)
class Chance:
    """A measure without chance and the interval around that; NaN with the reason where none is shown."""

    corrected: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    why_not: str = ""


def chance_in(definition: SegregationDefinition, table: Floats, measure: str, decided: DatedValue) -> Chance:
    """What the measure of the table would be if those who live in each area had come anew by the area's own pattern."""
    if definition.no_interval is not None:
        return Chance(why_not=definition.no_interval.sv)
    known = measure in MEASURES or (table.shape[1] == 2 and measure in PAIR_MEASURES)
    found = bootstrap_interval(
        table,
        measure if known else measured_by(measure),
        varies=Varies.PEOPLE,
        draws=decided.whole("draws" if known else "draws_of_classes"),
        seed=decided.whole("seed"),
        level=decided.number("level"),
    )
    if not np.isfinite([found.low, found.high]).all():
        return Chance(why_not=GROUP_TOO_SMALL)
    return Chance(found.corrected, found.low, found.high)
