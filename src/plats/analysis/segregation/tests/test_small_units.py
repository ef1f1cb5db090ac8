"""What chance adds to the measures, and the measures without it: exact on three areas, and laws.

The town is 1 of 2, 2 of 2 and 0 of 1: T = 5, G = 3. Over the ten ways to place the three, each with 1/10, D is
2/3 in four, 1 in two and 1/3 in four (worked in inference/tests/test_exact_laws.py).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from math import factorial, log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plats.analysis.segregation import corrected, small_units
from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.evenness import gini
from plats.analysis.segregation.multigroup import multigroup_entropy_index, multigroup_mutual_information
from plats.analysis.segregation.tests.towns import has_an_answer, towns

GROUP, TOTAL = [1, 2, 0], [2, 2, 1]
TABLE = [[1, 1], [2, 0], [0, 1]]
THREE = [[2, 1, 0], [1, 0, 1], [0, 1, 1]]
ALL = [
    small_units.expected_dissimilarity,
    small_units.modified_dissimilarity,
    small_units.modified_gini,
    small_units.bias_corrected_dissimilarity,
    small_units.density_corrected_dissimilarity,
]
TABLES = [
    corrected.miller_madow_mutual_information,
    corrected.jackknife_mutual_information,
    corrected.jackknife_entropy_index,
    corrected.expected_mutual_information,
]

laws = settings(deadline=None, max_examples=30)


def near(value):
    return pytest.approx(float(value), abs=1e-12)


def placed(sizes, members):
    """(group, total) of every way to place so many people in the homes, each as likely."""
    homes = [area for area, size in enumerate(sizes) for _ in range(size)]
    for taken in combinations(homes, members):
        yield [taken.count(area) for area in range(len(sizes))]


def test_expected_dissimilarity():
    # 4/10 * 2/3 + 2/10 * 1 + 4/10 * 1/3
    assert small_units.expected_dissimilarity(GROUP, TOTAL) == near(Fraction(3, 5))


def test_modified_dissimilarity():
    # (2/3 - 3/5) / (1 - 3/5); and a town with D = 1/3 is (1/3 - 3/5) / (3/5)
    assert small_units.modified_dissimilarity(GROUP, TOTAL) == near(Fraction(1, 6))
    assert small_units.modified_dissimilarity([1, 1, 1], TOTAL) == near(Fraction(-4, 9))


def test_modified_gini():
    # Gini of each way from its pairs of areas; their mean E, and (G - E) / (1 - E)
    each = [gini(group, TOTAL) for group in placed(TOTAL, 3)]
    expected = sum(each) / 10
    found = small_units.modified_gini(GROUP, TOTAL, draws=20_000)
    # a deviation of 0.3 over 20,000 draws moves E by 0.002
    assert found == pytest.approx((gini(GROUP, TOTAL) - expected) / (1 - expected), abs=0.03)


def test_bias_corrected_dissimilarity():
    # The three live 1/3 and 2/3 in the first two areas: k in the first by Bin(3, 1/3). The two live 1/2 in the first
    # and 1/2 in the third: m in the first by Bin(2, 1/2). D* = (|k/3 - m/2| + (3 - k)/3 + (2 - m)/2) / 2, but for
    # everybody in the first, 1/27 * 1/4, where there is no answer (and the formula gives 0).
    mean = Fraction(0)
    for k, ways in enumerate([8, 12, 6, 1]):
        for m, pairs in enumerate([1, 2, 1]):
            apart = abs(Fraction(k, 3) - Fraction(m, 2)) + Fraction(3 - k, 3) + Fraction(2 - m, 2)
            mean += Fraction(ways, 27) * Fraction(pairs, 4) * apart / 2
    mean /= 1 - Fraction(1, 108)
    found = small_units.bias_corrected_dissimilarity(GROUP, TOTAL, draws=20_000)
    assert found == pytest.approx(float(2 * Fraction(2, 3) - mean), abs=4 * 0.3 / 20_000**0.5)


def test_density_corrected_dissimilarity():
    # 20 and 10 of 100: the first has 2/3 and 1/3, the rest 8/17 and 9/17: apart 10/51 in both areas. The variance is
    # 2/9 / 30 + 72/289 / 170. n(theta) solves x = theta tanh(theta x), which is tried here by halving.
    deviation = (Fraction(2, 9) / 30 + Fraction(72, 289) / 170) ** 0.5
    theta = float(Fraction(10, 51)) / float(deviation)
    low, high = 0.5, theta
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if theta * np.tanh(theta * middle) > middle else (low, middle)
    found = small_units.density_corrected_dissimilarity([20, 10], [100, 100])
    assert found == pytest.approx(float(deviation) * low, abs=1e-12)
    assert found < dissimilarity([20, 10], [100, 100])


def test_miller_madow():
    # 4 cells: 4 - 3 - 2 + 1 = 0 for the town; 6 - 3 - 3 + 1 = 1 of 2 * 7 for three groups
    assert corrected.miller_madow_mutual_information(TABLE) == near(multigroup_mutual_information(TABLE))
    assert corrected.miller_madow_mutual_information(THREE) == near(
        multigroup_mutual_information(THREE) - Fraction(1, 2 * 7)
    )


@pytest.mark.parametrize("table", [TABLE, THREE, [[3, 1], [2, 5], [4, 4]]])
def test_jackknife_is_what_leaving_each_person_out_gives(table):
    counts = np.array(table, dtype=float)
    people, without = counts.sum(), 0.0
    for area, group in zip(*np.nonzero(counts), strict=True):
        fewer = counts.copy()
        fewer[area, group] -= 1
        without += counts[area, group] / people * multigroup_mutual_information(fewer)
    expected = people * multigroup_mutual_information(counts) - (people - 1) * without
    assert corrected.jackknife_mutual_information(counts) == near(expected)


def test_jackknife_of_the_entropy_index_is_what_leaving_each_person_out_gives():
    counts, without = np.array([[3.0, 1, 2], [2, 5, 0], [4, 4, 1]]), 0.0
    people = counts.sum()
    for area, group in zip(*np.nonzero(counts), strict=True):
        fewer = counts.copy()
        fewer[area, group] -= 1
        without += counts[area, group] / people * multigroup_entropy_index(fewer)
    expected = people * multigroup_entropy_index(counts) - (people - 1) * without
    assert corrected.jackknife_entropy_index(counts) == near(expected)


def test_expected_mutual_information():
    # With nobody in the third area (1, 2) and (2, 1), 2/10 each: x ln x is 2 ln 2 (two together), sums alike: M =
    # (2 ln 2 - 2 ln 2 - 2 ln 2 - 3 ln 3 - 2 ln 2 + 5 ln 5) / 5. One there: (0, 2): 4 ln 2; (1, 1): 0.
    whole = 5 * log(5) - 3 * log(3) - 2 * log(2) - 4 * log(2)
    cells = Fraction(4, 10) * 2 * log(2) + Fraction(2, 10) * 4 * log(2)
    assert corrected.expected_mutual_information(TABLE) == near((cells + whole) / 5)


def test_expected_mutual_information_of_three_groups_is_the_mean_over_every_order():
    people = [group for area in THREE for group, number in enumerate(area) for _ in range(number)]
    homes = [number for number, area in enumerate(THREE) for _ in range(sum(area))]
    total = 0.0
    for order in set(permutations(people)):
        moved = np.zeros((3, 3))
        np.add.at(moved, (homes, list(order)), 1)
        total += multigroup_mutual_information(moved)
    ways = factorial(7) // (factorial(3) * factorial(2) * factorial(2))
    assert corrected.expected_mutual_information(THREE) == near(total / ways)


@laws
@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), st.integers(1, 6))
def test_expected_dissimilarity_is_the_mean_over_every_way_to_place_the_group(sizes, members):
    assume(members < sum(sizes))
    each = [dissimilarity(group, sizes) for group in placed(sizes, members)]
    assert small_units.expected_dissimilarity(next(placed(sizes, members)), sizes) == near(np.mean(each))


@laws
@given(towns(most_groups=2))
def test_they_keep_their_order_and_bounds(town):
    group, total = town[:, 0], town.sum(axis=1)
    value, expected = dissimilarity(group, total), small_units.expected_dissimilarity(group, total)
    assert 0 <= expected <= 1 + 1e-9
    beyond = small_units.modified_dissimilarity(group, total)
    assert np.isnan(beyond) or -1 - 1e-9 <= beyond <= value + 1e-12
    assert -1e-12 <= small_units.density_corrected_dissimilarity(group, total) <= value + 1e-12
    assert small_units.expected_dissimilarity(town[:, 1], total) == pytest.approx(expected, rel=1e-6)


@laws
@given(towns(most_groups=4))
def test_chance_expects_the_same_in_any_order_of_areas_and_groups(town):
    expected = corrected.expected_mutual_information(town)
    assert expected >= 0
    assert corrected.expected_mutual_information(town[::-1, ::-1]) == pytest.approx(expected, abs=1e-12)
    if (town.sum(axis=0) > 1).all():
        assert corrected.jackknife_entropy_index(town) <= 1 + 1e-9


def test_many_people_need_no_correction():
    town = np.array(THREE) * 1_000_000 + 500_000
    value = multigroup_mutual_information(town)
    for measure in TABLES[:2]:
        assert measure(town) == pytest.approx(value, abs=1e-6)
    assert corrected.jackknife_entropy_index(town) == pytest.approx(multigroup_entropy_index(town), abs=1e-6)
    assert corrected.expected_mutual_information(town) == pytest.approx(0, abs=1e-6)
    group, total = town[:, 0], town.sum(axis=1)
    for measure in (ALL[1], ALL[4]):
        assert measure(group, total) == pytest.approx(dissimilarity(group, total), abs=2e-3)


def test_complete_segregation_needs_none_either():
    for measure in ALL[1:]:
        assert measure([400, 0], [400, 500]) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("measure", ALL)
def test_there_is_no_answer_when_there_is_nothing_to_compare(measure):
    for group, total in (([0, 0], [5, 5]), ([5, 5], [5, 5]), ([2], [5]), ([1, np.nan], [5, 5])):
        assert np.isnan(measure(group, total))
    with pytest.raises(ValueError, match="större än"):
        measure([6, 1], [5, 5])


@pytest.mark.parametrize("measure", TABLES)
def test_there_is_no_answer_for_a_table_without_one(measure):
    for table in ([[0, 5], [0, 5]], [[1, 2]], [[1, np.nan], [2, 3]]):
        assert np.isnan(measure(table))
    with pytest.raises(ValueError, match="negativt"):
        measure([[-1, 2], [2, 3]])


def test_there_is_no_answer_when_leaving_a_person_out_empties_a_group_or_chance_gives_all():
    assert np.isnan(corrected.jackknife_entropy_index([[1, 5], [0, 5]]))
    assert np.isnan(small_units.modified_dissimilarity([1, 0], [1, 1]))


@pytest.mark.parametrize("measure", [ALL[0], ALL[1], ALL[2]])
def test_parts_of_persons_are_refused_where_people_are_counted_one_by_one(measure):
    with pytest.raises(ValueError, match="hela personer"):
        measure([1.5, 2], [4, 4])


def test_towns_are_left_as_they_were():
    group, total = np.array([1.0, 0.0, 4.0]), np.array([2.0, 0.0, 5.0])
    table = np.column_stack([group, total - group])
    for array in (group, total, table):
        array.flags.writeable = False
    assert has_an_answer(table)
    for measure in ALL:
        measure(group, total)
    for measure in TABLES:
        measure(table)
