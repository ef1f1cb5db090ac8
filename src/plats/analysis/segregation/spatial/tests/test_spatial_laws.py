"""Laws of the measures in space: what must not matter, what must, and where they begin and end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.exposure import isolation
from plats.analysis.segregation.spatial.adjacency import Borders
from plats.analysis.segregation.spatial.borders import perimeter_area_dissimilarity
from plats.analysis.segregation.spatial.centralisation import (
    local_relative_centralisation,
    relative_centralisation,
)
from plats.analysis.segregation.spatial.distance_decay import distance_decay_isolation
from plats.analysis.segregation.spatial.land import delta
from plats.analysis.segregation.spatial.proximity import spatial_proximity
from plats.analysis.segregation.spatial.proximity_profile import proximity_profile, proximity_profile_index
from plats.analysis.segregation.spatial.tests.grounds import (
    ALL,
    AROUND,
    BESIDE,
    CENTRE,
    NEAR,
    WALKED,
    chessboard,
    grounds,
    halves,
    values,
)

laws = settings(deadline=None, max_examples=20)


def same(one, other, within=1e-8):
    return one == pytest.approx(other, abs=within, rel=within, nan_ok=True)


class TestAChessboardIsLessSegregatedThanHalves:
    """In both everybody lives only with their own in the area, so measures without space see no difference."""

    def test_measures_without_space_cannot_tell_them_apart(self):
        assert dissimilarity(*chessboard().pair) == dissimilarity(*halves().pair) == 1

    @pytest.mark.parametrize("scale", [300.0, 1000.0, 5000.0])
    def test_nearness_tells_them_apart_at_any_scale(self, scale):
        board, half = (values(town().having(scale=scale), NEAR) for town in (chessboard, halves))
        for name in ("spatial_proximity", "absolute_clustering", "distance_decay_isolation"):
            assert board[name] < half[name], name
        assert board["spatial_proximity"] < 1 < half["spatial_proximity"]
        assert board["absolute_clustering"] < 0 < half["absolute_clustering"]

    @pytest.mark.parametrize("name", [*AROUND, *WALKED])
    def test_surroundings_tell_them_apart(self, name):
        assert ALL[name](chessboard()) < ALL[name](halves())

    def test_borders_tell_them_apart(self):
        board, half = values(chessboard(), BESIDE), values(halves(), BESIDE)
        assert same(board, dict.fromkeys(BESIDE, 0))
        # of 60 borders 6 lie between the halves
        assert half["spatial_dissimilarity"] == pytest.approx(1 - 6 / 60)

    def test_the_fewest_borders_tell_them_apart(self):
        board, half = (
            proximity_profile(*town().pair, town().borders, [0.5])[0] for town in (chessboard, halves)
        )
        assert board < half
        # a group that is all or nothing has the same profile below its share as above: the index is 1 for both
        assert proximity_profile_index(*chessboard().pair, chessboard().borders) == pytest.approx(1)


@laws
@given(grounds(), st.floats(0, 2 * np.pi), st.booleans())
def test_where_the_town_lies_and_how_it_is_turned_does_not_matter(ground, angle, mirrored):
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if mirrored:
        turn[0] *= -1
    moved = (ground.points - ground.centre) @ turn + [500_000, 7_000_000]
    before = values(ground)
    assert same(values(ground.having(points=moved)), before)


@laws
@given(grounds(), st.sampled_from([0.5, 3.0, 12.0]))
def test_the_unit_is_the_scale_a_larger_town_with_a_larger_scale_is_the_same(ground, times):
    larger = ground.having(
        points=ground.points * times,
        land=ground.land * times**2,
        scale=ground.scale * times,
        radius=ground.radius * times,
    )
    assert same(values(larger), values(ground))


@laws
@given(grounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(ground, random):
    order = random.sample(range(len(ground.land)), len(ground.land))
    place = np.argsort(order)
    pairs = np.column_stack([place[ground.borders.first], place[ground.borders.second]])
    shuffled = ground.having(
        counts=ground.counts[order],
        points=ground.points[order],
        land=ground.land[order],
        borders=Borders.of(len(order), pairs, ground.borders.length_m),
    )
    assert same(values(shuffled), values(ground))


@laws
@given(grounds(), st.integers(2, 9))
def test_more_people_in_the_same_proportions_change_nothing(ground, times):
    assert same(values(ground.having(counts=ground.counts * times)), values(ground))


@laws
@given(grounds())
def test_swapping_the_group_and_the_rest(ground):
    swapped = ground.having(counts=ground.counts[:, ::-1])
    alike = [*AROUND, *BESIDE, *WALKED, "spatial_proximity"]
    assert same(values(swapped, alike), values(ground, alike))
    mine, theirs = (1 + ALL["relative_clustering"](each) for each in (ground, swapped))
    assert mine * theirs == pytest.approx(1)
    centre = "relative_centralisation"
    assert ALL[centre](swapped) == pytest.approx(-ALL[centre](ground), abs=1e-12)


@laws
@given(grounds(least=1))
def test_an_area_without_people_changes_nothing_but_land(ground):
    areas = len(ground.land)
    pairs = np.column_stack([ground.borders.first, ground.borders.second])
    park = ground.having(
        counts=np.vstack([ground.counts, [0, 0]]),
        points=np.vstack([ground.points, ground.centre + 700]),
        land=np.append(ground.land, 4e6),
        borders=Borders.of(
            areas + 1,
            np.vstack([pairs, [areas, areas - 1]]),
            np.append(ground.borders.length_m, 900),
        ),
    )
    names = [
        *NEAR,
        *AROUND,
        *BESIDE,
        *WALKED,
        "absolute_concentration",
        "relative_concentration",
        "proximity_profile_index",
    ]
    assert same(values(park, names), values(ground, names))
    alone = relative_centralisation(*ground.pair, ground.points, ground.centre)
    assert relative_centralisation(*park.pair, park.points, ground.centre) == pytest.approx(alone)


@laws
@given(grounds(least=1))
def test_an_area_in_two_alike_halves_in_the_same_place_changes_nothing(ground):
    split = ground.having(
        counts=np.vstack([ground.counts[0] / 2, ground.counts[0] / 2, ground.counts[1:]]),
        points=ground.points[[0, *range(len(ground.points))]],
        land=np.concatenate([[ground.land[0] / 2] * 2, ground.land[1:]]),
    )
    # not the profile of environments as if they were areas: there the split area counts twice
    names = [name for name in AROUND if name != "multiscalar_profile"]
    assert same(values(split, names), values(ground, names))
    whole = relative_centralisation(*ground.pair, ground.points, ground.centre)
    assert relative_centralisation(*split.pair, split.points, ground.centre) == pytest.approx(
        whole, abs=1e-12
    )
    assert delta(*split.pair, split.land) == pytest.approx(delta(*ground.pair, ground.land))


@laws
@given(grounds())
def test_merging_areas_never_raises_delta(ground):
    merged = np.vstack([ground.counts[0] + ground.counts[1], ground.counts[2:]])
    land = np.append(ground.land[0] + ground.land[1], ground.land[2:])
    if (merged.sum(axis=1) > 0).sum() > 1:
        assert delta(merged[:, 0], merged.sum(axis=1), land) <= delta(*ground.pair, ground.land) + 1e-12


@laws
@given(grounds())
def test_where_they_begin_and_end(ground):
    found = values(ground)
    apart = dissimilarity(*ground.pair)
    assert found["spatial_proximity"] > 0
    assert found["relative_clustering"] > -1
    assert 0 <= found["distance_decay_isolation"] <= 1
    assert found["distance_decay_isolation"] + found["distance_decay_interaction"] == pytest.approx(1)
    assert all(
        apart - 1 - 1e-12 <= found[name] <= apart + 1e-12 for name in BESIDE if not np.isnan(found[name])
    )
    assert all(-1 - 1e-12 <= found[name] <= 1 + 1e-12 for name in CENTRE)
    assert 0 <= found["delta"] < 1
    assert found["spatial_entropy_index"] <= 1
    assert found["spatial_relative_diversity"] <= 1
    assert 0 <= found["multiscalar_profile"] <= 1
    assert found["global_distortion"] >= 0


@laws
@given(st.lists(st.integers(1, 300), min_size=2, max_size=8), st.integers(1, 9), st.integers(1, 9), grounds())
def test_the_same_share_everywhere(areas, group, rest, ground):
    kept = min(len(areas), len(ground.land))
    counts = np.outer(areas[:kept], [group, rest]).astype(float)
    pairs = [(area, area - 1) for area in range(1, kept)]
    even = ground.having(
        counts=counts,
        points=ground.points[:kept],
        land=ground.land[:kept],
        borders=Borders.of(kept, pairs),
    )
    none = [*AROUND, *BESIDE, *WALKED, "relative_clustering", "relative_centralisation"]
    assert same(values(even, none), dict.fromkeys(none, 0), within=1e-9)
    assert ALL["spatial_proximity"](even) == pytest.approx(1)
    assert ALL["distance_decay_isolation"](even) == pytest.approx(group / (group + rest))


@laws
@given(grounds())
def test_distance_decay_lies_between_the_areas_own_and_the_whole(ground):
    share = ground.counts[:, 0].sum() / ground.counts.sum()
    land = np.full(len(ground.land), 1e-4)
    narrow = distance_decay_isolation(*ground.pair, ground.points, land, 0.001)
    assert narrow == pytest.approx(isolation(*ground.pair), abs=1e-9)
    wide = distance_decay_isolation(*ground.pair, ground.points, ground.land, 1e9)
    assert wide == pytest.approx(share, abs=1e-4)


@laws
@given(grounds())
def test_borders_that_are_alike_make_the_measures_of_borders_alike(ground):
    pairs = np.column_stack([ground.borders.first, ground.borders.second])
    even = ground.having(borders=Borders.of(len(ground.land), pairs))
    assert same(BESIDE["boundary_dissimilarity"](even), BESIDE["each area alike"](ground))
    assert same(BESIDE["by length"](even), BESIDE["spatial_dissimilarity"](ground))
    squares = np.full(len(ground.land), 4000.0), np.full(len(ground.land), 1e6)
    alike = perimeter_area_dissimilarity(*ground.pair, ground.borders, *squares)
    assert same(alike, BESIDE["by length"](ground))


@laws
@given(grounds())
def test_less_compact_areas_beside_one_that_is_least_so_take_off_less(ground):
    rims = np.full(len(ground.land), 4000.0)
    rims[0] = 40_000
    found = perimeter_area_dissimilarity(*ground.pair, ground.borders, rims, np.full(len(rims), 1e6))
    if not np.isnan(found):
        assert BESIDE["by length"](ground) - 1e-12 <= found <= dissimilarity(*ground.pair) + 1e-12


@laws
@given(grounds(least=1))
def test_the_local_centre_of_all_areas_is_the_centre(ground):
    found = local_relative_centralisation(*ground.pair, ground.points, nearest=len(ground.land) - 1)
    there = [relative_centralisation(*ground.pair, ground.points, point) for point in ground.points]
    assert found == pytest.approx(there, abs=1e-12)


def test_moving_the_group_together_raises_proximity():
    """Ten areas in a ring, so that none is at an end; the group in two of them, ever nearer each other."""
    turn = 2 * np.pi * np.arange(10) / 10
    ring = np.column_stack([660_000 + 3000 * np.cos(turn), 6_560_000 + 3000 * np.sin(turn)])
    found = []
    for other in (5, 4, 3, 2, 1):
        group = np.zeros(10)
        group[[0, other]] = 50
        found.append(spatial_proximity(group, np.full(10, 100), ring, np.full(10, 1e6)))
    assert (np.diff(found) > 0).all()
