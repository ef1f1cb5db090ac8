"""Dissimilarity: a value worked by hand, the published population of Huddinge, and the laws it obeys."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plats.analysis.segregation.dissimilarity import dissimilarity, dissimilarity_between
from plats.analysis.segregation.inequality import inequality_index
from plats.analysis.tests.huddinge import table

towns = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), min_size=2, max_size=12).filter(
    lambda areas: (
        sum(group for group, _ in areas) > 0
        and sum(rest for _, rest in areas) > 0
        and sum(map(any, areas)) > 1
    )
)


def index_of(areas):
    group = [g for g, _ in areas]
    return dissimilarity(group, [g + r for g, r in areas])


def test_three_areas_worked_by_hand():
    # group 10 20 30 (G = 60), rest 40 20 80 (R = 140)
    # |10/60 - 40/140| = 5/42, |20/60 - 20/140| = 8/42, |30/60 - 80/140| = 3/42; half of 16/42 is 4/21
    steps = [abs(Fraction(g, 60) - Fraction(r, 140)) for g, r in [(10, 40), (20, 20), (30, 80)]]
    assert steps == [Fraction(5, 42), Fraction(8, 42), Fraction(3, 42)]
    assert sum(steps) / 2 == Fraction(4, 21)
    assert dissimilarity([10, 20, 30], [50, 40, 110]) == pytest.approx(4 / 21, abs=1e-15)


def test_foreign_background_in_huddinge_2022_over_the_60_deso():
    rows = table("deso2018_2022.csv")
    group = [float(row["utlandsk_bakgrund"]) for row in rows]
    total = [float(row["bakgrund_totalt"]) for row in rows]
    assert len(rows) == 60
    assert dissimilarity(group, total) == pytest.approx(0.412710, abs=5e-7)


def test_income_fifths_in_opposite_order_give_forty_percent():
    # |1/10 - 4/10| + |2/10 - 3/10| + |3/10 - 2/10| + |4/10 - 1/10| = 8/10; times 50 is 40
    assert inequality_index([10, 20, 30, 40], [40, 30, 20, 10]) == pytest.approx(40, abs=1e-12)


def test_same_share_everywhere_is_zero_and_never_the_same_area_is_one():
    assert dissimilarity([1, 2, 3], [10, 20, 30]) == pytest.approx(0, abs=1e-15)
    assert dissimilarity([5, 0, 7], [5, 9, 7]) == 1


def test_an_area_without_people_changes_nothing():
    assert dissimilarity([10, 20, 0, 30], [50, 40, 0, 110]) == dissimilarity([10, 20, 30], [50, 40, 110])


@pytest.mark.parametrize(
    ("group", "total"),
    [
        ([0, 0], [5, 5]),
        ([5, 5], [5, 5]),
        ([0], [0]),
        ([2], [5]),
        ([2, 0], [5, 0]),
        ([], []),
        ([1, math.nan], [5, 5]),
        ([1, 1], [5, math.nan]),
    ],
)
def test_there_is_no_answer_when_a_group_is_empty_a_figure_missing_or_all_in_one_area(group, total):
    assert math.isnan(dissimilarity(group, total))


@pytest.mark.parametrize(
    ("group", "total", "words"),
    [
        ([-1, 2], [5, 5], "negativ"),
        ([6, 2], [5, 5], "större än"),
        ([1, 2], [5], "samma ordning"),
        ([[1, 2]], [[5, 5]], "dimensioner"),
        ([math.inf], [5], "oändlig"),
    ],
)
def test_figures_that_cannot_be_are_refused_with_a_sentence(group, total, words):
    with pytest.raises(ValueError, match=words):
        dissimilarity(group, total)


@settings(deadline=None, max_examples=35)
@given(towns)
def test_it_lies_between_zero_and_one(areas):
    assert 0 <= index_of(areas) <= 1


@settings(deadline=None, max_examples=35)
@given(towns)
def test_it_is_the_same_for_the_rest_as_for_the_group(areas):
    assert index_of([(r, g) for g, r in areas]) == pytest.approx(index_of(areas), abs=1e-12)


@settings(deadline=None, max_examples=35)
@given(towns, st.integers(2, 9))
def test_more_people_in_the_same_proportions_change_nothing(areas, times):
    assert index_of([(g * times, r * times) for g, r in areas]) == pytest.approx(index_of(areas), abs=1e-12)


@settings(deadline=None, max_examples=35)
@given(towns, st.integers(2, 9))
def test_a_larger_group_spread_as_before_changes_nothing(areas, times):
    assert index_of([(g * times, r) for g, r in areas]) == pytest.approx(index_of(areas), abs=1e-12)


@settings(deadline=None, max_examples=35)
@given(towns, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(areas, random):
    shuffled = random.sample(areas, len(areas))
    assert index_of(shuffled) == pytest.approx(index_of(areas), abs=1e-12)


@settings(deadline=None, max_examples=35)
@given(towns)
def test_merging_two_areas_never_raises_it(areas):
    merged = [(areas[0][0] + areas[1][0], areas[0][1] + areas[1][1]), *areas[2:]]
    assume(sum(map(any, merged)) > 1)  # one area is compared with nothing
    assert index_of(merged) <= index_of(areas) + 1e-12


@settings(deadline=None, max_examples=35)
@given(towns)
def test_splitting_an_area_in_two_alike_halves_changes_nothing(areas):
    first, *others = [(2 * g, 2 * r) for g, r in areas]
    half = (first[0] // 2, first[1] // 2)
    assert index_of([half, half, *others]) == pytest.approx(index_of(areas), abs=1e-12)


@settings(deadline=None, max_examples=35)
@given(towns)
def test_moving_one_person_to_where_the_group_is_a_smaller_part_never_raises_it(areas):
    # The transfer principle. Compared as g/G against r/R, so the order of two areas is that of g/r.
    low, high = sorted(areas[:2], key=lambda area: math.atan2(area[0], area[1]))
    move = Fraction(1, 2)
    after = (low[0] + move, low[1]), (high[0] - move, high[1])
    if (
        high[0] < 1
        or high[1] == 0
        or low[1] == 0
        or Fraction(after[0][0]) / low[1] > Fraction(after[1][0]) / high[1]
    ):
        return
    moved = [(float(g), float(r)) for g, r in (*after, *areas[2:])]
    assert index_of(moved) <= index_of([low, high, *areas[2:]]) + 1e-12


@settings(deadline=None, max_examples=35)
@given(towns)
def test_swapping_the_two_groups_changes_nothing(areas):
    first, second = np.array(areas).T
    assert dissimilarity_between(first, second) == dissimilarity_between(second, first)
