"""What a change came from: the causes sum to it, and a cause that was alone gets all of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.segregation.change import decompose_change, shapley
from plats.analysis.segregation.evenness import gini
from plats.analysis.segregation.fitting import fitted
from plats.analysis.segregation.multigroup import (
    multigroup_dissimilarity,
    multigroup_entropy_index,
    multigroup_mutual_information,
)
from plats.analysis.tests.huddinge import table

laws = settings(deadline=None, max_examples=25)
MEASURES = [multigroup_mutual_information, multigroup_entropy_index, multigroup_dissimilarity]


@st.composite
def two_years(draw):
    areas, groups = draw(st.integers(2, 5)), draw(st.integers(2, 3))
    cells = st.lists(st.integers(1, 80), min_size=areas * groups, max_size=areas * groups)
    return tuple(np.array(draw(cells), dtype=float).reshape(areas, groups) for _ in range(2))


def without(table, area):
    table = table.copy()
    table[area] = 0
    return table


@laws
@given(two_years(), st.sampled_from(MEASURES))
def test_the_causes_sum_to_the_difference(years, measure):
    change = decompose_change(*years, measure)
    assert (change.before, change.after) == (measure(years[0]), measure(years[1]))
    assert sum(change.causes) == pytest.approx(change.after - change.before, abs=1e-12)


@laws
@given(two_years())
def test_the_other_way_round_every_cause_has_the_other_sign(years):
    there, back = decompose_change(*years), decompose_change(*reversed(years))
    assert (there.area_sizes, there.group_sizes, there.pattern) == pytest.approx(
        (-back.area_sizes, -back.group_sizes, -back.pattern), abs=1e-11
    )


@laws
@given(two_years())
def test_shares_of_everybody_give_the_same_as_persons(years):
    few = decompose_change(years[0] / 10_000, years[1] / 10_000)
    assert few.causes == pytest.approx(decompose_change(*years).causes, abs=1e-10)


@laws
@given(two_years())
def test_information_treats_areas_and_groups_alike(years):
    straight, turned = decompose_change(*years), decompose_change(years[0].T, years[1].T)
    assert (straight.area_sizes, straight.group_sizes, straight.pattern) == pytest.approx(
        (turned.group_sizes, turned.area_sizes, turned.pattern), abs=1e-10
    )


@laws
@given(two_years(), st.lists(st.integers(1, 9), min_size=5, max_size=5))
def test_scaled_areas_leave_nothing_for_the_pattern(years, times):
    first = years[0]
    change = decompose_change(first, first * np.array(times[: len(first)])[:, None])
    assert change.pattern == pytest.approx(0, abs=1e-10)


@laws
@given(two_years())
def test_another_pattern_with_the_same_sums_is_all_pattern(years):
    first, last = years
    change = decompose_change(first, fitted(last, first.sum(axis=1), first.sum(axis=0)))
    assert change.pattern == pytest.approx(change.after - change.before, abs=1e-10)
    assert (change.area_sizes, change.group_sizes) == pytest.approx((0, 0), abs=1e-10)


def test_areas_that_are_new_or_gone_get_what_they_brought():
    # nothing else changes: what the measure is with the area and without it
    town = np.array([[10.0, 30], [20, 10], [5, 40]])
    whole, part = multigroup_mutual_information(town), multigroup_mutual_information(town[:2])
    gone, new = decompose_change(town, without(town, 2)), decompose_change(without(town, 2), town)
    assert gone.causes == pytest.approx((part - whole, 0, 0, 0, 0), abs=1e-12)
    assert new.causes == pytest.approx((0, whole - part, 0, 0, 0), abs=1e-12)


def test_where_people_born_abroad_live_in_huddinge_2020_and_2023():
    years = {}
    for row in table("regso_2020_2023.csv"):
        years.setdefault(row["ar"], {})[row["regsokod"]] = (
            float(row["fodd_sverige"]),
            float(row["fodd_utland"]),
        )
    before, after = (
        np.array([years[year][area] for area in sorted(years["2023"])]) for year in ("2020", "2023")
    )
    assert after.shape == (22, 2)
    assert after.sum() == 113_920  # Statistics Sweden's population of 31 December 2023
    change = decompose_change(before, after)
    assert sum(change.causes) == pytest.approx(change.after - change.before, abs=1e-14)
    assert (change.areas_gone, change.areas_new) == (0, 0)


def test_a_measure_of_one_group_can_be_asked_for():
    before, after = [[10, 30], [20, 10]], [[10, 40], [30, 10]]
    change = decompose_change(before, after, lambda table: gini(table[:, 0], table.sum(axis=1)))
    assert change.before == pytest.approx(gini([10, 20], [40, 30]))
    assert sum(change.causes) == pytest.approx(change.after - change.before, abs=1e-12)


def test_the_glove_game():
    # A left glove and two right ones; a pair is worth 1. Of six orders the left completes a pair in four, since it
    # fails only when it is first; each right glove in one.
    def worth(have):
        return float("left" in have and len(have) > 1)

    shares = shapley(worth, ["left", "right", "other right"])
    assert shares == pytest.approx({"left": 2 / 3, "right": 1 / 6, "other right": 1 / 6})


def test_there_are_no_causes_when_the_measure_has_no_answer():
    change = decompose_change([[1, np.nan], [2, 2]], [[1, 1], [2, 3]])
    assert np.isnan(change.before)
    assert change.after == pytest.approx(multigroup_mutual_information([[1, 1], [2, 3]]))
    assert np.isnan(change.causes).all()


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="första har 2 områden och 2 grupper, den andra 2 och 3"):
        decompose_change([[1, 2], [3, 4]], [[1, 2, 3], [3, 4, 5]])
    with pytest.raises(ValueError, match="en gång"):
        shapley(lambda _: 0.0, ["a", "a"])


@laws
@given(two_years())
def test_a_fitted_table_has_the_sums_asked_for_and_the_odds_it_had(years):
    pattern, other = years
    table = fitted(pattern, other.sum(axis=1), other.sum(axis=0))
    assert table.sum(axis=1) == pytest.approx(other.sum(axis=1), rel=1e-9)
    assert table.sum(axis=0) == pytest.approx(other.sum(axis=0), rel=1e-9)

    def odds(some):
        return some[1:, 1:] * some[0, 0] / (some[1:, :1] * some[:1, 1:])

    assert odds(table) == pytest.approx(odds(pattern), rel=1e-8)


@pytest.mark.parametrize(
    ("pattern", "sizes", "composition", "words"),
    [
        ([[1, 1], [1, 1]], [1, 1, 1], [1, 2], "Mönstret har 2 områden"),
        ([[1, 1, 1]], [3], [1, 2], "Mönstret har 1 områden och 3 grupper"),
        ([[1, 1], [1, 1]], [1, 1], [1, 2], "^Summorna över områden och grupper ska vara lika"),
        # A millionth too many, and a hundred-millionth in shares of everybody.
        ([[1, 1], [1, 1]], [1e6, 1e6], [1e6, 1e6 + 2], "ska vara lika"),
        ([[1, 1], [1, 1]], [0.5, 0.5], [0.5, 0.5 + 5e-9], "ska vara lika"),
        ([[1, 1], [1, 1]], [-1, 3], [1, 1], "storlekar"),
        ([[1, 1], [1, 1]], [1, 1], [-1, 3], "grupper"),
        ([[1, np.nan], [1, 1]], [1, 1], [1, 1], "saknas"),
        ([[1, 0], [1, 0]], [1, 1], [1, 1], "Slå ihop"),
        ([[1, 0], [0, 1]], [3, 1], [1, 3], "Slå ihop"),
    ],
)
def test_sums_that_no_table_has_are_refused(pattern, sizes, composition, words):
    with pytest.raises(ValueError, match=words):
        fitted(pattern, sizes, composition)


def test_what_is_given_is_left_as_it_was():
    before, after = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 2.0], [3.0, 1.0]])
    before.flags.writeable = after.flags.writeable = False
    decompose_change(before, after)
