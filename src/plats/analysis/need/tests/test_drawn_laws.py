"""Laws of the places of areas when weights, method and figures are drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plats.analysis.need import drawn
from plats.analysis.need.aggregation import aggregated, copeland
from plats.analysis.need.drawn import choices_of
from plats.analysis.need.robustness import rank_intervals_under_weights
from plats.analysis.need.scaling import scaled
from plats.analysis.need.sensitivity import rank_sensitivity, variance_shares
from plats.analysis.need.tests.figures import RELATIVE, tables
from plats.analysis.need.uncertainty import rank_uncertainty
from plats.analysis.need.weighting import entropy_weights
from plats.analysis.ranks import ranks_of

laws = settings(deadline=None, max_examples=20)
METHODS = [("z", "arithmetic"), ("min_max", "geometric"), ("percentile", "harmonic"), ("rank", "arithmetic")]


@laws
@given(tables(missing=True), st.sampled_from([0.0, 0.2]), st.integers(1, 4), st.booleans())
def test_the_interval_holds_the_place_and_lies_among_the_places(table, spread, methods, noisy):
    figures, weights, ways = table
    errors = np.full(figures.shape, 0.5) if noisy else None
    asked = METHODS[:1] if noisy else METHODS[:methods]
    choices = choices_of(figures, weights, ways, spread=spread, methods=asked, errors=errors)
    told = rank_uncertainty(choices, draws=20, seed=3)
    complete = ~np.isnan(figures[:, weights > 0]).any(axis=1)
    assert ((told.places > 0) == complete).all()
    for ends in (told.best, told.worst):
        assert ((ends > 0) == complete).all()
    assert (told.best <= told.places).all()
    assert (told.places <= told.worst).all()
    assert (told.worst <= complete.sum()).all()


@laws
@given(tables(), st.sampled_from(METHODS))
def test_nothing_uncertain_is_the_order_itself(table, method):
    figures, weights, ways = table
    told = rank_uncertainty(choices_of(figures, weights, ways, spread=0, methods=[method]), draws=5, seed=1)
    scores = aggregated(scaled(figures, ways, method[0])[:, weights > 0], weights[weights > 0], method[1])
    assert told.places.tolist() == ranks_of(scores).tolist()
    alike = [(figures[:, weights > 0] == row).all(axis=1).sum() for row in figures[:, weights > 0]]
    assert told.best.tolist() == told.places.tolist()
    assert told.worst.tolist() == (told.places + np.array(alike) - 1).tolist()


@laws
@given(tables(), st.sampled_from([1, 5, 10_000]))
def test_every_draw_is_the_index_that_its_numbers_say(table, per_block):
    figures, weights, ways = table
    choices = choices_of(figures, weights, ways, spread=0.3, methods=METHODS)
    numbers = np.random.default_rng(5).random((12, len(choices.factors)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn, "_NUMBERS_PER_BLOCK", per_block)
        places = choices.places(numbers)
    for row, number in zip(places, numbers, strict=True):
        scaling, mean = METHODS[int(number[-1] * 4)]
        used = weights > 0
        share = weights[used] / weights.sum()
        if len(number) > 1:
            share = gamma_of(number[:-1], share * (0.3**-2 - 1))
        scores = aggregated(scaled(figures, ways, scaling)[:, used], share, mean)
        # scores that are equal but for the last bits may stand either way
        assume(len(np.unique(scores)) == len(np.unique(scores.round(9))))
        assert row.tolist() == ranks_of(scores).tolist()


def gamma_of(numbers, shapes):
    from scipy.special import gammaincinv

    return gammaincinv(shapes, numbers)


def test_areas_that_are_all_alike_share_every_place_and_never_move():
    choices = choices_of([[3, 4]] * 5, [1, 2], [1, -1], spread=0.5, methods=METHODS)
    told = rank_uncertainty(choices, draws=50, seed=1)
    assert told.places.tolist() == told.best.tolist() == [1] * 5
    assert told.worst.tolist() == [5] * 5
    assert told.mean_shift == 0
    assert np.isnan(rank_sensitivity(choices, draws=20, seed=1).first).all()


def test_weights_are_drawn_as_said():
    """Mean w and standard deviation s sqrt(w (1 - w)), as in rank_intervals_under_weights."""
    choices = choices_of(np.eye(3), [1, 3, 6], [1, 1, 1], spread=0.2)
    weights = choices._weights(list(np.random.default_rng(2).random((3, 40_000))))
    expected = np.array([0.1, 0.3, 0.6])
    assert weights.sum(axis=1) == pytest.approx(np.ones(40_000))
    assert weights.mean(axis=0) == pytest.approx(expected, abs=0.002)
    assert weights.std(axis=0) == pytest.approx(0.2 * np.sqrt(expected * (1 - expected)), rel=0.02)


def test_the_intervals_are_those_of_the_need_index():
    """The same law as rank_intervals_under_weights, from other random numbers."""
    random = np.random.default_rng(8)
    figures = random.random((40, 4))
    choices = choices_of(figures, [4, 3, 2, 1], [1, 1, 1, 1], spread=0.2, methods=[("z", "arithmetic")])
    told = rank_uncertainty(choices, draws=4000, seed=1)
    low, high = rank_intervals_under_weights(
        scaled(figures, [1, 1, 1, 1], "z"), [4, 3, 2, 1], spread=0.2, draws=4000, seed=2
    )
    assert abs(told.best - low).max() <= 1
    assert abs(told.worst - high).max() <= 1


def test_errors_move_areas_as_often_as_the_normal_law_says():
    """Two areas one standard deviation of the difference apart change places in 15.87 percent of the draws."""
    errors = [[0.5], [0.0], [math.sqrt(0.75)]]
    # 10 against 11, with errors 0.5 and sqrt(0.75): the difference 1 has the standard deviation 1; the other is far off
    choices = choices_of([[10.0], [90.0], [11.0]], [1], [1], spread=0, errors=errors)
    places = choices.places(np.random.default_rng(4).random((5_000, 1)))
    assert (places[:, 0] < places[:, 2]).mean() == pytest.approx(0.1587, abs=0.015)
    assert (places[:, 1] == 1).all()


def test_the_mean_shift_worked_by_hand():
    # under the first part the order is 1, 2, 3 and under the second 3, 1, 2; half of the draws are of each, and the
    # chosen is the first: 0 or (2 + 1 + 1) / 3
    figures = [[3, 9], [2, 0], [1, 1]]
    methods = [("rank", "arithmetic"), ("min_max", "arithmetic")]
    # weights 1 and 1: ranks 3 + 3, 2 + 1, 1 + 2 and 100 + 100, 50 + 0, 0 + 100/9
    choices = choices_of(figures, [1, 1], [1, 1], spread=0, methods=methods)
    assert choices.places(np.array([[0.25], [0.75]])).tolist() == [[1, 2, 2], [1, 2, 3]]
    told = rank_uncertainty(choices, draws=4000, seed=1)
    assert told.places.tolist() == [1, 2, 2]
    assert (told.best.tolist(), told.worst.tolist()) == ([1, 2, 2], [1, 2, 3])
    assert told.mean_shift == pytest.approx(1 / 6, abs=0.01)


class TestVarianceShares:
    def test_what_is_added_up_is_shared_by_variance(self):
        # x, 2 y and 3 z: 1, 4 and 9 of 14
        told = variance_shares(
            lambda numbers: numbers @ np.array([[1.0], [2.0], [3.0]]), 3, draws=40_000, seed=1
        )
        assert told.first[0] == pytest.approx([1 / 14, 4 / 14, 9 / 14], abs=0.02)
        assert told.total[0] == pytest.approx([1 / 14, 4 / 14, 9 / 14], abs=0.02)

    def test_what_acts_together_is_in_the_total_only(self):
        # (2x - 1)(2y - 1) has no share by either alone; with 2x - 1 added, variances 1/9 and 1/3:
        # x alone 3/4, with y 1/4
        def model(numbers):
            x, y = (2 * numbers - 1).T
            return np.column_stack([x * y, x * y + x, 0 * x])

        told = variance_shares(model, 2, draws=40_000, seed=1)
        assert told.first[:2] == pytest.approx(np.array([[0, 0], [3 / 4, 0]]), abs=0.03)
        assert told.total[:2] == pytest.approx(np.array([[1, 1], [1, 1 / 4]]), abs=0.03)
        assert np.isnan(told.first[2]).all()
        assert np.isnan(told.total[2]).all()

    def test_too_few_draws(self):
        with pytest.raises(ValueError, match="minst 2"):
            variance_shares(lambda numbers: numbers, 1, draws=1, seed=1)


class TestRankSensitivity:
    def test_one_factor_has_all_of_it(self):
        methods = [("rank", "arithmetic"), ("min_max", "arithmetic")]
        choices = choices_of([[3, 9], [2, 0], [1, 1]], [1, 1], [1, 1], spread=0, methods=methods)
        told = rank_sensitivity(choices, draws=2000, seed=1)
        assert told.factors == ("method",)
        assert np.isnan(told.total[:2]).all()
        assert told.total[2] == pytest.approx([1], abs=0.05)
        assert told.first[2] == pytest.approx([1], abs=0.1)
        assert told.alone == pytest.approx([1 / 6], abs=0.02)

    def test_factors_are_named_by_the_columns_that_were_given(self):
        choices = choices_of(
            np.eye(3), [1, 0, 2], [1, 1, 1], spread=0.2, methods=METHODS[:2], errors=np.eye(3)
        )
        assert choices.factors == ("weight 0", "weight 2", "method", "errors")
        assert choices_of(np.eye(3), [0, 0, 2], [1, 1, 1], spread=0.2).factors == ()

    def test_a_weight_that_cannot_matter_has_no_share(self):
        # the first column is alike in all areas, so only the last two weights part the first two areas
        figures = np.array([[5, 1, 3], [5, 3, 1], [5, 0, 0]])
        told = rank_sensitivity(choices_of(figures, [1, 1, 2], [1, 1, 1], spread=0.5), draws=2000, seed=1)
        assert told.total[0, 0] == 0
        assert told.alone[0] == 0
        assert (told.alone[1:] > 0).all()
        assert told.total[0, 1:] == pytest.approx(told.total[1, 1:])
        assert np.isnan(told.total[2]).all()

    def test_each_factor_alone_begins_at_the_index_as_it_is(self):
        # errors of nothing move nobody, whatever the weights and the other methods do
        figures = np.random.default_rng(1).random((12, 3))
        choices = choices_of(
            figures, [3, 2, 1], [1, 1, 1], spread=0.4, methods=METHODS, errors=np.zeros((12, 3))
        )
        told = rank_sensitivity(choices, draws=50, seed=1)
        assert told.factors[-1] == "errors"
        assert told.alone[-1] == 0
        assert (told.total[:, -1] == 0).all()
        assert (told.alone[:-1] > 0).all()
        assert choices.as_it_is()[-1] == 0
        assert choices._weights(list(choices.as_it_is()[:3, np.newaxis])) == pytest.approx(
            np.array([[1 / 2, 1 / 3, 1 / 6]]), rel=1e-9
        )

    def test_nothing_uncertain_and_nobody_complete(self):
        with pytest.raises(ValueError, match="Inget är osäkert"):
            rank_sensitivity(choices_of([[1.0]], [1], [1], spread=0.2), seed=1)
        nobody = choices_of([[1, np.nan]], [1, 1], [1, 1], spread=0.2)
        assert np.isnan(rank_sensitivity(nobody, draws=5, seed=1).alone).all()
        told = rank_uncertainty(nobody, draws=5, seed=1)
        assert (told.places.tolist(), told.best.tolist(), told.worst.tolist()) == ([0], [0], [0])
        assert np.isnan(told.mean_shift)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"spread": 1}, "mindre än 1"),
        ({"spread": -0.1}, "minst 0"),
        ({"methods": []}, "minst en metod"),
        ({"methods": [("z", "geometric")]}, "kan inte användas med 'geometric'"),
        ({"methods": [("target", "arithmetic")]}, "kan inte användas"),
        ({"errors": [[1.0]]}, "samma form"),
        ({"errors": [[1, 1], [1, -1]]}, "minst 0"),
        ({"errors": [[1, 1], [1, np.nan]]}, "minst 0"),
        ({"weights": [1]}, "2 delar men 1"),
        ({"directions": [1, 0]}, "riktningen"),
    ],
)
def test_choices_that_do_not_fit(changed, words):
    asked = {"matrix": [[1, 2], [3, 4]], "weights": [1, 1], "directions": [1, 1], "spread": 0.1} | changed
    with pytest.raises(ValueError, match=words):
        choices_of(**asked)


def test_draws_that_are_none():
    with pytest.raises(ValueError, match="minst 1"):
        rank_uncertainty(choices_of([[1.0]], [1], [1], spread=0.2), draws=0, seed=1)


def test_the_same_seed_gives_the_same_and_what_is_given_is_left_as_it_was():
    figures = np.array([[3.0, 1.0, np.nan], [2.0, 5.0, 1.0], [1.0, 4.0, 2.0]])
    errors, weights = np.ones((3, 3)), np.array([1.0, 2.0, 0.0])
    for array in (figures, errors, weights):
        array.flags.writeable = False
    told = [
        rank_uncertainty(
            choices_of(figures, weights, [1, -1, 1], spread=0.2, errors=errors), draws=30, seed=9
        )
        for _ in range(2)
    ]
    assert told[0].best.tolist() == told[1].best.tolist()
    assert told[0].mean_shift == told[1].mean_shift
    aggregated(figures, weights, "geometric")
    copeland(figures, weights)
    entropy_weights(figures)
    for scaling in RELATIVE:
        scaled(figures, [1, -1, 1], scaling)
