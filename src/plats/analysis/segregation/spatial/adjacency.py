"""Which areas lie beside each other, and how long a border they share: pairs of areas, each once.

Neighbours are had from how the borders are drawn (`drawn_borders`, exact), or within a tolerance where the drawings of
the two sides do not meet (`tolerant_borders`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.geometry.shapes import Polygons, as_polygons
from plats.analysis.segregation.spatial.places import as_distance, refuse_degrees
from plats.vocabulary.messages import Count, Message


@dataclass(frozen=True, slots=True)
class Borders:
    """Pairs of areas that meet, each once with the lower number first. Made by `of` or from polygons."""

    areas: int
    first: IntArray  # (pairs,)
    second: IntArray  # (pairs,) higher than first
    length_m: FloatArray  # (pairs,) metres in common; 0 where they meet in a corner only

    @classmethod
    def of(cls, areas: int, pairs: npt.ArrayLike, length_m: npt.ArrayLike | None = None) -> Borders:
        """Borders between numbered areas, each pair once in either order; length 1 where none is given."""
        both = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
        length = np.ones(len(both)) if length_m is None else np.asarray(length_m, dtype=np.float64)
        low, high = both.min(axis=1), both.max(axis=1)
        if ((low < 0) | (high >= areas) | (low == high)).any():
            raise ValueError(
                f"Ett par ska vara två olika områden med nummer 0 till {areas - 1}. Rätta listan över grannar."
            )
        if length.shape != (len(both),) or not (length >= 0).all() or np.isinf(length).any():
            raise ValueError("Varje par ska ha en gränslängd i meter, minst 0.")
        if len(np.unique(low * areas + high)) != len(both):
            raise ValueError("Samma par av områden står två gånger i listan över grannar.")
        return cls(areas, low, high, length)

    @classmethod
    def from_neighbours(cls, neighbours: Sequence[Sequence[int]]) -> Borders:
        """Borders from each area's neighbours, as `geometry.neighbours.neighbours` gives them; each of length 1."""
        pairs = {
            (min(area, other), max(area, other)) for area, near in enumerate(neighbours) for other in near
        }
        return cls.of(len(neighbours), sorted(pairs))

    def without_corners(self) -> Borders:
        """Only the pairs that share a border, not those that meet in a corner."""
        shared = self.length_m > 0
        return Borders(self.areas, self.first[shared], self.second[shared], self.length_m[shared])

    @property
    def islands(self) -> IntArray:
        """The areas that have no neighbour."""
        met = np.zeros(self.areas, dtype=bool)
        met[self.first] = met[self.second] = True
        alone: IntArray = np.flatnonzero(~met)
        return alone

    def told(self) -> Message | None:
        """A sentence about areas without neighbours; None when there are none."""
        alone = len(self.islands)
        if not alone:
            return None
        return Message(
            "{alone} av {areas} områden gränsar inte till något annat. De påverkar inte det som grannar drar av.",
            alone=Count(alone),
            areas=Count(self.areas),
        )

    def require(self, areas: int) -> None:
        """Refuse borders of other areas than those there are figures for."""
        if self.areas != areas:
            raise ValueError(
                f"Gränserna gäller {self.areas} områden men siffrorna {areas}. De ska vara samma områden."
            )


def drawn_borders(polygons: Polygons) -> Borders:
    """The areas whose drawn borders have points or stretches in common.

    Parameters
    ----------
    polygons
        (areas,) shapely Polygon or MultiPolygon, in metres.

    Returns
    -------
    `Borders`: areas that share a stretch with its length, and areas that share a single point with length 0.

    Raises
    ------
    ValueError
        If a polygon is empty or invalid, or drawn in degrees.

    Notes
    -----
    Two areas share a stretch when both have the same two points after each other, to the millimetre. Where one
    side has been simplified by itself that fails: use `tolerant_borders`.

    Examples
    --------
    >>> import shapely
    >>> row = [shapely.box(x, 0, x + 1000, 2000) for x in (1000, 2000, 3000)]
    >>> drawn_borders(row).length_m
    array([2000., 2000.])
    """
    import shapely

    shapes = as_polygons("områden", polygons)
    rings, area_of_ring = shapely.get_parts(shapely.boundary(shapes), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    refuse_degrees(points)
    east, north = (_numbered(axis) for axis in np.rint(points * 1000).T)
    corner = _numbered(east * (north.max() + 1) + north)
    area = area_of_ring[ring]
    met = _pairs_with_the_same(corner, area, np.zeros(len(corner)))
    along = ring[1:] == ring[:-1]
    one, other = corner[:-1][along], corner[1:][along]
    stretch = np.minimum(one, other) * (corner.max() + 1) + np.maximum(one, other)
    length = np.hypot(*(points[1:] - points[:-1])[along].T)
    shared = _pairs_with_the_same(stretch, area[:-1][along], length)
    return _summed(len(shapes), *(np.concatenate(both) for both in zip(met, shared, strict=True)))


def tolerant_borders(
    polygons: Polygons, tolerance_m: float = 25.0, shortest_border_m: float = 50.0
) -> Borders:
    """The areas that share a border, also where the two drawings of it gape or overlap.

    Parameters
    ----------
    polygons
        (areas,) shapely Polygon or MultiPolygon, in metres.
    tolerance_m
        How far apart or into each other the two drawings may lie, metres, above 0.
    shortest_border_m
        Metres of common border that are needed.

    Returns
    -------
    `Borders` with the mean of the lengths seen from the two sides; corners are left out.

    Raises
    ------
    ValueError
        If a polygon is empty, invalid or drawn in degrees, or the tolerance is not above 0.

    Notes
    -----
    The same rule as `geometry.neighbours.neighbours`: each side's border within the tolerance of the other area,
    less twice the tolerance, which is what a corner gives.

    Examples
    --------
    >>> import shapely
    >>> gaping = [shapely.box(1000, 0, 1990, 2000), shapely.box(2000, 0, 3000, 2000)]
    >>> tolerant_borders(gaping).length_m.round(-2)
    array([2000.])
    """
    import shapely

    tolerance = as_distance("tolerance_m", tolerance_m)
    shapes = as_polygons("områden", polygons)
    refuse_degrees(shapely.bounds(shapes).reshape(-1, 2))
    wide, lines = shapely.buffer(shapes, tolerance), shapely.boundary(shapes)
    one, other = shapely.STRtree(shapes).query(wide, predicate="intersects")
    one, other = one[one < other], other[one < other]
    seen = np.array(
        [
            shapely.length(shapely.intersection(lines[one], wide[other])),
            shapely.length(shapely.intersection(lines[other], wide[one])),
        ]
    )
    kept = seen.min(axis=0) - 2 * tolerance >= shortest_border_m
    return Borders(len(shapes), one[kept], other[kept], (seen.mean(axis=0) - 2 * tolerance)[kept])


# Internals


def _numbered(values: npt.NDArray[Any]) -> IntArray:
    """Each value's place among the different values: equal values get the same number."""
    numbers: IntArray = np.unique(values, return_inverse=True)[1].astype(np.int64)
    return numbers


def _pairs_with_the_same(
    thing: IntArray, area: IntArray, length: FloatArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Areas, lower first, that hold the same thing: a corner or a stretch."""
    order = np.lexsort((area, thing))
    thing, area, length = thing[order], area[order], length[order]
    found = []
    apart = 1
    while (same := thing[apart:] == thing[:-apart]).any():
        two = same & (area[apart:] != area[:-apart])
        found.append((area[:-apart][two], area[apart:][two], length[apart:][two]))
        apart += 1
    if not found:
        return area[:0], area[:0], length[:0]
    first, second, metres = zip(*found, strict=True)
    return np.concatenate(first), np.concatenate(second), np.concatenate(metres)


def _summed(areas: int, first: IntArray, second: IntArray, length: FloatArray) -> Borders:
    pairs, which = np.unique(first * areas + second, return_inverse=True)
    summed: FloatArray = np.bincount(which, length, len(pairs)).astype(np.float64)
    return Borders(areas, pairs // areas, pairs % areas, summed)
