"""Every measure in space on three areas in a row, worked by hand.

Squares of 1 km2 a kilometre apart, (1000, 0), (2000, 0), (3000, 0): 10 of 40, 10 of 20 and 10 of 60. G = 30, R = 90,
T = 120, P = 1/4; p = 1/4, 1/2, 1/6; areas hold 1/3 each of the group, and 1/3, 1/9, 5/9 of the rest. D = 2/9.
Distances: 1 km, 1 km and 2 km; from an area to itself the root of 0.6 km2.
"""

from __future__ import annotations

from fractions import Fraction
from math import exp, sqrt

import pytest
import shapely

from plats.analysis.segregation.spatial.adjacency import Borders, drawn_borders, tolerant_borders
from plats.analysis.segregation.spatial.borders import (
    boundary_dissimilarity,
    perimeter_area_dissimilarity,
    spatial_dissimilarity,
)
from plats.analysis.segregation.spatial.centralisation import (
    absolute_centralisation,
    local_relative_centralisation,
    relative_centralisation,
)
from plats.analysis.segregation.spatial.distance_decay import (
    distance_decay_interaction,
    distance_decay_isolation,
)
from plats.analysis.segregation.spatial.land import absolute_concentration, delta, relative_concentration
from plats.analysis.segregation.spatial.proximity import (
    absolute_clustering,
    relative_clustering,
    spatial_proximity,
)

PAIR = [10, 10, 10], [40, 20, 60]
GROUPS = [[10, 30], [10, 10], [10, 50]]
ROW = [[1000, 0], [2000, 0], [3000, 0]]
KM2 = [1e6, 1e6, 1e6]
ROW_BORDERS = Borders.of(3, [(0, 1), (1, 2)])


def near(value):
    return pytest.approx(float(value), abs=1e-13)


class TestNearness:
    """c = e^-0.7746 with oneself, e^-1 with the area beside, e^-2 at the far end; o, b, f below."""

    o, b, f = exp(-sqrt(0.6)), exp(-1), exp(-2)

    def test_spatial_proximity(self):
        o, b, f = self.o, self.b, self.f
        # people times people, in tens: the group 1, 1, 1; the rest 3, 1, 5; all 4, 2, 6
        group = (3 * o + 4 * b + 2 * f) / 3  # over the group once
        rest = ((9 + 1 + 25) * o + 2 * (3 + 5) * b + 2 * 15 * f) / 9
        everybody = ((16 + 4 + 36) * o + 2 * (8 + 12) * b + 2 * 24 * f) / 12
        assert spatial_proximity(*PAIR, ROW, KM2) == near((group + rest) / everybody)

    def test_relative_clustering(self):
        o, b, f = self.o, self.b, self.f
        group, rest = (3 * o + 4 * b + 2 * f) / 9, (35 * o + 16 * b + 30 * f) / 81
        assert relative_clustering(*PAIR, ROW, KM2) == near(group / rest - 1)

    def test_absolute_clustering(self):
        # the group 3, 0, 0 in tens, of 4, 2, 6: all of it in the first area, where its own kind near it is 3 o and
        # anybody 4 o + 2 b + 6 f; spread evenly, 3/9 of all nearnesses: 3 o + 4 b + 2 f
        o, b, f = self.o, self.b, self.f
        even = Fraction(1, 3) * 1.0 * (3 * o + 4 * b + 2 * f)
        assert absolute_clustering([30, 0, 0], [40, 20, 60], ROW, KM2) == near(
            (3 * o - even) / (4 * o + 2 * b + 6 * f - even)
        )
        assert absolute_clustering(*PAIR, ROW, KM2) == near(0)  # as many in each area

    def test_distance_decay(self):
        o, b, f = self.o, self.b, self.f
        isolation = (
            (o + b + f) / (4 * o + 2 * b + 6 * f)
            + (b + o + b) / (4 * b + 2 * o + 6 * b)
            + (f + b + o) / (4 * f + 2 * b + 6 * o)
        ) / 3
        assert distance_decay_isolation(*PAIR, ROW, KM2) == near(isolation)
        assert distance_decay_interaction(*PAIR, ROW, KM2) == near(1 - isolation)

    def test_another_scale_is_another_unit(self):
        # at a scale of 500 m a kilometre is 2, and oneself 2 times the root of 0.6
        o, b, f = exp(-2 * sqrt(0.6)), exp(-2), exp(-4)
        group, rest = (3 * o + 4 * b + 2 * f) / 9, (35 * o + 16 * b + 30 * f) / 81
        assert relative_clustering(*PAIR, ROW, KM2, scale_m=500) == near(group / rest - 1)


class TestBorders:
    def test_spatial_dissimilarity(self):
        # differences over the two borders: 1/4 and 1/3, in the mean 7/24
        assert spatial_dissimilarity(*PAIR, ROW_BORDERS) == near(Fraction(2, 9) - Fraction(7, 24))

    def test_spatial_dissimilarity_with_each_area_alike(self):
        # the areas' neighbours differ by 1/4, by (1/4 + 1/3)/2 and by 1/3: the mean is again 7/24; with the middle
        # one and an area beside the last: 1/4, 7/24, (1/3 + 1/12)/2 = 5/24, 1/12 -> (6 + 7 + 5 + 2)/24/4 = 5/24
        assert spatial_dissimilarity(*PAIR, ROW_BORDERS, each_area_alike=True) == near(
            Fraction(2, 9) - Fraction(7, 24)
        )
        longer = [10, 10, 10, 10], [40, 20, 60, 40]
        row = Borders.of(4, [(0, 1), (1, 2), (2, 3)])
        # G = 40, R = 120: |1/4 - 1/4| + |1/4 - 1/12| + |1/4 - 5/12| + 0, and half of it
        assert spatial_dissimilarity(*longer, row, each_area_alike=True) == near(
            Fraction(1, 6) - Fraction(5, 24)
        )
        # by pairs: (1/4 + 1/3 + 1/12)/3 = 2/9
        assert spatial_dissimilarity(*longer, row) == near(Fraction(1, 6) - Fraction(2, 9))

    def test_boundary_dissimilarity(self):
        # borders of 1 and 3 km: each area alike 1/4, (1/4 + 3/3)/4 = 5/16, 1/3, in the mean 43/144;
        # by length (1/4 + 3/3)/4 = 5/16
        borders = Borders.of(3, [(1, 0), (2, 1)], length_m=[1000, 3000])
        assert boundary_dissimilarity(*PAIR, borders) == near(Fraction(2, 9) - Fraction(43, 144))
        assert boundary_dissimilarity(*PAIR, borders, each_area_alike=False) == near(
            Fraction(2, 9) - Fraction(5, 16)
        )

    def test_perimeter_area_dissimilarity(self):
        # perimeter over area 4, 8 and 2 per km: (4 + 8)/16 = 3/4 and (8 + 2)/16 = 5/8 of the largest.
        # borders 1 and 3 km: 1/4 of 1/4 * 3/4, 3/4 of 1/3 * 5/8 = 3/64 + 10/64
        borders = Borders.of(3, [(0, 1), (1, 2)], length_m=[1000, 3000])
        rims = perimeter_area_dissimilarity(*PAIR, borders, [4000, 4000, 4000], [1e6, 5e5, 2e6])
        assert rims == near(Fraction(2, 9) - Fraction(13, 64))

    def test_drawn_row(self):
        row = drawn_borders([shapely.box(x, 0, x + 1000, y) for x, y in ((1000, 2000), (2000, 2000))])
        assert (row.first.tolist(), row.second.tolist(), row.length_m.tolist()) == ([0], [1], [2000])

    def test_four_squares_meet_in_a_corner(self):
        squares = [shapely.box(x, y, x + 1000, y + 1000) for y in (0, 1000) for x in (1000, 2000)]
        drawn = drawn_borders(squares)
        pairs = list(zip(drawn.first.tolist(), drawn.second.tolist(), drawn.length_m.tolist(), strict=True))
        assert pairs == [(0, 1, 1000), (0, 2, 1000), (0, 3, 0), (1, 2, 0), (1, 3, 1000), (2, 3, 1000)]
        assert len(drawn.without_corners().first) == 4

    def test_a_gap_within_the_tolerance_is_a_border(self):
        gaping = [shapely.box(1000, 0, 1990, 2000), shapely.box(2000, 0, 3000, 2000)]
        assert len(drawn_borders(gaping).first) == 0
        # the strip of 25 m around one reaches 22.9 m beyond the other's ends on a line 10 m away, and what a corner
        # gives is taken off: within a tolerance of the true length
        assert tolerant_borders(gaping).length_m == pytest.approx([2000], abs=25)
        assert len(tolerant_borders(gaping, tolerance_m=5).first) == 0


class TestLand:
    land = 1e6, 2e6, 3e6

    def test_delta(self):
        # the group a third in each, the land 1/6, 1/3, 1/2: (1/6 + 0 + 1/6)/2
        assert delta(*PAIR, self.land) == near(Fraction(1, 6))

    def test_absolute_concentration(self):
        # 30 people: the smallest area holds 40, so 1 km2; the largest 60, so 3 km2; the group lives on 2
        assert absolute_concentration(*PAIR, self.land) == near(1 - Fraction(2 - 1, 3 - 1))

    def test_absolute_concentration_over_several_areas(self):
        # 50 in the group: the two smallest hold 60, (40 * 1 + 20 * 2)/60 = 4/3 km2; the largest holds 60, 3 km2.
        # the group 20, 10, 20 lives on (20 + 20 + 60)/50 = 2
        assert absolute_concentration([20, 10, 20], [40, 20, 60], self.land) == near(
            1 - (2 - Fraction(4, 3)) / (3 - Fraction(4, 3))
        )

    def test_relative_concentration(self):
        # the group on 2 km2, the rest on 1/3 + 2/9 + 15/9 = 20/9: 9/10; the smallest over the largest 1/3
        assert relative_concentration(*PAIR, self.land) == near((Fraction(9, 10) - 1) / (Fraction(1, 3) - 1))


class TestCentre:
    """From the first area: the group so far 3/4, 1, 1; everybody else 1/8, 1/4, 1; the land 1/3, 2/3, 1."""

    pair = [30, 10, 0], [40, 20, 60]

    def test_absolute_centralisation(self):
        # 3/4 * 2/3 + 1 * 1 less 1 * 1/3 + 1 * 2/3
        assert absolute_centralisation(*self.pair, ROW, KM2, [1000, 0]) == near(Fraction(1, 2))

    def test_relative_centralisation(self):
        # 3/4 * 1/4 + 1 * 1 less 1 * 1/8 + 1 * 1/4
        assert relative_centralisation(*self.pair, ROW, [1000, 0]) == near(Fraction(13, 16))

    def test_areas_equally_far_away_are_one(self):
        # from the middle: the group 1/4, then all; the rest 1/8, then all: 1/4 * 1 - 1 * 1/8
        assert relative_centralisation(*self.pair, ROW, [2000, 0]) == near(Fraction(1, 8))
        # the land 1/3, then all
        assert absolute_centralisation(*self.pair, ROW, KM2, [2000, 0]) == near(
            Fraction(1, 4) - Fraction(1, 3)
        )

    def test_two_centres(self):
        # both ends are centres: 30 of 40 of the group and 70 of 80 of the rest come first
        assert relative_centralisation(*self.pair, ROW, [[1000, 0], [3000, 0]]) == near(
            Fraction(3, 4) - Fraction(7, 8)
        )

    def test_local_relative_centralisation(self):
        # with one area beside each, in order of distance from it: (30, 10) then (10, 10): 3/4 * 1 - 1/2;
        # the middle's nearest is the first: (10, 10) then (30, 10): 1/4 - 1/2; the last: (0, 60) then (10, 10):
        # 0 - 60/70
        row = [[1000, 0], [2000, 0], [3500, 0]]
        found = local_relative_centralisation(*self.pair, row, nearest=1)
        assert found == pytest.approx([1 / 4, -1 / 4, -6 / 7], abs=1e-14)
