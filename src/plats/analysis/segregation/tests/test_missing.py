"""Missing figures: left out and counted, refused, or the reason why there is no answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.missing import (
    known_areas,
    require_known,
    why_no_answer,
    why_no_answer_for_pair,
)
from plats.analysis.segregation.multigroup import multigroup_mutual_information
from plats.analysis.segregation.pairs import bounded
from plats.analysis.segregation.tests.towns import towns

NAN = np.nan


def test_areas_that_lack_any_figure_are_left_out_and_counted():
    left = known_areas([1, NAN, 3, 4], [[1, 1], [2, 2], [3, NAN], [4, 4]])
    assert left.excluded == 2
    assert left.known.tolist() == [True, False, False, True]
    assert [figure.tolist() for figure in left.figures] == [[1, 4], [[1, 1], [4, 4]]]


def test_the_measure_of_what_is_left_is_that_of_those_areas():
    group, total = known_areas([10, NAN, 20, 30], [50, 70, 40, 110]).figures
    assert dissimilarity(group, total) == pytest.approx(4 / 21)  # worked by hand in test_dissimilarity


def test_missing_figures_are_refused_with_how_many_and_where():
    require_known([1, 2], [3, 4])
    with pytest.raises(ValueError, match="saknas i 2 av 3 områden, först i område 1"):
        require_known([1, NAN, 3], [1, 2, NAN])


@pytest.mark.parametrize("figures", [([1, 2], [1, 2, 3]), (1, 2), (1,)])
def test_figures_for_other_areas_are_refused(figures):
    with pytest.raises(ValueError, match="samma områden"):
        known_areas(*figures)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([[1, NAN], [3, 4], [5, 6]], "Siffror saknas i 1 av 3 områden."),
        ([[0, 0], [0, 0]], "Ingen bor i något av områdena."),
        (np.zeros((0, 2)), "Ingen bor i något av områdena."),
        ([[1, 0, 2], [1, 0, 3]], "Ingen finns i grupp 2 av 3."),
        ([[1, 2], [0, 0]], "Alla bor i ett enda område, så det finns inget att jämföra."),
    ],
)
def test_the_reason_is_a_sentence(groups, reason):
    assert str(why_no_answer(groups)) == reason
    assert np.isnan(multigroup_mutual_information(groups))


@pytest.mark.parametrize(
    ("group", "total", "reason"),
    [
        ([0, 0], [5, 5], "Ingen hör till gruppen."),
        ([5, 5], [5, 5], "Alla hör till gruppen, så det finns inga att jämföra med."),
        ([1, NAN], [5, 5], "Siffror saknas i 1 av 2 områden."),
        ([0, 0], [0, 0], "Ingen bor i något av områdena."),
        ([2], [5], "Alla bor i ett enda område, så det finns inget att jämföra."),
    ],
)
def test_the_reason_for_one_group_is_a_sentence(group, total, reason):
    assert str(why_no_answer_for_pair(group, total)) == reason
    assert np.isnan(dissimilarity(group, total))


@settings(deadline=None, max_examples=30)
@given(towns(2, most_groups=4))
def test_there_is_no_reason_where_there_is_an_answer(town):
    assert why_no_answer(town) is None
    assert why_no_answer_for_pair(town[:, 0], town.sum(axis=1)) is None
    assert not np.isnan(multigroup_mutual_information(town))


def test_what_is_given_is_left_as_it_was():
    figures = np.array([1.0, NAN, 3.0])
    figures.flags.writeable = False
    known_areas(figures)


def test_rounding_in_the_last_bit_is_taken_away_and_nothing_else():
    assert [bounded(value) for value in (1.0000000000000002, -1e-17, 0.25)] == [1, 0, 0.25]


def test_a_hidden_figure_under_a_mask_never_takes_part():
    hidden = np.ma.masked_array([10, 3, 30], mask=[False, True, False])
    table = np.ma.masked_array([[1, 2], [3, 4]], mask=[[False, False], [True, False]])
    assert np.isnan(dissimilarity(hidden, [50, 70, 110]))
    assert np.isnan(multigroup_mutual_information(table))
    assert known_areas(hidden).figures[0].tolist() == [10, 30]
    assert hidden.data.tolist() == [10, 3, 30]
