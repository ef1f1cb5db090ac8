"""Disclosure: what is hidden stays hidden, also for a reader who subtracts."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.disclosure import complementary, primary, recoverable


@st.composite
def municipalities(draw):
    """Areas with people, some hidden, in two groupings and the municipality as a whole."""
    areas = draw(st.integers(3, 14))
    flags = draw(st.lists(st.booleans(), min_size=areas, max_size=areas))
    nested = draw(st.lists(st.integers(-1, 3), min_size=areas, max_size=areas))
    crossing = draw(st.lists(st.integers(0, 3), min_size=areas, max_size=areas))
    size = draw(st.lists(st.integers(0, 3000), min_size=areas, max_size=areas))
    return np.array(flags), np.array([nested, crossing, [0] * areas]), np.array(size)


def solved_by_elimination(hidden, groupings):
    """Recoverable areas by elimination in exact fractions: a row with one unknown left gives it away."""
    unknown = np.flatnonzero(hidden).tolist()
    rows = [
        [Fraction(int(grouping[area] == whole)) for area in unknown]
        for grouping in groupings
        for whole in set(grouping.tolist()) - {-1}
    ]
    done = 0
    for column in range(len(unknown)):
        pivot = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for row in range(len(rows)):
            if row != done:
                rows[row] = [a - rows[row][column] * b for a, b in zip(rows[row], rows[done], strict=True)]
        done += 1
    return {unknown[row.index(1)] for row in rows if sum(value != 0 for value in row) == 1}


def test_scb_rule_at_its_limits():
    #          20 persons   21 of whom 5   21 of whom 6   unknown
    hidden = primary([20, 5, 6, math.nan], [20, 21, 21, 500], more_than=20, numerator_more_than=5)
    assert hidden.tolist() == [True, True, False, False]


def test_nearly_everybody_is_hidden_when_the_complement_counts():
    shown = primary([96], [100], more_than=20, numerator_more_than=5)
    hidden = primary([96], [100], more_than=20, numerator_more_than=5, complement=True)
    assert (shown.tolist(), hidden.tolist()) == ([False], [True])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 200).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_no_share_of_few_persons_is_shown(pair):
    hidden = primary([pair[0]], [pair[1]], more_than=20, numerator_more_than=5, complement=True)[0]
    assert hidden == (pair[1] <= 20 or pair[0] <= 5 or pair[1] - pair[0] <= 5)


def test_the_smallest_neighbour_in_the_same_whole_is_hidden_too():
    hidden = complementary([True, False, False, False, False], [0, 0, 0, 1, 1], [10, 300, 200, 50, 60])
    assert hidden.tolist() == [True, False, True, False, False]


def test_two_hidden_in_a_whole_need_no_third_and_none_needs_none():
    assert complementary([True, True, False], [0, 0, 0], [1, 2, 3]).tolist() == [True, True, False]
    assert complementary([False, False], [0, 0], [1, 2]).tolist() == [False, False]


def test_hiding_in_one_grouping_is_followed_into_the_other():
    # rows {a b} {c d}, columns {a c} {b d}: with a hidden, b (row) and c (column) follow, and then d
    hidden = complementary([True, False, False, False], [[0, 0, 1, 1], [0, 1, 0, 1]], [10, 20, 30, 40])
    assert hidden.tolist() == [True] * 4
    assert not recoverable(hidden, [[0, 0, 1, 1], [0, 1, 0, 1]]).any()


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_what_is_hidden_in_a_small_whole_serves_the_larger_one(order):
    # a is hidden; its neighbour b in the same RegSO protects it there and in the municipality, so that c
    # stays shown
    groupings = np.array([[0, 0, 1, 1], [0, 0, 0, 0]])[order]
    assert complementary([True, False, False, False], groupings, [5, 900, 10, 20]).tolist() == [
        True,
        True,
        False,
        False,
    ]


def test_three_pairs_that_no_single_subtraction_opens_but_three_equations_do():
    # a+b, b+c and a+c are known: a = ((a+b) + (a+c) - (b+c)) / 2
    triangle = [[0, 0, -1, -1], [-1, 0, 0, -1], [0, -1, 0, 0]]
    assert recoverable([True, True, True, False], triangle).tolist() == [True, True, True, False]
    protected = complementary([True, True, True, False], triangle, [1, 2, 3, 400])
    assert protected.tolist() == [True] * 4


def test_an_area_alone_in_a_whole_is_reported_since_its_total_must_be_hidden():
    hidden = complementary([True, False, False], [0, 1, 1], [10, 20, 30])
    assert hidden.tolist() == [True, False, False]
    assert recoverable(hidden, [0, 1, 1]).tolist() == [True, False, False]


def test_an_area_of_unknown_size_is_chosen_last():
    assert complementary([True, False, False], [0, 0, 0], [5, math.nan, 900]).tolist() == [True, False, True]


@settings(deadline=None, max_examples=120)
@given(municipalities())
def test_no_hidden_figure_is_a_total_minus_the_shown_ones_in_any_grouping(municipality):
    hidden, groupings, size = municipality
    after = complementary(hidden, groupings, size)
    for grouping in groupings:
        for whole in set(grouping.tolist()) - {-1}:
            members = grouping == whole
            assert (after & members).sum() != 1 or members.sum() == 1


@settings(deadline=None, max_examples=120)
@given(municipalities())
def test_what_several_totals_together_still_give_away_has_nothing_left_to_hide_beside_it(municipality):
    hidden, groupings, size = municipality
    after = complementary(hidden, groupings, size)
    open_areas = np.flatnonzero(recoverable(after, groupings))
    assert set(open_areas.tolist()) == solved_by_elimination(after, groupings)
    for area in open_areas:
        for grouping in groupings:
            assert grouping[area] < 0 or after[grouping == grouping[area]].all()


@settings(deadline=None, max_examples=60)
@given(municipalities())
def test_nothing_hidden_is_opened_and_doing_it_twice_changes_nothing(municipality):
    hidden, groupings, size = municipality
    after = complementary(hidden, groupings, size)
    assert after[hidden].all()
    assert np.array_equal(complementary(after, groupings, size), after)


@pytest.mark.parametrize(
    ("hidden", "parent", "size"),
    [([1, 0], [0, 0], [1, 2]), ([True], [0, 0], [1]), ([True, False], [0, 0], [1])],
)
def test_figures_that_do_not_fit_together_are_refused(hidden, parent, size):
    with pytest.raises(ValueError, match="område"):
        complementary(hidden, parent, size)
