"""The test against chance: which way it looks, what it refuses, and laws that its draws keep for any town."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.segregation.corrected import expected_mutual_information
from plats.analysis.segregation.diversity import diversity
from plats.analysis.segregation.inference import nulls, resampling
from plats.analysis.segregation.inference.chance import Null, chance_test, chance_values
from plats.analysis.segregation.inference.stacks import Stack
from plats.analysis.segregation.small_units import expected_dissimilarity
from plats.analysis.segregation.tests.towns import towns

APART, EVEN = [[40, 2], [3, 55]], [[500, 500], [500, 500]]
MANY = [Null.PERSON_PERMUTATION, Null.EVENNESS, Null.SYSTEMATIC]

laws = settings(deadline=None, max_examples=25)


@pytest.mark.parametrize("null", MANY)
@pytest.mark.parametrize("measure", ["dissimilarity", "gini", "entropy_index", "isolation", "interaction"])
def test_a_town_apart_is_more_than_chance_and_an_even_one_is_not(null, measure):
    assert chance_test(APART, measure, null=null, draws=99).p_value == 0.01
    assert chance_test(EVEN, measure, null=null, draws=99).p_value > 0.5


def test_a_town_more_even_than_chance_has_p_near_one():
    assert chance_test(EVEN, "dissimilarity", draws=99).p_value == 1


@laws
@given(towns(most_groups=4), st.integers(0, 99))
def test_what_a_null_keeps_it_keeps_for_any_town(town, seed):
    random = np.random.default_rng(seed)
    sizes, members = town.sum(axis=1), town.sum(axis=0)
    kept = {name: getattr(nulls, name)(town)(random, 5) for name in (*MANY, "areas_moved")}
    for name in ("person_permutation", "evenness"):
        assert (kept[name].sizes == sizes).all()
    for name in ("person_permutation", "systematic", "areas_moved"):
        assert (kept[name].members == members[:, None]).all()
    for stack in kept.values():
        assert (stack.counts >= 0).all()
        assert (stack.people == town.sum()).all()


@laws
@given(towns(most_groups=4), st.integers(0, 99))
def test_what_drawing_anew_keeps_it_keeps_for_any_town(town, seed):
    random = np.random.default_rng(seed)
    once = resampling.people_anew(Stack.of_one(town, 4), random)
    for people in (once, resampling.people_anew(once, random)):
        assert (people.sizes == town.sum(axis=1)).all()
        assert (people.counts[:, :, :][(town.T == 0)[:, None].repeat(4, axis=1)] == 0).all()
    assert (resampling.sample_anew(once, random).people == town.sum()).all()
    rows = {tuple(row) for row in town}
    areas = resampling.areas_anew(Stack.of_one(town, 4), random).counts.transpose(1, 2, 0)
    assert {tuple(row) for table in areas for row in table} <= rows


def test_the_mean_of_the_permutation_is_what_chance_is_exactly_expected_to_give():
    town = np.random.default_rng(2).integers(1, 60, (30, 3))
    group, total = town[:, 0], town.sum(axis=1)
    pair = np.column_stack([group, total - group])
    for table, measure, exact in (
        (pair, "dissimilarity", expected_dissimilarity(group, total)),
        (town, "mutual_information", expected_mutual_information(town)),
        (town, "entropy_index", expected_mutual_information(town) / diversity(town)),
    ):
        found = chance_test(table, measure, draws=2000)
        assert found.expected == pytest.approx(exact, abs=4 * found.deviation / 2000**0.5)


def test_a_measure_that_knows_the_map_is_tested_by_moving_areas():
    # Groups side by side: the summed difference between neighbours in a row is least when like lives by like.
    row = [[9, 1], [8, 2], [7, 3], [3, 7], [2, 8], [1, 9]]

    def likeness(table):
        return -np.abs(np.diff(table[:, 0])).sum()

    assert chance_test(row, likeness, null=Null.GEOGRAPHIC, draws=199).p_value < 0.05
    assert chance_test(row[::2] + row[1::2], likeness, null=Null.GEOGRAPHIC, draws=199).p_value > 0.05
    with pytest.raises(ValueError, match="lika var områdena än ligger"):
        chance_test(row, "gini", null=Null.GEOGRAPHIC)


def test_the_same_seed_gives_the_same_draws_and_another_does_not():
    for null in MANY:
        first, again, other = (chance_values(APART, null=null, draws=20, seed=seed) for seed in (1, 1, 2))
        assert (first == again).all()
        assert (first != other).any()


def test_a_town_without_an_answer_has_no_test():
    found = chance_test([[5, 0], [5, 0]], draws=9)
    assert np.isnan([found.value, found.expected, found.deviation, found.p_value]).all()
    assert np.isnan(chance_values([[5, np.nan], [5, 1]], draws=9)).all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"draws": 1}, "minst 2"),
        ({"measure": "okänt"}, "finns inte"),
        ({"groups": [[1.5, 2], [3, 4]]}, "hela personer"),
        ({"groups": [[1, -2], [3, 4]]}, "negativt"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        chance_test(**{"groups": APART} | arguments)


def test_parts_of_persons_are_no_hindrance_where_nobody_is_moved_one_by_one():
    for null in (Null.EVENNESS, Null.SYSTEMATIC):
        assert chance_test([[40.5, 2.25], [3.5, 55]], null=null, draws=9).p_value == 0.1


def test_what_is_given_is_left_as_it_was():
    town = np.array([[30.0, 2], [3, 40], [9, 9]])
    town.flags.writeable = False
    for null in MANY:
        chance_test(town, null=null, draws=5)
