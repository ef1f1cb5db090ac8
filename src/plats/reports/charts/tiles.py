"""The tile map: every area an equally large tile, near where it lies, so that surface does not weigh."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from plats.reports.charts.choropleth import surface_of
from plats.reports.charts.classes import Ramp
from plats.reports.charts.geometry import hatch_of
from plats.reports.charts.lettering import broken, text_width
from plats.reports.charts.map_sheet import MapSheet, SheetArea
from plats.reports.charts.model import NO_FIGURE, Shade
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element, Node, Value, element

WIDTH = 840.0
_TILE_HEIGHT = 86.0
_GAP = 4.0


def draw_tiles(
    sheet: MapSheet, shades: Sequence[Shade], *, title: str, paint: Paint, ramp: Ramp = Ramp.SEQUENTIAL
) -> Element:
    """Tiles with name and figure, placed so that the sum of squared moves from the map is least."""
    by_code = {shade.code: shade for shade in shades}
    columns, rows = grid_for(len(sheet.areas), sheet.width / sheet.height)
    width = (WIDTH + _GAP) / columns
    cells = place_tiles([area.centre for area in sheet.areas], columns, rows)
    tiles = []
    for number, (area, (column, row)) in enumerate(zip(sheet.areas, cells, strict=True), start=1):
        place = _Place(number, column * width, row * _TILE_HEIGHT, width - _GAP)
        tiles.append(_tile(area, by_code.get(area.code), place, ramp, paint))
    frame = Frame(WIDTH, rows * _TILE_HEIGHT - _GAP, title, "tiles", linked=True)
    return paint.fixed(frame, tiles)


def grid_for(areas: int, shape: float) -> tuple[int, int]:
    """Columns and rows that hold all areas with a fifth to spare, about as wide as the map is."""
    columns = max(1, min(7, round(math.sqrt(areas * 1.2 * shape))))
    return columns, math.ceil(areas * 1.1 / columns)


def place_tiles(centres: Sequence[tuple[float, float]], columns: int, rows: int) -> list[tuple[int, int]]:
    """The cell (column, row) of each area: the assignment with the least sum of squared distances.

    Distances are between the areas' ranks west to east and north to south, so crowded parts are spread out.
    """
    from scipy.optimize import linear_sum_assignment

    points = np.array(centres, dtype=float).reshape(-1, 2)
    ranks = points.argsort(axis=0).argsort(axis=0) / max(len(points) - 1, 1)
    low, span = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-9)
    places = 0.5 * ranks + 0.5 * (points - low) / span
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    targets = np.array([(c / max(columns - 1, 1), r / max(rows - 1, 1)) for c, r in cells])
    cost = ((places[:, None, :] - targets[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(cost)
    return [cells[index] for index in chosen]


# Internals


@dataclass(frozen=True, slots=True)
class _Place:
    """A tile's number in geographic order, its corner and its width in px."""

    number: int
    x: float
    y: float
    width: float


def _tile(area: SheetArea, shade: Shade | None, place: _Place, ramp: Ramp, paint: Paint) -> Element:
    surface, written = surface_of(shade, ramp), shade.written if shade else paint.say(NO_FIGURE)
    said = f"{area.name}: {written}"
    middle, height = place.x + place.width / 2, _TILE_HEIGHT - _GAP
    lines = _lines(area.name, place.width)
    top = place.y + 37 - 7 * len(lines)
    texts: list[Node] = [
        paint.mark("text", f"tile-text on-{surface}", line, x=middle, y=top + step * 15, text_anchor="middle")
        for step, line in enumerate(lines)
    ]
    figure = paint.mark(
        "text", f"tile-figure on-{surface}", written, x=middle, y=place.y + 64, text_anchor="middle"
    )
    digits: dict[str, Value] = {
        "x": middle,
        "y": place.y + height / 2,
        "dy": "0.35em",
        "text_anchor": "middle",
    }
    number = paint.mark("text", f"number on-{surface}", str(place.number), **digits)
    corner = {"x": place.x, "y": place.y, "width": place.width, "height": height}
    marks: list[Node] = [element("title", said), paint.mark("rect", f"tile {surface}", **corner)]
    if surface == "none":
        box = shapely.box(place.x, place.y, place.x + place.width, place.y + height)
        marks.append(paint.mark("path", "hatch", d=hatch_of(box)))
    marks.append(paint.silent("names", *texts, figure))
    marks += paint.only_on_page([paint.silent("numbers", number)])
    return paint.link(shade.href if shade else "", said, marks)


def _lines(name: str, width: float) -> tuple[str, ...]:
    options = [lines for count in (1, 2, 3) if (lines := broken(name, count)) is not None]
    fits = (lines for lines in options if all(text_width(line, 13) <= width - 10 for line in lines))
    return next(fits, options[-1])
