"""Similar places: nearest in the chosen figures, and open about what was left out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.similarity import similar

tables = (
    st.integers(1, 4)
    .flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 20), min_size=columns, max_size=columns), min_size=2, max_size=10
        )
    )
    .map(lambda rows: np.array(rows, dtype=float))
)


def test_four_areas_worked_by_hand():
    # one figure 0 2 4 6: mean 3, variance (9 + 1 + 1 + 9) / 4 = 5; distances from the second are 2, 2 and 4
    # over sqrt(5)
    told = similar([[0.0], [2.0], [4.0], [6.0]], index=1, weights=[1])
    assert told.order.tolist() == [0, 2, 3]  # equal distances keep the areas' own order
    assert told.distances == pytest.approx(np.array([2, 0, 2, 4]) / math.sqrt(5))


def test_weights_decide_what_likeness_means():
    figures = [[0.0, 0.0], [0.0, 9.0], [9.0, 0.0]]
    assert similar(figures, 0, [9, 1]).order.tolist() == [1, 2]
    assert similar(figures, 0, [1, 9]).order.tolist() == [2, 1]
    assert similar(figures, 0, [1, 0]).columns.tolist() == [1, 1, 1]


def test_a_figure_that_either_area_lacks_is_left_out_and_counted():
    figures = [[0, 0, math.nan], [0, 1, 5], [0, math.nan, 5], [math.nan, math.nan, 5]]
    told = similar(figures, 0, [1, 1, 1])
    assert told.columns.tolist() == [2, 2, 1, 0]
    assert math.isnan(told.distances[3])
    assert told.order.tolist() == [1]  # the third shares one figure of three: less than half of the weight


def test_fewer_figures_do_not_make_areas_more_alike():
    # Both differ by one step in every figure they have; the one with a figure less is not closer for that.
    figures = [[0, 0], [1, 1], [1, math.nan], [0, 0]]
    told = similar(np.array(figures, dtype=float), 0, [1, 1])
    spread = [math.sqrt(1 / 4), math.sqrt(2 / 9)]  # 0 1 1 0 and 0 1 0
    assert told.distances[2] == pytest.approx(1 / spread[0])
    assert told.distances[1] == pytest.approx(math.sqrt((1 / spread[0] ** 2 + 1 / spread[1] ** 2) / 2))


def test_a_figure_that_is_the_same_everywhere_changes_nothing_but_the_count():
    told = similar([[0.1, 1.0], [0.1, 2.0], [0.1, 4.0]], 0, [0.0001, 1])
    alone = similar([[1.0], [2.0], [4.0]], 0, [1])
    assert told.order.tolist() == alone.order.tolist()
    assert told.distances == pytest.approx(alone.distances, rel=1e-3)


@settings(deadline=None, max_examples=60)
@given(tables, st.data())
def test_likeness_is_mutual_and_nobody_is_like_itself_in_the_list(table, data):
    a, b = data.draw(st.integers(0, len(table) - 1)), data.draw(st.integers(0, len(table) - 1))
    weights = [1] * table.shape[1]
    assert similar(table, a, weights).distances[b] == pytest.approx(similar(table, b, weights).distances[a])
    told = similar(table, a, weights)
    assert told.distances[a] == 0
    assert sorted(told.order.tolist()) == [area for area in range(len(table)) if area != a]
    assert (np.diff(told.distances[told.order]) >= -1e-12).all()


@settings(deadline=None, max_examples=60)
@given(tables, st.integers(2, 9), st.integers(-9, 9))
def test_other_units_change_no_distance(table, times, plus):
    weights = [1] * table.shape[1]
    other = similar(table * times + plus, 0, weights).distances
    assert other == pytest.approx(similar(table, 0, weights).distances, abs=1e-9)


@pytest.mark.parametrize("index", [-1, 2])
def test_an_area_that_does_not_exist_is_refused(index):
    with pytest.raises(ValueError, match="finns inte"):
        similar([[1.0], [2.0]], index, [1])
