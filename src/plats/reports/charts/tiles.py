"""The tile map: every area an equally large tile, near where it lies, so that surface does not weigh."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from plats.reports.charts.choropleth import surface_of
from plats.reports.charts.classes import Ramp
from plats.reports.charts.lettering import broken, text_width
from plats.reports.charts.map_sheet import MapSheet, SheetArea
from plats.reports.charts.model import Shade
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element, Node, element

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
    tiles = [
        _tile(
            index,
            area,
            by_code.get(area.code),
            (cell[0] * width, cell[1] * _TILE_HEIGHT, width - _GAP),
            ramp,
            paint,
        )
        for index, (area, (column, row)) in enumerate(zip(sheet.areas, cells, strict=True), start=1)
    ]
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


def _tile(
    index: int,
    area: SheetArea,
    shade: Shade | None,
    place: tuple[float, float, float],
    ramp: Ramp,
    paint: Paint,
) -> Element:
    x, y, width = place
    surface, written = surface_of(shade, ramp), shade.written if shade else "saknas"
    said = f"{area.name}: {written}"
    middle = x + width / 2
    lines = _lines(area.name, width)
    top = y + 36 - 7 * len(lines)
    texts: list[Node] = [
        paint.mark(
            "text", f"tile-text ink-{surface}", line, x=middle, y=top + step * 14, text_anchor="middle"
        )
        for step, line in enumerate(lines)
    ]
    figure = paint.mark(
        "text", f"tile-figure ink-{surface}", written, x=middle, y=y + 70, text_anchor="middle"
    )
    number = paint.mark(
        "text",
        f"number ink-{surface}",
        str(place.number),
        x=middle,
        y=y + 41,
        dy="0.35em",
        text_anchor="middle",
    )
    tile = paint.mark("rect", f"tile {surface}", x=x, y=y, width=width, height=_TILE_HEIGHT - _GAP)
    marks: list[Node] = [element("title", said), tile, paint.silent("names", *texts, figure)]
    marks += paint.only_on_page([paint.silent("numbers", number)])
    return paint.link(shade.href if shade else "", said, marks)


def _lines(name: str, width: float) -> tuple[str, ...]:
    options = [lines for count in (1, 2, 3) if (lines := broken(name, count)) is not None]
    fits = (lines for lines in options if all(text_width(line, 13) <= width - 10 for line in lines))
    return next(fits, options[-1])
