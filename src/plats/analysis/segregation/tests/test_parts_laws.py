"""Laws of the terms for areas and levels: they sum to the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.segregation import diversity as mixed
from plats.analysis.segregation import multigroup as several
from plats.analysis.segregation.composition import (
    local_diversity,
    local_simpson_interaction,
    location_quotients,
)
from plats.analysis.segregation.local import local_dissimilarity, local_divergence, local_mutual_information
from plats.analysis.segregation.nested import nested_entropy_index, nested_mutual_information
from plats.analysis.segregation.tests.towns import towns

laws = settings(deadline=None, max_examples=35)


@laws
@given(towns(3, most_groups=4, least=1))
def test_information_is_the_same_with_the_table_turned(town):
    turned = several.multigroup_mutual_information(town.T)
    assert turned == pytest.approx(several.multigroup_mutual_information(town), abs=1e-11)


@laws
@given(towns(3, most_groups=5))
def test_local_terms_sum_to_the_whole(town):
    information, unevenness = local_mutual_information(town), local_dissimilarity(town)
    assert information.weights.sum() == pytest.approx(1)
    whole = several.multigroup_mutual_information(town)
    assert information.contributions.sum() == pytest.approx(whole, abs=1e-12)
    assert unevenness.contributions.sum() == pytest.approx(several.multigroup_dissimilarity(town), abs=1e-12)
    lived = town.sum(axis=1) > 0
    scores = local_divergence(town)
    assert np.array_equal(np.isnan(scores), ~lived)
    assert np.average(scores[lived], weights=town.sum(axis=1)[lived]) == pytest.approx(whole, abs=1e-12)
    assert (information.contributions >= 0).all()
    assert (unevenness.contributions >= 0).all()


@laws
@given(towns(2, most_groups=5))
def test_what_each_area_holds_stays_within_what_the_whole_holds(town):
    sizes, lived = town.sum(axis=1), town.sum(axis=1) > 0
    quotients = location_quotients(town)[lived]
    assert np.average(quotients, axis=0, weights=sizes[lived]) == pytest.approx(np.ones(town.shape[1]))
    for each, whole in (
        (local_diversity(town), mixed.diversity(town)),
        (local_simpson_interaction(town), mixed.simpson_interaction(town)),
    ):
        assert np.array_equal(np.isnan(each), ~lived)
        assert np.average(each[lived], weights=sizes[lived]) <= whole + 1e-12
    left = mixed.diversity(town) - np.average(local_diversity(town)[lived], weights=sizes[lived])
    assert left == pytest.approx(several.multigroup_mutual_information(town), abs=1e-11)


def test_an_area_that_lacks_a_figure_has_no_diversity_and_the_others_keep_theirs():
    groups = [[1, 1], [np.nan, 3], [2, 0], [0, 0]]
    assert local_diversity(groups) == pytest.approx([np.log(2), np.nan, 0, np.nan], nan_ok=True)
    assert local_simpson_interaction(groups) == pytest.approx([0.5, np.nan, 0, np.nan], nan_ok=True)
    assert np.isnan(location_quotients(groups)).all()


@laws
@given(towns(2, most_groups=4), st.data())
def test_levels_sum_to_the_whole(town, data):
    regions = data.draw(st.lists(st.sampled_from("abc"), min_size=len(town), max_size=len(town)))
    for nested, whole in (
        (nested_mutual_information, several.multigroup_mutual_information),
        (nested_entropy_index, several.multigroup_entropy_index),
    ):
        parts = nested(town, regions)
        assert parts.total == pytest.approx(whole(town), abs=1e-12)
        assert parts.between + parts.within.sum() == pytest.approx(parts.total, abs=1e-11)
        assert parts.between >= 0
        assert (parts.within >= 0).all()
        assert (parts.weights >= 0).all()
        assert nested(town / 10_000, regions).within == pytest.approx(parts.within, abs=1e-12)
        known = ~np.isnan(parts.inside)
        products = (parts.inside * parts.weights)[known]
        assert products == pytest.approx(parts.within[known], abs=1e-12)


def test_a_larger_area_where_nobody_lives_adds_nothing_and_one_of_a_single_group_has_nothing_to_divide():
    groups, regions = [[10, 10], [20, 0], [5, 0], [0, 0]], ["a", "b", "b", "c"]
    information, entropy = nested_mutual_information(groups, regions), nested_entropy_index(groups, regions)
    assert information.within.tolist() == entropy.within.tolist() == [0, 0, 0]
    assert information.weights == pytest.approx([20 / 45, 25 / 45, 0])
    assert entropy.weights[1:].tolist() == [0, 0]
    assert information.inside.tolist() == [0, 0, 0]
    assert np.isnan(entropy.inside).tolist() == [False, True, True]


@laws
@given(towns(2, most_groups=4))
def test_one_larger_area_has_all_inside_and_one_for_each_area_has_all_between(town):
    whole = several.multigroup_mutual_information(town)
    assert nested_mutual_information(town, ["a"] * len(town)).within == pytest.approx([whole], abs=1e-12)
    assert nested_mutual_information(town, range(len(town))).between == pytest.approx(whole, abs=1e-12)


def test_a_larger_area_is_asked_for_each_area():
    with pytest.raises(ValueError, match="vart och ett av de 2 områdena"):
        nested_mutual_information([[1, 2], [3, 4]], ["a"])
