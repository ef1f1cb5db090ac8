"""Points in areas: which area each address, school or event lies in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.geometry.shapes import Polygons, as_polygons

_NOWHERE = -1


def assign_points(x: npt.ArrayLike, y: npt.ArrayLike, polygons: Polygons) -> IntArray:
    """The area that each point lies in.

    Parameters
    ----------
    x, y
        (points,) easting and northing in metres, in the polygons' reference system; NaN when unknown.
    polygons
        (areas,) shapely Polygon or MultiPolygon.

    Returns
    -------
    (points,) index of the area, -1 where the point lies in none or its place is unknown.

    Raises
    ------
    ValueError
        If x and y differ in length, or a polygon is empty or invalid.

    Notes
    -----
    A point on a border belongs to the areas on both sides and is given the first of them, as is a point where
    areas overlap: no point is lost on a line and none is counted twice.

    References
    ----------
    Candidates by bounding box (points sorted by easting), then an exact test against the prepared polygon
    (GEOS).

    Examples
    --------
    >>> import shapely
    >>> areas = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)]
    >>> assign_points([5.0, 15.0, 25.0], [5.0, 5.0, 5.0], areas)
    array([ 0,  1, -1])
    """
    import shapely

    easting, northing = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if easting.shape != northing.shape or easting.ndim != 1:
        raise ValueError(
            f"Varje punkt ska ha x och y, men x har {easting.size} tal och y har {northing.size}."
        )
    shapes = as_polygons("områden", polygons)
    cells = _Cells(easting, northing)
    area = np.full(len(easting), len(shapes), dtype=np.int64)
    bounds = shapely.bounds(shapes)
    shapely.prepare(shapes)
    for index in range(len(shapes)):
        candidates = cells.within(bounds[index])
        if len(candidates):
            inside = candidates[
                shapely.intersects_xy(shapes[index], easting[candidates], northing[candidates])
            ]
            area[inside] = np.minimum(area[inside], index)
    area[area == len(shapes)] = _NOWHERE
    return area


# Internals


class _Cells:
    """Points sorted into square cells, so that those in a box are found without looking at the others."""

    def __init__(self, x: FloatArray, y: FloatArray) -> None:
        self.x, self.y = x, y
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        self.empty = len(known) == 0
        if self.empty:
            return
        # About four points to a cell if they were spread evenly; towns have more.
        self.side = int(np.clip(np.sqrt(len(known) / 4), 1, 2048))
        self.low = np.array([x[known].min(), y[known].min()])
        extent = np.array([x[known].max(), y[known].max()]) - self.low
        self.step = np.where(extent > 0, extent / self.side, 1.0)
        key = self._cell(x[known], 0) + self.side * self._cell(y[known], 1)
        order = np.argsort(key, kind="stable")
        self.points = known[order]
        self.starts = np.searchsorted(key[order], np.arange(self.side**2 + 1))

    def _cell(self, coordinate: FloatArray, axis: int) -> IntArray:
        cell = np.floor((coordinate - self.low[axis]) / self.step[axis])
        clipped: IntArray = np.clip(cell, 0, self.side - 1).astype(np.int64)
        return clipped

    def within(self, box: FloatArray) -> IntArray:
        """The points in a box (x and y least, x and y most), its edges included."""
        if self.empty:
            return np.empty(0, dtype=np.int64)
        first, last = self._cell(box[[0, 2]], 0)
        south, north = self._cell(box[[1, 3]], 1)
        rows = self.side * np.arange(south, north + 1)
        begins, ends = self.starts[rows + first], self.starts[rows + last + 1]
        found = [self.points[begin:end] for begin, end in zip(begins, ends, strict=True) if end > begin]
        if not found:
            return np.empty(0, dtype=np.int64)
        near = np.concatenate(found)
        x, y = self.x[near], self.y[near]
        chosen: IntArray = near[(x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])]
        return chosen
