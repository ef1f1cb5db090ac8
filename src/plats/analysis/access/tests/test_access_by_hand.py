"""Every measure of access on three homes and two services, worked by hand.

Homes at (1000, 1000), (1000, 1600) and (9000, 9000); services at (1000, 1500) and (1300, 1400).
The first home: 500 straight north; 300 east and 400 north, so 500. The second: 100; sqrt(300^2 + 200^2) = sqrt(130000).
The third is 10,000 metres or so from both.

The floating catchment areas are of three places with 100, 300 and 50 people and two services with 10 and 30: the first
place reaches the first service in 5 minutes; the second reaches the first in 10 and the second in 20; the third reaches
nothing in 30.
"""

from __future__ import annotations

from fractions import Fraction
from math import exp, sqrt

import numpy as np
import pytest

from plats.analysis.access.decay import Exponential, Gaussian, Power, Steps
from plats.analysis.access.equity import (
    access_by_need,
    concentration_index,
    erreygers_index,
    wagstaff_index,
)
from plats.analysis.access.floating import enhanced_two_step, three_step, two_step
from plats.analysis.access.kept import KeptWeights
from plats.analysis.access.nearest import nearest, nearest_in_a_straight_line
from plats.analysis.access.network import network_of, network_pairs
from plats.analysis.access.opportunities import cumulative, gravity
from plats.analysis.access.pairs import DistanceKind, pairs_from_matrix
from plats.analysis.access.results import Reason
from plats.analysis.access.straight_line import straight_line_pairs

HOMES = [[1000, 1000], [1000, 1600], [9000, 9000]]
SERVICES = [[1000, 1500], [1300, 1400]]


MINUTES = [[5, 40], [10, 20], [40, 40]]
PEOPLE, AMOUNTS = [100, 300, 50], [10, 30]
STEPS = Steps(limits=(5, 15, 30), weights=(1, 0.5, 0.25))


def minutes():
    return pairs_from_matrix(MINUTES, kind=DistanceKind.MINUTES, reach=30)


def near(expected):
    values = [float(value) for value in expected] if isinstance(expected, list) else float(expected)
    return pytest.approx(values, abs=1e-15)


def lines(reach=500):
    return straight_line_pairs(HOMES, SERVICES, reach=reach)


class TestStraightLines:
    def test_pairs_within_reach_the_limit_included(self):
        found = lines()
        assert found.starts.tolist() == [0, 2, 4, 4]
        assert found.supply.tolist() == [0, 1, 0, 1]
        assert found.distances.tolist() == [500, 500, 100, sqrt(130000)]
        assert found.kind is DistanceKind.STRAIGHT_LINE_METRES

    def test_a_service_where_people_live_is_a_pair_at_no_distance(self):
        found = straight_line_pairs(SERVICES, SERVICES, reach=100)
        assert found.supply.tolist() == [0, 1]
        assert found.distances.tolist() == [0, 0]


class TestNearest:
    def test_the_first_of_equals_and_nothing_within_reach(self):
        told = nearest(lines())
        assert told.distances[:2].tolist() == [500, 100]
        assert np.isnan(told.distances[2])
        assert told.supply.tolist() == [0, 0, -1]
        assert told.reasons.tolist() == [Reason.REACHED, Reason.REACHED, Reason.NOTHING_WITHIN_REACH]

    def test_one_that_is_closed_is_not_the_nearest(self):
        told = nearest(lines(), [0, 5])
        assert told.distances[:2].tolist() == [500, sqrt(130000)]
        assert told.supply.tolist() == [1, 1, -1]

    def test_however_far(self):
        told = nearest_in_a_straight_line(HOMES, SERVICES)
        # from (9000, 9000) to (1300, 1400): 7700 and 7600; to (1000, 1500): 8000 and 7500
        assert told.distances[1:].tolist() == [100, pytest.approx(sqrt(7700**2 + 7600**2))]
        assert told.supply[1:].tolist() == [0, 1]
        assert told.reach == np.inf


class TestCumulative:
    def test_number_and_amount(self):
        assert cumulative(lines()).values.tolist() == [2, 2, 0]
        assert cumulative(lines(), [10, 3]).values.tolist() == [13, 13, 0]
        assert cumulative(lines(), [10, 3], within=499).values.tolist() == [0, 13, 0]
        assert cumulative(lines(), [10, 3], within=100).values.tolist() == [0, 10, 0]

    def test_nothing_within_reach_is_a_reason_and_not_a_missing_value(self):
        told = cumulative(lines(), [10, 0], within=200)
        assert told.values.tolist() == [0, 10, 0]
        assert told.reasons.tolist() == [
            Reason.NOTHING_WITHIN_REACH,
            Reason.REACHED,
            Reason.NOTHING_WITHIN_REACH,
        ]
        assert told.how_many(Reason.NOTHING_WITHIN_REACH) == 2
        assert told.reach == 200


class TestDecay:
    def test_steps_hold_their_limit(self):
        weights = STEPS(np.array([0, 5, 5.1, 15, 30, 30.1]))
        assert weights.tolist() == [1, 1, 0.5, 0.5, 0.25, 0]

    def test_curves(self):
        away = np.array([0, 1, 2, 4.0])
        assert Power(2, nearest=2)(away).tolist() == [1, 1, 1, 0.25]
        assert Exponential(2)(away) == near([1, exp(-0.5), exp(-1), exp(-2)])
        assert Gaussian(2)(away) == near([1, exp(-1 / 8), exp(-1 / 2), exp(-2)])

    def test_gravity(self):
        # 10 * (5/5)^-1 = 10; 10 * (10/5)^-1 + 30 * (20/5)^-1 = 5 + 7.5; nothing
        told = gravity(minutes(), AMOUNTS, decay=Power(1, nearest=5))
        assert told.values.tolist() == [10, 12.5, 0]
        assert told.reasons.tolist() == [0, 0, Reason.NOTHING_WITHIN_REACH]
        assert gravity(minutes(), decay=Power(1, nearest=5)).values.tolist() == [1, 0.75, 0]


class TestFloatingCatchmentAreas:
    def test_two_step(self):
        # the first service: 10 for 400 people, 1/40; the second: 30 for 300, 1/10
        told = two_step(minutes(), PEOPLE, AMOUNTS)
        assert told.values == near([Fraction(1, 40), Fraction(1, 40) + Fraction(1, 10), 0])
        assert told.ratios == near([Fraction(1, 40), Fraction(1, 10)])
        assert told.crowd.tolist() == [400, 300]
        assert told.supply_reached == 40
        assert told.kind is DistanceKind.MINUTES
        assert told.reasons.tolist() == [0, 0, Reason.NOTHING_WITHIN_REACH]

    def test_enhanced_two_step(self):
        # 10 for 100 + 300/2 = 250, 1/25; 30 for 300/4 = 75, 2/5. The second place: 1/2 * 1/25 + 1/4 * 2/5
        told = enhanced_two_step(minutes(), PEOPLE, AMOUNTS, decay=STEPS)
        assert told.values == near([Fraction(1, 25), Fraction(1, 50) + Fraction(1, 10), 0])

    def test_three_step(self):
        # the second place chooses the first with 1/2 over 3/4 = 2/3, the second with 1/3; times weights 1/3 and 1/12.
        # 10 for 100 + 100 = 200, 1/20; 30 for 25, 6/5. The second place: 1/3 * 1/20 + 1/12 * 6/5
        told = three_step(minutes(), PEOPLE, AMOUNTS, decay=STEPS)
        assert told.values == near([Fraction(1, 20), Fraction(1, 60) + Fraction(1, 10), 0])
        assert told.crowd == near([200, 25])

    def test_three_step_when_one_is_closed_lets_all_choose_the_other(self):
        # the second place chooses the first service only: 10 for 100 + 300/2, and its weight is 1/2
        told = three_step(minutes(), PEOPLE, [10, 0], decay=STEPS)
        assert told.values == near([Fraction(1, 25), Fraction(1, 50), 0])

    def test_a_service_that_nobody_reaches_counts_for_nobody(self):
        told = two_step(minutes(), [100, 0, 50], AMOUNTS)
        # the second place has no people: it has its share of the first service, and nobody reaches the second
        assert told.values == near([Fraction(1, 10), Fraction(1, 10), 0])
        assert told.ratios.tolist() == [0.1, 0]
        assert told.supply_reached == 10

    def test_a_place_without_people_beside_a_service_without_people_has_no_amount_per_person(self):
        told = two_step(minutes(), [100, 0, 50], [0, 0.5])
        assert told.reasons.tolist() == [
            Reason.NOTHING_WITHIN_REACH,
            Reason.NOBODY_TO_SHARE,
            Reason.NOTHING_WITHIN_REACH,
        ]
        assert told.values[[0, 2]].tolist() == [0, 0]
        assert np.isnan(told.values[1])

    def test_hidden_people_are_refused_or_left_out_and_counted(self):
        with pytest.raises(ValueError, match="1 av 3 platser, först nummer 0"):
            two_step(minutes(), [np.nan, 300, 50], AMOUNTS)
        told = two_step(minutes(), [np.nan, 300, 50], AMOUNTS, hidden="exclude")
        # the first service is shared by 300 only: 1/30
        assert np.isnan(told.values[0])
        assert told.values[1:] == near([Fraction(1, 30) + Fraction(1, 10), 0])
        assert told.reasons[0] == Reason.PEOPLE_UNKNOWN
        assert KeptWeights(minutes(), [np.nan, 300, 50], hidden="exclude").excluded == 1


# A square of 300 metres a side: the nodes are its corners, one side is missing and one goes by a detour
NODES = [[1000, 1000], [1300, 1000], [1300, 1300], [1000, 1300]]
EDGES = [0, 1, 2], [1, 2, 3], [300, 300, 400]


class TestNetwork:
    def test_metres_along_the_edges_and_out_to_the_nodes(self):
        roads = network_of(NODES, *EDGES)
        # from 30 metres beside the first corner to 20 beside the last: 30 + 300 + 300 + 400 + 20
        found = network_pairs([[1000, 970]], [[1000, 1320], [1300, 1000]], network=roads, reach=1050)
        assert found.distances.tolist() == [1050, 330]
        assert found.kind is DistanceKind.NETWORK_METRES
        assert network_pairs([[1000, 970]], [[1000, 1320]], network=roads, reach=1049).supply.tolist() == []

    def test_one_way_edges_are_walked_from_home_to_service_only(self):
        roads = network_of(NODES, *EDGES, one_way=[True, False, False])
        there = network_pairs([NODES[0]], [NODES[1]], network=roads, reach=2000)
        back = network_pairs([NODES[1]], [NODES[0]], network=roads, reach=2000)
        assert there.distances.tolist() == [300]
        assert back.supply.tolist() == []

    def test_of_two_edges_between_the_same_nodes_the_shortest_counts(self):
        roads = network_of(NODES, [0, 0, 1], [1, 1, 0], [500, 310, 400])
        assert network_pairs([NODES[0]], [NODES[1]], network=roads, reach=2000).distances.tolist() == [310]

    def test_an_edge_of_no_length_joins_its_nodes(self):
        same = [[1000, 1000], [1000, 1000], [1300, 1000]]
        roads = network_of(same, [0, 1], [1, 2], [0, 300])
        assert roads.joined.nnz == 4
        found = network_pairs([same[0]], [same[2]], network=roads, reach=2000)
        assert found.distances.tolist() == [300]


# Need 1, 2 and 3 for 10, 10 and 20 people who have access 4, 2 and 1: 80 in all, 2 on average
ACCESS, NEED, NEEDY = [4, 2, 1], [1, 2, 3], [10, 10, 20]


class TestEquity:
    def test_concentration_index(self):
        # ranks 1/8, 3/8 and 3/4; 2/2 (1/4 * 4 * 1/8 + 1/4 * 2 * 3/8 + 1/2 * 1 * 3/4) - 1 = 11/16 - 1
        assert concentration_index(ACCESS, NEED, NEEDY) == near(Fraction(-5, 16))

    def test_equal_need_shares_the_mean_of_the_ranks(self):
        # the first two have rank 1/4: 1/4 * 4 * 1/4 + 1/4 * 2 * 1/4 + 1/2 * 1 * 3/4 = 3/4
        assert concentration_index(ACCESS, [1, 1, 3], NEEDY) == near(Fraction(-1, 4))

    def test_indices_for_a_figure_with_a_ceiling(self):
        # 1, 1/2 and 0: mean 3/8; 2 / (3/8) (1/32 + 3/64) - 1 = -7/12
        access = [1, 0.5, 0]
        assert concentration_index(access, NEED, NEEDY) == near(Fraction(-7, 12))
        # over 1 - 3/8 that is -14/15; times 4 and 3/8 it is -7/8
        assert wagstaff_index(access, NEED, NEEDY) == near(Fraction(-14, 15))
        assert erreygers_index(access, NEED, NEEDY) == near(Fraction(-7, 8))

    def test_indices_on_a_scale_from_one_to_five(self):
        # mean 2, C = -5/16: 4 * 2 * (-5/16) / (3 * 1) and 4 * 2 / 4 * (-5/16)
        bounds = {"lowest": 1, "highest": 5}
        assert wagstaff_index(ACCESS, NEED, NEEDY, **bounds) == near(Fraction(-5, 6))
        assert erreygers_index(ACCESS, NEED, NEEDY, **bounds) == near(Fraction(-5, 8))

    def test_fifths_divide_a_place_at_the_border(self):
        # fifths of 8 people: 8 with 4; 2 with 4 and 6 with 2; 4 with 2 and 4 with 1; 8 with 1; 8 with 1
        told = access_by_need(ACCESS, NEED, NEEDY)
        assert told.means == near([4, Fraction(5, 2), Fraction(3, 2), 1, 1])
        assert (told.gap, told.ratio) == (-3, 0.25)

    def test_equal_need_is_divided_alike(self):
        # the first two have 3 on average, whichever of them stands first
        told = access_by_need(ACCESS, [1, 1, 3], NEEDY, parts=4)
        assert told.means.tolist() == [3, 3, 1, 1]

    def test_no_ratio_to_nothing(self):
        told = access_by_need([0, 1], [1, 2], [5, 5], parts=2)
        assert told.gap == 1
        assert np.isnan(told.ratio)
