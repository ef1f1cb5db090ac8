"""`python -m bench points`: a million points in 3,363 RegSO, beside geopandas' sjoin."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import shapely

from bench.measure import NO_SHARED, SHARED, against_peer, busy, timed
from plats.analysis.geometry.points import assign_points

POINTS = 1_000_000
SEED = 20261123
FILE = SHARED / "sverige" / "regso2025_simplified20m.parquet"

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]


def main(_: list[str]) -> int:
    if not FILE.exists():
        print(NO_SHARED)
        return 0
    wkb = pq.read_table(FILE).column("geometry").to_numpy()
    polygons: Shapes = shapely.from_wkb(wkb)
    x, y = spread(polygons)
    # Each run reads the shapes anew, so that none profits from what an earlier one has prepared.
    ours, mine = timed(lambda: assign_points(x, y, shapely.from_wkb(wkb)))
    peer, theirs = timed(lambda: joined(x, y, shapely.from_wkb(wkb)))
    outside = int((mine < 0).sum())
    assert np.array_equal(mine, theirs), f"{int((mine != theirs).sum())} punkter hamnar olika."
    print(f"{POINTS} punkter, {len(polygons)} områden, {outside} utanför alla; samma svar; {busy()}")
    return against_peer("punkter i områden", ours, peer, name="geopandas sjoin")


def spread(polygons: Shapes) -> tuple[Floats, Floats]:
    """Points spread as areas are, and so as people are: each in the box around an area drawn at random."""
    random = np.random.default_rng(SEED)
    boxes = shapely.bounds(polygons)[random.integers(0, len(polygons), POINTS)]
    along = random.random((2, POINTS))
    x = boxes[:, 0] + along[0] * (boxes[:, 2] - boxes[:, 0])
    y = boxes[:, 1] + along[1] * (boxes[:, 3] - boxes[:, 1])
    return x, y


def joined(x: Floats, y: Floats, polygons: Shapes) -> npt.NDArray[np.int64]:
    """The same by geopandas: the first area of those a point touches, -1 for none."""
    import geopandas

    areas = geopandas.GeoDataFrame(geometry=polygons, crs="EPSG:3006")
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y), crs="EPSG:3006")
    found: Any = geopandas.sjoin(points, areas, how="inner", predicate="intersects")
    area = np.full(len(x), len(polygons), dtype=np.int64)
    np.minimum.at(area, found.index.to_numpy(), found["index_right"].to_numpy())
    area[area == len(polygons)] = -1
    return area
