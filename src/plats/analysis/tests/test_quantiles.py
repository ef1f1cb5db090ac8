"""Percentiles of areas and quantiles of people."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.quantiles import percentile_of, percentile_table, weighted_quantile

people = st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 100)), min_size=1, max_size=15).filter(
    lambda areas: sum(weight for _, weight in areas) > 0
)


def test_eleven_areas_a_tenth_apart():
    table = percentile_table(range(11))
    assert table[[0, 10, 50, 100]].tolist() == [0, 1, 5, 10]
    assert table[25] == 2.5  # halfway between the third and the fourth of eleven


def test_missing_areas_are_left_out_and_no_areas_give_no_table():
    assert percentile_table([math.nan, 1, 3, math.nan], [0, 50, 100]).tolist() == [1, 2, 3]
    assert np.isnan(percentile_table([math.nan])).all()


@pytest.mark.parametrize(
    ("value", "percent"), [(-5, 0), (0, 0), (40, 40), (40.7, 40), (100, 100), (999, 100)]
)
def test_a_value_is_placed_among_percents(value, percent):
    assert percentile_of(value, range(101)) == percent


def test_a_value_that_many_areas_share_gets_the_middle_of_them():
    table = [0.0] * 31 + list(range(1, 71))  # three areas of ten have 0
    assert percentile_of(0.0, table) == 15
    assert percentile_of(7.0, [7.0] * 101) == 50


def test_what_has_no_place_is_refused():
    with pytest.raises(ValueError, match="saknas"):
        percentile_of(math.nan, range(101))
    with pytest.raises(ValueError, match="101"):
        percentile_of(1.0, [1.0, 2.0])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=30))
def test_a_higher_value_never_gets_a_lower_percentile(values):
    table = percentile_table(values)
    placed = [percentile_of(value, table) for value in sorted(values)]
    assert placed == sorted(placed)
    assert placed[0] >= 0
    assert placed[-1] <= 100


def test_half_of_the_people_live_at_or_below_the_weighted_median():
    # 100 people at 10, 100 at 20, 800 at 30: half of 1,000 is reached at 30; a fifth is reached exactly at 20
    assert weighted_quantile([30, 10, 20], [800, 100, 100], 0.5) == 30
    assert weighted_quantile([30, 10, 20], [800, 100, 100], 0.2) == 20
    assert weighted_quantile([30, 10, 20], [800, 100, 100], 0.2001) == 30


def test_a_share_that_is_no_round_binary_number_still_stops_at_the_right_area():
    assert weighted_quantile(range(100), [1] * 100, 0.07) == 6  # the seventh of a hundred


@pytest.mark.parametrize(
    ("values", "weights"), [([math.nan, 1], [1, 1]), ([1, 1], [math.nan, 1]), ([1], [0]), ([], [])]
)
def test_an_unknown_value_or_no_people_gives_no_quantile(values, weights):
    assert math.isnan(weighted_quantile(values, weights, 0.5))


@settings(deadline=None, max_examples=80)
@given(people, st.integers(0, 100))
def test_it_is_the_least_value_that_enough_people_live_at_or_below(areas, percent):
    values, weights = zip(*areas, strict=True)
    chosen = weighted_quantile(values, weights, percent / 100)
    reached = sum(weight for value, weight in areas if value <= chosen)
    before = sum(weight for value, weight in areas if value < chosen)
    assert 100 * reached >= percent * sum(weights)
    assert before == 0 or 100 * before < percent * sum(weights)


@pytest.mark.parametrize("q", [-0.1, 1.1, 50])
def test_a_quantile_outside_zero_to_one_is_refused(q):
    with pytest.raises(ValueError, match="andel mellan 0 och 1"):
        weighted_quantile([1], [1], q)
