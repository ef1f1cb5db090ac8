"""Labels: a point well inside an area, for its name or symbol on the map."""

from __future__ import annotations

from typing import Any

from plats.analysis.geometry.shapes import as_polygons


def interior_point(polygon: Any) -> tuple[float, float]:
    """The point of an area that lies farthest from its border.

    Parameters
    ----------
    polygon
        A shapely Polygon or MultiPolygon, in metres; of several parts the largest is used.

    Returns
    -------
    Easting and northing in metres, always inside the area.

    Raises
    ------
    ValueError
        If the polygon is empty or invalid.

    Notes
    -----
    Found to within a hundredth of the area's shorter side. It is not where people live: for that, weigh by
    population.

    References
    ----------
    Pole of inaccessibility, as GEOS' maximum inscribed circle; Garcia-Castellanos, D. & Lombardo, U. (2007).
    Poles of inaccessibility. Scottish Geographical Journal 123(3), 227-233.
    https://doi.org/10.1080/14702540801897809

    Examples
    --------
    >>> import shapely
    >>> x, y = interior_point(shapely.box(0, 0, 10, 10))
    >>> round(x), round(y)
    (5, 5)
    """
    import shapely

    (shape,) = as_polygons("området", [polygon])
    largest = max(shapely.get_parts(shape), key=shapely.area)
    west, south, east, north = shapely.bounds(largest)
    radius = shapely.maximum_inscribed_circle(largest, tolerance=min(east - west, north - south) / 100)
    x, y = shapely.get_coordinates(radius)[0]
    if not shapely.intersects_xy(largest, x, y):  # a sliver thinner than the tolerance
        x, y = shapely.get_coordinates(shapely.point_on_surface(largest))[0]
    return float(x), float(y)
