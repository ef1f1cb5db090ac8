"""Reads: what the pages of figures show, from the store's current version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from plats.catalog.load import Catalog, catalog
from plats.catalog.models import Indicator, Theme
from plats.derive.distances import GapFinding, gap
from plats.derive.findings import map_sentence
from plats.derive.geography import Geography, geography
from plats.derive.readings import (
    NATION,
    Distribution,
    Reading,
    distributions,
    municipality_key,
    place_readings,
)
from plats.facts.query import Fact, Facts, LineageStep
from plats.reports.charts.choropleth import KeyRow, draw_choropleth, key_rows
from plats.reports.charts.legend import draw_legend
from plats.reports.charts.strip import draw_strip
from plats.reports.charts.svg import Element, render
from plats.reports.charts.symbols import draw_symbols
from plats.reports.pictures import Setting, breaks_of, map_sheet, point_sheet, shades_of, strip_of
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.periods import Period
from plats.web.common.drawing import paint_for_page
from plats.web.common.language import language
from plats.web.common.markup import Svg
from plats.web.places.models import Place
from plats.web.places.queries import divisions_with_places, facts, links, municipality_name

# The kinds of figure that can be put on a map and along an axis.
ON_MAP = (Division.REGSO, Division.KOMMUNDEL, Division.DESO, Division.ELECTORAL_DISTRICT)


@dataclass(frozen=True)
class Picture:
    """A drawn map with what stands beside it."""

    svg: Svg
    legend: Svg | None
    keys: tuple[KeyRow, ...]
    by_points: bool


@dataclass(frozen=True)
class ThemeStrip:
    """One indicator on the start page: its dots and how far apart they are."""

    theme: Theme
    indicator: Indicator
    svg: Svg
    gap: GapFinding | None
    division: Division
    period: Period
    without: list[str]  # areas that show no number, by name
    unstable: bool


@dataclass(frozen=True)
class TableRow:
    """One area's row in a table of several indicators."""

    name: str
    address: str
    cells: list[tuple[Indicator, Fact | None]]


def headline_indicators(division: Division) -> list[Indicator]:
    """Indicators shown first, that may be shown for the division."""
    return [one for one in catalog().indicators.values() if one.headline and division in one.divisions]


def people_of(reader: Facts, division: Division) -> dict[str, float]:
    """Inhabitants by area code, the latest there is: weights for gaps and sizes of circles."""
    keys = [key for key in reader.areas if key.division == division]
    found = reader.select(areas=keys, indicators=["population"])
    return {fact.area.code: fact.cell.number for fact in found if fact.cell.shows_number}


def setting_for(reader: Facts, division: Division, current: str = "") -> Setting:
    """How pictures on this page name and link the areas."""
    addresses = {} if division is Division.SCHOOL else links(division)
    return Setting(reader, municipality_name(settings.PLATS_MUNICIPALITY), language(), addresses, current)


def draw_map(distribution: Distribution, setting: Setting, people: dict[str, float]) -> Picture | None:
    """The map of a distribution: areas where borders are loaded, circles where only points are; None without either."""
    breaks = breaks_of(distribution)
    shades = shades_of(distribution, breaks, setting, people)
    title = map_sentence(distribution, setting.municipality).say(gettext, setting.language)
    mean, paint = strip_of(distribution, setting), paint_for_page()
    legend = (
        _svg(draw_legend(breaks, paint=paint, mean=mean.mean, mean_label=mean.mean_label)) if breaks else None
    )
    sheet = map_sheet(setting.facts, distribution.division, distribution.edition)
    if sheet is not None:
        drawing = draw_choropleth(sheet, shades, title=title, paint=paint)
        return Picture(_svg(drawing), legend, key_rows(sheet, shades, paint), by_points=False)
    points = point_sheet(setting.facts, distribution.division, distribution.edition)
    if points is None:
        return None
    return Picture(
        _svg(draw_symbols(points, shades, title=title, paint=paint)),
        legend,
        key_rows(points, shades, paint),
        by_points=True,
    )


def prepare_maps() -> None:
    """Prepare the map of every division that has a tab, so that no reader waits for it."""
    reader = facts()
    figured = {(division, edition) for _, division, edition in reader.figured}
    for division, edition in sorted(figured):
        if division in ON_MAP and map_sheet(reader, Division(division), edition) is None:
            point_sheet(reader, Division(division), edition)


def theme_strips(setting: Setting, division: Division, people: dict[str, float]) -> list[ThemeStrip]:
    """The start page's pictures, one per theme: its first headline indicator that has figures for the division, and
    the schools' results for the school theme."""
    definitions, reader = catalog(), setting.facts
    chosen = {indicator.theme: indicator for indicator in reversed(headline_indicators(division))}
    found = distributions(reader, definitions, [one.id for one in chosen.values()], division)
    schools = [
        one.id for one in definitions.indicators.values() if one.headline and Division.SCHOOL in one.divisions
    ][:1]
    found |= distributions(reader, definitions, schools, Division.SCHOOL)
    by_theme = {one.indicator.theme: one for one in found.values() if len(one.shown) > 1}
    return [
        _theme_strip(theme, by_theme[theme.id], setting, people)
        for theme in definitions.themes
        if theme.id in by_theme
    ]


def area_table(
    setting: Setting, division: Division, edition: str, columns: Sequence[Indicator]
) -> tuple[TableRow, list[TableRow]]:
    """The municipality's row and one row per area of the edition, in geographic order, with each indicator's latest
    figure."""
    reader, addresses = setting.facts, setting.addresses
    found = distributions(reader, catalog(), [one.id for one in columns], division, edition=edition)
    where = geography(reader)
    cells = {name: {fact.area.code: fact for fact in one.facts} for name, one in found.items()}
    rows = [
        TableRow(
            where.name(division, code),
            addresses.get(code, ""),
            [(one, cells.get(one.id, {}).get(code)) for one in columns],
        )
        for code in where.codes(division, edition)
    ]
    whole = [(one, found[one.id].municipality if one.id in found else None) for one in columns]
    return TableRow(setting.municipality, "", whole), rows


def indicator_distribution(
    indicator: Indicator, division: Division, period: str | None
) -> Distribution | None:
    """An indicator over a division's areas at a period; the latest if none or an unknown one is asked for."""
    return distributions(facts(), catalog(), [indicator.id], division, period=period).get(indicator.id)


def municipality_series(reader: Facts, indicator: Indicator) -> list[Fact]:
    """The municipality's own figure over time."""
    return reader.select(areas=[municipality_key(reader.municipality)], indicators=[indicator.id])


def nation_series(reader: Facts, indicator: Indicator) -> list[Fact]:
    """The nation's figure over time."""
    return reader.select(areas=[NATION], indicators=[indicator.id])


def divisions_of(indicator: Indicator) -> list[Division]:
    """Divisions that the indicator may be shown for and the municipality has areas in."""
    if Division.SCHOOL in indicator.divisions:
        return [Division.SCHOOL]
    return [one for one in divisions_with_places() if one in indicator.divisions]


def chain_of(reader: Facts, fact: Fact) -> list[LineageStep]:
    return reader.lineage.get(fact.lineage, [])


def readings_of(place: Place) -> list[Reading]:
    """Every reading of a place."""
    keys: list[AreaKey] = [version.key for version in place.versions.all()]
    return place_readings(facts(), definitions(), keys)


def definitions() -> Catalog:
    return catalog()


def where(reader: Facts) -> Geography:
    return geography(reader)


# Internals


def _svg(drawing: Element) -> Svg:
    return Svg(render(drawing))


def _theme_strip(
    theme: Theme, distribution: Distribution, setting: Setting, people: dict[str, float]
) -> ThemeStrip:
    without = [setting.name(fact) for fact in distribution.facts if not fact.cell.shows_number]
    return ThemeStrip(
        theme=theme,
        indicator=distribution.indicator,
        svg=_svg(draw_strip(strip_of(distribution, setting), paint_for_page())),
        gap=gap(distribution, people),
        division=distribution.division,
        period=distribution.facts[0].period,
        without=without,
        unstable=any(str(fact.cell.state) == "unstable" for fact in distribution.facts),
    )
