"""Gaps between areas: worked by hand, and the laws of a distance."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.gaps import gaps

towns = st.lists(st.tuples(st.integers(1, 100), st.integers(1, 3000)), min_size=1, max_size=12)


def told(areas):
    return gaps(*zip(*areas, strict=True))


def test_four_areas_worked_by_hand():
    # values 10 20 30 60, people 50 150 200 100 (500 in all) P10: 50 people reach 500/10, so 10. P90: 50 + 150
    # + 200 = 400 < 450, so 60. mean (500 + 3000 + 6000 + 6000) / 500 = 31; distances 21 11 1 29: (1050 + 1650
    # + 200 + 2900) / 500 = 11.6
    measured = gaps([10, 20, 30, 60], [50, 150, 200, 100])
    assert Fraction(50 * 21 + 150 * 11 + 200 * 1 + 100 * 29, 500) == Fraction(58, 5)
    assert (measured.p10, measured.p90, measured.p90_minus_p10, measured.p90_over_p10) == (10, 60, 50, 6)
    assert (measured.mean, measured.mean_distance) == (31, pytest.approx(11.6, abs=1e-12))
    assert (measured.areas, measured.lowest, measured.highest, measured.highest_minus_lowest) == (4, 0, 3, 50)


def test_areas_without_value_or_people_are_left_out_and_the_count_says_so():
    measured = gaps([math.nan, 5, 9, 1, 7], [100, 100, 100, 0, math.nan])
    assert (measured.areas, measured.lowest, measured.highest, measured.highest_minus_lowest) == (2, 1, 2, 4)


def test_no_ratio_to_a_tenth_percentile_of_zero():
    measured = gaps([0, 10], [100, 100])
    assert math.isnan(measured.p90_over_p10)
    assert measured.p90_minus_p10 == 10


def test_nothing_to_measure():
    measured = gaps([math.nan], [100])
    assert (measured.areas, measured.lowest, measured.highest) == (0, -1, -1)
    assert math.isnan(measured.highest_minus_lowest)
    assert math.isnan(measured.mean_distance)


def test_one_area_has_no_gap():
    measured = gaps([7.0], [100])
    assert (measured.highest_minus_lowest, measured.p90_minus_p10, measured.mean_distance) == (0, 0, 0)


@settings(deadline=None, max_examples=60)
@given(towns)
def test_no_distance_is_negative_and_none_exceeds_that_between_the_ends(areas):
    measured = told(areas)
    widest = measured.highest_minus_lowest
    assert 0 <= measured.p90_minus_p10 <= widest
    assert (
        0 <= measured.mean_distance <= widest / 2 + 1e-9
    )  # reached when half of the people live at each end
    assert measured.p90_over_p10 >= 1


@settings(deadline=None, max_examples=60)
@given(towns, st.integers(1, 50))
def test_the_same_raise_everywhere_leaves_the_distances(areas, raised):
    before, after = told(areas), told([(value + raised, weight) for value, weight in areas])
    assert after.highest_minus_lowest == before.highest_minus_lowest
    assert after.p90_minus_p10 == before.p90_minus_p10
    assert after.mean_distance == pytest.approx(before.mean_distance, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(towns, st.sampled_from([2, 4, 8]))
def test_doubling_every_value_doubles_the_distances_and_leaves_the_ratio(areas, times):
    before, after = told(areas), told([(value * times, weight) for value, weight in areas])
    assert after.highest_minus_lowest == times * before.highest_minus_lowest
    assert after.mean_distance == pytest.approx(times * before.mean_distance)
    assert after.p90_over_p10 == before.p90_over_p10


@settings(deadline=None, max_examples=60)
@given(towns)
def test_dividing_an_area_in_two_alike_changes_no_distance(areas):
    (value, weight), *others = [(value, 2 * weight) for value, weight in areas]
    before, after = (
        told([(value, weight), *others]),
        told([(value, weight // 2), (value, weight // 2), *others]),
    )
    assert after.p90_minus_p10 == before.p90_minus_p10
    assert after.mean_distance == pytest.approx(before.mean_distance, abs=1e-9)
