"""Laws of the measures of several groups, each asked of every measure that obeys it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plats.analysis.segregation import diversity as mixed
from plats.analysis.segregation import evenness, exposure
from plats.analysis.segregation import multigroup as several
from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.local import local_divergence, local_mutual_information
from plats.analysis.segregation.nested import nested_entropy_index
from plats.analysis.segregation.ordinal import ordinal_entropy_index, rank_order_entropy_index
from plats.analysis.segregation.tests.towns import exchanged, halved, has_an_answer, merged, towns

UNIT = [
    several.multigroup_dissimilarity,
    several.multigroup_gini,
    several.multigroup_entropy_index,
    mixed.normalised_exposure,
    mixed.relative_diversity,
    mixed.squared_coefficient_of_variation,
]
NATS = [several.multigroup_mutual_information, several.multigroup_divergence]
WHOLE = [mixed.simpson_interaction, mixed.simpson_concentration, mixed.diversity]
ORDERED = [ordinal_entropy_index, rank_order_entropy_index]
SEGREGATION = [*UNIT, *NATS]

laws = settings(deadline=None, max_examples=35)


def values(town, measures=SEGREGATION):
    return {measure.__name__: measure(town) for measure in measures}


def same(one, other):
    return one == pytest.approx(other, abs=1e-10)


@laws
@given(towns(2, most_groups=5))
def test_they_lie_between_zero_and_their_most(town):
    groups = town.shape[1]
    assert all(0 <= value <= 1 for value in values(town, [*UNIT, ordinal_entropy_index]).values())
    assert all(0 <= v <= mixed.diversity(town) + 1e-12 for v in values(town, NATS).values())
    assert 0 <= mixed.simpson_interaction(town) <= 1 - 1 / groups + 1e-12
    assert 0 <= mixed.diversity(town) <= np.log(groups) + 1e-12
    assert mixed.simpson_concentration(town) == pytest.approx(1 - mixed.simpson_interaction(town))


@laws
@given(
    st.lists(st.integers(1, 99), min_size=2, max_size=6), st.lists(st.integers(1, 9), min_size=2, max_size=5)
)
def test_the_same_composition_everywhere_is_zero(areas, groups):
    found = values(np.outer(areas, groups), [*SEGREGATION, *ORDERED])
    assert same(found, dict.fromkeys(found, 0))


@laws
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 99)), min_size=2, max_size=8))
def test_one_group_in_each_area_is_one(areas):
    town = np.zeros((len(areas), 4))
    for area, (group, people) in enumerate(areas):
        town[area, group] = people
    town = town[:, town.sum(axis=0) > 0]
    assume(town.shape[1] > 1)
    found = values(town, [*UNIT, *ORDERED])
    assert same(found, dict.fromkeys(found, 1))
    assert same(values(town, NATS), dict.fromkeys(values(town, NATS), mixed.diversity(town)))


@laws
@given(towns(2))
def test_two_groups_give_what_the_measure_of_one_group_gives(town):
    group, total = town[:, 0], town.sum(axis=1)
    explained = exposure.correlation_ratio(group, total)
    information = evenness.mutual_information(group, total)
    assert list(values(town).values()) == pytest.approx(
        [
            dissimilarity(group, total),
            evenness.gini(group, total),
            evenness.entropy_index(group, total),
            explained,
            explained,
            explained,
            information,
            information,
        ],
        abs=1e-11,
    )
    expected = evenness.entropy_index(group, total)
    assert list(values(town, ORDERED).values()) == pytest.approx([expected, expected], abs=1e-11)


@laws
@given(towns(3, most_groups=5), st.randoms(use_true_random=False), st.integers(2, 9))
def test_neither_order_nor_number_of_people_matters(town, random, times):
    areas = random.sample(range(len(town)), len(town))
    groups = random.sample(range(town.shape[1]), town.shape[1])
    assert same(
        values(town[areas][:, groups] * times, [*SEGREGATION, *WHOLE]), values(town, [*SEGREGATION, *WHOLE])
    )


@laws
@given(towns(3, most_groups=5))
def test_an_area_in_two_alike_halves_or_an_empty_area_changes_nothing(town):
    asked = [*SEGREGATION, *ORDERED, *WHOLE]
    assert same(values(halved(town), asked), values(town, asked))
    assert same(values(np.vstack([town, np.zeros(town.shape[1])]), asked), values(town, asked))


@laws
@given(towns(3, most_groups=5))
def test_merging_areas_never_raises_them(town):
    after = merged(town)
    assume(has_an_answer(after))
    asked = [*SEGREGATION, ordinal_entropy_index]
    raised, before = values(after, asked), values(town, asked)
    assert all(raised[name] <= before[name] + 1e-11 for name in raised)


@laws
@given(towns(3, most_groups=4, least=1))
def test_people_who_change_places_towards_the_mean_never_raise_them(town):
    after, before = values(exchanged(town)), values(town)
    assert all(after[name] <= before[name] + 1e-11 for name in after)


@laws
@given(towns(3, most_groups=4))
def test_gini_is_what_its_formula_says_over_every_pair(town):
    lived = town[town.sum(axis=1) > 0]
    sizes = lived.sum(axis=1)
    shares = lived / sizes[:, None]
    pairs = sum(
        sizes[i] * sizes[k] * np.abs(shares[i] - shares[k]).sum()
        for i, k in product(range(len(lived)), repeat=2)
    )
    expected = pairs / (2 * town.sum() ** 2 * mixed.simpson_interaction(town))
    assert several.multigroup_gini(town) == pytest.approx(expected, abs=1e-11)


@laws
@given(towns(2, most_groups=4))
def test_a_group_in_two_alike_halves_changes_no_information(town):
    split = np.column_stack([town[:, 0] / 2, town[:, 0] / 2, town[:, 1:]])
    assert same(values(split, NATS), values(town, NATS))


@pytest.mark.parametrize("measure", [*SEGREGATION, *WHOLE, *ORDERED, local_divergence])
@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([1, 2], "per rad"),
        ([[1], [2]], "minst två grupper"),
        ([[1, 2], [3]], "lika många grupper"),
        ([["..", 2], [3, 4]], "bestå av tal"),
        ([[1, 2], [3, -4]], "område 1, grupp 1 .* är -4: negativt"),
        ([[1, np.inf], [3, 4]], "oändligt"),
    ],
)
def test_tables_that_cannot_be_are_refused_with_a_sentence(measure, groups, words):
    with pytest.raises(ValueError, match=words):
        measure(groups)


@pytest.mark.parametrize("measure", [*SEGREGATION, *WHOLE])
@pytest.mark.parametrize(
    "groups", [[[0, 5], [0, 5]], [[1, np.nan], [3, 4]], [[1, 2]], [[1, 2], [0, 0]], np.zeros((0, 2))]
)
def test_there_is_no_answer_when_there_is_nothing_to_compare_or_a_figure_is_missing(measure, groups):
    assert np.isnan(measure(groups))
    assert np.isnan(local_mutual_information(groups).contributions).all()
    levels = nested_entropy_index(groups, ["a"] * len(groups))
    assert np.isnan(levels.between)
    assert np.isnan(levels.within).all()


@pytest.mark.parametrize("measure", [*SEGREGATION, *WHOLE, *ORDERED, local_mutual_information])
def test_what_is_given_is_left_as_it_was(measure):
    town = np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0], [4.0, 0.0, 1.0]])
    town.flags.writeable = False
    measure(town)
