"""The interval: what is drawn, its exact law on towns small enough to list, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.inference.bootstrap import Varies, bootstrap_interval
from plats.analysis.segregation.inference.distribution import resampled_values
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


@pytest.mark.parametrize("varies", Varies)
def test_values_drawn_once_are_those_of_the_interval_before_chance_is_taken_off(varies):
    values = resampled_values(TOWN, "gini", varies=varies, draws=400)
    found = bootstrap_interval(TOWN, "gini", varies=varies, draws=400)
    away = 4 * values.std() * (2 / 400) ** 0.5
    assert 2 * found.value - values.mean() == pytest.approx(found.corrected, abs=away)


def test_dissimilarity_of_areas_drawn_anew_is_the_same_law_compiled_or_not():
    town = np.random.default_rng(3).integers(1, 90, (40, 3))
    fast = resampled_values(town, "dissimilarity", draws=4000)
    slow = resampled_values(town, multigroup_dissimilarity, draws=4000)
    assert fast.mean() == pytest.approx(slow.mean(), abs=4 * slow.std() * (2 / 4000) ** 0.5)
    assert fast.std() == pytest.approx(slow.std(), rel=4 * (1 / 4000) ** 0.5)


def test_values_of_a_table_without_an_answer_are_none():
    assert np.isnan(resampled_values([[5, 0], [5, 0]], draws=3)).all()
    with pytest.raises(ValueError, match="minst 2"):
        resampled_values(TOWN, draws=1)


def test_the_number_of_processors_does_not_matter(monkeypatch):
    town = np.random.default_rng(4).integers(1, 900, (3000, 2))
    found = []
    for processors in (1, 5):
        monkeypatch.setattr("plats.analysis.segregation.inference.drawing.cpu_count", lambda n=processors: n)
        found.append(bootstrap_interval(town, "entropy_index", draws=90))
    assert found[0] == found[1]
