"""Towns for `python -m bench spatial`: made up, and Sweden's own areas."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import shapely

from bench.measure import SHARED
from plats.analysis.segregation.spatial.adjacency import Borders, drawn_borders

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Town:
    """Areas with people by group; the first group is the one that the measures of one group are about."""

    name: str
    counts: Floats  # (areas, groups)
    polygons: npt.NDArray[np.object_]

    @property
    def group(self) -> Floats:
        return self.counts[:, 0].copy()

    @property
    def total(self) -> Floats:
        return self.counts.sum(axis=1)

    @property
    def names(self) -> list[str]:
        return [f"g{number}" for number in range(self.counts.shape[1])]

    def points(self) -> Floats:
        return shapely.get_coordinates(shapely.centroid(self.polygons))

    def land(self) -> Floats:
        return np.asarray(shapely.area(self.polygons))

    def perimeters(self) -> Floats:
        return np.asarray(shapely.length(self.polygons))

    def borders(self) -> Borders:
        return drawn_borders(self.polygons)

    def where(self, kept: npt.NDArray[Any]) -> Town:
        return Town(self.name, self.counts[kept], self.polygons[kept])

    def frame(self) -> Any:
        """What the peer takes."""
        import geopandas

        table = {name: self.counts[:, column] for column, name in enumerate(self.names)}
        return geopandas.GeoDataFrame(table | {"total": self.total}, geometry=self.polygons, crs=3006)


@cache
def made_up(areas: int, *, polygons: bool = True) -> Town:
    """Areas gathered in towns of all sizes over a country, six groups, the same every time."""
    random = np.random.default_rng(20261123)
    towns = max(3, areas // 60)
    centre = random.uniform([300_000, 6_150_000], [900_000, 7_600_000], size=(towns, 2))
    size = random.pareto(1.1, towns) + 0.2
    size /= size.sum()
    town = random.choice(towns, areas, p=size)
    points = centre[town] + random.normal(size=(areas, 2)) * (1500 + 8000 * np.sqrt(size[town]))[:, None]
    shares = random.dirichlet(6 * np.array([0.13, 0.62, 0.09, 0.08, 0.05, 0.03]), areas)
    people = random.integers(700, 2700, areas)
    counts = np.array([random.multinomial(n, p) for n, p in zip(people, shares, strict=True)], dtype=float)
    if not polygons:
        return Town("påhittad", counts, shapely.points(points))
    cells = shapely.voronoi_polygons(shapely.multipoints(points), ordered=True)
    within = shapely.box(*points.min(axis=0) - 1000, *points.max(axis=0) + 1000)
    return Town("påhittad", counts, shapely.intersection(shapely.get_parts(cells), within))


def sweden() -> list[Town]:
    """Huddinge by DeSO (born in three parts of the world); Stockholm county and Sweden by RegSO (born abroad)."""
    if not SHARED.exists():
        return []
    births = ["fodd_ovriga_varlden", "fodd_sverige", "fodd_europa_utom_sv"]
    drawn = json.loads((SHARED / "huddinge" / "deso2018.geojson").read_text(encoding="utf-8"))["features"]
    shapes = {one["properties"]["deso"]: shapely.from_geojson(json.dumps(one["geometry"])) for one in drawn}
    deso = pq.read_table(SHARED / "sverige" / "deso2018_2022.parquet", columns=["deso", *births]).to_pylist()
    here = [row for row in deso if row["deso"] in shapes]
    huddinge = Town(
        "Huddinge",
        np.array([[row[name] for name in births] for row in here], dtype=float),
        np.array([shapes[row["deso"]] for row in here]),
    )
    return [huddinge, *_regions()]


def _regions() -> list[Town]:
    drawn = pq.read_table(SHARED / "sverige" / "regso2025_simplified20m.parquet").to_pylist()
    figures = pq.read_table(SHARED / "sverige" / "regso_2020_2023.parquet").to_pylist()
    people = {
        row["regsokod"]: (row["fodd_utland"], row["fodd_sverige"]) for row in figures if row["ar"] == 2023
    }
    kept = [row for row in drawn if row["regsokod"] in people]
    counts = np.array([people[row["regsokod"]] for row in kept], dtype=float)
    shapes = np.array([shapely.from_wkb(row["geometry"]) for row in kept])
    sweden = Town("Sverige", counts, shapes)
    county = np.array([row["regsokod"].startswith("01") for row in kept])
    stockholm = sweden.where(county)
    return [Town("Stockholms län", stockholm.counts, stockholm.polygons), sweden]
