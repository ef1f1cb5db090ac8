"""Ranks: certain where the figures are far apart, wide where they are close or few."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.ranks import middle_of_places, rank_intervals, ranks_of

shares = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 400)).map(lambda pair: (min(pair), max(pair))),
    min_size=1,
    max_size=15,
)


def test_the_highest_is_first_equals_share_and_missing_has_no_place():
    assert ranks_of([0.2, 0.5, math.nan, 0.5, 0.1]).tolist() == [3, 1, 0, 1, 4]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(-1e6, 1e6), max_size=20))
def test_a_rank_is_one_more_than_the_number_of_higher_values(values):
    assert ranks_of(values).tolist() == [1 + sum(other > value for other in values) for value in values]


def test_areas_far_apart_have_certain_places():
    low, high = rank_intervals([100, 900, 500], [1000, 1000, 1000], seed=1)
    assert low.tolist() == high.tolist() == [3, 1, 2]


def test_two_areas_with_nearly_the_same_share_can_change_places():
    low, high = rank_intervals([900, 501, 500, 100], [1000] * 4, seed=1)
    assert low.tolist() == [1, 2, 2, 4]
    assert high.tolist() == [1, 3, 3, 4]


def test_the_chance_that_one_area_is_above_another_decides_the_place():
    # 1 of 1 is Beta(3/2, 1/2), 0 of 1 is Beta(1/2, 3/2). P(first > second) = 1/2 + 4/pi^2 = 0.905 (worked by
    # the integral of F(x) f(x) with x = sin^2): the lower area is first in 9.5 percent of the draws. The
    # middle 80 percent (10 percent cut on each side) therefore leaves both certain, and the middle 82 (9
    # percent cut) leaves both open.
    certain = rank_intervals([1, 0], [1, 1], draws=200_000, level=0.80, seed=3)
    both = rank_intervals([1, 0], [1, 1], draws=200_000, level=0.82, seed=3)
    assert [array.tolist() for array in certain] == [[1, 2], [1, 2]]
    assert [array.tolist() for array in both] == [[1, 1], [2, 2]]


def test_an_area_with_few_people_has_a_wide_interval():
    low, high = rank_intervals([4, 200, 300, 400, 500], [10] + [1000] * 4, seed=1)
    assert (low[0], high[0]) == (1, 5)


def test_areas_with_the_same_counts_get_the_same_interval():
    low, high = rank_intervals([7] * 9 + [3], [20] * 9 + [25], draws=200, seed=5)
    assert len(set(zip(low[:9].tolist(), high[:9].tolist(), strict=True))) == 1


def test_the_interval_of_areas_made_alike_is_the_widest_of_theirs():
    places = np.array([[1, 1, 1, 1], [2, 2, 3, 3], [3, 3, 2, 2]])
    alike = np.array([[5.0], [5.0], [1.0]])
    low, high = middle_of_places(places, alike, level=0.9)
    assert (low.tolist(), high.tolist()) == ([1, 1, 2], [3, 3, 3])


def test_missing_areas_and_areas_without_people_are_not_ranked():
    low, high = rank_intervals([math.nan, 10, 0, 90], [100, 100, 0, 100], seed=1)
    assert low.tolist() == high.tolist() == [0, 2, 0, 1]


def test_no_areas_at_all():
    assert [array.tolist() for array in rank_intervals([], [], seed=1)] == [[], []]


def test_the_same_seed_gives_the_same_intervals():
    counts = np.arange(1, 30) * 10, np.full(29, 400)
    first, again = rank_intervals(*counts, seed=7), rank_intervals(*counts, seed=7)
    assert np.array_equal(first, again)


@settings(deadline=None, max_examples=40)
@given(shares)
def test_places_lie_between_one_and_the_number_of_areas(pairs):
    low, high = rank_intervals(*np.array(pairs).T, draws=200, seed=2)
    assert (low >= 1).all()
    assert (low <= high).all()
    assert (high <= len(pairs)).all()


@settings(deadline=None, max_examples=40)
@given(shares)
def test_a_wider_level_holds_the_narrower(pairs):
    counts = np.array(pairs).T
    narrow = rank_intervals(*counts, draws=200, level=0.5, seed=2)
    wide = rank_intervals(*counts, draws=200, level=0.95, seed=2)
    assert (wide[0] <= narrow[0]).all()
    assert (narrow[1] <= wide[1]).all()


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"level": 90}])
def test_settings_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match="ska"):
        rank_intervals([1], [2], seed=1, **wrong)
