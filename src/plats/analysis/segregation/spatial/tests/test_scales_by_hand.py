"""The measures over scales on three areas in a row, worked by hand; the row is that of `test_by_hand`."""

from __future__ import annotations

from fractions import Fraction
from math import log

import numpy as np
import pytest

from plats.analysis.segregation.spatial.adjacency import Borders
from plats.analysis.segregation.spatial.distortion import (
    divergence_profiles,
    global_distortion,
    local_distortion,
)
from plats.analysis.segregation.spatial.proximity_profile import proximity_profile, proximity_profile_index
from plats.analysis.segregation.spatial.scales import local_environments, multiscalar_profile
from plats.analysis.segregation.spatial.surroundings import (
    spatial_entropy_index,
    spatial_exposure,
    spatial_multigroup_dissimilarity,
    spatial_relative_diversity,
)

PAIR = [10, 10, 10], [40, 20, 60]
GROUPS = [[10, 30], [10, 10], [10, 50]]
ROW = [[1000, 0], [2000, 0], [3000, 0]]
KM2 = [1e6, 1e6, 1e6]
ROW_BORDERS = Borders.of(3, [(0, 1), (1, 2)])


def near(value):
    return pytest.approx(float(value), abs=1e-13)


class TestScales:
    """Within 1,500 m: the first two areas, all three, the last two; a kilometre is 2/3 of the way."""

    @pytest.mark.parametrize(
        ("weighting", "beside"),
        [
            ("uniform", 1),
            ("triangular", Fraction(1, 3)),
            ("epanechnikov", Fraction(5, 9)),
            ("quartic", Fraction(25, 81)),
        ],
    )
    def test_local_environments(self, weighting, beside):
        w = float(beside)
        expected = [[10 + 10 * w, 30 + 10 * w], [10 + 20 * w, 10 + 80 * w], [10 + 10 * w, 50 + 10 * w]]
        assert local_environments(GROUPS, ROW, 1500, weighting) == pytest.approx(
            np.array(expected), abs=1e-12
        )

    def test_multiscalar_profile(self):
        # within 1,500 m, all alike: (20, 40), (30, 90), (20, 60): shares 1/3, 1/4, 1/4; people 60, 120, 80 of 260;
        # 70 of 260 in the group: the first two steps of D: 1/2 (|20/70 - 40/190| + |30/70 - 90/190| + |20/70 - 60/190|)
        def dissimilarity_of(table):
            one, other = (table / table.sum(axis=0)).T
            return np.abs(one - other).sum() / 2

        found = multiscalar_profile(GROUPS, ROW, [0, 1500, 5000], dissimilarity_of, "uniform")
        at_1500 = (
            abs(Fraction(2, 7) - Fraction(4, 19))
            + abs(Fraction(3, 7) - Fraction(9, 19))
            + abs(Fraction(2, 7) - Fraction(6, 19))
        ) / 2
        assert found == pytest.approx([2 / 9, float(at_1500), 0], abs=1e-14)

    def test_surroundings(self):
        # compositions within 1,500 m: 1/3, 1/4 and 1/4 around 40, 20 and 60 people; P = 1/4
        asked = GROUPS, ROW, [1500], "uniform"
        # D: 40 * 2 * 1/12, over 2 * 120 * 3/8
        assert spatial_multigroup_dissimilarity(*asked) == near(Fraction(40, 6) / 90)
        # H: a third of ln 3 - 2/3 ln 2, two thirds of the whole's own
        whole = 2 * log(2) - Fraction(3, 4) * log(3)
        third = log(3) - Fraction(2, 3) * log(2)
        assert spatial_entropy_index(*asked) == near(1 - (third / 3 + 2 * whole / 3) / whole)
        # R: 4/9 around a third, 3/8 around the others
        assert spatial_relative_diversity(*asked) == near(
            1 - (Fraction(4, 27) + Fraction(2, 8)) / Fraction(3, 8)
        )
        # the group lives 1/3 in each, the rest 1/3, 1/9, 5/9
        own, seen = (
            (Fraction(1, 3) + Fraction(1, 4) + Fraction(1, 4)) / 3,
            Fraction(1, 9) + Fraction(2, 3) / 4,
        )
        expected = [[float(own), float(1 - own)], [float(seen), float(1 - seen)]]
        assert spatial_exposure(*asked)[0] == pytest.approx(np.array(expected), abs=1e-14)


LONGER_ROW = [[1000, 0], [2000, 0], [4000, 0]]


class TestDistortion:
    """From the first area of a row with a longer last step: p = 1/4, then (20, 40), 1/3, then the whole."""

    third = Fraction(1, 3) * log(Fraction(4, 3)) + Fraction(2, 3) * log(Fraction(8, 9))  # 1/3 against 1/4
    half = Fraction(1, 2) * log(2) + Fraction(1, 2) * log(Fraction(2, 3))  # 1/2 against 1/4
    sixth = Fraction(1, 6) * log(Fraction(2, 3)) + Fraction(5, 6) * log(Fraction(10, 9))  # 1/6 against 1/4

    def test_divergence_profiles(self):
        first, middle, last = divergence_profiles(GROUPS, LONGER_ROW)
        assert first.distance_m.tolist() == [0, 1000, 3000]
        assert first.people.tolist() == [40, 60, 120]
        assert first.divergence == pytest.approx([0, self.third, 0], abs=1e-13)
        assert middle.divergence == pytest.approx([self.half, self.third, 0], abs=1e-13)
        # the last two together: 20 of 80 is a quarter
        assert last.divergence == pytest.approx([self.sixth, 0, 0], abs=1e-13)

    def test_distortion(self):
        terms = [self.third, self.half + self.third, self.sixth]
        assert local_distortion(GROUPS, LONGER_ROW) == pytest.approx(terms, abs=1e-13)
        mean = Fraction(1, 3) * terms[0] + Fraction(1, 6) * terms[1] + Fraction(1, 2) * terms[2]
        assert global_distortion(GROUPS, LONGER_ROW) == near(mean)

    def test_areas_equally_far_away_enter_together(self):
        # from the middle of an even row both ends come at once, and everybody is in
        _, middle, _ = divergence_profiles(GROUPS, ROW)
        assert middle.distance_m.tolist() == [0, 1000]
        assert middle.entering.tolist() == [1, 2]
        assert middle.divergence == pytest.approx([self.half, 0], abs=1e-13)
        assert local_distortion(GROUPS, ROW)[1] == near(self.half)


class TestProximityProfile:
    pair = [20, 10, 30], [40, 40, 40]  # shares 1/2, 1/4, 3/4; P = 1/2

    def test_proximity_profile(self):
        # up to 1/4 all three: 6 over 2 (1 + 1 + 2); up to 1/2 the two ends: 2 over 2 * 2; above that one or none
        found = proximity_profile(*self.pair, ROW_BORDERS, [0, 0.25, 0.3, 0.5, 0.6, 0.75, 1])
        assert found.tolist() == [0.75, 0.75, 0.5, 0.5, 0, 0, 0]

    def test_proximity_profile_index(self):
        # below P: 1/4 * 3/4 + 1/4 * 1/2 = 5/16, above it 0: (1/2 - 5/16) / (1/2)
        assert proximity_profile_index(*self.pair, ROW_BORDERS) == near(Fraction(3, 8))

    def test_proximity_profile_index_of_a_group_that_meets_itself(self):
        # shares 3/4, 3/4, 0: P = 1/2. Below 0 none; up to 3/4 the first two, who meet: eta is 1.
        # below P 1 * 1/2, above it 1 * 1/4: (1/2 - 1/2 + 1/4) / (1/2)
        pair = [30, 30, 0], [40, 40, 40]
        assert proximity_profile_index(*pair, ROW_BORDERS) == near(
            (Fraction(1, 2) - Fraction(1, 2) + Fraction(1, 4)) / Fraction(1, 2)
        )

    def test_an_island_is_infinitely_far_away(self):
        apart = Borders.of(3, [(0, 1)])
        # all three, and the two with the highest shares, are cut off from each other
        assert proximity_profile(*self.pair, apart, [0.1, 0.3, 0.6]).tolist() == [0, 0, 0]
        linked = proximity_profile([20, 30, 10], [40, 40, 40], apart, [0.1, 0.3])
        assert linked.tolist() == [0, 1]
