"""Pace: exact fractions worked by hand, and what holds for any figures."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plats.analysis.outlook.pace import pace

FIGURE = st.floats(-1e6, 1e6)


def way(baseline=60.0, now=66.0, target=80.0, years=(2020, 2023, 2030)):
    start, latest, end = years
    return pace(
        baseline=baseline, baseline_year=start, now=now, now_year=latest, target=target, target_year=end
    )


def test_a_way_worked_by_hand():
    # Eligible for upper secondary: 57.1 % in 2025, to be 80 % in 2030 from 50 % in 2020.
    found = way(50.0, 57.1, 80.0, (2020, 2025, 2030))
    assert found.distance == pytest.approx(float(Fraction(800 - 571, 10)))
    assert found.needed == pytest.approx(float(Fraction(229, 50)))
    assert found.so_far == pytest.approx(float(Fraction(71, 50)))
    assert found.share_of_way == pytest.approx(float(Fraction(71, 300)))
    assert (found.years_left, found.reached) == (5, False)


@pytest.mark.parametrize(
    ("baseline", "now", "target", "reached"),
    [(60, 80, 80, True), (60, 81, 80, True), (60, 79.9, 80, False), (20, 10, 10, True), (20, 9, 10, True)],
)
def test_a_target_is_reached_at_it_and_beyond_it(baseline, now, target, reached):
    found = way(baseline, now, target)
    assert found.reached is reached
    assert not reached or found.needed == 0


def test_going_the_wrong_way_takes_more_than_from_the_start():
    assert way(60, 55, 80).share_of_way < 0
    assert way(60, 55, 80).needed > way(60, 60, 80).needed


def test_no_year_left_has_no_pace():
    assert math.isnan(way(years=(2020, 2030, 2030)).needed)
    assert way(years=(2020, 2031, 2030)).years_left == 0


def test_the_baselines_own_year_says_no_pace_so_far():
    assert math.isnan(way(now=60.0, years=(2020, 2020, 2030)).so_far)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"target": 60.0}, "Målvärdet är utgångsläget"),
        ({"now": math.nan}, "ska vara tal"),
        ({"years": (2020, 2019, 2030)}, "Utgångsåret"),
        ({"years": (2020, 2020, 2020)}, "Utgångsåret"),
    ],
)
def test_what_is_no_way_is_refused_with_a_reason(values, said):
    with pytest.raises(ValueError, match=said):
        way(**values)


@given(FIGURE, FIGURE, FIGURE, FIGURE)
def test_a_shift_changes_no_pace(baseline, now, target, shift):
    assume(abs(target - baseline) > 1e-3)
    plain, moved = way(baseline, now, target), way(baseline + shift, now + shift, target + shift)
    assume(abs(plain.distance) > 1e-6 * (1 + abs(shift)))
    assert moved.needed == pytest.approx(plain.needed, rel=1e-6, abs=1e-6)
    assert moved.so_far == pytest.approx(plain.so_far, rel=1e-6, abs=1e-6)


@given(FIGURE, FIGURE, FIGURE)
def test_going_at_the_needed_pace_reaches_the_target_exactly(baseline, now, target):
    assume(target != baseline)
    found = way(baseline, now, target)
    assume(not found.reached)
    assert now + found.needed * found.years_left == pytest.approx(target, rel=1e-9, abs=1e-6)
