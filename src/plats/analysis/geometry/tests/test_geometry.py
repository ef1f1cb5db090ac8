"""Points, borders and labels."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.geometry.labels import interior_point
from plats.analysis.geometry.neighbours import neighbours
from plats.analysis.geometry.points import assign_points
from plats.analysis.tests.huddinge import file, table

SQUARES = [shapely.box(x, y, x + 100, y + 100) for y in (0, 100) for x in (0, 100)]  # sw, se, nw, ne


def regso() -> tuple[list[str], list[shapely.Geometry]]:
    features = json.loads(file("regso2025.geojson").read_text(encoding="utf-8"))["features"]
    return [f["properties"]["regsokod"] for f in features], [
        shapely.geometry.shape(f["geometry"]) for f in features
    ]


class TestAssignPoints:
    def test_each_point_gets_the_area_it_lies_in(self):
        assert assign_points([50, 150, 50, 150], [50, 50, 150, 150], SQUARES).tolist() == [0, 1, 2, 3]

    def test_a_point_on_a_border_is_given_the_first_area_and_never_lost(self):
        assert assign_points([100, 100, 0, 200], [50, 100, 0, 200], SQUARES).tolist() == [0, 0, 0, 3]

    def test_a_point_outside_or_without_a_place_lies_in_none(self):
        assert assign_points([500, math.nan, 50], [50, 50, math.inf], SQUARES).tolist() == [-1, -1, -1]

    def test_where_areas_overlap_the_first_is_taken(self):
        assert assign_points([50], [50], [shapely.box(40, 40, 60, 60), SQUARES[0]]).tolist() == [0]

    def test_a_hole_is_outside_and_the_parts_of_an_area_are_all_inside(self):
        ring = shapely.box(0, 0, 100, 100).difference(shapely.box(40, 40, 60, 60))
        islands = shapely.MultiPolygon([shapely.box(200, 0, 210, 10), shapely.box(300, 0, 310, 10)])
        assert assign_points([50, 10, 205, 305, 250], [50, 10, 5, 5, 5], [ring, islands]).tolist() == [
            -1,
            0,
            1,
            1,
            -1,
        ]

    @pytest.mark.parametrize("points", [[], [5.0], [5.0, 5.0, 5.0]])
    def test_no_points_one_point_and_points_on_each_other(self, points):
        assert assign_points(points, points, SQUARES).tolist() == [0] * len(points)

    def test_no_areas(self):
        assert assign_points([1.0], [1.0], []).tolist() == [-1]

    def test_half_a_point_is_refused(self):
        with pytest.raises(ValueError, match="ska ha x och y"):
            assign_points([1.0], [], SQUARES)

    @settings(deadline=None, max_examples=30)
    @given(st.integers(0, 2**32), st.integers(1, 400))
    def test_it_agrees_with_asking_every_area_about_every_point(self, seed, count):
        random = np.random.default_rng(seed)
        areas = [shapely.Point(*random.uniform(0, 100, 2)).buffer(random.uniform(1, 40)) for _ in range(6)]
        x, y = random.uniform(-20, 120, (2, count))
        asked = np.array([shapely.intersects_xy(area, x, y) for area in areas])
        expected = np.where(asked.any(axis=0), asked.argmax(axis=0), -1)
        assert np.array_equal(assign_points(x, y, areas), expected)

    def test_the_middle_of_each_regso_lies_in_that_regso(self):
        _, areas = regso()
        x, y = np.array([interior_point(area) for area in areas]).T
        assert assign_points(x, y, areas).tolist() == list(range(22))


class TestNeighbours:
    def test_areas_that_meet_in_a_corner_only_are_not_neighbours(self):
        large = [shapely.affinity.scale(square, 10, 10, origin=(0, 0)) for square in SQUARES]
        assert neighbours(large) == [(1, 2), (0, 3), (0, 3), (1, 2)]

    @pytest.mark.parametrize("shift", [-20, -5, 0, 5, 20])
    def test_borders_that_overlap_or_gape_within_the_tolerance_still_meet(self, shift):
        assert neighbours([shapely.box(0, 0, 500, 500), shapely.box(500 + shift, 0, 1000, 500)]) == [
            (1,),
            (0,),
        ]

    def test_borders_farther_apart_than_the_tolerance_do_not(self):
        assert neighbours([shapely.box(0, 0, 500, 500), shapely.box(530, 0, 1000, 500)]) == [(), ()]

    def test_a_short_common_border_is_not_enough(self):
        south = shapely.box(0, 0, 500, 500)
        assert neighbours([south, shapely.box(500, 460, 1000, 960)]) == [(), ()]  # 40 m in common
        assert neighbours([south, shapely.box(500, 400, 1000, 900)]) == [(1,), (0,)]  # 100 m

    def test_an_area_inside_another_is_its_neighbour(self):
        inner = shapely.box(400, 400, 600, 600)
        assert neighbours([shapely.box(0, 0, 1000, 1000).difference(inner), inner]) == [(1,), (0,)]

    def test_in_huddinge_they_are_mutual_and_nobody_is_its_own(self):
        _, areas = regso()
        found = neighbours(areas)
        assert all(index in found[other] for index, others in enumerate(found) for other in others)
        assert not any(index in others for index, others in enumerate(found))

    def test_the_regso_of_huddinge_have_the_neighbours_that_their_exact_borders_give(self):
        _, areas = regso()
        exact = [
            tuple(
                other
                for other in range(22)
                if other != index and shapely.length(shapely.intersection(areas[index], areas[other])) >= 50
            )
            for index in range(22)
        ]
        assert neighbours(areas) == exact

    def test_simplified_deso_borders_give_the_same_neighbours_between_regso(self):
        # Two RegSO are neighbours when some of their DeSO are; DeSO borders are simplified and do not meet
        # exactly.
        codes, areas = regso()
        key = {row["deso"]: row["regso"] for row in table("deso2018_2022.csv")}
        features = json.loads(file("deso2018.geojson").read_text(encoding="utf-8"))["features"]
        owner = [key[feature["properties"]["deso"]] for feature in features]
        found = neighbours([shapely.geometry.shape(feature["geometry"]) for feature in features])
        between = {
            (owner[a], owner[b]) for a, others in enumerate(found) for b in others if owner[a] != owner[b]
        }
        official = {(codes[a], codes[b]) for a, others in enumerate(neighbours(areas)) for b in others}
        assert len(between ^ official) <= 4  # two pairs of RegSO at most are judged differently

    def test_a_tolerance_of_nothing_is_refused(self):
        with pytest.raises(ValueError, match="Toleransen"):
            neighbours(SQUARES, tolerance_m=0)


class TestInteriorPoint:
    def test_the_middle_of_a_square(self):
        assert interior_point(shapely.box(0, 0, 100, 100)) == pytest.approx((50, 50), abs=2)

    def test_a_bent_area_is_labelled_where_it_is_widest_and_not_outside_itself(self):
        # A large square with a long narrow arm: the centre of mass would lie towards the arm
        area = shapely.union(shapely.box(0, 0, 100, 100), shapely.box(100, 0, 1000, 10))
        assert interior_point(area) == pytest.approx((50, 50), abs=4)

    def test_of_several_parts_the_largest_is_labelled(self):
        islands = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(100, 0, 200, 100)])
        assert interior_point(islands) == pytest.approx((150, 50), abs=2)

    @settings(deadline=None, max_examples=40)
    @given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=3, max_size=8, unique=True))
    def test_it_always_lies_inside(self, corners):
        area = shapely.MultiPoint(corners).convex_hull
        if area.area > 0:
            assert shapely.distance(area, shapely.Point(interior_point(area))) < 1e-9

    def test_a_line_has_no_inside(self):
        with pytest.raises(ValueError, match="saknar yta"):
            interior_point(shapely.LineString([(0, 0), (1, 1)]))
