"""Reads the municipality report out of the store. It decides nothing that the pages decide otherwise."""

from __future__ import annotations

from datetime import date

from shapely.geometry.base import BaseGeometry

from plats.catalog.load import Catalog
from plats.derive.findings import map_sentence, opening
from plats.derive.geography import Geography, geography
from plats.derive.missing import missing
from plats.derive.readings import Distribution, distributions, municipality_key, place_readings, school_facts
from plats.facts.query import Facts
from plats.reports.municipality.differences import area_differences, school_differences
from plats.reports.municipality.lineage import figure_rows, methods_of, sources_of
from plats.reports.municipality.model import AreaTable, PlacePage, PlaceReport, Report, Stamp
from plats.reports.municipality.places import place_page, schools_of
from plats.vocabulary.codes import AreaKey, CodeError, Division

HEADLINE = "employed_share"


def build(facts: Facts, definitions: Catalog, on: date) -> Report:
    """The report of the municipality that `facts` sees, as it stands on a day.

    A municipality that is not in the store is a `CodeError` that says what to do.
    """
    stamp = _stamp(facts, on)
    where = geography(facts)
    schools = schools_of(facts, school_facts(facts))
    tables = tuple(_table(facts, definitions, division) for division in (Division.KOMMUNDEL, Division.REGSO))
    regso = tables[1]
    everything = facts.select()
    return Report(
        stamp=stamp,
        opening=opening(_headline(regso, definitions), stamp.municipality),
        headline=_headline(regso, definitions),
        headline_message=map_sentence(_headline(regso, definitions), stamp.municipality),
        outlines=tuple(_outlines(where, Division.REGSO)),
        stations=tuple(site for site in facts.sites if site.kind == "station"),
        whole=tuple(
            one
            for one in place_readings(facts, definitions, [municipality_key(facts.municipality)])
            if one.indicator.available
        ),
        differences=(*area_differences(definitions, regso), *school_differences(definitions, schools)),
        tables=tables,
        kommundelar=tuple(_places(facts, definitions, Division.KOMMUNDEL)),
        areas=tuple(_places(facts, definitions, Division.REGSO)),
        schools=tuple(sorted(schools.values(), key=lambda school: school.site.name)),
        school_indicators=tuple(
            one
            for one in definitions.indicators.values()
            if one.smallest_area is Division.SCHOOL and one.available
        ),
        police=tuple(where.police_areas()),
        police_division=definitions.divisions[Division.POLICE_AREA],
        divisions={Division(name): one for name, one in definitions.divisions.items()},
        missing=tuple(missing(facts)),
        sources=sources_of(facts, everything),
        methods=methods_of(facts, definitions, everything),
        figures=figure_rows(facts, definitions, everything, schools),
    )


def build_place(facts: Facts, definitions: Catalog, key: AreaKey, on: date) -> PlaceReport:
    """One place as a document of its own; a place that is not in the store is a `CodeError`."""
    stamp = _stamp(facts, on)
    place = place_page(facts, definitions, key, schools_of(facts, school_facts(facts)))
    used = [
        reading.fact
        for reading in (*place.headline, *(one for _, several in place.others for one in several))
    ]
    return PlaceReport(stamp, place, sources_of(facts, used))


# Internals


def _stamp(facts: Facts, on: date) -> Stamp:
    home = municipality_key(facts.municipality)
    if home not in facts.areas:
        raise CodeError(
            f"Kommunen {facts.municipality} finns inte i lagret. Kontrollera koden, eller läs in kommunens "
            "tabeller med plats import och räkna med plats derive."
        )
    derived = [event for event in facts.version.manifest.get("events", []) if event.get("act") == "derive"]
    definitions = str(derived[-1].get("definitions", "")) if derived else ""
    return Stamp(facts.areas[home].name, facts.municipality, on, facts.version.id, definitions)


def _table(facts: Facts, definitions: Catalog, division: Division) -> AreaTable:
    where = geography(facts)
    wanted = [
        one.id
        for one in definitions.indicators.values()
        if one.headline and division in one.divisions and one.available
    ]
    if HEADLINE not in wanted:
        wanted.insert(0, HEADLINE)
    found = distributions(facts, definitions, wanted, division)
    codes = tuple(where.codes(division))
    return AreaTable(
        division=definitions.divisions[division],
        indicators=tuple(definitions.indicators[name] for name in wanted if name in found),
        codes=codes,
        names={code: where.name(division, code) for code in codes},
        distributions=found,
    )


def _headline(table: AreaTable, definitions: Catalog) -> Distribution:
    if HEADLINE in table.distributions:
        return table.distributions[HEADLINE]
    return Distribution(definitions.indicators[HEADLINE], Division.REGSO, (), None, None, (), ())


def _outlines(where: Geography, division: Division) -> list[tuple[str, str, BaseGeometry]]:
    shapes = where.shapes(division)
    return [
        (code, where.name(division, code), shapes[code]) for code in where.codes(division) if code in shapes
    ]


def _places(facts: Facts, definitions: Catalog, division: Division) -> list[PlacePage]:
    where = geography(facts)
    schools = schools_of(facts, school_facts(facts))
    return [
        place_page(facts, definitions, where.newest(division, code).key, schools)
        for code in where.codes(division)
    ]
