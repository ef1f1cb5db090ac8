"""From readings to pictures: what page, download and document draw is made here, once.

Names and addresses are given by area code; a document gives no addresses. Figures are written in the language asked
for. Map sheets (borders, names, stations) are prepared once per version of the store and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from plats.catalog.models import Indicator
from plats.derive.geography import geography
from plats.derive.readings import Distribution
from plats.facts.query import Fact, Facts
from plats.reports.charts.classes import Breaks, class_breaks
from plats.reports.charts.map_sheet import MapSheet, prepare_points, prepare_shapes
from plats.reports.charts.model import Dot, Landmark, Line, Outline, Ranking, Row, Series, Shade, Strip, Year
from plats.reports.charts.symbols import outline_of_point
from plats.vocabulary.cells import SIGNS, State
from plats.vocabulary.codes import Division
from plats.vocabulary.units import NBSP, Unit, symbol_of, write_value


@dataclass(frozen=True)
class Setting:
    """Whose figures, what the areas are called, where their pages are, and which one is in focus."""

    facts: Facts
    municipality: str
    language: str = "sv"
    addresses: Mapping[str, str] = field(default_factory=dict)
    current: str = ""

    def name(self, fact: Fact) -> str:
        return geography(self.facts).name(fact.area.division, fact.area.code)

    def address(self, fact: Fact) -> str:
        return self.addresses.get(fact.area.code, "")


def written(fact: Fact, unit: Unit, language: str = "sv") -> str:
    """A figure with its unit, its star when unstable, or the sign of its state."""
    if not fact.cell.shows_number:
        return "missing" if language != "sv" and fact.cell.state is State.MISSING else SIGNS[fact.cell.state]
    symbol = symbol_of(unit, language)
    star = "*" if fact.cell.state is State.UNSTABLE else ""
    return write_value(fact.cell.number, unit, language) + (f"{NBSP}{symbol}" if symbol else "") + star


def strip_of(distribution: Distribution, setting: Setting) -> Strip:
    """Every area that shows a number as a dot, the municipality as a line."""
    unit = distribution.indicator.unit
    dots = tuple(
        Dot(
            name=setting.name(fact),
            value=fact.cell.number,
            written=written(fact, unit, setting.language),
            href=setting.address(fact),
            unstable=fact.cell.state is State.UNSTABLE,
            current=fact.area.code == setting.current,
        )
        for fact in distribution.shown
    )
    return Strip(_title(distribution.indicator, setting), unit, dots, *_mean(distribution, setting))


def breaks_of(distribution: Distribution) -> Breaks | None:
    """Class limits for colouring; None when no area shows a number."""
    values = [fact.cell.number for fact in distribution.shown]
    return class_breaks(values, distribution.indicator.unit) if values else None


def shades_of(
    distribution: Distribution, breaks: Breaks | None, setting: Setting, people: Mapping[str, float]
) -> list[Shade]:
    """Each area's colour class and words for the map; areas without a number get no class."""
    return [
        Shade(
            code=fact.area.code,
            written=written(fact, distribution.indicator.unit, setting.language),
            href=setting.address(fact),
            class_index=breaks.colour_of(fact.cell.value) if breaks and fact.cell.shows_number else None,
            unstable=fact.cell.state is State.UNSTABLE,
            current=fact.area.code == setting.current,
            people=people.get(fact.area.code),
        )
        for fact in distribution.facts
    ]


def ranking_of(distribution: Distribution, setting: Setting) -> Ranking:
    """Areas in order of value with their intervals; areas without a number last, with their sign."""
    rows = [
        Row(
            name=setting.name(fact),
            value=fact.cell.value if fact.cell.shows_number else None,
            written=written(fact, distribution.indicator.unit, setting.language),
            href=setting.address(fact),
            low=fact.low,
            high=fact.high,
            unstable=fact.cell.state is State.UNSTABLE,
            current=fact.area.code == setting.current,
        )
        for fact in distribution.facts
    ]
    rows.sort(key=lambda row: (row.value is None, -(row.value or 0.0), row.name))
    title = _title(distribution.indicator, setting)
    return Ranking(title, distribution.indicator.unit, tuple(rows), *_mean(distribution, setting))


def series_of(distribution: Distribution, setting: Setting, whole: list[Fact]) -> Series:
    """Every area over the periods there are; `whole` is the municipality's own series."""
    indicator = distribution.indicator
    by_code: dict[str, list[Fact]] = {}
    for fact in distribution.all_periods:
        by_code.setdefault(fact.area.code, []).append(fact)
    lines = [
        Line(
            setting.name(facts[0]),
            _years(facts, indicator.unit, setting),
            setting.address(facts[0]),
            "current" if code == setting.current else "other",
        )
        for code, facts in by_code.items()
    ]
    # A municipality's number of people would press every area's line flat against the axis.
    if indicator.unit is not Unit.COUNT:
        lines.append(Line(setting.municipality, _years(whole, indicator.unit, setting), "", "municipality"))
    breaks = tuple(
        (int(one.period[:4]), one.reason.write(setting.language)) for one in indicator.comparability_breaks
    )
    return Series(_title(indicator, setting), indicator.unit, tuple(lines), breaks)


def map_sheet(facts: Facts, division: Division, edition: str) -> MapSheet | None:
    """The prepared map of a division's edition; None when its borders are not loaded."""
    return _kept_sheet(facts, (division, edition), "borders", _prepare_borders)


def point_sheet(facts: Facts, division: Division, edition: str) -> MapSheet | None:
    """A map of the edition's points on the ground of the RegSO borders, for circles; None when no point is loaded."""
    return _kept_sheet(facts, (division, edition), "points", _prepare_points)


# Internals

Edition = tuple[Division, str]

# Preparing takes about a second, so a sheet is kept as long as the areas and sites it shows are the same, through
# any number of versions of the figures.
_sheets: dict[tuple[str, str, Edition], MapSheet | None] = {}


def _kept_sheet(
    facts: Facts, which: Edition, kind: str, prepare: Callable[[Facts, Edition], MapSheet | None]
) -> MapSheet | None:
    key = (geography(facts).fingerprint, kind, which)
    if key not in _sheets:
        _sheets[key] = prepare(facts, which)
    return _sheets[key]


def _prepare_borders(facts: Facts, which: Edition) -> MapSheet | None:
    where = geography(facts)
    shapes = where.shapes(*which)
    if not shapes:
        return None
    outlines = [Outline(code, where.name(which[0], code), shape) for code, shape in shapes.items()]
    return prepare_shapes(outlines, _stations(facts))


def _prepare_points(facts: Facts, which: Edition) -> MapSheet | None:
    where = geography(facts)
    points = {code: where.point(which[0], code) for code in where.codes(*which)}
    outlines = [
        outline_of_point(code, where.name(which[0], code), *point) for code, point in points.items() if point
    ]
    if not outlines:
        return None
    ground = list(where.shapes(Division.REGSO).values())
    return prepare_points(outlines, _stations(facts), ground)


def _stations(facts: Facts) -> list[Landmark]:
    return [Landmark(site.name, site.x, site.y) for site in facts.sites if site.kind == "station"]


def _title(indicator: Indicator, setting: Setting) -> str:
    return indicator.title.write(setting.language)


def _mean(distribution: Distribution, setting: Setting) -> tuple[float | None, str]:
    whole = distribution.municipality
    if whole is None or not whole.cell.shows_number or distribution.indicator.unit is Unit.COUNT:
        return None, ""
    text = write_value(whole.cell.number, distribution.indicator.unit, setting.language)
    return whole.cell.number, f"{setting.municipality} {text}"


def _years(facts: list[Fact], unit: Unit, setting: Setting) -> tuple[Year, ...]:
    ordered = sorted(facts, key=lambda fact: fact.period.start)
    return tuple(
        Year(
            fact.period.year,
            fact.cell.value if fact.cell.shows_number else None,
            written(fact, unit, setting.language),
            fact.cell.state is State.UNSTABLE,
        )
        for fact in ordered
    )
