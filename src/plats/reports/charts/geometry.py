"""From metres to px: fitting borders in a frame, thinning them for drawing, writing them as paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

# What the eye cannot tell apart at the size maps are drawn.
_TOLERANCE_PX = 0.4
_ROUND_LENGTHS_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True)
class Fit:
    """A frame in px and how metres (x east, y north) are placed in it."""

    width: float
    height: float
    west: float
    north: float
    px_per_metre: float
    margin: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (
            self.margin + (x - self.west) * self.px_per_metre,
            self.margin + (self.north - y) * self.px_per_metre,
        )

    def geometry(self, geometry: BaseGeometry) -> BaseGeometry:
        origin = np.array([self.west, self.north])
        scale = np.array([self.px_per_metre, -self.px_per_metre])
        return shapely.transform(geometry, lambda points: self.margin + (points - origin) * scale)


def fit_width(bounds: tuple[float, float, float, float], width: float, margin: float) -> Fit:
    """A frame `width` px wide whose height follows the bounds (west, south, east, north, in metres)."""
    west, south, east, north = bounds
    px_per_metre = (width - 2 * margin) / max(east - west, 1.0)
    height = (north - south) * px_per_metre + 2 * margin
    return Fit(width, height, west, north, px_per_metre, margin)


def thinned(geometries: Sequence[BaseGeometry], px_per_metre: float) -> list[BaseGeometry]:
    """Borders with fewer points; shared borders stay shared when the areas fit together without gaps."""
    tolerance = _TOLERANCE_PX / px_per_metre
    array = np.array(geometries, dtype=object)
    if shapely.coverage_is_valid(array):
        return list(shapely.coverage_simplify(array, tolerance))
    return list(shapely.simplify(array, tolerance, preserve_topology=True))


def path_of(geometry: BaseGeometry) -> str:
    """The path of a polygon's rings in px, to a tenth."""
    rings = [
        ring for polygon in shapely.get_parts(geometry) for ring in (polygon.exterior, *polygon.interiors)
    ]
    return "".join(_ring(ring) for ring in rings)


def hatch_of(geometry: BaseGeometry, spacing: float = 6.0) -> str:
    """Diagonal lines inside a polygon, as a path: how 'no number' is drawn without a colour."""
    west, south, east, north = geometry.bounds
    reach = north - south
    starts = np.arange(np.floor((west - reach) / spacing) * spacing, east, spacing)
    lines = [shapely.LineString([(x, south), (x + reach, north)]) for x in starts]
    inside = shapely.intersection(np.array(lines, dtype=object), geometry)
    pieces = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
    pieces += [
        p for part in shapely.get_parts(inside) if part.geom_type == "MultiLineString" for p in part.geoms
    ]
    return "".join("M" + "L".join(_points(piece)) for piece in pieces if not piece.is_empty)


def centre_of(geometry: BaseGeometry) -> tuple[float, float]:
    """The middle of the largest circle that fits inside: where a number stands freest."""
    largest = max(shapely.get_parts(geometry), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    x, y = circle.coords[0]
    return float(x), float(y)


def scale_length(px_per_metre: float, widest_px: float) -> int:
    """The longest round length in metres that is at most `widest_px` px."""
    return max((length for length in _ROUND_LENGTHS_M if length * px_per_metre <= widest_px), default=50)


# Internals


def _ring(ring: BaseGeometry) -> str:
    return f"M{'L'.join(dict.fromkeys(_points(ring)))}Z"


def _points(line: BaseGeometry) -> list[str]:
    """A line's points to a tenth of a px, as `x,y`."""
    tenths = np.rint(shapely.get_coordinates(line) * 10).astype(int).tolist()
    return [f"{_tenth(x)},{_tenth(y)}" for x, y in tenths]


def _tenth(tenths: int) -> str:
    """A number of tenths as a decimal number, as `svg.number` writes it."""
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
