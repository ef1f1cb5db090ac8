"""Intervals for small numbers: printed values, and the laws an interval obeys."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.intervals import is_small, jeffreys_interval

counts = st.tuples(st.integers(0, 3000), st.integers(1, 3000)).map(lambda pair: (min(pair), max(pair)))


def test_the_interval_of_those_without_the_property_is_the_mirror_image():
    low, high = jeffreys_interval([3, 7], [10, 10])
    assert low[0] + high[1] == pytest.approx(1, abs=1e-12)
    assert high[0] + low[1] == pytest.approx(1, abs=1e-12)


def test_one_of_two_solved_by_hand():
    # Beta(3/2, 3/2) has density (8/pi) sqrt(x(1-x)). With x = (1 - cos t)/2 its distribution is (t - sin t
    # cos t)/pi.
    low, high = jeffreys_interval([1], [2], level=0.90)
    for limit, below in ((low[0], 0.05), (high[0], 0.95)):
        t = math.acos(1 - 2 * limit)
        assert (t - math.sin(t) * math.cos(t)) / math.pi == pytest.approx(below, abs=1e-10)


def test_nobody_and_everybody_reach_the_ends():
    low, high = jeffreys_interval([0, 20], [20, 20])
    assert low[0] == 0
    assert high[1] == 1
    assert 0 < high[0] < 0.15
    assert 0.85 < low[1] < 1


def test_no_people_or_an_unknown_count_has_no_interval():
    low, high = jeffreys_interval([0, math.nan, 1], [0, 5, math.nan])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


@settings(deadline=None, max_examples=80)
@given(counts)
def test_the_share_lies_inside_and_the_limits_between_zero_and_one(pair):
    low, high = jeffreys_interval([pair[0]], [pair[1]])
    assert 0 <= low[0] <= pair[0] / pair[1] <= high[0] <= 1


@settings(deadline=None, max_examples=60)
@given(counts, st.integers(2, 20))
def test_more_people_with_the_same_share_narrow_it(pair, times):
    low, high = jeffreys_interval([pair[0], pair[0] * times], [pair[1], pair[1] * times])
    assert high[1] - low[1] < high[0] - low[0]


@settings(deadline=None, max_examples=60)
@given(counts)
def test_a_higher_level_widens_it(pair):
    narrow, wide = (
        jeffreys_interval([pair[0]], [pair[1]], 0.80),
        jeffreys_interval([pair[0]], [pair[1]], 0.99),
    )
    assert wide[0][0] <= narrow[0][0]
    assert narrow[1][0] <= wide[1][0]


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole - 1), st.just(whole))))
def test_one_person_more_moves_both_limits_up(pair):
    low, high = jeffreys_interval([pair[0], pair[0] + 1], [pair[1], pair[1]])
    assert low[0] < low[1]
    assert high[0] <= high[1]


@pytest.mark.parametrize("level", [0, 1, 90])
def test_a_level_that_is_no_probability_is_refused(level):
    with pytest.raises(ValueError, match="mellan 0 och 1"):
        jeffreys_interval([1], [2], level)


def test_more_with_the_property_than_people_is_refused():
    with pytest.raises(ValueError, match="i område 1"):
        jeffreys_interval([1, 3], [2, 2])


def test_the_limits_themselves_are_not_small():
    assert is_small([50, 50], [100, 99], smallest_denominator=100, widest=0.5).tolist() == [False, True]
    low, high = jeffreys_interval([50], [100])
    width = float((high - low)[0])
    assert not is_small([50], [100], smallest_denominator=1, widest=width)[0]


def test_few_people_or_a_wide_interval_are_marked_and_missing_ones_are_not():
    small = is_small([10, 100, 5, math.nan, 0], [49, 1000, 60, 60, 0], smallest_denominator=50, widest=0.08)
    #      too few   many     wide interval   unknown   nobody
    assert small.tolist() == [True, False, True, False, False]
