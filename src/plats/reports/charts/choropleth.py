"""The map: areas coloured by class, with names, stations and a scale bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plats.reports.charts.classes import Ramp
from plats.reports.charts.labels import LINE_HEIGHT, Label
from plats.reports.charts.map_sheet import MapSheet, ScaleBar, SheetArea, SheetStation
from plats.reports.charts.model import NO_FIGURE, Shade
from plats.reports.charts.paint import FOR_PAGE, Frame, Paint
from plats.reports.charts.svg import Element, Node, element, number


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One row of the list beside a small map: the number is a place on the map, never a rank."""

    number: int
    name: str
    written: str
    href: str


def draw_choropleth(
    sheet: MapSheet, shades: Sequence[Shade], *, title: str, paint: Paint, ramp: Ramp = Ramp.SEQUENTIAL
) -> Element:
    """The sheet coloured by `shades`; an area without a class or a shade is hatched, never coloured.

    The current area has a thick ink border.
    """
    by_code = {shade.code: shade for shade in shades}
    current = [area for area in sheet.areas if (shade := by_code.get(area.code)) and shade.current]
    frame = Frame(sheet.width, sheet.height, title, "map", linked=True)
    children: list[Node] = [
        paint.mark("g", "areas", [_area(area, by_code.get(area.code), ramp, paint) for area in sheet.areas]),
        paint.silent("chosen", [paint.mark("path", "selected", d=area.path) for area in current]),
        paint.silent("names", _names(sheet, by_code, ramp, paint)),
        paint.silent("stations", [_ring(station, paint) for station in sheet.stations]),
        *paint.only_on_page([paint.silent("numbers", _numbers(sheet, by_code, ramp, paint))]),
        draw_scale(sheet.scale, paint, height=sheet.height),
    ]
    return paint.fixed(frame, children)


def key_rows(sheet: MapSheet, shades: Sequence[Shade], paint: Paint = FOR_PAGE) -> tuple[KeyRow, ...]:
    """The list that goes with the numbers on a narrow map, in the same geographic order."""
    by_code = {shade.code: shade for shade in shades}
    rows = []
    for index, area in enumerate(sheet.areas, start=1):
        shade = by_code.get(area.code)
        written = shade.written if shade else paint.say(NO_FIGURE)
        rows.append(KeyRow(index, area.name, written, shade.href if shade else ""))
    return tuple(rows)


def draw_scale(scale: ScaleBar, paint: Paint, *, height: float, left: float = 26) -> Element:
    """The bar and its length, in the lower left corner."""
    base = height - 12
    bar = paint.mark("path", "scale-line", d=f"M{number(left)},{number(base - 5)}v5h{number(scale.px)}v-5")
    text = paint.mark(
        "text", "scale-text", scale.text, x=left + scale.px / 2, y=base - 8, text_anchor="middle"
    )
    return paint.silent("scale", bar, text)


def draw_label(label: Label, names: str, paint: Paint) -> Element:
    """A name in its lines, centred."""
    lines: list[Node] = []
    for index, line in enumerate(label.lines):
        step = None if index == 0 else f"{LINE_HEIGHT}em"
        lines.append(element("tspan", line, x=label.x, dy=step))
    return paint.mark("text", names, lines, x=label.x, y=label.y, text_anchor="middle")


def draw_leader(label: Label, paint: Paint) -> list[Node]:
    """The line from a name that stands outside to its area."""
    if label.leader is None:
        return []
    (x1, y1), (x2, y2) = label.leader
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return [
        paint.mark("line", "leader-halo", **ends),
        paint.mark("line", "leader", **ends),
        paint.mark("circle", "leader-end", cx=x2, cy=y2, r=2),
    ]


def surface_of(shade: Shade | None, ramp: Ramp) -> str:
    """The name of an area's colour: q1-q5, d1-d5 or none."""
    if shade is None or shade.class_index is None:
        return "none"
    return f"{ramp}{shade.class_index + 1}"


# Internals


def _area(area: SheetArea, shade: Shade | None, ramp: Ramp, paint: Paint) -> Element:
    surface = surface_of(shade, ramp)
    written = shade.written if shade else paint.say(NO_FIGURE)
    said = f"{area.name}: {written}"
    children: list[Node] = [paint.mark("path", f"area {surface}", d=area.path)]
    if surface == "none":
        children.append(paint.mark("path", "hatch", d=area.hatch))
    return paint.link(shade.href if shade else "", said, [element("title", said), *children])


def _names(sheet: MapSheet, by_code: Mapping[str, Shade], ramp: Ramp, paint: Paint) -> Iterable[Node]:
    for area in sheet.areas:
        if area.label is not None and area.label.leader is not None:
            yield from draw_leader(area.label, paint)
    for area in sheet.areas:
        if area.label is not None:
            under = area.label.surface if area.label.leader else area.code
            yield draw_label(area.label, f"{area.label.names} {_on(under, by_code, ramp)}", paint)
    for station in sheet.stations:
        if station.label is not None:
            yield draw_label(
                station.label, f"station-name {_on(station.label.surface, by_code, ramp)}", paint
            )


def _on(code: str, by_code: Mapping[str, Shade], ramp: Ramp) -> str:
    """What a text over this area is called; off the land there is only paper."""
    return f"on-{surface_of(by_code.get(code), ramp)}" if code else "outside"


def _ring(station: SheetStation, paint: Paint) -> Element:
    return paint.mark("circle", "station", cx=station.at[0], cy=station.at[1], r=4)


def _numbers(sheet: MapSheet, by_code: Mapping[str, Shade], ramp: Ramp, paint: Paint) -> Iterable[Node]:
    for index, area in enumerate(sheet.areas, start=1):
        x, y = area.centre
        yield paint.mark(
            "text",
            f"number {_on(area.code, by_code, ramp)}",
            str(index),
            x=x,
            y=y,
            dy="0.35em",
            text_anchor="middle",
        )
