"""Laws of the measures of one group against the rest, each asked of every measure that obeys it."""

from __future__ import annotations

from dataclasses import asdict
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.evenness import atkinson, entropy_index, gini, min_max, mutual_information
from plats.analysis.segregation.exposure import (
    concentration,
    concentration_profile,
    correlation_ratio,
    exposure,
    interaction,
    isolation,
)
from plats.analysis.segregation.summary import two_group_indices
from plats.analysis.segregation.tests.towns import exchanged, halved, has_an_answer, merged, towns

EVENNESS = {
    "dissimilarity": dissimilarity,
    "min_max": min_max,
    "gini": gini,
    "entropy_index": entropy_index,
    "mutual_information": mutual_information,
    "atkinson": atkinson,
    "atkinson at 0.2": lambda group, total: atkinson(group, total, 0.2),
    "correlation_ratio": correlation_ratio,
}
SYMMETRIC = [name for name in EVENNESS if name != "atkinson at 0.2"]
FREE_OF_SIZE = ["dissimilarity", "min_max", "gini", "atkinson", "atkinson at 0.2"]
ALL = EVENNESS | {"isolation": isolation, "interaction": interaction, "concentration": concentration}

laws = settings(deadline=None, max_examples=35)


def values(town, names=ALL):
    return {name: ALL[name](town[:, 0], town.sum(axis=1)) for name in names}


def same(one, other):
    return one == pytest.approx(other, abs=1e-11)


@laws
@given(towns())
def test_they_lie_between_zero_and_one(town):
    found = values(town)
    majority = 2 * town[:, 0].sum() > town.sum()
    found.pop("concentration" if majority else "none", None)
    assert all(0 <= value <= 1 for value in found.values())
    assert found["mutual_information"] <= np.log(2) + 1e-15


@laws
@given(st.lists(st.integers(1, 300), min_size=2, max_size=8), st.integers(1, 9), st.integers(1, 9))
def test_the_same_share_everywhere_is_zero(areas, group, rest):
    town = np.outer(areas, [group, rest])
    assert same(values(town, [*EVENNESS, "concentration"]), dict.fromkeys([*EVENNESS, "concentration"], 0))
    assert isolation(town[:, 0], town.sum(axis=1)) == pytest.approx(group / (group + rest))


@laws
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 300)), min_size=2, max_size=8))
def test_never_in_the_same_area_is_one(areas):
    town = np.array([[people, 0] if is_group else [0, people] for is_group, people in areas], dtype=float)
    assume(has_an_answer(town))
    found = values(town)
    share = town[:, 0].sum() / town.sum()
    diversity = -share * np.log(share) - (1 - share) * np.log(1 - share)
    assert found.pop("mutual_information") == pytest.approx(diversity)
    assert found.pop("interaction") == 0
    assert same(found, dict.fromkeys(found, 1))


@laws
@given(towns())
def test_they_are_the_same_for_the_rest_as_for_the_group(town):
    assert same(values(town[:, ::-1], SYMMETRIC), values(town, SYMMETRIC))


@laws
@given(towns(), st.floats(0.05, 0.95))
def test_atkinson_seen_from_the_rest_is_atkinson_with_the_other_weight(town, b):
    group, rest, total = *town.T, town.sum(axis=1)
    one, other = 1 - atkinson(group, total, b), 1 - atkinson(rest, total, 1 - b)
    assert one ** (1 - b) == pytest.approx(other**b, abs=1e-9)


@laws
@given(towns(), st.integers(2, 9))
def test_more_people_in_the_same_proportions_change_nothing(town, times):
    assert same(values(town * times), values(town))


@laws
@given(towns(), st.integers(2, 9))
def test_a_larger_group_spread_as_before_changes_nothing_in_those_free_of_size(town, times):
    assert same(values(town * [times, 1], FREE_OF_SIZE), values(town, FREE_OF_SIZE))


@laws
@given(towns(), st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(town, random):
    order = random.sample(range(len(town)), len(town))
    assert same(values(town[order]), values(town))


@laws
@given(towns())
def test_an_area_in_two_alike_halves_or_an_empty_area_changes_nothing(town):
    assert same(values(halved(town)), values(town))
    assert same(values(np.vstack([town, [0, 0]])), values(town))


@laws
@given(towns())
def test_merging_areas_never_raises_them(town):
    after = merged(town)
    assume(has_an_answer(after))
    raised = values(after, [*EVENNESS, "isolation"])
    before = values(town)
    assert all(raised[name] <= before[name] + 1e-11 for name in raised)


@laws
@given(towns(least=1))
def test_people_who_change_places_towards_the_mean_never_raise_them(town):
    after, before = values(exchanged(town), [*EVENNESS, "isolation"]), values(town)
    assert all(after[name] <= before[name] + 1e-11 for name in after)


@laws
@given(towns())
def test_gini_is_what_its_formula_says_over_every_pair(town):
    group, total = town[:, 0], town.sum(axis=1)
    lived = [(g / t, t) for g, t in zip(group, total, strict=True) if t]
    pairs = sum(t * u * abs(p - q) for (p, t), (q, u) in product(lived, lived))
    share = group.sum() / total.sum()
    assert gini(group, total) == pytest.approx(
        pairs / (2 * total.sum() ** 2 * share * (1 - share)), abs=1e-11
    )


@laws
@given(towns())
def test_their_order_and_their_ties_to_each_other(town):
    found = values(town)
    share = town[:, 0].sum() / town.sum()
    assert found["dissimilarity"] <= found["gini"] + 1e-12
    assert found["isolation"] + found["interaction"] == pytest.approx(1)
    assert found["isolation"] >= share - 1e-12
    assert found["correlation_ratio"] == pytest.approx((found["isolation"] - share) / (1 - share), abs=1e-11)


@laws
@given(towns(3, most_groups=4))
def test_exposures_of_one_group_sum_to_one_and_pairs_meet_each_other_alike(town):
    total = town.sum(axis=1)
    assert sum(exposure(town[:, 0], other, total) for other in town.T) == pytest.approx(1)
    assert exposure(town[:, 0], town[:, 0], total) == pytest.approx(isolation(town[:, 0], total))
    there = town[:, 0].sum() * exposure(town[:, 0], town[:, 1], total)
    assert there == pytest.approx(town[:, 1].sum() * exposure(town[:, 1], town[:, 0], total))


@laws
@given(towns())
def test_the_profile_falls_from_one_and_its_area_is_the_isolation(town):
    group, total = town[:, 0], town.sum(axis=1)
    steps = (np.arange(4000) + 0.5) / 4000
    profile = concentration_profile(group, total, steps)
    assert concentration_profile(group, total, [0]) == 1
    assert (np.diff(profile) <= 1e-12).all()
    assert profile.mean() == pytest.approx(isolation(group, total), abs=1 / 4000)


@laws
@given(towns())
def test_all_at_once_are_the_same_as_one_by_one(town):
    found = asdict(two_group_indices(town[:, 0], town.sum(axis=1)))
    assert found == {name: ALL[name](town[:, 0], town.sum(axis=1)) for name in found}


@pytest.mark.parametrize("measure", ALL.values(), ids=ALL)
@pytest.mark.parametrize(
    ("group", "total", "words"),
    [
        ([-1, 2], [5, 5], "negativ"),
        ([6, 2], [5, 5], "större än"),
        ([1, 2], [5], "samma ordning"),
        ([[1, 2]], [[5, 5]], "dimensioner"),
        ([np.inf, 1], [5, 5], "oändlig"),
    ],
)
def test_figures_that_cannot_be_are_refused_with_a_sentence(measure, group, total, words):
    with pytest.raises(ValueError, match=words):
        measure(group, total)


@pytest.mark.parametrize("measure", ALL.values(), ids=ALL)
@pytest.mark.parametrize(
    ("group", "total"),
    [
        ([0, 0], [5, 5]),
        ([5, 5], [5, 5]),
        ([], []),
        ([2], [5]),
        ([2, 0], [5, 0]),
        ([1, np.nan], [5, 5]),
        ([1, 1], [5, np.nan]),
    ],
)
def test_there_is_no_answer_when_there_is_nothing_to_compare_or_a_figure_is_missing(measure, group, total):
    assert np.isnan(measure(group, total))


def test_there_is_no_answer_either_for_exposure_the_profile_or_all_at_once():
    assert np.isnan(exposure([1, np.nan], [1, 1], [5, 5]))
    assert np.isnan(exposure([1, 1], [0, 0], [5, 5]))
    assert np.isnan(exposure([1], [1], [5]))
    assert np.isnan(concentration_profile([1, np.nan], [5, 5], [0.5])).all()
    assert np.isnan(concentration_profile([0, 0], [5, 5], [0.5])).all()
    assert np.isnan(list(asdict(two_group_indices([0, 0], [5, 5])).values())).all()


@pytest.mark.parametrize("b", [0, 1, -0.5, 1.5, np.nan])
def test_atkinson_refuses_a_weight_that_has_no_meaning(b):
    for measure in (atkinson, two_group_indices):
        with pytest.raises(ValueError, match="mellan 0 och 1"):
            measure([1, 2], [5, 5], b)


@pytest.mark.parametrize("thresholds", [[1.5], [np.nan], [-0.1]])
def test_the_profile_refuses_thresholds_that_are_no_shares(thresholds):
    with pytest.raises(ValueError, match=r"mellan 0 och 1|negativ"):
        concentration_profile([1, 2], [5, 5], thresholds)


@pytest.mark.parametrize("measure", ALL.values(), ids=ALL)
def test_what_is_given_is_left_as_it_was(measure):
    group, total = np.array([1.0, 0.0, 4.0]), np.array([2.0, 0.0, 5.0])
    group.flags.writeable = total.flags.writeable = False
    measure(group, total)
