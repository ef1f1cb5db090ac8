"""The map of proportional symbols: a circle per area, as large as its people, coloured by class.

Says what the coloured surfaces cannot: that a small area may hold many people and a large one few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import shapely

from plats.reports.charts.choropleth import draw_label, draw_leader, draw_scale, surface_of
from plats.reports.charts.classes import Ramp
from plats.reports.charts.geometry import hatch_of
from plats.reports.charts.labels import Board, beside, box_of, label_outside
from plats.reports.charts.map_sheet import MapSheet, SheetArea
from plats.reports.charts.model import NO_FIGURE, Outline, Shade
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element, Node, Value, element

LARGEST_RADIUS = 36.0
_SMALLEST_RADIUS = 3.0
# More names than this do not fit beside their circles; the list and the links name every area all the same.
_MOST_NAMED = 30
_FEW = 22


def draw_symbols(
    sheet: MapSheet, shades: Sequence[Shade], *, title: str, paint: Paint, ramp: Ramp = Ramp.SEQUENTIAL
) -> Element:
    """Circles over pale areas, the largest first so that small ones lie on top; no number = hatched.

    The circle's area is in proportion to `people`; unknown = the smallest circle.
    """
    by_code = {shade.code: shade for shade in shades}
    most = max((shade.people or 0.0 for shade in shades), default=0.0)
    # Many circles are drawn smaller, so that together they cover no more of the map than a few do.
    largest = LARGEST_RADIUS * min(1.0, sqrt(_FEW / max(len(sheet.areas), 1)))
    sizes = [(radius_of(by_code.get(area.code), most, largest=largest), area) for area in sheet.areas]
    circles = sorted(sizes, key=lambda pair: -pair[0])
    chosen = [pair for pair in circles if (shade := by_code.get(pair[1].code)) and shade.current]
    children: list[Node] = [
        paint.silent("ground", [paint.mark("path", "area context", d=path) for path in _ground(sheet)]),
        *(_circle(area, radius, by_code.get(area.code), ramp, paint) for radius, area in circles),
        paint.silent("chosen", [_ring(area, radius, paint) for radius, area in chosen]),
        paint.silent("names", _names(circles, sheet, paint) if len(circles) <= _MOST_NAMED else ()),
        *paint.only_on_page([paint.silent("numbers", _numbers(sheet, by_code, ramp, paint))]),
        draw_scale(sheet.scale, paint, height=sheet.height),
    ]
    return paint.fixed(Frame(sheet.width, sheet.height, title, "map symbols", linked=True), children)


def radius_of(shade: Shade | None, most: float, *, largest: float = LARGEST_RADIUS) -> float:
    """The radius in px of an area's circle, when the most populous area has `most` people and a radius of `largest`."""
    people = shade.people if shade is not None else None
    if people is None or most <= 0:
        return _SMALLEST_RADIUS
    return max(_SMALLEST_RADIUS, largest * sqrt(people / most))


def outline_of_point(code: str, name: str, x: float, y: float) -> Outline:
    """A stand-in for an area whose border is not known, so that it can be shown as a symbol."""
    return Outline(code, name, shapely.Point(x, y).buffer(1.0))


# Internals


def _ground(sheet: MapSheet) -> Sequence[str]:
    return sheet.ground or [area.path for area in sheet.areas]


def _circle(area: SheetArea, radius: float, shade: Shade | None, ramp: Ramp, paint: Paint) -> Element:
    said = f"{area.name}: {shade.written if shade else paint.say(NO_FIGURE)}"
    surface = surface_of(shade, ramp)
    place = {"cx": area.centre[0], "cy": area.centre[1], "r": radius}
    marks: list[Node] = [element("title", said), paint.mark("circle", f"symbol {surface}", **place)]
    if surface == "none":
        disc = shapely.Point(area.centre).buffer(radius)
        marks.append(paint.mark("path", "hatch", d=hatch_of(disc, 4.0)))
    return paint.link(shade.href if shade else "", said, marks)


def _ring(area: SheetArea, radius: float, paint: Paint) -> Element:
    x, y = area.centre
    return paint.mark("circle", "selected", cx=x, cy=y, r=radius + 1.5)


def _names(circles: Sequence[tuple[float, SheetArea]], sheet: MapSheet, paint: Paint) -> list[Node]:
    """Each name beside its circle where there is room, the largest circles first."""
    discs = [shapely.Point(area.centre).buffer(radius + 1) for radius, area in circles]
    board = Board(sheet.width, sheet.height, {}, discs)
    nodes: list[Node] = []
    for radius, area in circles:
        label = beside(area.name, area.centre, radius, board)
        if label is None:
            label = label_outside(area.name, shapely.Point(area.centre).buffer(1), board)
        if label is not None:
            board.taken.append(box_of(label))
            nodes += draw_leader(label, paint)
            nodes.append(draw_label(label, "name small on-none", paint))
    return nodes


def _numbers(sheet: MapSheet, by_code: Mapping[str, Shade], ramp: Ramp, paint: Paint) -> list[Node]:
    nodes: list[Node] = []
    for index, area in enumerate(sheet.areas, start=1):
        names = f"number on-{surface_of(by_code.get(area.code), ramp)}"
        place: dict[str, Value] = {
            "x": area.centre[0],
            "y": area.centre[1],
            "dy": "0.35em",
            "text_anchor": "middle",
        }
        nodes.append(paint.mark("text", names, str(index), **place))
    return nodes
