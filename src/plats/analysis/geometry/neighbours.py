"""Neighbours: which areas share a border, also when the drawn borders do not meet exactly."""

from __future__ import annotations

from plats.analysis.geometry.shapes import Polygons, as_polygons


def neighbours(
    polygons: Polygons, tolerance_m: float = 25.0, shortest_border_m: float = 50.0
) -> list[tuple[int, ...]]:
    """The areas that each area has a border with.

    Two areas are neighbours when each has at least `shortest_border_m` of its border within `tolerance_m` of
    the other, beyond what a meeting corner to corner gives.

    Parameters
    ----------
    polygons
        (areas,) shapely Polygon or MultiPolygon, in metres.
    tolerance_m
        How far apart or into each other two drawings of the same border may lie, in metres; above 0.
    shortest_border_m
        Metres of common border that are needed.

    Returns
    -------
    For each area the indexes of its neighbours, increasing. Always mutual; no area is its own neighbour.

    Raises
    ------
    ValueError
        If a polygon is empty or invalid, or the tolerance is not above 0.

    Notes
    -----
    A corner where areas meet in a point lies within the tolerance over two borders of `tolerance_m` each, so
    twice the tolerance is taken off before the length is judged. Areas across open water are not neighbours,
    nor are areas linked by a bridge only.

    References
    ----------
    Our own rule; SCB's simplified borders overlap and gape by some metres.

    Examples
    --------
    >>> import shapely
    >>> south_west, south_east = shapely.box(0, 0, 500, 500), shapely.box(500, 0, 1000, 500)
    >>> neighbours([south_west, south_east, shapely.box(500, 500, 1000, 1000)])
    [(1,), (0, 2), (1,)]
    """
    import shapely

    if not tolerance_m > 0:
        raise ValueError(f"Toleransen ska vara större än 0 meter men är {tolerance_m}.")
    shapes = as_polygons("områden", polygons)
    wide = shapely.buffer(shapes, tolerance_m)
    borders = shapely.boundary(shapes)
    one, other = shapely.STRtree(shapes).query(wide, predicate="intersects")
    one, other = one[one < other], other[one < other]
    common = shapely.length(shapely.intersection(borders[one], wide[other]))
    seen_from_other = shapely.length(shapely.intersection(borders[other], wide[one]))
    beside: list[set[int]] = [set() for _ in shapes]
    lengths = zip(one.tolist(), other.tolist(), common.tolist(), seen_from_other.tolist(), strict=True)
    for a, b, from_a, from_b in lengths:
        if min(from_a, from_b) - 2 * tolerance_m >= shortest_border_m:
            beside[a].add(b)
            beside[b].add(a)
    return [tuple(sorted(areas)) for areas in beside]
