"""The map sheet: all of a map that does not depend on the figures, prepared once per set of borders.

Projecting, thinning and putting out names takes about a second; colouring takes a few milliseconds. Keep the
sheet (it is plain frozen data) and colour it as often as needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from plats.reports.charts.geometry import Fit, centre_of, fit_width, hatch_of, path_of, scale_length, thinned
from plats.reports.charts.labels import Board, Label, box_of, label_inside, label_outside
from plats.reports.charts.lettering import text_width
from plats.reports.charts.model import Landmark, Outline

WIDTH = 840.0
_MARGIN = 26.0
_SCALE_ROOM = 26.0
_SCALE_WIDEST_PX = 120.0
_STATION_CLEARANCE = 6.0
_STATION_SIZE = 11.0
# More names than this only hide each other; the links and the list name every area all the same.
_MOST_NAMED = 30
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SheetArea:
    """One area, drawn: path, hatch for when there is no number, name, and where its number stands."""

    code: str
    name: str
    path: str
    hatch: str
    centre: Point
    label: Label | None


@dataclass(frozen=True, slots=True)
class SheetStation:
    """A station's ring; `label` when its name says more than the area's."""

    name: str
    at: Point
    label: Label | None


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A round length in metres and its length in px."""

    metres: int
    px: float

    @property
    def text(self) -> str:
        return f"{self.metres // 1000}\u00a0km" if self.metres >= 1000 else f"{self.metres}\u00a0m"


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A prepared map; `areas` are in geographic order, from north-west to south-east. `ground` is borders to draw
    under areas that have none of their own."""

    width: float
    height: float
    areas: tuple[SheetArea, ...]
    stations: tuple[SheetStation, ...]
    scale: ScaleBar
    ground: tuple[str, ...] = ()


def prepare_shapes(
    outlines: Sequence[Outline],
    landmarks: Sequence[Landmark] = (),
    *,
    width: float = WIDTH,
) -> MapSheet:
    """A sheet `width` px wide with every area of `outlines` once; an empty set of borders is an error.

    Slow (up to a second for 60 areas): keep what it returns.
    """
    if not outlines:
        raise ValueError("Kartan har inga områden. Läs in gränser för indelningen först.")
    fit = _fit([outline.geometry for outline in outlines], width)
    simple = thinned([outline.geometry for outline in outlines], fit.px_per_metre)
    shapes = {outline.code: fit.geometry(shape) for outline, shape in zip(outlines, simple, strict=True)}
    rings = [shapely.Point(fit.point(mark.x, mark.y)) for mark in landmarks]
    labels, board = _labels(outlines, shapes, rings, fit)
    areas = [_area(outline, shapes[outline.code], labels[outline.code], fit) for outline in outlines]
    areas.sort(key=lambda area: (round(area.centre[0] + area.centre[1], 3), area.code))
    stations = tuple(_station(mark, fit, outlines, board) for mark in landmarks)
    return MapSheet(width, fit.height + _SCALE_ROOM, tuple(areas), stations, _scale(fit))


def prepare_points(
    points: Sequence[Outline],
    landmarks: Sequence[Landmark],
    ground: Sequence[BaseGeometry],
    *,
    width: float = WIDTH,
) -> MapSheet:
    """A sheet for areas of which only a point is known, on the `ground` of other borders; for `draw_symbols`.

    Nothing is named on the map: circles stand too close. The links and the list name every area.
    """
    if not points:
        raise ValueError("Kartan har inga områden. Läs in punkter för indelningen först.")
    fit = _fit([*ground, *(point.geometry for point in points)], width)
    areas = [
        SheetArea(point.code, point.name, "", "", centre_of(fit.geometry(point.geometry)), None)
        for point in points
    ]
    areas.sort(key=lambda area: (round(area.centre[0] + area.centre[1], 3), area.code))
    stations = tuple(SheetStation(mark.name, fit.point(mark.x, mark.y), None) for mark in landmarks)
    under = (
        tuple(path_of(fit.geometry(shape)) for shape in thinned(ground, fit.px_per_metre)) if ground else ()
    )
    return MapSheet(width, fit.height + _SCALE_ROOM, tuple(areas), stations, _scale(fit), under)


# Internals


def _fit(shapes: Sequence[BaseGeometry], width: float) -> Fit:
    west, south, east, north = (float(value) for value in shapely.total_bounds(shapes))
    return fit_width((west, south, east, north), width, _MARGIN)


def _scale(fit: Fit) -> ScaleBar:
    length = scale_length(fit.px_per_metre, _SCALE_WIDEST_PX)
    return ScaleBar(length, length * fit.px_per_metre)


def _labels(
    outlines: Sequence[Outline], shapes: dict[str, BaseGeometry], rings: list[BaseGeometry], fit: Fit
) -> tuple[dict[str, Label | None], Board]:
    """Names inside first, since they cannot move; then the rest outside, the smallest area first."""
    obstacles = [ring.buffer(_STATION_CLEARANCE) for ring in rings]
    board = Board(fit.width, fit.height, shapes, list(obstacles))
    if len(outlines) > _MOST_NAMED:
        return dict.fromkeys(outline.code for outline in outlines), board
    labels = {o.code: label_inside(o.name, shapes[o.code], obstacles) for o in outlines}
    board.taken += [box_of(label) for label in labels.values() if label]
    homeless = sorted((o for o in outlines if labels[o.code] is None), key=lambda o: shapes[o.code].area)
    for outline in homeless:
        label = label_outside(outline.name, shapes[outline.code], board)
        labels[outline.code] = label
        if label is not None and label.leader is not None:
            board.taken += [box_of(label), shapely.LineString(label.leader)]
    return labels, board


def _area(outline: Outline, shape: BaseGeometry, label: Label | None, fit: Fit) -> SheetArea:
    centre = centre_of(shape) if outline.label_point is None else fit.point(*outline.label_point)
    return SheetArea(outline.code, outline.name, path_of(shape), hatch_of(shape), centre, label)


def _station(mark: Landmark, fit: Fit, outlines: Sequence[Outline], board: Board) -> SheetStation:
    at = fit.point(mark.x, mark.y)
    if any(outline.name.startswith(mark.name) for outline in outlines):
        return SheetStation(mark.name, at, None)
    half = text_width(mark.name, _STATION_SIZE, "It") / 2
    for dx, dy in ((0, -9), (0, 18), (1, 4), (-1, 4), (1, -9), (-1, -9), (1, 16), (-1, 16)):
        x, y = at[0] + dx * (half + 9), at[1] + dy
        label = Label("station-name", (mark.name,), x, y, _STATION_SIZE)
        box = box_of(label)
        if board.free(np.array([box], dtype=object))[0]:
            board.taken.append(box)
            return SheetStation(mark.name, at, replace(label, surface=board.surface_at(box)))
    return SheetStation(mark.name, at, None)
