"""Laws of scaling, weighting and aggregation: what must hold whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plats.analysis.need import aggregation as aggregation_module
from plats.analysis.need.aggregation import aggregated, copeland
from plats.analysis.need.scaling import scaled
from plats.analysis.need.tests.figures import RELATIVE, tables
from plats.analysis.need.weighting import entropy_weights
from plats.analysis.ranks import ranks_of

laws = settings(deadline=None, max_examples=20)
MEANS = ["arithmetic", "geometric", "harmonic"]


@laws
@given(tables(missing=True), st.sampled_from(RELATIVE), st.integers(2, 9), st.integers(-20, 20))
def test_other_units_give_the_same_scale(table, scaling, times, plus):
    figures, _, ways = table
    assert scaled(figures * times + plus, ways, scaling) == pytest.approx(
        scaled(figures, ways, scaling), abs=1e-9, nan_ok=True
    )


@laws
@given(tables(missing=True), st.sampled_from([*RELATIVE, "target"]))
def test_scales_keep_the_order_of_each_figure(table, scaling):
    figures, _, ways = table
    targets = np.full(figures.shape[1], 7.0) if scaling == "target" else None
    found = scaled(figures, ways, scaling, targets)
    for before, after in zip((figures * ways).T, found.T, strict=True):
        if scaling == "target" or len(np.unique(before[~np.isnan(before)])) > 1:
            assert ranks_of(after).tolist() == ranks_of(before).tolist()


@laws
@given(tables(missing=True))
def test_ranks_sum_to_those_of_the_known_areas(table):
    figures, _, ways = table
    known = (~np.isnan(figures)).sum(axis=0)
    assert np.nansum(scaled(figures, ways, "rank"), axis=0).tolist() == (known * (known + 1) / 2).tolist()
    assert np.nansum(scaled(figures, ways, "percentile"), axis=0) == pytest.approx(50 * known)


@laws
@given(tables(), st.sampled_from([*RELATIVE]), st.sampled_from(MEANS), st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(table, scaling, mean, random):
    figures, weights, ways = table
    assume(scaling != "z" or mean == "arithmetic")
    order = random.sample(range(len(figures)), len(figures))
    before = aggregated(scaled(figures, ways, scaling), weights, mean)
    after = aggregated(scaled(figures[order], ways, scaling), weights, mean)
    assert after == pytest.approx(before[order], abs=1e-12)
    assert (
        copeland(figures[order] * ways, weights).tolist() == copeland(figures * ways, weights)[order].tolist()
    )


@laws
@given(tables(), st.sampled_from(MEANS), st.integers(0, 7), st.integers(0, 3), st.integers(1, 9))
def test_more_need_in_one_part_never_lowers_a_score(table, mean, area, part, more):
    figures, weights, _ = table
    raised = figures.copy()
    raised[area % len(figures), part % figures.shape[1]] += more
    assert (aggregated(raised, weights, mean) >= aggregated(figures, weights, mean) - 1e-12).all()
    wins, before = copeland(raised, weights), copeland(figures, weights)
    assert wins[area % len(figures)] >= before[area % len(figures)]


@laws
@given(tables())
def test_means_lie_between_the_least_and_the_greatest_part_and_in_their_order(table):
    figures, weights, _ = table
    used = figures[:, weights > 0]
    harmonic, geometric, arithmetic = (aggregated(figures, weights, mean) for mean in MEANS[::-1])
    assert (harmonic >= used.min(axis=1) - 1e-9).all()
    assert (geometric >= harmonic - 1e-9).all()
    assert (arithmetic >= geometric - 1e-9).all()
    assert (arithmetic <= used.max(axis=1) + 1e-9).all()


@laws
@given(tables(), st.integers(1, 5))
def test_copeland_sums_to_nothing_and_is_the_same_in_any_blocks(table, size):
    figures, weights, _ = table
    wins = copeland(figures, weights)
    assert wins.sum() == 0
    assert (abs(wins) < len(figures)).all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aggregation_module, "_PAIRS_PER_BLOCK", size)
        assert copeland(figures, weights).tolist() == wins.tolist()


@laws
@given(tables(missing=True))
def test_entropy_weights_sum_to_one_and_are_free_of_units(table):
    figures = table[0]
    weights = entropy_weights(figures)
    if not np.isnan(weights).any():
        assert weights.sum() == pytest.approx(1)
        assert (weights >= -1e-12).all()
        assert entropy_weights(figures * 7) == pytest.approx(weights, abs=1e-9)
