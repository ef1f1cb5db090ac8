"""How far apart the areas are, indicator by indicator, and how far apart the schools are."""

from __future__ import annotations

from collections.abc import Mapping

from plats.catalog.load import Catalog
from plats.catalog.models import Indicator
from plats.derive.distances import gap
from plats.derive.findings import better
from plats.derive.readings import Distribution
from plats.facts.query import Fact
from plats.reports.municipality.model import AreaTable, Difference, School
from plats.vocabulary.codes import Division
from plats.vocabulary.messages import Bilingual, Figure, Message
from plats.vocabulary.units import FORMS, Unit


def area_differences(definitions: Catalog, table: AreaTable) -> tuple[Difference, ...]:
    """A finding per headline indicator that has areas to compare, in the catalog's order."""
    people = {}
    if "population" in table.distributions:
        people = {fact.area.code: fact.cell.number for fact in table.distributions["population"].shown}
    return tuple(
        _difference(definitions, table.distributions[one.id], people, table.names) for one in table.indicators
    )


def school_differences(definitions: Catalog, schools: Mapping[str, School]) -> tuple[Difference, ...]:
    """The same for the schools' headline results. The result is the school's, never its neighbourhood's."""
    wanted = [
        one
        for one in definitions.indicators.values()
        if one.headline and one.smallest_area is Division.SCHOOL
    ]
    names = {code: school.site.name for code, school in schools.items()}
    made = [_schools(indicator, schools) for indicator in wanted]
    return tuple(_difference(definitions, one, {}, names) for one in made if one.facts)


# Internals


def _difference(
    definitions: Catalog, distribution: Distribution, people: Mapping[str, float], names: Mapping[str, str]
) -> Difference:
    finding = gap(distribution, dict(people))
    indicator = distribution.indicator
    said: tuple[Message, ...] = ()
    if finding is not None:
        ends = [distribution.shown[index] for index in (finding.numbers.lowest, finding.numbers.highest)]
        said = (_sentence(indicator, distribution.division, ends[0], ends[1]), finding.development)
    return Difference(
        theme=definitions.theme(indicator.theme),
        distribution=distribution,
        names=names,
        finding=finding,
        sentences=(*said, Message("{way}", way=Bilingual(*_way(indicator)))),
        without_number=tuple(fact for fact in distribution.facts if not fact.cell.shows_number),
    )


def _way(indicator: Indicator) -> tuple[str, str]:
    text = better(indicator.direction).say()
    if not indicator.gap:
        text = "skillnaden är en beskrivning, inget gap: siffran har ingen riktning"
    return text, text


def _sentence(indicator: Indicator, division: Division, lowest: Fact, highest: Fact) -> Message:
    low = Figure(lowest.cell.number, indicator.unit)
    high = Figure(highest.cell.number, indicator.unit, with_unit=True)
    if indicator.unit is Unit.COUNT:
        return Message("Från {low} till {high} mellan områdena.", low=low, high=high)
    unit = FORMS[Unit.PERCENTAGE_POINTS if indicator.unit is Unit.SHARE else indicator.unit].word_sv
    what = "skola" if division is Division.SCHOOL else "område"
    return Message(
        "{unit} mellan lägsta och högsta {what}: {low} till {high}.", unit=unit, what=what, low=low, high=high
    )


def _schools(indicator: Indicator, schools: Mapping[str, School]) -> Distribution:
    """The schools' results at their latest period, as a distribution of their own."""
    found = [school.facts[indicator.id] for school in schools.values() if indicator.id in school.facts]
    latest = max((fact.period for fact in found), key=lambda period: period.start, default=None)
    facts = tuple(sorted((fact for fact in found if fact.period == latest), key=lambda fact: fact.area.code))
    periods = (latest.text,) if latest is not None else ()
    return Distribution(indicator, Division.SCHOOL, facts, None, None, facts, periods)
