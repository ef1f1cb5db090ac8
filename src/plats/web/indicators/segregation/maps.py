"""The map of what each area adds: surfaces where borders are loaded, circles where only points are."""

from __future__ import annotations

from plats.derive.segregation import sentences
from plats.derive.segregation.readings import SegregationReading
from plats.reports.charts.choropleth import draw_choropleth, key_rows
from plats.reports.charts.legend import draw_legend
from plats.reports.charts.paint import Paint
from plats.reports.charts.svg import Element, render
from plats.reports.charts.symbols import draw_symbols
from plats.reports.pictures import Setting, map_sheet, point_sheet
from plats.reports.segregation import contribution_breaks, contribution_shades
from plats.web.common.drawing import paint_for_page
from plats.web.common.markup import Svg
from plats.web.indicators import queries


def contribution_map(reading: SegregationReading, setting: Setting) -> queries.Picture | None:
    """The drawn map with its scale and list; None where neither borders nor points are loaded."""
    paint, breaks = paint_for_page(), contribution_breaks(reading)
    drawing = draw_contributions(reading, setting, paint)
    if drawing is None or breaks is None:
        return None
    where = reading.where
    borders = map_sheet(setting.facts, where.division, where.edition)
    sheet = borders or point_sheet(setting.facts, where.division, where.edition)
    shades = contribution_shades(reading, breaks, setting, {})
    return queries.Picture(
        Svg(render(drawing)),
        Svg(render(draw_legend(breaks, paint=paint))),
        key_rows(sheet, shades, paint) if sheet else (),
        by_points=borders is None,
    )


def draw_contributions(reading: SegregationReading, setting: Setting, paint: Paint) -> Element | None:
    """The map alone, for the page or a file."""
    breaks, said = contribution_breaks(reading), sentences.contributions(reading)
    title = paint.say(said) if said else ""
    people = {one.area.code: one.weight for one in reading.local if one.weight is not None}
    shades = contribution_shades(reading, breaks, setting, people)
    sheet = map_sheet(setting.facts, reading.where.division, reading.where.edition)
    if sheet is not None:
        return draw_choropleth(sheet, shades, title=title, paint=paint)
    points = point_sheet(setting.facts, reading.where.division, reading.where.edition)
    return None if points is None else draw_symbols(points, shades, title=title, paint=paint)
