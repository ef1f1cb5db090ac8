"""One place, read: what is there, its figures, its surroundings and how others have judged it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plats.catalog.load import Catalog
from plats.catalog.models import Theme
from plats.derive.findings import place_opening
from plats.derive.geography import Geography, geography
from plats.derive.readings import Reading, place_readings
from plats.facts.query import Fact, Facts, Site
from plats.reports.municipality.model import PlacePage, School, Surroundings
from plats.vocabulary.codes import AreaKey, CodeError, Division, parse_code

AREA_TYPE = "area_type"


def place_page(facts: Facts, definitions: Catalog, key: AreaKey, schools: Mapping[str, School]) -> PlacePage:
    """The page of the place that has this code in this division, whatever edition `key` says.

    `schools` is every school of the municipality by school unit code. A place that is not there is an error.
    """
    where = geography(facts)
    keys = _versions(facts, key)
    readings = [one for one in place_readings(facts, definitions, keys) if one.indicator.available]
    sites = tuple(where.sites_in(key.division, key.code))
    name = where.name(key.division, key.code)
    types = next((one for one in readings if one.indicator.id == AREA_TYPE), None)
    figures = [one for one in readings if one.indicator.id != AREA_TYPE]
    return PlacePage(
        key=key,
        name=name,
        division=definitions.divisions[key.division],
        parent=_parent(facts, keys),
        parts=_parts(facts, where, keys),
        opening=tuple(place_opening(name, sites, readings)),
        sites=sites,
        schools=tuple(schools[site.site] for site in sites if site.site in schools),
        surroundings=_surroundings(facts, where, key),
        headline=tuple(one for one in figures if one.indicator.headline),
        others=_by_theme(definitions, [one for one in figures if not one.indicator.headline]),
        area_types=types.series if types is not None else (),
        area_type=types.indicator if types is not None else None,
        police=tuple(where.police_overlaps(keys)),
        descriptive=descriptive_indicators(definitions),
    )


def descriptive_indicators(definitions: Catalog) -> frozenset[str]:
    """Indicators of birth region and background: shown, but never a gap and never a rank."""
    never = {
        name
        for name, one in definitions.variables.items()
        if definitions.variable_groups[one.group].never_need
    }
    return frozenset(one.id for one in definitions.indicators.values() if never.intersection(one.variables))


def schools_of(facts: Facts, results: Mapping[str, Mapping[str, Fact]]) -> dict[str, School]:
    """Every school in the municipality with its own results, by school unit code."""
    where = geography(facts)
    lies_in = {
        site.site: where.name(Division.REGSO, code)
        for code in where.codes(Division.REGSO)
        for site in where.sites_in(Division.REGSO, code)
    }
    schools = [site for site in facts.sites if site.kind == "school"]
    return {
        site.site: School(site, results.get(site.site, {}), lies_in.get(site.site, "")) for site in schools
    }


# Internals


def _versions(facts: Facts, key: AreaKey) -> list[AreaKey]:
    parse_code(key.division, key.code)
    keys = [one for one in facts.areas if one.division == key.division and one.code == key.code]
    if not keys:
        known = sorted({one.code for one in facts.areas if one.division == key.division})
        examples = f" Koder som finns: {', '.join(known[:5])} …" if known else ""
        raise CodeError(f"Området {key.division}/{key.code} finns inte i {facts.municipality}.{examples}")
    return keys


def _parent(facts: Facts, keys: Sequence[AreaKey]) -> str:
    larger = [
        one for one in facts.overlaps if one.source in keys and one.target.division == Division.KOMMUNDEL
    ]
    if not larger:
        return ""
    most = max(larger, key=lambda one: one.ppm)
    return facts.areas[most.target].name if most.target in facts.areas else ""


def _parts(facts: Facts, where: Geography, keys: Sequence[AreaKey]) -> tuple[str, ...]:
    """The RegSO areas in a kommundel, in geographic order."""
    if keys[0].division != Division.KOMMUNDEL:
        return ()
    inside = {
        one.source.code
        for one in facts.overlaps
        if one.target in keys and one.source.division == Division.REGSO
    }
    return tuple(where.name(Division.REGSO, code) for code in where.codes(Division.REGSO) if code in inside)


def _surroundings(facts: Facts, where: Geography, key: AreaKey) -> Surroundings:
    shapes = where.shapes(key.division)

    def named(code: str) -> str:
        return where.name(key.division, code)

    beside = [code for code in where.neighbours_of(key.division, key.code) if code in shapes]
    others = [code for code in where.codes(key.division) if code in shapes and code != key.code]
    return Surroundings(
        shape=shapes.get(key.code),
        neighbours=tuple((code, named(code), shapes[code]) for code in beside),
        around=_mapped(facts.sites),
        scene=tuple((code, named(code), shapes[code]) for code in others),
    )


def _mapped(sites: Sequence[Site]) -> tuple[Site, ...]:
    """The kinds of sites that the map has a sign for."""
    return tuple(site for site in sites if site.kind in ("school", "library", "sports", "station"))


def _by_theme(
    definitions: Catalog, readings: Sequence[Reading]
) -> tuple[tuple[Theme, tuple[Reading, ...]], ...]:
    grouped = [
        (theme, tuple(one for one in readings if one.indicator.theme == theme.id))
        for theme in definitions.themes
    ]
    return tuple((theme, several) for theme, several in grouped if several)
