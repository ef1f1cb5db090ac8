"""Two tables compared: exact on areas few enough to deal in every way, and what holds for all."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from plats.analysis.segregation.inference.bootstrap import bootstrap_interval
from plats.analysis.segregation.inference.comparison import difference_interval, relabelled_test
from plats.analysis.segregation.multigroup import multigroup_dissimilarity

FIRST = np.array([[30, 10], [10, 30], [20, 20]])
SECOND = np.array([[22, 18], [18, 22], [25, 15]])
APART, EVEN = np.array([[900, 100], [100, 900]]), np.array([[550, 450], [450, 550]])


def d(rows):
    return multigroup_dissimilarity(np.array(rows))


def test_areas_dealt_out_in_every_way():
    # 20 ways to give three of the six areas to the first place; as many differ as much as the exact p says
    areas = [*FIRST, *SECOND]
    value, ways = d(FIRST) - d(SECOND), []
    for mine in combinations(range(6), 3):
        theirs = [areas[k] for k in range(6) if k not in mine]
        ways.append(abs(d([areas[k] for k in mine]) - d(theirs)) >= abs(value) - 1e-12)
    found = relabelled_test(FIRST, SECOND, draws=8000)
    assert found.value == pytest.approx(value)
    assert found.p_value == pytest.approx(np.mean(ways), abs=4 * 0.5 / 8000**0.5)


def test_pairs_turned_in_every_way():
    ways = []
    for turned in product([False, True], repeat=3):
        one = [b if t else a for a, b, t in zip(FIRST, SECOND, turned, strict=True)]
        other = [a if t else b for a, b, t in zip(FIRST, SECOND, turned, strict=True)]
        ways.append(abs(d(one) - d(other)) >= abs(d(FIRST) - d(SECOND)) - 1e-12)
    found = relabelled_test(FIRST, SECOND, paired=True, draws=8000)
    assert found.p_value == pytest.approx(np.mean(ways), abs=4 * 0.5 / 8000**0.5)


def test_the_difference_is_that_of_the_two_intervals():
    found = difference_interval(APART, EVEN, draws=400)
    one, other = (bootstrap_interval(table, draws=400) for table in (APART, EVEN))
    assert (found.first, found.second) == (one.value, other.value)
    assert found.value == pytest.approx(one.value - other.value)
    assert found.corrected == pytest.approx(one.corrected - other.corrected, abs=0.005)
    # independent, so the variances add
    width = np.hypot(one.high - one.low, other.high - other.low)
    assert found.high - found.low == pytest.approx(width, rel=0.15)
    assert 0 < found.p_value < 1e-100


def test_the_chance_is_what_an_interval_that_just_reaches_nothing_leaves_outside():
    near = [[one + 40, other - 40] for one, other in EVEN]
    found = difference_interval(EVEN, [*near[:1], *EVEN[1:]], draws=400)
    assert 1e-6 < found.p_value < 1
    touching = difference_interval(EVEN, [*near[:1], *EVEN[1:]], draws=400, level=1 - found.p_value)
    assert min(abs(touching.low), abs(touching.high)) == pytest.approx(0, abs=1e-12)


def test_a_place_does_not_differ_from_itself():
    found = difference_interval(EVEN, EVEN, draws=400)
    assert found.low < 0 < found.high
    assert found.p_value > 0.5
    assert relabelled_test(EVEN, EVEN, draws=50).p_value == 1


def test_the_other_way_round_is_the_opposite():
    one, other = difference_interval(FIRST, SECOND, draws=600), difference_interval(SECOND, FIRST, draws=600)
    assert one.value == pytest.approx(-other.value)
    assert one.low == pytest.approx(-other.high, abs=0.04)
    assert relabelled_test(SECOND, FIRST, draws=50).value == pytest.approx(-one.value)


def test_the_test_says_what_the_interval_says():
    for size in (9, 30, 90, 300):
        mine, theirs = np.array([[6, 4], [4, 6]]) * size, np.array([[57, 43], [43, 57]]) * size // 10
        found = difference_interval(mine, theirs, draws=2000)
        limit = abs(found.corrected) / ((found.high - found.low) / 2)
        if abs(limit - 1) > 0.1:  # what the draws cannot tell apart
            assert (limit > 1) == (found.p_value < 0.05)


def test_areas_of_one_group_each_differ_surely_or_not_at_all():
    alone = [[40, 0], [0, 70]]
    assert difference_interval(alone, [[40, 0], [30, 0], [0, 9]], draws=50).p_value == 1
    assert difference_interval(alone, alone, draws=50).corrected == 0


def test_without_an_answer_there_is_no_difference():
    nobody = [[5, 0], [5, 0]]
    found = difference_interval(APART, nobody, draws=5)
    assert np.isnan([found.second, found.value, found.low, found.high, found.p_value]).all()
    assert found.first == d(APART)
    assert np.isnan([relabelled_test(APART, nobody, draws=5).p_value]).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: difference_interval(APART, [[1, 2, 3], [3, 4, 5]]), "samma grupper"),
        (lambda: difference_interval(APART, EVEN, draws=1), "minst 2"),
        (lambda: difference_interval(APART, EVEN, level=0), "mellan 0 och 1"),
        (lambda: relabelled_test(APART, EVEN, draws=1), "minst 2"),
        (lambda: relabelled_test(APART, FIRST, paired=True), "Samma områden"),
        (lambda: relabelled_test(APART, EVEN, "okänt"), "finns inte"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_what_is_given_is_left_as_it_was():
    one, other = APART.astype(float), EVEN.astype(float)
    one.flags.writeable = other.flags.writeable = False
    difference_interval(one, other, draws=5)
    relabelled_test(one, other, draws=5)
