"""Overlay: how much of one set of areas lies in another."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.geometry.shapes import Polygons


class Pieces(NamedTuple):
    """What two sets of areas have in common, a row per pair that overlaps."""

    first_index: IntArray
    second_index: IntArray
    shapes: npt.NDArray[np.object_]
    area_m2: FloatArray


def overlay(first: Polygons, second: Polygons) -> Pieces:
    """The common piece of each pair of areas that overlap.

    Parameters
    ----------
    first, second
        (areas,) shapely Polygon or MultiPolygon, in metres, valid (`as_polygons` checks them).

    Returns
    -------
    `Pieces`, ordered by the first and then the second area; pairs that only touch are left out.

    Examples
    --------
    >>> import shapely
    >>> overlay([shapely.box(0, 0, 10, 10)], [shapely.box(4, 0, 20, 10)]).area_m2
    array([60.])
    """
    import shapely

    one, other = np.asarray(first, dtype=np.object_), np.asarray(second, dtype=np.object_)
    index, beside = shapely.STRtree(other).query(one, predicate="intersects")
    order = np.lexsort((beside, index))
    index, beside = index[order], beside[order]
    common = shapely.intersection(one[index], other[beside])
    shapes: npt.NDArray[np.object_] = np.array([_surface(shape) for shape in common], dtype=np.object_)
    area: Any = shapely.area(shapes)
    kept = area > 0
    return Pieces(index[kept], beside[kept], shapes[kept], area[kept])


# Internals


def _surface(shape: Any) -> Any:
    """The part of an intersection that has an area; where borders touch it holds lines as well."""
    import shapely

    if shapely.get_type_id(shape) != shapely.GeometryType.GEOMETRYCOLLECTION:
        return shape
    parts = shapely.get_parts(shape)
    return shapely.union_all(parts[shapely.area(parts) > 0])
