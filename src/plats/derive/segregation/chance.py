"""The interval around a measure: what it would be without what chance adds, where that can be said fairly."""

from __future__ import annotations

from dataclasses import dataclass

from plats.analysis.segregation.inference.bootstrap import Varies, bootstrap_interval
from plats.analysis.segregation.inference.fairness import Fairness, reason_against
from plats.catalog.models import DatedValue
from plats.catalog.segregations import SegregationDefinition
from plats.derive.figures import Floats
from plats.derive.segregation.measures import measured_by


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
    found = bootstrap_interval(
        table,
        measured_by(measure) if measure in _BY_FUNCTION else measure,
        varies=Varies.PEOPLE,
        draws=decided.whole("draws"),
        seed=decided.whole("seed"),
        level=decided.number("level"),
    )
    limits = Fairness(
        most_by_chance=decided.number("most_by_chance"),
        fewest_in_group=decided.whole("fewest_in_group"),
        fewest_in_area=decided.whole("fewest_in_area"),
    )
    against = reason_against(table, found.value, found.corrected, measure=measure, limits=limits)
    if against is not None:
        return Chance(why_not=against.say())
    return Chance(found.corrected, found.low, found.high)


# Internals

# Measures that are not worked out for many tables at once; the others go by their names.
_BY_FUNCTION = {"inequality_index"}
