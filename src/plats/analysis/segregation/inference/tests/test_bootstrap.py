"""The interval: what is drawn, its exact law on towns small enough to list, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.inference.bootstrap import Varies, bootstrap_interval
from plats.analysis.segregation.multigroup import multigroup_dissimilarity

TOWN = [[500, 1500], [300, 2700], [900, 900]]


def test_the_value_is_the_measure_as_counted():
    found = bootstrap_interval(TOWN, "dissimilarity", draws=50)
    assert found.value == pytest.approx(dissimilarity([500, 300, 900], [2000, 3000, 1800]))
    assert (found.level, found.draws, found.varies) == (0.95, 50, "people")


@pytest.mark.parametrize("varies", Varies)
def test_the_same_seed_gives_the_same_interval_and_another_does_not(varies):
    first, again, other = (bootstrap_interval(TOWN, varies=varies, draws=50, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.low != other.low


@pytest.mark.parametrize("varies", Varies)
def test_a_function_gives_what_its_name_gives(varies):
    named = bootstrap_interval(TOWN, "dissimilarity", varies=varies, draws=30)
    own = bootstrap_interval(TOWN, multigroup_dissimilarity, varies=varies, draws=30)
    assert own.low == pytest.approx(named.low)
    assert own.high == pytest.approx(named.high)


def test_areas_of_one_group_each_leave_nothing_to_chance():
    found = bootstrap_interval([[400, 0], [0, 700], [300, 0]], draws=50)
    assert (found.low, found.corrected, found.high) == (1, 1, 1)


def test_without_an_answer_there_is_no_interval():
    found = bootstrap_interval([[5, 0], [5, 0]], draws=5)
    assert np.isnan([found.value, found.corrected, found.low, found.high]).all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"measure": "atkinsson"}, "finns inte"),
        ({"draws": 0}, "minst 2"),
        ({"level": 1.0}, "mellan 0 och 1"),
        ({"groups": [[1, 2, 3], [4, 5, 6]], "measure": "isolation"}, "två kolumner"),
        ({"groups": [[1, -2], [4, 5]]}, "negativt"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        bootstrap_interval(**{"groups": TOWN} | arguments)


def test_what_is_given_is_left_as_it_was():
    town = np.array(TOWN, dtype=float)
    town.flags.writeable = False
    for varies in Varies:
        bootstrap_interval(town, varies=varies, draws=5)
