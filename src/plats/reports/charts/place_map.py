"""The map of one place: its border, its neighbours, and the schools, libraries, halls and stations there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from plats.reports.charts.choropleth import draw_label, draw_scale
from plats.reports.charts.geometry import Fit, path_of, scale_length, thinned
from plats.reports.charts.labels import Board, Label, box_of, label_inside
from plats.reports.charts.lettering import text_width
from plats.reports.charts.map_sheet import ScaleBar
from plats.reports.charts.model import Marker, Outline, Place
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element, Node, element, number

WIDTH = 760.0
HEIGHT = 608.0
# How much of the frame's width or height the place takes.
_SHARE = 0.74
_NAME_SIZE = 13.5
_CLEARANCE = 9.0
_KINDS = {"school": "marker", "library": "marker library", "sport": "marker sport", "station": "marker ring"}


def draw_place(place: Place, *, title: str, paint: Paint) -> Element:
    """The place outlined in the accent, neighbours as links, markers by kind; those outside are pale.

    Names of markers stand only within the place. The map shows what there is, never a figure.
    """
    fit = _fit(place.outline.geometry)
    window = shapely.box(0, 0, WIDTH, HEIGHT)
    near = [
        pair
        for pair in place.neighbours
        if fit.geometry(shapely.box(*pair[0].geometry.bounds)).intersects(window)
    ]
    simple = thinned([place.outline.geometry, *(outline.geometry for outline, _ in near)], fit.px_per_metre)
    here, *around = (shapely.clip_by_rect(fit.geometry(shape), 0, 0, WIDTH, HEIGHT) for shape in simple)
    spots = [(marker, shapely.Point(fit.point(marker.x, marker.y))) for marker in place.markers]
    shown = [(marker, spot) for marker, spot in spots if window.contains(spot)]
    neighbours = [
        (outline, href, shape)
        for (outline, href), shape in zip(near, around, strict=True)
        if not shape.is_empty and shape.area > 1
    ]
    length = scale_length(fit.px_per_metre, 120)
    children: list[Node] = [
        *(_neighbour(outline, href, shape, paint) for outline, href, shape in neighbours),
        paint.mark("path", "area here", d=path_of(here)),
        *(_marker(marker, spot, here, paint) for marker, spot in shown),
        paint.silent("labels", _names(place.outline, here, neighbours, shown, paint)),
        draw_scale(ScaleBar(length, length * fit.px_per_metre), paint, height=HEIGHT - 4, left=14),
    ]
    return paint.fixed(Frame(WIDTH, HEIGHT, title, "map pmap", linked=True), children)


# Internals

Neighbours = Sequence[tuple[Outline, str, BaseGeometry]]


def _fit(geometry: BaseGeometry) -> Fit:
    west, south, east, north = geometry.bounds
    px_per_metre = min(WIDTH * _SHARE / max(east - west, 1.0), HEIGHT * _SHARE / max(north - south, 1.0))
    left = (west + east) / 2 - WIDTH / 2 / px_per_metre
    top = (south + north) / 2 + HEIGHT / 2 / px_per_metre
    return Fit(WIDTH, HEIGHT, left, top, px_per_metre, 0.0)


def _neighbour(outline: Outline, href: str, shape: BaseGeometry, paint: Paint) -> Element:
    path = paint.mark("path", "area context", d=path_of(shape))
    return paint.link(href, outline.name, [element("title", outline.name), path])


def _marker(marker: Marker, spot: BaseGeometry, here: BaseGeometry, paint: Paint) -> Element:
    names = _KINDS[marker.kind]
    shape = paint.mark("circle", names, cx=spot.x, cy=spot.y, r=6)
    if marker.kind == "school":
        shape = paint.mark("rect", names, x=spot.x - 5, y=spot.y - 5, width=10, height=10)
    elif marker.kind == "library":
        path = f"M{number(spot.x)},{number(spot.y - 6.5)}l6.5,6.5l-6.5,6.5l-6.5,-6.5z"
        shape = paint.mark("path", names, d=path)
    elif marker.kind == "sport":
        shape = paint.mark("path", names, d=f"M{number(spot.x)},{number(spot.y - 6)}l6,10.5h-12z")
    group = paint.mark("g", "markers" if here.contains(spot) else "far", element("title", marker.name), shape)
    return paint.link(marker.href, marker.name, [group]) if marker.href else group


def _names(
    outline: Outline,
    here: BaseGeometry,
    neighbours: Neighbours,
    shown: Sequence[tuple[Marker, BaseGeometry]],
    paint: Paint,
) -> list[Node]:
    """Markers' names first, since they must stand by their mark; then the place's, then the neighbours'."""
    board = Board(WIDTH, HEIGHT, {outline.code: here}, [spot.buffer(_CLEARANCE) for _, spot in shown])
    board.taken.append(shapely.box(0, HEIGHT - 40, 140, HEIGHT))
    nodes: list[Node] = []
    inside = here.buffer(4)
    for marker, spot in shown:
        label = _beside(marker.name, spot, board) if inside.contains(spot) else None
        if label is not None:
            board.taken.append(box_of(label))
            nodes.append(draw_label(label, "marker-name", paint))
    for name, shape, names, size in [
        (outline.name, here, "here-name", 16.0),
        *((other.name, shape, "context-name", _NAME_SIZE) for other, _, shape in neighbours),
    ]:
        label = label_inside(name, shape, board.taken, ((names, size),))
        if label is not None:
            board.taken.append(box_of(label))
            nodes.append(draw_label(label, names, paint))
    return nodes


def _beside(name: str, spot: BaseGeometry, board: Board) -> Label | None:
    """The name above, below, left or right of its mark, where there is room."""
    half = text_width(name, _NAME_SIZE, "Regular") / 2 + 4
    for dx, dy in ((0, -13), (0, 23), (half + 11, 4.5), (-half - 11, 4.5)):
        label = Label("marker-name", (name,), spot.x + dx, spot.y + dy, _NAME_SIZE)
        others = Board(WIDTH, HEIGHT, {}, [box for box in board.taken if not box.contains(spot)])
        if others.free(np.array([box_of(label)], dtype=object))[0]:
            return label
    return None
