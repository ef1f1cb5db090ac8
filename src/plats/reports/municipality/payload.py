"""The report as plain words and drawings: what the templates set in type."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from plats.derive.readings import Reading
from plats.reports.municipality import pictures
from plats.reports.municipality.model import Difference, PlacePage, Report, Stamp
from plats.reports.municipality.pictures import Picture
from plats.reports.municipality.table_payload import (
    area_table,
    figure,
    police_list,
    school_notes,
    school_table,
    source_row,
)
from plats.reports.municipality.words import (
    LEGEND,
    beside,
    difference,
    listed,
    period,
    rank,
    sentence,
    sentences,
    written,
)
from plats.vocabulary.cells import SIGNS, State
from plats.vocabulary.codes import Division
from plats.vocabulary.units import NBSP, Unit, write_value

SITE_KINDS = {
    "station": "Station",
    "library": "Bibliotek",
    "school": "Grundskola",
    "sports": "Idrottsanläggning",
    "culture": "Kultur",
}
# Above this, sites are listed by name only, so that a kommundel keeps to one page.
MANY_SITES = 8
_PLURALS = {
    "station": "Stationer",
    "library": "Bibliotek",
    "school": "Grundskolor",
    "sports": "Idrottsanläggningar",
    "culture": "Kultur",
}
_SITE_ORDER = list(SITE_KINDS)


@lru_cache(maxsize=1)
def report_payload(report: Report) -> dict[str, Any]:
    """Everything the report's template needs, as JSON types."""
    return {
        "stamp": stamp_payload(report.stamp),
        "heading": sentence(report.opening[0]),
        "lead": sentence(report.opening[1]),
        "map": _picture(pictures.headline_map(report)),
        "legend": _picture(pictures.headline_legend(report)),
        "map_title": f"{report.headline.indicator.title.sv}, {report.headline.period}",
        "map_caption": sentence(report.headline_message),
        "whole": [reading_words(one, frozenset()) for one in report.whole if one.indicator.headline],
        "states": [list(pair) for pair in LEGEND],
        "differences": [_difference(one, report.stamp.municipality) for one in report.differences],
        "tables": {
            one.division.id.value: area_table(one, report.stamp.municipality) for one in report.tables
        },
        "kommundelar": [place_payload(one) for one in report.kommundelar],
        "areas": [place_payload(one) for one in report.areas],
        "schools": school_table(report.schools, report.school_indicators),
        "police": police_list(report),
        "missing": [
            {"title": one.title.sv, "why": one.why.sv, "how": one.how_to_add.sv} for one in report.missing
        ],
        "sources": [source_row(one) for one in report.sources],
        "methods": [
            {
                "title": one.title,
                "versions": ", ".join(one.versions),
                "indicators": ", ".join(indicator.short_title.sv for indicator in one.indicators),
            }
            for one in report.methods
        ],
    }


def stamp_payload(stamp: Stamp) -> dict[str, Any]:
    return {
        "municipality": stamp.municipality,
        "code": stamp.code,
        "date": stamp.on.isoformat(),
        "year": stamp.on.year,
        "month": stamp.on.month,
        "day": stamp.on.day,
        "version": stamp.version,
        "definitions": stamp.definitions[:12],
    }


def place_payload(place: PlacePage) -> dict[str, Any]:
    """One place's two pages."""
    return {
        "code": place.key.code,
        "name": place.name,
        "division": place.division.title.sv,
        "parent": place.parent,
        "note": place.division.note.sv if place.division.approximate and place.division.note else "",
        "parts": listed(place.parts),
        "opening": sentences(place.opening),
        "map": _picture(pictures.place_map(place)),
        "neighbours": listed([name for _, name, _ in place.surroundings.neighbours]),
        "sites": _sites(place),
        "grouped": _grouped(place) if len(place.sites) > MANY_SITES else [],
        "headline": [_drawn(one, place.descriptive) for one in place.headline],
        "others": [
            {"theme": theme.title.sv, "rows": [reading_words(one, place.descriptive) for one in readings]}
            for theme, readings in place.others
        ],
        "judgements": judgements(place),
    }


def reading_words(reading: Reading, descriptive: frozenset[str]) -> dict[str, Any]:
    """One row: the figure with its state and period, and what it is read against."""
    indicator, fact = reading.indicator, reading.fact
    compared = indicator.id not in descriptive
    return {
        "title": indicator.title.sv,
        "short": indicator.short_title.sv,
        "about": f"{indicator.age.sv}, {period(fact)}",
        "period": period(fact),
        "value": figure(written(fact, indicator.unit)),
        "home": beside(reading.municipality, indicator, Division.MUNICIPALITY),
        "nation": beside(reading.nation, indicator, Division.NATION),
        "difference": difference(reading) if compared else SIGNS[State.NOT_APPLICABLE],
        "percentile": reading.percentile if compared else None,
        "course": course(reading),
        "rank": rank(fact.rank) if compared else "",
        "cannot": indicator.cannot_say.sv,
        "reason": fact.cell.reason,
    }


def course(reading: Reading) -> tuple[str, ...]:
    """The development in words: first and last comparable point, or why none is shown."""
    if not reading.fact.cell.shows_number:
        return ()
    if reading.indicator.no_direction_until is not None:
        return (reading.indicator.no_direction_until.sv,)
    if not reading.earlier:
        return ("Ett mättillfälle",)
    ends = (reading.earlier[0], reading.fact)
    return tuple(
        f"{fact.period.text}:{NBSP}{write_value(fact.cell.number, reading.indicator.unit)}" for fact in ends
    )


def judgements(place: PlacePage) -> list[str]:
    """What others have judged: SCB's area type, and last the police's list: whose, which year, of what."""
    said = []
    if place.area_type is not None and place.area_types:
        labels = place.area_type.class_labels
        years = [
            f"{written(fact, place.area_type.unit).text} ({fact.period.text})"
            if not fact.cell.shows_number
            else f"typ {fact.cell.number:.0f}, {labels[int(fact.cell.number)].sv} ({fact.period.text})"
            for fact in place.area_types
        ]
        said.append(
            f"SCB:s områdestyp: {listed(years)}. Typerna är relativa och räknas om varje år: ett byte av typ "
            "är ingen förbättring eller försämring i sig."
        )
    for overlap in place.police:
        share = write_value(overlap.share, Unit.SHARE)
        said.append(
            f"Polisens lista {overlap.area.key.edition}: {share} procent av invånarna beräknas bo inom "
            f"{overlap.area.name}. Listan är polisens bedömning av kriminell påverkan, aldrig av de boende."
        )
    return said


def difference_number(difference: Difference) -> str:
    """The distance as a number alone; "" for counts, whose ends say more than the distance."""
    if difference.finding is None or difference.distribution.indicator.unit is Unit.COUNT:
        return ""
    return difference.finding.difference.write()


def difference_sentences(difference: Difference) -> list[str]:
    """The first sentence goes on from the number, where there is one."""
    said = [sentence(one) for one in difference.sentences]
    if difference_number(difference):
        said[0] = said[0][:1].lower() + said[0][1:]
    return said


# Internals


def _drawn(reading: Reading, descriptive: frozenset[str]) -> dict[str, Any]:
    """A row with its small drawings: the course and the rank interval."""
    compared = reading.indicator.id not in descriptive
    return {
        **reading_words(reading, descriptive),
        "trend": pictures.trend_picture(reading),
        "rankbar": pictures.rank_picture(reading) if compared else "",
    }


def _picture(picture: Picture | None) -> dict[str, str] | None:
    return None if picture is None else {"svg": picture.svg, "alt": picture.alt}


def _sites(place: PlacePage) -> list[dict[str, str]]:
    """What stands there, stations first; a school carries its own results as words."""
    schools = {school.site.site: school for school in place.schools}
    ordered = sorted(place.sites, key=lambda site: (_SITE_ORDER.index(site.kind), site.name))
    return [
        {
            "kind": site.kind,
            "name": f"{site.name} station" if site.kind == "station" else site.name,
            "what": SITE_KINDS[site.kind],
            "results": school_notes(schools[site.site]) if site.site in schools else "",
        }
        for site in ordered
    ]


def _grouped(place: PlacePage) -> list[dict[str, str]]:
    """The same by kind, names only."""
    return [
        {"kind": kind, "what": word, "names": listed(names)}
        for kind, word in _PLURALS.items()
        if (names := sorted(site.name for site in place.sites if site.kind == kind))
    ]


def _difference(difference: Difference, municipality: str) -> dict[str, Any]:
    indicator = difference.distribution.indicator
    absent = [
        f"{difference.names.get(fact.area.code, fact.area.code)} ({written(fact, indicator.unit).text})"
        for fact in difference.without_number
    ]
    unstable = any(written(fact, indicator.unit).unstable for fact in difference.distribution.shown)
    notes = ["Ihåliga punkter är osäkra siffror."] if unstable else []
    if absent:
        notes.append(f"Utan punkt: {listed(absent)}.")
    shown = difference.distribution.shown
    return {
        "theme": difference.theme.title.sv,
        "title": indicator.title.sv,
        "about": f"{indicator.age.sv}, {period(shown[0])}" if shown else indicator.age.sv,
        "strip": _picture(pictures.difference_strip(difference, municipality)),
        "number": difference_number(difference),
        "sentences": difference_sentences(difference),
        "notes": notes,
        "school": difference.distribution.division.value == "school",
    }
