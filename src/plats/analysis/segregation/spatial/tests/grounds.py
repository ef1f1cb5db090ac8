"""Made-up ground for the laws: towns laid out on a plane, checkerboards, and the measures that obey the same laws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from plats.analysis.segregation.spatial.adjacency import Borders
from plats.analysis.segregation.spatial.borders import boundary_dissimilarity, spatial_dissimilarity
from plats.analysis.segregation.spatial.centralisation import (
    absolute_centralisation,
    relative_centralisation,
)
from plats.analysis.segregation.spatial.distance_decay import (
    distance_decay_interaction,
    distance_decay_isolation,
)
from plats.analysis.segregation.spatial.distortion import global_distortion
from plats.analysis.segregation.spatial.land import absolute_concentration, delta, relative_concentration
from plats.analysis.segregation.spatial.proximity import (
    absolute_clustering,
    relative_clustering,
    spatial_proximity,
)
from plats.analysis.segregation.spatial.proximity_profile import proximity_profile_index
from plats.analysis.segregation.spatial.scales import multiscalar_profile
from plats.analysis.segregation.spatial.surroundings import (
    spatial_entropy_index,
    spatial_multigroup_dissimilarity,
    spatial_relative_diversity,
)
from plats.analysis.segregation.tests.towns import towns


@dataclass(frozen=True)
class Ground:
    """People in a group and the rest, and where the areas lie."""

    counts: np.ndarray  # (areas, 2)
    points: np.ndarray  # (areas, 2) metres
    land: np.ndarray  # (areas,) square metres
    borders: Borders
    scale: float = 1000.0
    radius: float = 2000.0

    @property
    def pair(self):
        return self.counts[:, 0], self.counts.sum(axis=1)

    @property
    def centre(self):
        return self.points.mean(axis=0)

    def having(self, **changed):
        return Ground(**(vars(self) | changed))


def _laid_out(counts, seed):
    random = np.random.default_rng(seed)
    areas = len(counts)
    points = np.round(random.uniform([660_000, 6_560_000], [668_000, 6_568_000], (areas, 2)), 1)
    pairs = [(i, j) for i in range(areas) for j in range(i) if i == j + 1 or random.random() < 0.3]
    lengths = random.integers(1, 5000, len(pairs))
    return Ground(counts, points, random.uniform(1e5, 9e6, areas).round(), Borders.of(areas, pairs, lengths))


def grounds(**options):
    """Towns laid out over eight kilometres, every area with a neighbour."""
    return st.builds(_laid_out, towns(**options), st.integers(0, 2**32 - 1))


NEAR = {
    "spatial_proximity": lambda g: spatial_proximity(*g.pair, g.points, g.land, g.scale),
    "relative_clustering": lambda g: relative_clustering(*g.pair, g.points, g.land, g.scale),
    "absolute_clustering": lambda g: absolute_clustering(*g.pair, g.points, g.land, g.scale),
    "distance_decay_isolation": lambda g: distance_decay_isolation(*g.pair, g.points, g.land, g.scale),
    "distance_decay_interaction": lambda g: distance_decay_interaction(*g.pair, g.points, g.land, g.scale),
}
AROUND = {
    "multiscalar_profile": lambda g: multiscalar_profile(g.counts, g.points, [g.radius])[0],
    "spatial_entropy_index": lambda g: spatial_entropy_index(g.counts, g.points, [g.radius])[0],
    "spatial_dissimilarity_several": lambda g: spatial_multigroup_dissimilarity(
        g.counts, g.points, [g.radius]
    )[0],
    "spatial_relative_diversity": lambda g: spatial_relative_diversity(g.counts, g.points, [g.radius])[0],
}
BESIDE = {
    "spatial_dissimilarity": lambda g: spatial_dissimilarity(*g.pair, g.borders),
    "each area alike": lambda g: spatial_dissimilarity(*g.pair, g.borders, each_area_alike=True),
    "boundary_dissimilarity": lambda g: boundary_dissimilarity(*g.pair, g.borders),
    "by length": lambda g: boundary_dissimilarity(*g.pair, g.borders, each_area_alike=False),
}
LAND = {
    "delta": lambda g: delta(*g.pair, g.land),
    "absolute_concentration": lambda g: absolute_concentration(*g.pair, g.land),
    "relative_concentration": lambda g: relative_concentration(*g.pair, g.land),
}
CENTRE = {
    "absolute_centralisation": lambda g: absolute_centralisation(*g.pair, g.points, g.land, g.centre),
    "relative_centralisation": lambda g: relative_centralisation(*g.pair, g.points, g.centre),
}
WALKED = {"global_distortion": lambda g: global_distortion(g.counts, g.points)}
PATHS = {"proximity_profile_index": lambda g: proximity_profile_index(*g.pair, g.borders)}
ALL = NEAR | AROUND | BESIDE | LAND | CENTRE | WALKED | PATHS


def values(ground, names=ALL):
    return {name: float(ALL[name](ground)) for name in names}


def chessboard(side=6):
    """A square town of squares of a kilometre, by turns all of the group and none."""
    column, row = np.meshgrid(np.arange(side), np.arange(side))
    return _squares((column + row) % 2 == 0)


def halves(side=6):
    """The same town with the group in the western half."""
    return _squares(np.meshgrid(np.arange(side), np.arange(side))[0] < side / 2)


def _squares(held):
    side = len(held)
    column, row = (axis.ravel() for axis in np.meshgrid(np.arange(side), np.arange(side)))
    number = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate(
        [
            np.stack([number[:, :-1], number[:, 1:]], axis=-1).reshape(-1, 2),
            np.stack([number[:-1], number[1:]], axis=-1).reshape(-1, 2),
        ]
    )
    group = np.where(held.ravel(), 100.0, 0.0)
    return Ground(
        np.column_stack([group, 100 - group]),
        np.column_stack([660_000 + 1000 * column, 6_560_000 + 1000 * row]).astype(float),
        np.full(side * side, 1e6),
        Borders.of(side * side, pairs, np.full(len(pairs), 1000)),
    )
