"""Every measure of access on three homes and two services, worked by hand.

Homes at (1000, 1000), (1000, 1600) and (9000, 9000); services at (1000, 1500) and (1300, 1400).
The first home: 500 straight north; 300 east and 400 north, so 500. The second: 100; sqrt(300^2 + 200^2) = sqrt(130000).
The third is 10,000 metres or so from both.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from plats.analysis.access.nearest import nearest, nearest_in_a_straight_line
from plats.analysis.access.opportunities import cumulative
from plats.analysis.access.pairs import DistanceKind
from plats.analysis.access.results import Reason
from plats.analysis.access.straight_line import straight_line_pairs

HOMES = [[1000, 1000], [1000, 1600], [9000, 9000]]
SERVICES = [[1000, 1500], [1300, 1400]]


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
