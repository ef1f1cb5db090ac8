"""Local statistics on five sites, every way to deal the values out counted with whole numbers and fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import sqrt

import numpy as np
import pytest

from plats.analysis.clusters.conditional import conditional_tails
from plats.analysis.clusters.discovery import benjamini_hochberg, benjamini_yekutieli
from plats.analysis.clusters.getis_ord import getis_ord, getis_ord_star
from plats.analysis.clusters.join_counts import join_counts, local_join_counts
from plats.analysis.clusters.links import links_between, links_from_lists
from plats.analysis.clusters.local import Quadrant, local_statistics
from plats.analysis.clusters.moran import local_moran, moran
from plats.analysis.clusters.overall import geary, overall_statistics

# A street of five: 0 - 1 - 2 - 3 - 4. Mean 4; deviations 3, 2, -1, -3, -1; their squares sum to 24.
VALUES = [7, 6, 3, 1, 3]
NEIGHBOURS = [[1], [0, 2], [1, 3], [2, 4], [3]]
STREET = links_from_lists(NEIGHBOURS)


def near(value):
    return pytest.approx(float(value), abs=1e-14)


def every_draw(sites=5, most=2):
    """Every ordered choice of others, by their numbers when the site itself is left out: all equally likely."""
    return np.array(list(permutations(range(sites - 1), most)), dtype=np.int32)


def counted(site, at_least):
    """By hand: of all ways to deal the other four values to the neighbours, how many sum to as much, or as little."""
    others = [value for other, value in enumerate(VALUES) if other != site]
    card = len(NEIGHBOURS[site])
    own = sum(VALUES[other] for other in NEIGHBOURS[site])
    dealt = [sum(chosen[:card]) for chosen in permutations(others, 2)]
    return sum(total >= own if at_least else total <= own for total in dealt)


def test_local_moran():
    # I_i is a sixth, (5 - 1) / 24, of the deviation times the mean of those beside it: of 3 times 2, of 2 times
    # (3 - 1)/2, of -1 times (2 - 3)/2, of -3 times (-1 - 1)/2, and of -1 times -3
    expected = [Fraction(1), Fraction(1, 3), Fraction(1, 12), Fraction(1, 2), Fraction(1, 2)]
    assert local_moran(VALUES, STREET) == pytest.approx([float(value) for value in expected], abs=1e-14)
    # the whole: 1/24 of the sum of z_i times the neighbours' mean, 6 + 2 + 1/2 + 3 + 3 = 29/2
    assert moran(VALUES, STREET) == near(Fraction(29, 48))
    assert sum(expected) == 4 * Fraction(29, 48)


def test_quadrants():
    found = local_statistics(VALUES, STREET, seed=1)
    high, low = Quadrant.HIGH_AMONG_HIGH, Quadrant.LOW_AMONG_LOW
    assert found.quadrant.tolist() == [high, high, low, low, low]


def test_getis_ord_star():
    # site 2 with itself and two neighbours: deviations -1 + 2 - 3 = -2; s = sqrt(24/5), W = S = 3,
    # sqrt((5 * 3 - 9) / 4) = sqrt(3/2)
    assert getis_ord_star(VALUES, STREET)[2] == near(-2 / sqrt(24 / 5 * 3 / 2))
    # site 0 with one: 3 + 2 = 5; W = S = 2, sqrt((10 - 4) / 4)
    assert getis_ord_star(VALUES, STREET)[0] == near(5 / sqrt(24 / 5 * 3 / 2))
    # site 0 weighing 3 itself: 3 * 3 + 2 = 11; W = 4, S = 10, sqrt((50 - 16) / 4)
    assert getis_ord_star(VALUES, STREET, own_weight=3)[0] == near(11 / sqrt(24 / 5 * 34 / 4))


def test_getis_ord():
    # site 2 among 7, 6, 1, 3: their mean 17/4, squares 95/4 - 289/16 = 91/16; 6 + 1 less 2 * 17/4 = -3/2;
    # W = S = 2 of four: sqrt((8 - 4) / 3)
    assert getis_ord(VALUES, STREET)[2] == near(-1.5 / sqrt(91 / 16 * 4 / 3))
    # site 4 among 7, 6, 3, 1: the same four values; 1 less 17/4; W = S = 1: sqrt((4 - 1) / 3) = 1
    assert getis_ord(VALUES, STREET)[4] == near(-3.25 / sqrt(91 / 16))


def test_weights_count_in_their_parts_of_the_sum():
    # site 1 with weights 1 and 3: the mean deviation (3 - 3)/4 = 0, where it was 1 at equal weights
    pairs = [[0, 1], [1, 0], [1, 2], [2, 3], [3, 4], [4, 3]]
    links = links_between(5, pairs, [1, 1, 3, 1, 1, 1])
    assert local_moran(VALUES, links)[1] == near(0)
    # Gi* of site 1: 2 + 3 - 3 = 2; W = 5, S = 1 + 1 + 9 = 11: sqrt((55 - 25) / 4)
    assert getis_ord_star(VALUES, links)[1] == near(2 / sqrt(24 / 5 * 30 / 4))


@pytest.mark.parametrize("site", range(5))
def test_the_tails_over_every_draw_are_those_counted_by_hand(site):
    tails = conditional_tails(np.array(VALUES, dtype=float), STREET, every_draw())
    assert tails.permutations == 12
    assert tails.at_least[site] == counted(site, at_least=True)
    assert tails.at_most[site] == counted(site, at_least=False)


def test_the_p_value_of_one_site():
    # site 0 has 6 beside it; among 6, 3, 1, 3 one in four is at least that: 3 of the 12 ordered pairs, and all are at
    # most that. Both directions, and the observed one counted among the draws: 2 (3 + 1) / 13
    p = conditional_tails(np.array(VALUES, dtype=float), STREET, every_draw()).p
    assert p[0] == near(Fraction(8, 13))
    # site 3 has 3 + 3; pairs of 7, 6, 3, 3: 13, 10, 10, 9, 9, 6; one of six pairs is at most 6: 2 of 12
    assert p[3] == near(Fraction(6, 13))


def test_geary():
    # each site's mean squared difference from its neighbours: 1, (1 + 9)/2, (9 + 4)/2, (4 + 4)/2, 4; they sum to
    # 41/2; times 4 over 2 * 5 * 24
    assert geary(VALUES, STREET) == near(Fraction(41, 2) * 4 / 240)


def test_the_whole_against_every_order_of_the_five_values():
    """The chance of an I, and of a C, as far out is twice the nearer share of the 120 orders, ties in both tails."""

    def twice(statistic):
        of_all = [statistic(order) for order in permutations(VALUES)]
        own = statistic(VALUES)
        tails = sum(one >= own for one in of_all), sum(one <= own for one in of_all)
        return min(Fraction(2 * min(tails), len(of_all)), 1)

    def products(order):
        z = [value - 4 for value in order]
        return sum(
            z[i] * Fraction(sum(z[j] for j in beside), len(beside)) for i, beside in enumerate(NEIGHBOURS)
        )

    def differences(order):
        return sum(
            Fraction(sum((order[i] - order[j]) ** 2 for j in beside), len(beside))
            for i, beside in enumerate(NEIGHBOURS)
        )

    found = overall_statistics(VALUES, STREET, permutations=4999, seed=4)
    assert (found.moran, found.geary) == (near(Fraction(29, 48)), near(Fraction(41, 120)))
    # 4,999 draws of a chance p have a standard deviation of at most sqrt(1/4/4999) = 0.007, twice that in twice a tail
    assert found.moran_p == pytest.approx(float(twice(products)), abs=0.04)
    assert found.geary_p == pytest.approx(float(twice(differences)), abs=0.04)


# Sites with the property: 0, 1 and 3.
HAVING = [1, 1, 0, 1, 0]


def test_local_join_counts():
    found = local_join_counts(HAVING, STREET)
    # site 0: its one neighbour has it; two of the other four do: 1/2. Site 1: one of two; none of the two drawn in
    # one case of six: 5/6. Site 3: none, which is always reached
    assert found.joins.tolist() == pytest.approx([1, 1, np.nan, 0, np.nan], nan_ok=True)
    assert found.p.tolist() == pytest.approx([1 / 2, 5 / 6, np.nan, 1, np.nan], nan_ok=True)


@pytest.mark.parametrize("site", [0, 1, 3])
def test_the_exact_chance_of_joins_is_that_of_every_draw(site):
    others = [value for other, value in enumerate(HAVING) if other != site]
    card, own = len(NEIGHBOURS[site]), sum(HAVING[other] for other in NEIGHBOURS[site])
    dealt = [sum(chosen[:card]) >= own for chosen in permutations(others, 2)]
    assert local_join_counts(HAVING, STREET).p[site] == near(Fraction(sum(dealt), len(dealt)))


def test_join_counts_of_the_whole():
    # four links: 0-1 both, 1-2 one, 2-3 one, 3-4 one. By chance 4 * 3 * 2 / 20, 4 * 2 * 3 * 2 / 20, 4 * 2 * 1 / 20
    found = join_counts(HAVING, STREET)
    assert (found.both, found.one, found.neither) == (1, 3, 0)
    by_chance = found.both_by_chance, found.one_by_chance, found.neither_by_chance
    assert by_chance == (near(Fraction(6, 5)), near(Fraction(12, 5)), near(Fraction(2, 5)))


def test_false_discovery_rates():
    # three tests, ordered 0.01, 0.02, 0.9: times 3/1, 3/2 and 3/3; the second, 0.03, is also the first's
    assert benjamini_hochberg([0.02, np.nan, 0.9, 0.01]) == pytest.approx(
        [0.03, np.nan, 0.9, 0.03], nan_ok=True
    )
    # times 1 + 1/2 + 1/3 = 11/6, at most 1
    assert benjamini_yekutieli([0.02, np.nan, 0.9, 0.01]) == pytest.approx(
        [0.055, np.nan, 1, 0.055], nan_ok=True
    )


def test_false_discovery_rates_as_published():
    """Benjamini & Hochberg (1995), section 4.1: fifteen p-values, of which the four lowest are found at 0.05."""
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    published += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    assert (benjamini_hochberg(published) <= 0.05).sum() == 4
