"""Readings: what page, file and API show of a segregation definition at one division and period."""

from __future__ import annotations

from dataclasses import dataclass

from plats.catalog.check_segregation import SHARED
from plats.catalog.load import Catalog
from plats.catalog.segregations import Measure, SegregationDefinition
from plats.facts.query import Facts, LineageStep
from plats.facts.segregation import Local, Measured, Part, Where
from plats.vocabulary.codes import Division
from plats.vocabulary.periods import parse_period

# So many municipalities at least, that being one among them says something.
FEWEST_OTHERS = 10


@dataclass(frozen=True)
class SegregationReading:
    """One definition, where and when, with everything that is said about it."""

    definition: SegregationDefinition
    where: Where
    measures: tuple[tuple[Measure, Measured], ...]  # in the definition's order
    shared: Measured  # the dissimilarity, which contributions and change are of
    series: tuple[
        Measured, ...
    ]  # the dissimilarity over every division and period, divisions in order, oldest first
    levels: tuple[Part, ...]  # from the largest areas down
    scales: tuple[
        Part, ...
    ]  # the dissimilarity in wider and wider surroundings; or one with the reason why not
    local: tuple[Local, ...]
    change: tuple[Part, ...]  # causes, or one part with the reason why there are none
    first: Measured | None  # the earlier end of the change
    others: dict[str, float]  # every municipality's dissimilarity, its own among them; empty without others
    chain: tuple[LineageStep, ...]

    @property
    def comparable(self) -> tuple[Measured, ...]:
        """The series at this division and edition, after the last declared break."""
        breaks = [parse_period(one.period).start for one in self.definition.comparability_breaks]
        last = self.where.period
        passed = [start for start in breaks if start <= last.start]
        return tuple(
            one
            for one in self.series
            if (one.where.division, one.where.edition) == (self.where.division, self.where.edition)
            and one.cell.shows_number
            and one.where.period.series == last.series
            and all(one.where.period.start >= start for start in passed)
        )


def places_of(facts: Facts, name: str) -> list[Where]:
    """Where and when the municipality has the definition's measures: divisions in the catalog's order for it."""
    return list(
        dict.fromkeys(one.where for one in facts.segregation.measures if one.where.segregation == name)
    )


def segregation_reading(
    facts: Facts, definitions: Catalog, name: str, division: str = "", period: str = ""
) -> SegregationReading | None:
    """What there is to show at the division and period asked for, or the nearest there is: the first division and the
    latest period. None when the municipality has no figures for the definition."""
    definition = definitions.segregations[name]
    where = _chosen(definition, places_of(facts, name), division, period)
    if where is None:
        return None
    held = facts.segregation
    found = {one.measure: one for one in held.measures if one.where == where}
    causes = tuple(one for one in held.parts if one.where == where and one.kind == "change")
    series = tuple(one for one in held.measures if one.where.segregation == name and one.measure == SHARED)
    return SegregationReading(
        definition=definition,
        where=where,
        measures=tuple(
            (definitions.measures[one], found[one]) for one in definition.measures if one in found
        ),
        shared=found[SHARED],
        series=tuple(sorted(series, key=lambda one: _place_in_series(definition, one.where))),
        levels=tuple(one for one in held.parts if one.where == where and one.kind == "level"),
        scales=tuple(one for one in held.parts if one.where == where and one.kind == "scale"),
        local=tuple(one for one in held.local if one.where == where),
        change=causes,
        first=_first(series, where, causes),
        others=_others(facts, where),
        chain=tuple(facts.lineage.get(found[SHARED].lineage, ())),
    )


# Internals


def _chosen(
    definition: SegregationDefinition, places: list[Where], division: str, period: str
) -> Where | None:
    held = [one for one in definition.divisions if any(place.division == one for place in places)]
    if not held:
        return None
    chosen = next((one for one in held if one == division), held[0])
    inside = [place for place in places if place.division == chosen]
    return next((one for one in inside if one.period.text == period), inside[-1])


def _place_in_series(definition: SegregationDefinition, where: Where) -> tuple[int, str, str]:
    order: list[Division] = list(definition.divisions)
    return order.index(where.division), where.edition, str(where.period.start)


def _first(series: tuple[Measured, ...], where: Where, causes: tuple[Part, ...]) -> Measured | None:
    return next(
        (
            one
            for one in series
            if causes
            and one.where.period.text == causes[0].since
            and (one.where.division, one.where.edition) == (where.division, where.edition)
        ),
        None,
    )


def _others(facts: Facts, where: Where) -> dict[str, float]:
    found = facts.segregation_elsewhere(where, SHARED)
    return found if len(found) > FEWEST_OTHERS else {}
