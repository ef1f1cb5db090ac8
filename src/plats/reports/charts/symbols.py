"""The map of proportional symbols: a circle per area, as large as its people, coloured by class.

Says what the coloured surfaces cannot: that a small area may hold many people and a large one few.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import shapely

from plats.reports.charts.choropleth import draw_scale, surface_of
from plats.reports.charts.classes import Ramp
from plats.reports.charts.map_sheet import MapSheet, SheetArea
from plats.reports.charts.model import Outline, Shade
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element, Node, element

LARGEST_RADIUS = 36.0
_SMALLEST_RADIUS = 3.0


def draw_symbols(
    sheet: MapSheet, shades: Sequence[Shade], *, title: str, paint: Paint, ramp: Ramp = Ramp.SEQUENTIAL
) -> Element:
    """Circles over pale areas, the largest first so that small ones lie on top; no number = no colour.

    The circle's area is in proportion to `people`; unknown = the smallest circle.
    """
    by_code = {shade.code: shade for shade in shades}
    most = max((shade.people or 0.0 for shade in shades), default=0.0)
    circles = sorted(
        ((radius_of(by_code.get(area.code), most), area) for area in sheet.areas), key=lambda pair: -pair[0]
    )
    children: list[Node] = [
        paint.silent("ground", [paint.mark("path", "area context", d=area.path) for area in sheet.areas]),
        *(_circle(area, radius, by_code.get(area.code), ramp, paint) for radius, area in circles),
        draw_scale(sheet.scale, paint, height=sheet.height),
    ]
    return paint.fixed(Frame(sheet.width, sheet.height, title, "map symbols", linked=True), children)


def radius_of(shade: Shade | None, most: float) -> float:
    """The radius in px of an area's circle, when the most populous area has `most` people."""
    people = shade.people if shade is not None else None
    if people is None or most <= 0:
        return _SMALLEST_RADIUS
    return max(_SMALLEST_RADIUS, LARGEST_RADIUS * sqrt(people / most))


def outline_of_point(code: str, name: str, x: float, y: float) -> Outline:
    """A stand-in for an area whose border is not known, so that it can be shown as a symbol."""
    return Outline(code, name, shapely.Point(x, y).buffer(1.0))


# Internals


def _circle(area: SheetArea, radius: float, shade: Shade | None, ramp: Ramp, paint: Paint) -> Element:
    said = f"{area.name}: {shade.written if shade else 'saknas'}"
    x, y = area.centre
    names = f"symbol {surface_of(shade, ramp)}" + (" selected" if shade and shade.current else "")
    circle = paint.mark("circle", names, cx=x, cy=y, r=radius)
    return paint.link(shade.href if shade else "", said, [element("title", said), circle])
