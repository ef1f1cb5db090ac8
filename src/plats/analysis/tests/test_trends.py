"""Trends: a direction is said only where figures can be compared."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.trends import Direction, NoTrend, change, trend, why_no_trend

series = st.lists(
    st.tuples(st.integers(1990, 2030), st.none() | st.integers(-100, 100)),
    max_size=12,
    unique_by=lambda p: p[0],
).map(sorted)
years = st.lists(st.integers(1985, 2035), max_size=3)


def split(points):
    return [year for year, _ in points], [None if value is None else float(value) for _, value in points]


def test_a_change_in_percentage_points_and_in_parts_of_the_first():
    told = change(0.25, 0.75)
    assert (told.difference, told.relative, told.direction) == (0.5, 2.0, Direction.UP)


def test_a_change_from_zero_has_no_relative_size_and_one_from_a_debt_keeps_its_sign():
    assert math.isnan(change(0, 5).relative)
    assert change(-10, -5).relative == 0.5


def test_equal_figures_are_unchanged():
    assert change(3, 3).direction is Direction.UNCHANGED


@pytest.mark.parametrize(("first", "last"), [(math.nan, 1), (1, math.nan), (math.inf, 1)])
def test_nothing_is_said_about_a_change_that_cannot_be_seen(first, last):
    with pytest.raises(ValueError, match="två kända tal"):
        change(first, last)


def test_points_before_a_break_are_not_compared():
    told = trend([2019, 2020, 2021, 2022], [0.9, 0.8, 0.5, 0.6], breaks=[2021])
    assert (told.first_year, told.last_year, told.direction) == (2021, 2022, Direction.UP)


def test_the_last_of_several_breaks_counts_and_one_still_to_come_does_not():
    told = trend([2018, 2020, 2021, 2022], [1, 2, 3, 1], breaks=[2019, 2021, 2025])
    assert told.points == ((2021, 3.0), (2022, 1.0))


def test_hidden_and_missing_years_are_skipped_never_filled():
    told = trend([2020, 2021, 2022, 2023], [0.5, None, math.nan, 0.4], breaks=[])
    assert told.points == ((2020, 0.5), (2023, 0.4))


@pytest.mark.parametrize(
    ("values", "breaks", "reason"),
    [
        ([None, math.nan, None], [], NoTrend.NO_POINTS),
        ([None, 0.5, None], [], NoTrend.ONE_POINT),
        ([0.4, 0.5, 0.6], [2022], NoTrend.BREAK),
        ([0.4, 0.5, 0.6], [2021], None),
        ([0.4, 0.5, None], [2022], None),
    ],
)
def test_the_reason_that_no_direction_is_said(values, breaks, reason):
    assert why_no_trend([2020, 2021, 2022], values, breaks) is reason
    assert (trend([2020, 2021, 2022], values, breaks) is None) == (reason is not None)


def test_a_trend_is_steady_when_no_step_goes_against_it():
    assert trend([2020, 2021, 2022], [1, 1, 2], []).is_steady
    assert not trend([2020, 2021, 2022], [1, 3, 2], []).is_steady
    assert not trend([2020, 2021, 2022], [1, 3, 1], []).is_steady
    assert trend([2020, 2021], [1, 1], []).is_steady


@pytest.mark.parametrize("wrong", [[2021, 2020], [2020, 2020]])
def test_years_out_of_order_are_refused(wrong):
    with pytest.raises(ValueError, match="i ordning"):
        trend(wrong, [1, 2], [])


def test_a_year_without_a_place_for_its_value_is_refused():
    with pytest.raises(ValueError, match="Varje år"):
        trend([2020, 2021], [1], [])


@settings(deadline=None, max_examples=80)
@given(series, years)
def test_either_a_trend_or_a_reason_never_both_and_never_neither(points, breaks):
    told, reason = trend(*split(points), breaks), why_no_trend(*split(points), breaks)
    assert (told is None) != (reason is None)


@settings(deadline=None, max_examples=80)
@given(series, years)
def test_all_points_are_figures_of_the_source_on_one_side_of_every_break(points, breaks):
    told = trend(*split(points), breaks)
    if told is not None:
        assert set(told.points) <= {(year, value) for year, value in points if value is not None}
        assert not any(told.first_year < year <= told.last_year for year in breaks)
