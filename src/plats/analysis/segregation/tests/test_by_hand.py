"""Every index on three areas, worked by hand.

One group against the rest: 10 of 40, 10 of 20 and 10 of 60. G = 30, R = 90, T = 120, P = 1/4; p = 1/4, 1/2, 1/6;
areas hold 1/3, 1/6 and 1/2 of everybody, 1/3 each of the group, and 1/3, 1/9 and 5/9 of the rest.

Three groups: (10, 10, 20), (20, 0, 0) and (30, 20, 10). Groups 60, 30, 30; T = 120, P = 1/2, 1/4, 1/4;
p = (1/4, 1/4, 1/2), (1, 0, 0), (1/2, 1/3, 1/6); I = 1/4 + 3/16 + 3/16 = 5/8.
"""

from __future__ import annotations

from fractions import Fraction
from math import log, sqrt

import numpy as np
import pytest

from plats.analysis.segregation import diversity as mixed
from plats.analysis.segregation.composition import (
    local_diversity,
    local_simpson_interaction,
    location_quotients,
)
from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.evenness import atkinson, entropy_index, gini, min_max, mutual_information
from plats.analysis.segregation.exposure import (
    concentration,
    concentration_profile,
    correlation_ratio,
    exposure,
    interaction,
    isolation,
)
from plats.analysis.segregation.fitting import fitted
from plats.analysis.segregation.local import local_dissimilarity, local_divergence, local_mutual_information
from plats.analysis.segregation.multigroup import (
    multigroup_dissimilarity,
    multigroup_divergence,
    multigroup_entropy_index,
    multigroup_gini,
    multigroup_mutual_information,
)
from plats.analysis.segregation.nested import nested_entropy_index, nested_mutual_information
from plats.analysis.segregation.ordinal import ordinal_entropy_index, rank_order_entropy_index

PAIR = [10, 10, 10], [40, 20, 60]
GROUPS = [[10, 10, 20], [20, 0, 0], [30, 20, 10]]
WHOLE = 2 * log(2) - Fraction(3, 4) * log(3)  # diversity of 1/4 and 3/4: 1/4 ln 4 + 3/4 ln 4 - 3/4 ln 3
MIXED = Fraction(3, 2) * log(2)  # diversity of 1/2, 1/4, 1/4: 1/2 ln 2 + 2 times 1/4 ln 4


def near(value):
    return pytest.approx(float(value), abs=1e-14)


class TestOneGroupAgainstTheRest:
    def test_dissimilarity(self):
        # |1/3 - 1/3| + |1/3 - 1/9| + |1/3 - 5/9| = 4/9, and half of it
        assert dissimilarity(*PAIR) == near(Fraction(2, 9))

    def test_min_max(self):
        # the smaller of the two shares: 1/3 + 1/9 + 1/3 = 7/9; the larger 1/3 + 1/3 + 5/9 = 11/9; 1 - 7/11
        assert min_max(*PAIR) == near(Fraction(4, 11))

    def test_gini(self):
        # pairs of areas, people times people times difference in share:
        # 40 * 20 * 1/4 = 200, 40 * 60 * 1/12 = 200, 20 * 60 * 1/3 = 400; each pair twice is 1600
        # over 2 * 120 * 120 * 1/4 * 3/4 = 5400
        assert gini(*PAIR) == near(Fraction(1600, 5400))
        assert Fraction(1600, 5400) == Fraction(8, 27)

    def test_mutual_information(self):
        # areas' diversity: as the whole, ln 2, and ln 6 - 5/6 ln 5. The whole less their mean over people:
        # (1 - 1/3)(2 ln 2 - 3/4 ln 3) - 1/6 ln 2 - 1/2 (ln 2 + ln 3 - 5/6 ln 5)
        # = (4/3 - 2/3) ln 2 - (1/2 + 1/2) ln 3 + 5/12 ln 5
        assert mutual_information(*PAIR) == near(Fraction(2, 3) * log(2) - log(3) + Fraction(5, 12) * log(5))

    def test_entropy_index(self):
        assert entropy_index(*PAIR) == near(
            (Fraction(2, 3) * log(2) - log(3) + Fraction(5, 12) * log(5)) / WHOLE
        )

    def test_atkinson_at_one_half(self):
        # sqrt(p (1 - p)) t: 40 sqrt(3)/4 + 20/2 + 60 sqrt(5)/6 = 10 (sqrt 3 + 1 + sqrt 5); over P T = 30;
        # squared, times P / (1 - P) = 1/3
        assert atkinson(*PAIR) == near(1 - (sqrt(3) + 1 + sqrt(5)) ** 2 / 27)

    def test_atkinson_at_one_third(self):
        # p^(1/3) (1 - p)^(2/3) t: 40/4 * 9^(1/3) + 20/2 + 60/6 * 25^(1/3); over 30; to the power of 3/2; times 1/3
        assert atkinson(*PAIR, b=1 / 3) == near(1 - ((9 ** (1 / 3) + 1 + 25 ** (1 / 3)) / 3) ** 1.5 / 3)

    def test_isolation_and_interaction(self):
        # a third each of 1/4, 1/2 and 1/6: 11/36
        assert isolation(*PAIR) == near(Fraction(11, 36))
        assert interaction(*PAIR) == near(Fraction(25, 36))

    def test_exposure_between_two_of_three_groups(self):
        # the first group lives 1/6, 1/3, 1/2 in the areas, where the third is 1/2, 0 and 1/6: 1/12 + 0 + 1/12
        first, _, third = np.transpose(GROUPS)
        assert exposure(first, third, [40, 20, 60]) == near(Fraction(1, 6))

    def test_correlation_ratio(self):
        # isolation 11/36 less the whole share 9/36, over 27/36
        assert correlation_ratio(*PAIR) == near(Fraction(2, 27))

    def test_concentration(self):
        # a third each of |1/4 - 1/4|, |1/2 - 1/4| and |1/6 - 1/4| is 1/9; over 3/4
        assert concentration(*PAIR) == near(Fraction(4, 27))

    def test_concentration_is_the_area_about_the_profile(self):
        # v is 1 up to 1/6, then 2/3 up to 1/4, then 1/3 up to 1/2, then 0.
        # below P: 1/6 + 2/3 * 1/12 = 2/9; above: 1/3 * 1/4 = 1/12; (1/4 - 2/9 + 1/12) / (3/4) = 4/27
        steps = concentration_profile(*PAIR, [0, 1 / 6, 0.2, 1 / 4, 0.3, 1 / 2, 0.6, 1])
        assert steps == pytest.approx([1, 1, 2 / 3, 2 / 3, 1 / 3, 1 / 3, 0, 0], abs=1e-15)
        assert (Fraction(1, 4) - Fraction(2, 9) + Fraction(1, 12)) / Fraction(3, 4) == Fraction(4, 27)

    def test_concentration_of_a_large_majority_can_exceed_one(self):
        # a fifth of the people live where the group is a half, the others where it is everybody: P = 9/10, and
        # (1/9 * 4/10 + 8/9 * 1/10) / (1/10) = 4/3
        assert concentration([10, 80], [20, 80]) == near(Fraction(4, 3))

    def test_concentration_can_rise_when_areas_are_merged(self):
        # P = 1/4 over areas with nobody, a quarter, and a half of 40 each: a third of the group at 0 from P, two
        # thirds at 1/4: 2/3 * 1/4 / (3/4) = 2/9. The first two merged have 10 of 80, 1/8: 1/3 * 1/8 + 2/3 * 1/4
        assert concentration([0, 10, 20], [40, 40, 40]) == near(Fraction(2, 9))
        assert concentration([10, 20], [80, 40]) == near((Fraction(1, 24) + Fraction(1, 6)) / Fraction(3, 4))
        assert (Fraction(1, 24) + Fraction(1, 6)) / Fraction(3, 4) > Fraction(2, 9)


class TestSeveralGroups:
    def test_dissimilarity(self):
        # people times summed differences: 40 (1/4 + 0 + 1/4) + 20 (1/2 + 1/4 + 1/4) + 60 (0 + 1/12 + 1/12) = 50
        # over 2 * 120 * 5/8 = 150
        assert multigroup_dissimilarity(GROUPS) == near(Fraction(1, 3))

    def test_gini(self):
        # pairs: 40 * 20 (3/4 + 1/4 + 1/2) = 1200, 40 * 60 (1/4 + 1/12 + 1/3) = 1600, 20 * 60 (1/2 + 1/3 + 1/6) =
        # 1200; each twice is 8000; over 2 * 120 * 120 * 5/8 = 18000
        assert multigroup_gini(GROUPS) == near(Fraction(4, 9))

    def test_mutual_information_and_divergence(self):
        # 1/3 (1/4 ln 1/2 + 1/2 ln 2) + 1/6 ln 2 + 1/2 (1/3 ln 4/3 + 1/6 ln 2/3)
        # = ln 2 (1/12 + 1/6 + 1/3 + 1/12) - ln 3 (1/6 + 1/12)
        expected = Fraction(2, 3) * log(2) - Fraction(1, 4) * log(3)
        assert multigroup_mutual_information(GROUPS) == near(expected)
        assert multigroup_divergence(GROUPS) == near(expected)
        assert multigroup_entropy_index(GROUPS) == near(expected / MIXED)

    def test_the_three_that_square(self):
        # people times squared differences, for each group:
        # 40/16 + 20/4 + 0 = 15/2; 0 + 20/16 + 60/144 = 5/3; 40/16 + 20/16 + 60/144 = 25/6
        sums = [Fraction(15, 2), Fraction(5, 3), Fraction(25, 6)]
        parts = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)]
        exposed = sum(s / (1 - p) for s, p in zip(sums, parts, strict=True)) / 120
        varied = sum(s / p for s, p in zip(sums, parts, strict=True)) / (120 * 2)
        assert (exposed, sum(sums) / 75, varied) == (Fraction(41, 216), Fraction(8, 45), Fraction(23, 144))
        assert mixed.normalised_exposure(GROUPS) == near(Fraction(41, 216))
        assert mixed.relative_diversity(GROUPS) == near(Fraction(8, 45))
        assert mixed.squared_coefficient_of_variation(GROUPS) == near(Fraction(23, 144))

    def test_diversity_of_the_whole(self):
        assert mixed.simpson_interaction(GROUPS) == near(Fraction(5, 8))
        assert mixed.simpson_concentration(GROUPS) == near(Fraction(3, 8))
        assert mixed.diversity(GROUPS) == near(MIXED)


class TestOrderedClasses:
    def test_ordinal_entropy_index(self):
        # below the first limit 1/2 of everybody: 1/4, 1 and 1/2 of the areas. E H = ln 2 - 1/3 WHOLE - 1/2 ln 2
        # = -1/6 ln 2 + 1/4 ln 3. Below the second 3/4: 1/2, 1 and 5/6; E H = WHOLE - 1/3 ln 2 - 1/2 (ln 6 - 5/6 ln
        # 5) = 7/6 ln 2 - 5/4 ln 3 + 5/12 ln 5. Together ln 2 - ln 3 + 5/12 ln 5, over ln 2 + WHOLE
        assert ordinal_entropy_index(GROUPS) == near(
            (log(2) - log(3) + Fraction(5, 12) * log(5)) / (log(2) + WHOLE)
        )

    def test_rank_order_entropy_index_with_a_straight_line_through_two_limits(self):
        # H at 1/2 and 3/4 as above. The line is worth its mean, since E is alike about 1/2 and twice its integral is
        # 1: the value at 1/2, which is H at the first limit
        assert rank_order_entropy_index(GROUPS, degree=1) == near(
            (-Fraction(1, 6) * log(2) + Fraction(1, 4) * log(3)) / log(2)
        )

    def test_rank_order_entropy_index_with_a_level(self):
        # the mean of the two with weights E squared: sum of E times E H, over sum of E squared
        first, second = (
            -Fraction(1, 6) * log(2) + Fraction(1, 4) * log(3),
            Fraction(7, 6) * log(2) - Fraction(5, 4) * log(3) + Fraction(5, 12) * log(5),
        )
        assert rank_order_entropy_index(GROUPS, degree=0) == near(
            (log(2) * first + WHOLE * second) / (log(2) ** 2 + WHOLE**2)
        )


class TestTerms:
    def test_local_information_and_divergence(self):
        # 1/4 ln 1/2 + 1/2 ln 2 = 1/4 ln 2; ln 2; 1/3 ln 4/3 + 1/6 ln 2/3 = 5/6 ln 2 - 1/2 ln 3
        scores = [Fraction(1, 4) * log(2), log(2), Fraction(5, 6) * log(2) - Fraction(1, 2) * log(3)]
        terms = local_mutual_information(GROUPS)
        assert terms.scores == pytest.approx(scores, abs=1e-15)
        assert terms.weights == pytest.approx([1 / 3, 1 / 6, 1 / 2], abs=1e-15)
        assert local_divergence(GROUPS) == pytest.approx(scores, abs=1e-15)

    def test_local_dissimilarity(self):
        # people times summed differences 20, 20 and 10, over 150
        expected = [2 / 15, 2 / 15, 1 / 15]
        assert local_dissimilarity(GROUPS).contributions == pytest.approx(expected, abs=1e-15)

    def test_composition_of_each_area(self):
        # 1/4 over 1/2 and so on; 1/4 ln 4 twice and 1/2 ln 2; 1 - 1/16 - 1/16 - 1/4 and 1 - 1/4 - 1/9 - 1/36
        quotients = [[1 / 2, 1, 2], [2, 0, 0], [1, 4 / 3, 2 / 3]]
        assert location_quotients(GROUPS) == pytest.approx(np.array(quotients), abs=1e-15)
        expected = [1.5 * log(2), 0, log(2) / 2 + log(3) / 3 + log(6) / 6]
        assert local_diversity(GROUPS) == pytest.approx(expected, abs=1e-15)
        assert local_simpson_interaction(GROUPS) == pytest.approx([5 / 8, 0, 11 / 18], abs=1e-15)
        # Where all are alike the answer is nought, not minus nought, which would be printed as -0.
        assert not np.signbit(local_diversity(GROUPS)).any()

    def test_one_person_is_a_composition_and_nobody_is_none(self):
        alone = [[1, 0], [0, 0], [1, 2]]
        assert location_quotients(alone)[0].tolist() == [2, 0]
        assert local_diversity(alone)[0] == 0
        assert np.isnan(local_diversity(alone)[1])
        assert np.isnan(local_simpson_interaction(alone)[1])

    def test_levels(self):
        # the first two areas together hold 30, 10, 20: 1/2, 1/6, 1/3. Either half of the town is as far from the
        # whole: 5/6 ln 2 - 1/2 ln 3. Inside: 2/3 (1/4 ln 1/2 + 1/4 ln 3/2 + 1/2 ln 3/2) + 1/3 ln 2
        # = 1/2 ln 3 - 1/3 ln 2, with the weight 1/2
        between, inside = (
            Fraction(5, 6) * log(2) - Fraction(1, 2) * log(3),
            Fraction(1, 2) * log(3) - Fraction(1, 3) * log(2),
        )
        parts = nested_mutual_information(GROUPS, ["west", "west", "east"])
        assert parts.regions.tolist() == ["east", "west"]
        assert parts.between == near(between)
        assert parts.inside == pytest.approx([0, inside], abs=1e-14)
        assert parts.within == pytest.approx([0, inside / 2], abs=1e-14)

    def test_levels_of_the_entropy_index(self):
        # west is 1/2, 1/6, 1/3: diversity 1/2 ln 2 + 1/6 ln 6 + 1/3 ln 3 = 2/3 ln 2 + 1/2 ln 3
        west = Fraction(2, 3) * log(2) + Fraction(1, 2) * log(3)
        parts = nested_entropy_index(GROUPS, ["west", "west", "east"])
        assert parts.between == near((Fraction(5, 6) * log(2) - Fraction(1, 2) * log(3)) / MIXED)
        assert parts.inside[1] == near((Fraction(1, 2) * log(3) - Fraction(1, 3) * log(2)) / west)
        assert parts.weights[1] == near(Fraction(1, 2) * west / MIXED)

    def test_fitted_table(self):
        # the pattern times 2, 1, 3 along areas and 1, 2 along groups: (2, 4), (2, 2), (3, 12)
        table = fitted([[1, 1], [2, 1], [1, 2]], sizes=[6, 4, 15], composition=[7, 18])
        assert table == pytest.approx(np.array([[2, 4], [2, 2], [3, 12]]), abs=1e-11)
