"""Putting names on a map: inside the area where they fit, else outside with a line to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from plats.reports.charts.geometry import centre_of
from plats.reports.charts.lettering import broken, text_width

Point = tuple[float, float]
Sizes = tuple[tuple[str, float], ...]
Array = np.ndarray[Any, Any]

LINE_HEIGHT = 1.09
_SIZES: Sizes = (("name", 12.5), ("name small", 11.2))
_AIR = 2.5
# A name may reach over its border by this much: the halo, in its own area's colour, keeps it readable.
_ENOUGH = 0.8
_STEP = 3.0
# Free room around a name in px, the most that fits is taken.
_ROOMS = (60.0, 40.0, 28.0, 20.0, 14.0, 9.0, 5.0, 2.0, 0.0)
_DIRECTIONS = 32
_DISTANCES = tuple(range(24, 170, 6))
_OVER_LAND = 60.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name's lines, the place of its first baseline, and its leader line (from, to) if outside."""

    names: str
    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    leader: tuple[Point, Point] | None = None
    surface: str = ""
    """The code of the area that lies under most of the name; "" off the land."""


@dataclass(slots=True)
class Board:
    """The map while names are put on it: its areas by code, the frame, and what is already taken."""

    width: float
    height: float
    shapes: dict[str, BaseGeometry]
    taken: list[BaseGeometry] = field(default_factory=list)

    def free(self, boxes: Array) -> Array:
        """Which of these boxes lie in the frame and touch nothing that is there already."""
        frame = shapely.box(2, 2, self.width - 2, self.height - 2)
        free: Array = shapely.contains(frame, boxes)
        if self.taken:
            touching, _ = shapely.STRtree(self.taken).query(boxes, predicate="intersects")
            free[touching] = False
        return free

    def surface_at(self, box: BaseGeometry) -> str:
        """The code of the area that lies under most of the box; "" when most of it is off the land."""
        shares = {
            code: float(shape.intersection(box).area)
            for code, shape in self.shapes.items()
            if shape.intersects(box)
        }
        best = max(shares, key=shares.__getitem__, default="")
        return best if best and shares[best] > box.area - sum(shares.values()) else ""


def label_inside(
    name: str, area: BaseGeometry, obstacles: Sequence[BaseGeometry] = (), sizes: Sizes = _SIZES
) -> Label | None:
    """The name as large and in as few lines as it fits within the area, as far from the border as can be.

    It keeps off the rectangles around `obstacles`.
    """
    room = max(shapely.get_parts(area), key=lambda part: part.area)
    grid = _grid(room, obstacles)
    spots = [
        (_spot(grid, lines, size), lines, names, size)
        for names, size in sizes
        for count in (1, 2, 3)
        if (lines := broken(name, count)) is not None
    ]
    whole = next((spot for spot in spots if spot[0].share > 0.999), None)
    best = whole or max(spots, key=lambda spot: spot[0].share)
    spot, lines, names, size = best
    return _label_at(spot.middle, lines, names, size) if spot.share >= _ENOUGH else None


def label_outside(name: str, area: BaseGeometry, board: Board) -> Label | None:
    """The name near the area, off the land if there is room, with a line to the middle of the area."""
    target = centre_of(area)
    land = shapely.union_all(list(board.shapes.values()))
    own = shapely.Point(target)
    obstacles = shapely.union_all([box for box in board.taken if not box.contains(own)])
    shapely.prepare(land)
    shapely.prepare(obstacles)
    found = [_best_around(target, broken(name, count), board, (land, obstacles)) for count in (1, 2, 3)]
    possible = [pair for pair in found if pair is not None]
    if not possible:
        return None
    label = min(possible, key=lambda pair: pair[0])[1]
    return replace(label, surface=board.surface_at(box_of(label)))


def beside(name: str, centre: Point, radius: float, board: Board) -> Label | None:
    """The name in small letters right, left, below or above a circle, where there is room."""
    names, size = _SIZES[1]
    for count in (1, 2):
        lines = broken(name, count)
        if lines is None:
            continue
        width, height = _measure(lines, size)
        across, down = radius + width / 2 + 3, radius + height / 2 + 2
        for dx, dy in ((across, 0), (-across, 0), (0, down), (0, -down)):
            label = _label_at((centre[0] + dx, centre[1] + dy), lines, names, size)
            if board.free(np.array([box_of(label)], dtype=object))[0]:
                return label
    return None


def box_of(label: Label) -> BaseGeometry:
    """The rectangle a label takes, with a little air."""
    width, height = _measure(label.lines, label.size)
    top = label.y - label.size * 0.78
    return shapely.box(label.x - width / 2, top, label.x + width / 2, top + height)


# Internals


def _measure(lines: tuple[str, ...], size: float, air: float = _AIR) -> tuple[float, float]:
    width = max(text_width(line, size) for line in lines)
    return width + 2 * air, (len(lines) - 1) * size * LINE_HEIGHT + size * 0.95 + air


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place for a name, and how large a share of it lies within its area."""

    middle: Point
    share: float


@dataclass(frozen=True, slots=True)
class _Grid:
    """An area as cells of `_STEP` px, with how many cells inside it lie above and to the left of each corner."""

    west: float
    north: float
    counts: Array

    def shares(self, width: float, height: float) -> tuple[Array, int, int]:
        """For every place of a rectangle: how large a share of it lies inside. With its measure in cells."""
        across, down = (
            min(max(1, round(side / _STEP)), most)
            for side, most in zip((width, height), self._most, strict=True)
        )
        counts = self.counts
        inside = (
            counts[down:, across:]
            - counts[:-down, across:]
            - counts[down:, :-across]
            + counts[:-down, :-across]
        )
        return inside / (across * down), across, down

    @property
    def _most(self) -> tuple[int, int]:
        return self.counts.shape[1] - 1, self.counts.shape[0] - 1


def _grid(room: BaseGeometry, obstacles: Sequence[BaseGeometry]) -> _Grid:
    """The area laid out in cells; those under an obstacle count as outside."""
    west, north, east, south = room.bounds
    xs = np.arange(west + _STEP / 2, east + _STEP, _STEP)
    ys = np.arange(north + _STEP / 2, south + _STEP, _STEP)
    shapely.prepare(room)
    inside = shapely.contains_xy(room, *np.meshgrid(xs, ys))
    for left, top, right, bottom in (obstacle.bounds for obstacle in obstacles):
        rows = slice(*np.searchsorted(ys, (top, bottom)))
        inside[rows, slice(*np.searchsorted(xs, (left, right)))] = False
    counts = np.zeros((len(ys) + 1, len(xs) + 1), dtype=np.int64)
    counts[1:, 1:] = inside.cumsum(axis=0).cumsum(axis=1)
    return _Grid(west, north, counts)


def _spot(grid: _Grid, lines: tuple[str, ...], size: float) -> _Spot:
    """Where a rectangle of this measure lies in the area: whole with as much room around it as can be had, else where
    most of it does."""
    # Inside its own area a name needs no air: its halo has the area's colour.
    width, height = _measure(lines, size, 0.0)
    for room in _ROOMS:
        shares, across, down = grid.shares(width + 2 * room, height + 2 * room)
        if room == 0 or shares.max() > 0.999:
            break
    best = np.argwhere(shares > shares.max() - 1e-9)
    # Of equally good places the middle one.
    row, column = best[np.argmin(((best - best.mean(axis=0)) ** 2).sum(axis=1))]
    middle = (grid.west + (column + across / 2) * _STEP, grid.north + (row + down / 2) * _STEP)
    return _Spot((float(middle[0]), float(middle[1])), float(shares[row, column]))


def _label_at(middle: Point, lines: tuple[str, ...], names: str, size: float) -> Label:
    x, y = middle
    _, height = _measure(lines, size)
    return Label(names, lines, x, y - height / 2 + size * 0.78 + _AIR / 2, size)


def _best_around(
    target: Point, lines: tuple[str, ...] | None, board: Board, ground: tuple[BaseGeometry, BaseGeometry]
) -> tuple[float, Label] | None:
    """The best free place around the target and its score; the lower the better: a short leader, off the land, in few
    rows, and never across another name."""
    if lines is None:
        return None
    names, size = _SIZES[0]
    width, height = _measure(lines, size)
    distances, angles = np.meshgrid(
        _DISTANCES, np.arange(_DIRECTIONS) * 2 * math.pi / _DIRECTIONS, indexing="ij"
    )
    # The label's nearest edge, not its middle, is at the distance.
    xs = (target[0] + np.cos(angles) * (distances + width / 2)).ravel()
    ys = (target[1] + np.sin(angles) * (distances + height / 2)).ravel()
    boxes = shapely.box(xs - width / 2, ys - height / 2, xs + width / 2, ys + height / 2)
    # A leader starts a px inside the nearest edge of its name.
    starts = np.column_stack(
        [
            np.clip(target[0], xs - width / 2 + 1, xs + width / 2 - 1),
            np.clip(target[1], ys - height / 2 + 1, ys + height / 2 - 1),
        ]
    )
    leaders = shapely.linestrings(np.stack([starts, np.broadcast_to(target, starts.shape)], axis=1))
    land, obstacles = ground
    possible = np.flatnonzero(board.free(boxes) & ~shapely.intersects(obstacles, leaders))
    if not possible.size:
        return None
    over = shapely.intersects(land, boxes[possible]) * _OVER_LAND
    scores = shapely.length(leaders[possible]) + over + 6.0 * (len(lines) - 1)
    best = int(possible[int(np.argmin(scores))])
    label = _label_at((float(xs[best]), float(ys[best])), lines, names, size)
    start = (float(starts[best, 0]), float(starts[best, 1]))
    return float(scores.min()), replace(label, leader=(start, target))
