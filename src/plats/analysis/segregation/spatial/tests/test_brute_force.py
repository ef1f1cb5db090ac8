"""What is had in blocks, in trees and in bits is what the formula says, written over every pair of areas."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from plats.analysis.kernels.running import running_totals, warm
from plats.analysis.segregation.spatial import environments, nearness, proximity_profile
from plats.analysis.segregation.spatial.adjacency import drawn_borders, tolerant_borders
from plats.analysis.segregation.spatial.centralisation import (
    absolute_centralisation,
    local_relative_centralisation,
    relative_centralisation,
)
from plats.analysis.segregation.spatial.distance_decay import distance_decay_isolation
from plats.analysis.segregation.spatial.distortion import local_distortion
from plats.analysis.segregation.spatial.environments import WEIGHTINGS
from plats.analysis.segregation.spatial.proximity import absolute_clustering, spatial_proximity
from plats.analysis.segregation.spatial.scales import local_environments

AREAS = 90


@pytest.fixture(scope="module")
def random():
    return np.random.default_rng(20261128)


@pytest.fixture(scope="module")
def town(random):
    """(points, counts, land): ninety areas over ten kilometres, three groups, nobody's missing."""
    points = random.uniform([660_000, 6_560_000], [670_000, 6_570_000], (AREAS, 2))
    return points, random.integers(0, 200, (AREAS, 3)).astype(float), random.uniform(1e5, 4e6, AREAS)


@pytest.fixture(scope="module")
def apart(town):
    points = town[0]
    return np.hypot(points[:, None, 0] - points[None, :, 0], points[:, None, 1] - points[None, :, 1])


@pytest.fixture(scope="module")
def cells(town):
    points = town[0]
    drawn = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), ordered=True))
    return shapely.intersection(drawn, shapely.box(659_000, 6_559_000, 671_000, 6_571_000))


class TestNearness:
    @pytest.mark.parametrize("pairs", [1, 200, 10**9])
    def test_sums_over_every_pair(self, town, apart, pairs, monkeypatch):
        monkeypatch.setattr(nearness, "_PAIRS_AT_A_TIME", pairs)
        points, counts, land = town
        x, t = counts[:, 0], counts.sum(axis=1)
        y, n = t - x, AREAS
        d = apart + np.diag(np.sqrt(0.6 * land))
        c = np.exp(-d / 700)
        among = [one @ c @ one / one.sum() ** 2 for one in (x, y, t)]
        proximity = (x.sum() * among[0] + y.sum() * among[1]) / (t.sum() * among[2])
        assert spatial_proximity(x, t, points, land, 700) == pytest.approx(proximity, rel=1e-12)
        even = x.sum() / n**2 * c.sum()
        clustering = (x / x.sum() @ c @ x - even) / (x / x.sum() @ c @ t - even)
        assert absolute_clustering(x, t, points, land, 700) == pytest.approx(clustering, rel=1e-11)
        k = c * t / (c @ t)[:, None]
        isolation = x / x.sum() @ k @ (x / t)
        assert distance_decay_isolation(x, t, points, land, 700) == pytest.approx(isolation, rel=1e-12)

    def test_what_is_too_far_away_is_nothing(self):
        # the ends are 3,000 scales apart: e^-3000 is 0, and so is what is put in its place
        far = np.array([[660_000.0, 6_560_000], [663_000, 6_560_000]])
        sums = nearness.weighed_by_nearness(np.array([[1.0, 1e9]]), far, np.zeros(2), 1.0)
        assert sums == pytest.approx(np.array([[1.0, 1e9]]), rel=1e-15)


class TestEnvironments:
    @pytest.mark.parametrize("weighting", WEIGHTINGS)
    @pytest.mark.parametrize("pairs", [1, 500, 10**9])
    def test_sums_over_every_pair(self, town, apart, weighting, pairs, monkeypatch):
        monkeypatch.setattr(environments, "_PAIRS_AT_A_TIME", pairs)
        points, counts, _ = town
        for radius in (800.0, 4000.0):
            part = apart / radius
            weights = np.where(part <= 1, WEIGHTINGS[weighting](np.minimum(part, 1)), 0)
            found = local_environments(counts, points, radius, weighting)
            assert found == pytest.approx(weights @ counts, rel=1e-12)

    def test_an_area_at_the_radius_is_within(self):
        row = [[660_000, 6_560_000], [661_000, 6_560_000]]
        table = [[1, 2], [3, 4]]
        assert local_environments(table, row, 1000, "uniform").tolist() == [[4, 6], [4, 6]]
        assert local_environments(table, row, 999.999, "uniform").tolist() == table
        assert local_environments(table, row, 0).tolist() == table

    def test_a_radius_below_a_metre_is_one_too(self):
        row = [[660_000, 6_560_000], [660_000.4, 6_560_000]]
        assert local_environments([[1, 2], [3, 4]], row, 0.5, "uniform").tolist() == [[4, 6], [4, 6]]


class TestDistortion:
    def test_every_step_of_every_area(self, town, apart):
        points, counts, _ = town
        whole = counts.sum(axis=0) / counts.sum()
        expected = []
        for distances in apart:
            so_far = np.cumsum(counts[np.argsort(distances)], axis=0)
            q = so_far / so_far.sum(axis=1, keepdims=True)
            with np.errstate(divide="ignore", invalid="ignore"):
                expected.append(np.nansum(q * np.log(q / whole)))
        assert local_distortion(counts, points) == pytest.approx(expected, rel=1e-9)

    def test_the_kernel_adds_up_and_warms(self, random):
        warm()
        counts, order = random.integers(0, 9, (40, 4)).astype(float), random.permutation(40)
        totals = np.empty((5, 40))
        running_totals((np.arange(40) << 22) | order, 22, counts, totals)
        assert (totals[:-1] == np.cumsum(counts[order], axis=0).T).all()
        assert (totals[-1] == totals[:-1].sum(axis=0)).all()


class TestCentralisation:
    def test_is_the_difference_of_two_chances_over_every_pair(self, town):
        points, counts, land = town
        x, t = counts[:, 0], counts.sum(axis=1)
        far = np.hypot(*(points - points[3]).T)
        ahead = np.sign(far[None, :] - far[:, None])  # whether the first is nearer than the second
        one, other = x / x.sum(), (t - x) / (t - x).sum()
        assert relative_centralisation(x, t, points, points[3]) == pytest.approx(one @ ahead @ other)
        found = absolute_centralisation(x, t, points, land, points[3])
        assert found == pytest.approx(one @ ahead @ (land / land.sum()))

    def test_local_is_the_measure_of_each_area_and_its_nearest(self, town, apart):
        points, counts, _ = town
        x, t = counts[:, 0], counts.sum(axis=1)
        found = local_relative_centralisation(x, t, points, nearest=6)
        for area in range(0, AREAS, 7):
            near = np.argsort(apart[area])[:7]
            alone = relative_centralisation(x[near], t[near], points[near], points[area])
            assert found[area] == pytest.approx(alone, abs=1e-12)


@pytest.mark.parametrize("sources", [64, 70, 128, 512])
@pytest.mark.parametrize("areas", [2, 63, 64, 65, 66, 130, 209])
def test_the_fewest_borders_are_those_of_the_shortest_paths(areas, sources):
    """Around the edges of the words of 64 bits."""
    random = np.random.default_rng(areas)
    links = {(int(min(a, b)), int(max(a, b))) for a, b in random.integers(0, areas, (3 * areas, 2)) if a != b}
    first, second = np.array(sorted(links)).reshape(-1, 2).T
    table = csr_array((np.ones(len(first)), (first, second)), shape=(areas, areas))
    paths = shortest_path(table, directed=False, unweighted=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(proximity_profile, "_SOURCES_AT_A_TIME", sources)
        found = proximity_profile._borders_to_earlier(areas, first, second)
    assert found.tolist() == [paths[area, :area].sum() for area in range(areas)]


class TestDrawnBorders:
    def test_are_the_stretches_that_two_cells_have_in_common(self, cells):
        drawn = drawn_borders(cells)
        found = dict(
            zip(zip(drawn.first.tolist(), drawn.second.tolist(), strict=True), drawn.length_m, strict=True)
        )
        for one, other in combinations(range(AREAS), 2):
            touching = shapely.distance(cells[one], cells[other]) < 1e-4
            assert touching == ((one, other) in found)
            if touching:
                common = shapely.length(shapely.intersection(cells[one], cells[other], grid_size=0.0001))
                assert found[one, other] == pytest.approx(common, abs=0.01)

    def test_tolerant_borders_are_the_same_within_the_tolerance(self, cells):
        drawn, tolerant = drawn_borders(cells), tolerant_borders(cells, tolerance_m=2, shortest_border_m=20)
        length = np.zeros((AREAS, AREAS))
        length[drawn.first, drawn.second] = drawn.length_m
        assert (np.abs(length[tolerant.first, tolerant.second] - tolerant.length_m) < 10).all()
        length[tolerant.first, tolerant.second] = 0
        assert length.max() < 30
