"""Laws of the profiles over scales: where they begin, where they end, and what lies between."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings

from plats.analysis.segregation.diversity import relative_diversity
from plats.analysis.segregation.exposure import isolation
from plats.analysis.segregation.multigroup import multigroup_dissimilarity, multigroup_entropy_index
from plats.analysis.segregation.spatial.adjacency import Borders
from plats.analysis.segregation.spatial.distortion import divergence_profiles, local_distortion
from plats.analysis.segregation.spatial.proximity_profile import proximity_profile, proximity_profile_index
from plats.analysis.segregation.spatial.scales import multiscalar_profile
from plats.analysis.segregation.spatial.surroundings import (
    spatial_entropy_index,
    spatial_exposure,
    spatial_multigroup_dissimilarity,
    spatial_relative_diversity,
)
from plats.analysis.segregation.spatial.tests.grounds import (
    grounds,
)

laws = settings(deadline=None, max_examples=20)


@laws
@given(grounds(groups=2, most_groups=4))
def test_surroundings_begin_with_the_ordinary_measures_and_end_with_nothing(ground):
    asked = ground.counts, ground.points, [0, 1e6], "uniform"
    for spatial, ordinary in (
        (spatial_entropy_index, multigroup_entropy_index),
        (spatial_multigroup_dissimilarity, multigroup_dissimilarity),
        (spatial_relative_diversity, relative_diversity),
    ):
        assert spatial(*asked) == pytest.approx([ordinary(ground.counts), 0], abs=1e-12)
    profile = multiscalar_profile(ground.counts, ground.points, [0, 1e6], weighting="uniform")
    assert profile == pytest.approx([multigroup_entropy_index(ground.counts), 0], abs=1e-12)
    seen = spatial_exposure(*asked)
    assert seen.sum(axis=2) == pytest.approx(np.ones(seen.shape[:2]))
    composition = ground.counts.sum(axis=0) / ground.counts.sum()
    assert seen[1] == pytest.approx(np.tile(composition, (len(composition), 1)))
    assert seen[0, 0, 0] == pytest.approx(isolation(ground.counts[:, 0], ground.counts.sum(axis=1)))


@laws
@given(grounds())
def test_radii_asked_together_are_those_asked_one_by_one_in_any_order(ground):
    radii = [3000.0, 0.0, 500.0, 3000.0, 8000.0]
    together = spatial_entropy_index(ground.counts, ground.points, radii)
    alone = [spatial_entropy_index(ground.counts, ground.points, [radius])[0] for radius in radii]
    assert together == pytest.approx(alone, abs=1e-12)


@laws
@given(grounds())
def test_a_divergence_profile_ends_with_everybody(ground):
    profiles = list(divergence_profiles(ground.counts, ground.points))
    assert [one.area for one in profiles] == np.flatnonzero(ground.counts.sum(axis=1) > 0).tolist()
    distortion = local_distortion(ground.counts, ground.points)
    for one in profiles:
        assert one.distance_m[0] == 0
        assert (np.diff(one.distance_m) > 0).all()
        assert (np.diff(one.people) > 0).all()
        assert one.people[-1] == ground.counts.sum()
        assert one.divergence[-1] == pytest.approx(0, abs=1e-12)
        assert (one.divergence >= 0).all()
        assert distortion[one.area] == pytest.approx(one.divergence @ one.entering, abs=1e-12)


def test_profiles_of_many_areas_come_in_order_and_may_be_left_half_way():
    random = np.random.default_rng(4)
    counts, points = random.integers(1, 50, (700, 3)), random.uniform(1000, 9000, (700, 2))
    profiles = list(divergence_profiles(counts, points))
    assert [one.area for one in profiles] == list(range(700))
    sums = [one.divergence @ one.entering for one in profiles]
    assert local_distortion(counts, points) == pytest.approx(sums, rel=1e-12)
    others = threading.active_count()
    some = divergence_profiles(counts, points)
    assert next(some).divergence.tolist() == profiles[0].divergence.tolist()
    some.close()
    assert threading.active_count() == others


@laws
@given(grounds())
def test_the_proximity_profile_lies_between_zero_and_one_and_is_one_where_all_meet(ground):
    steps = np.linspace(0, 1, 23)
    profile = proximity_profile(*ground.pair, ground.borders, steps)
    assert ((profile >= 0) & (profile <= 1)).all()
    areas = len(ground.land)
    everybody = Borders.of(areas, [(i, j) for i in range(areas) for j in range(i)])
    total = ground.counts.sum(axis=1)
    share = ground.counts[:, 0] / np.where(total > 0, total, 1)
    many = [(share[total > 0] >= step).sum() for step in steps]
    assert proximity_profile(*ground.pair, everybody, steps).tolist() == [float(k > 1) for k in many]


@laws
@given(grounds())
def test_the_index_of_the_profile_is_its_area_about_the_share(ground):
    steps = (np.arange(20_000) + 0.5) / 20_000
    profile = proximity_profile(*ground.pair, ground.borders, steps)
    share = ground.counts[:, 0].sum() / ground.counts.sum()
    below, above = (profile[kept].sum() / len(steps) for kept in (steps < share, steps >= share))
    found = proximity_profile_index(*ground.pair, ground.borders)
    assert (1 - share) * found == pytest.approx(share - below + above, abs=10 / len(steps))
