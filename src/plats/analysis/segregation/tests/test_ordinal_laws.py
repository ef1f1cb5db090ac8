"""Laws of the measures of ordered classes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.segregation import evenness
from plats.analysis.segregation.ordinal import ordinal_entropy_index, rank_order_entropy_index
from plats.analysis.segregation.tests.towns import towns

ORDERED = [ordinal_entropy_index, rank_order_entropy_index]

laws = settings(deadline=None, max_examples=35)


def values(town):
    return {measure.__name__: measure(town) for measure in ORDERED}


def same(one, other):
    return one == pytest.approx(other, abs=1e-10)


@laws
@given(towns(3, most_groups=5))
def test_classes_from_high_to_low_give_the_same_as_from_low_to_high(town):
    assert same(values(town[:, ::-1]), values(town))


@laws
@given(towns(3, most_groups=5))
def test_an_empty_class_at_the_end_changes_nothing_and_in_the_middle_not_the_rank_order(town):
    ends = np.column_stack([np.zeros(len(town)), town, np.zeros(len(town))])
    assert same(values(ends), values(town))
    middle = np.insert(town, 1, 0.0, axis=1)
    assert rank_order_entropy_index(middle) == pytest.approx(rank_order_entropy_index(town), abs=1e-10)


@laws
@given(st.integers(1, 40), st.integers(0, 4))
def test_rank_order_gives_back_a_curve_that_is_a_polynomial(mixed_in, degree):
    # Two areas of 60 people over six classes: the first `mixed_in` parts of 41 live alike everywhere, the others
    # apart by class. Whatever H is at the limits, a degree that goes through all of them integrates that curve.
    apart = np.array([[20, 20, 20, 0, 0, 0], [0, 0, 0, 20, 20, 20.0]])
    town = apart + mixed_in * apart.sum(axis=0) / 41
    cuts = np.cumsum(town.sum(axis=0))[:-1] / town.sum()
    known = [
        evenness.entropy_index(town[:, : cut + 1].sum(axis=1), town.sum(axis=1)) for cut in range(len(cuts))
    ]
    chance = -cuts * np.log(cuts) - (1 - cuts) * np.log(1 - cuts)
    curve = np.polynomial.Polynomial.fit(cuts, known, degree, w=chance)
    ranks = (np.arange(20000) + 0.5) / 20000
    weight = -ranks * np.log(ranks) - (1 - ranks) * np.log(1 - ranks)
    assert rank_order_entropy_index(town, degree) == pytest.approx(
        2 * np.mean(weight * curve(ranks)), abs=1e-6
    )


@pytest.mark.parametrize("measure", ORDERED)
def test_ordered_classes_have_no_answer_when_all_are_in_one_class_or_area(measure):
    for classes in ([[0, 5], [0, 5]], [[1, 2]], [[1, np.nan], [3, 4]]):
        assert np.isnan(measure(classes))


def test_a_degree_that_the_limits_do_not_allow_is_refused():
    for degree in (-1, 2):
        with pytest.raises(ValueError, match="mindre än antalet gränser mellan klasser, 2"):
            rank_order_entropy_index([[10, 10, 20], [20, 0, 0]], degree)


def test_the_degree_is_four_when_the_limits_allow_more_and_as_high_as_they_allow_otherwise():
    classes = [[30, 20, 10, 5, 5, 20, 1], [1, 5, 20, 20, 30, 10, 40], [9, 9, 9, 9, 9, 9, 9]]
    assert rank_order_entropy_index(classes) == rank_order_entropy_index(classes, 4)
    assert abs(rank_order_entropy_index(classes) - rank_order_entropy_index(classes, 5)) > 1e-6
    few = [row[:4] for row in classes]
    assert rank_order_entropy_index(few) == rank_order_entropy_index(few, 2)
