"""The composite index: its parts add up, what is missing stays missing, and the order follows the figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.need.composite import composite
from plats.analysis.need.robustness import leave_one_out, rank_intervals_under_weights
from plats.analysis.ranks import ranks_of

scalings = st.sampled_from(["z", "min_max", "percentile"])


@st.composite
def tables(draw):
    areas, columns = draw(st.integers(2, 10)), draw(st.integers(1, 4))
    rows = draw(
        st.lists(
            st.lists(st.none() | st.integers(0, 50), min_size=columns, max_size=columns),
            min_size=areas,
            max_size=areas,
        )
    )
    weights = draw(st.lists(st.integers(0, 5), min_size=columns, max_size=columns).filter(any))
    ways = draw(st.lists(st.sampled_from([-1, 1]), min_size=columns, max_size=columns))
    return np.array(rows, dtype=float), weights, ways


class TestComposite:
    def test_three_areas_and_two_figures_worked_by_hand(self):
        # first figure 10 20 30: mean 20, variance 200/3; second 4 4 1, mean 3, variance 2; second turned
        # round. z of the first: -10, 0, 10 over sqrt(200/3) = -sqrt(3/2), 0, sqrt(3/2) z of the second
        # turned: -1, -1, 2 over sqrt(2)
        index = composite([[10, 4], [20, 4], [30, 1]], weights=[1, 1], directions=[1, -1])
        first, second = math.sqrt(3 / 2), 1 / math.sqrt(2)
        expected = [(-first - second) / 2, -second / 2, (first + 2 * second) / 2]
        assert index.scores == pytest.approx(expected, abs=1e-12)

    def test_the_other_scalings_worked_by_hand(self):
        table = [[10.0], [20.0], [40.0], [20.0]]
        # 10..40: (20 - 10) / 30 is a third. Below 20 is one of four and equal are two: (1 + 3) / 2 of 4 is 50
        # percent
        assert composite(table, [1], [1], "min_max").scores == pytest.approx([0, 100 / 3, 100, 100 / 3])
        assert composite(table, [1], [1], "percentile").scores == pytest.approx([12.5, 50, 87.5, 50])
        assert composite(table, [1], [-1], "percentile").scores == pytest.approx([87.5, 50, 12.5, 50])

    def test_an_area_that_lacks_a_part_has_no_score_and_the_others_keep_theirs(self):
        index = composite([[1, 5], [2, math.nan], [3, 7]], [1, 1], [1, 1])
        assert np.isnan(index.scores).tolist() == [False, True, False]
        assert np.isnan(index.contributions[1]).all()
        # its known figure still counts when the column is scaled: 1 and 3 are one step of sqrt(2/3) from the
        # mean 2
        assert index.parts[:, 0] == pytest.approx([-math.sqrt(3 / 2), 0, math.sqrt(3 / 2)])

    def test_a_part_without_weight_is_left_out_also_where_it_is_missing(self):
        index = composite([[1, math.nan], [3, math.nan]], [2, 0], [1, 1])
        assert index.scores.tolist() == [-1, 1]

    def test_a_figure_that_is_the_same_everywhere_says_nothing(self):
        assert composite([[0.1], [0.1], [0.1]], [1], [1]).scores.tolist() == [0, 0, 0]
        assert composite([[7.0], [7.0]], [1], [1], "percentile").scores.tolist() == [50, 50]

    @settings(deadline=None, max_examples=80)
    @given(tables(), scalings)
    def test_contributions_add_up_to_the_score(self, table, scaling):
        index = composite(*table, scaling)
        assert index.contributions.sum(axis=1) == pytest.approx(index.scores, abs=1e-12, nan_ok=True)
        assert index.weights.sum() == pytest.approx(1)

    @settings(deadline=None, max_examples=80)
    @given(tables(), scalings)
    def test_a_score_is_missing_exactly_where_a_weighted_part_is(self, table, scaling):
        matrix, weights, _ = table
        lacking = np.isnan(matrix[:, np.array(weights) > 0]).any(axis=1)
        assert np.array_equal(np.isnan(composite(*table, scaling).scores), lacking)

    @settings(deadline=None, max_examples=80)
    @given(tables(), scalings, st.integers(2, 9), st.integers(-20, 20))
    def test_other_units_give_the_same_scores(self, table, scaling, times, plus):
        matrix, weights, ways = table
        other = composite(matrix * times + plus, weights, ways, scaling).scores
        assert other == pytest.approx(composite(*table, scaling).scores, abs=1e-9, nan_ok=True)

    @settings(deadline=None, max_examples=80)
    @given(tables(), scalings)
    def test_turning_every_direction_turns_the_order(self, table, scaling):
        matrix, weights, ways = table
        turned = composite(matrix, weights, [-way for way in ways], scaling).scores
        sums = turned + composite(*table, scaling).scores
        known = sums[~np.isnan(sums)]
        assert known == pytest.approx(np.full(len(known), known[0] if len(known) else 0), abs=1e-9)

    @settings(deadline=None, max_examples=80)
    @given(tables(), st.sampled_from(["min_max", "percentile"]))
    def test_scores_on_a_scale_of_hundred_stay_on_it(self, table, scaling):
        scores = composite(*table, scaling).scores
        known = scores[~np.isnan(scores)]
        assert ((known >= -1e-9) & (known <= 100 + 1e-9)).all()

    @settings(deadline=None, max_examples=60)
    @given(tables(), scalings, st.data())
    def test_more_of_a_figure_never_lowers_the_area_below_one_it_was_above(self, table, scaling, data):
        matrix, weights, ways = table
        area = data.draw(st.integers(0, len(matrix) - 1))
        raised = matrix.copy()
        raised[area] += 5 * np.array(ways)
        before, after = composite(*table, scaling).scores, composite(raised, weights, ways, scaling).scores
        if len(weights) == 1 and not math.isnan(before[area]):
            assert (after[area] >= after - 1e-9)[before[area] >= before].all()

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"weights": [1]}, "2 delar men 1"),
            ({"weights": [0, 0]}, "inte alla 0"),
            ({"weights": [-1, 2]}, "minst 0"),
            ({"directions": [1, 0]}, "riktningen"),
            ({"scaling": "log"}, "Okänd skalning"),
            ({"matrix": [1, 2]}, "tabell"),
            ({"matrix": [[1, math.inf]]}, "oändligt"),
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, changed, words):
        given_ = {
            "matrix": [[1, 2], [3, 4]],
            "weights": [1, 1],
            "directions": [1, 1],
            "scaling": "z",
        } | changed
        with pytest.raises(ValueError, match=words):
            composite(**given_)


class TestRanksUnderOtherWeights:
    def test_an_area_highest_in_every_part_is_first_whatever_the_weights(self):
        low, high = rank_intervals_under_weights([[9, 9], [5, 1], [1, 5]], [1, 1], spread=0.9, seed=1)
        assert (low[0], high[0]) == (1, 1)
        assert (low[1:].tolist(), high[1:].tolist()) == ([2, 2], [3, 3])

    def test_weights_that_are_not_shaken_give_the_order_itself(self):
        low, high = rank_intervals_under_weights([[3, 1], [2, 9], [1, 1]], [2, 1], spread=0, seed=1)
        assert low.tolist() == high.tolist() == [2, 1, 3]

    def test_weights_are_shaken_as_much_as_said(self):
        # The first area leads when w1 > 1/2 + t. With sd s * sqrt(w1 w2) = 0.05 around 1/2, two standard
        # deviations are 0.1: an area 0.2 behind in one part and ahead in the other (t = 0.1) leads in about 2
        # percent of the draws.
        parts = [[1.0, 0.0], [0.4, 0.9]]  # 1 w1 > 0.4 w1 + 0.9 w2 when w1 > 0.6
        few = rank_intervals_under_weights(parts, [1, 1], spread=0.1, draws=20_000, seed=1, level=0.90)
        most = rank_intervals_under_weights(parts, [1, 1], spread=0.1, draws=20_000, seed=1, level=0.98)
        assert [array.tolist() for array in few] == [[2, 1], [2, 1]]
        assert [array.tolist() for array in most] == [[1, 1], [2, 2]]

    def test_an_area_that_lacks_a_part_has_no_place(self):
        low, high = rank_intervals_under_weights([[1, math.nan], [2, 2], [3, 3]], [1, 1], spread=0.1, seed=1)
        assert low.tolist() == high.tolist() == [0, 2, 1]

    def test_areas_that_are_alike_share_their_interval(self):
        low, high = rank_intervals_under_weights([[1, 2], [1, 2], [0, 0]], [1, 1], spread=0.2, seed=1)
        assert (low.tolist(), high.tolist()) == ([1, 1, 3], [2, 2, 3])

    @settings(deadline=None, max_examples=30)
    @given(tables(), st.sampled_from([0.0, 0.1, 0.5]))
    def test_places_lie_between_one_and_the_number_of_complete_areas(self, table, spread):
        parts, weights, _ = table
        low, high = rank_intervals_under_weights(parts, weights, spread=spread, draws=50, seed=4)
        complete = ~np.isnan(parts[:, np.array(weights) > 0]).any(axis=1)
        assert (low[~complete] == 0).all()
        assert ((low[complete] >= 1) & (low[complete] <= high[complete])).all()
        assert (high <= complete.sum()).all()

    @pytest.mark.parametrize("wrong", [{"spread": 1}, {"spread": -0.1}, {"spread": 0.1, "draws": 0}])
    def test_settings_that_mean_nothing_are_refused(self, wrong):
        with pytest.raises(ValueError, match="ska vara"):
            rank_intervals_under_weights([[1.0]], [1], seed=1, **wrong)


class TestLeaveOneOut:
    def test_the_order_without_each_part(self):
        # weights 1:1:2. Without the first (5,0)(1,1)(0,2): 5/3, 1, 4/3. Without the second (0,0)(1,1)(5,2).
        # And so on.
        parts = [[0.0, 5.0, 0.0], [1.0, 1.0, 1.0], [5.0, 0.0, 2.0]]
        assert leave_one_out(parts, [1, 1, 2]).tolist() == [[1, 3, 2], [3, 2, 1], [1, 3, 1]]

    def test_the_same_areas_are_ranked_in_every_row(self):
        assert leave_one_out([[math.nan, 9], [1, 1], [2, 2]], [1, 1]).tolist() == [[0, 2, 1], [0, 2, 1]]

    def test_leaving_out_a_part_without_weight_changes_nothing(self):
        parts = np.array([[3.0, 1.0, 0.0], [1.0, 2.0, 0.0], [2.0, 2.5, 9.0]])
        assert leave_one_out(parts, [3, 1, 0])[2].tolist() == ranks_of(parts @ [3, 1, 0]).tolist()

    def test_an_index_of_one_part_has_nothing_to_leave_out(self):
        with pytest.raises(ValueError, match="bara har en"):
            leave_one_out([[1.0, 2.0]], [1, 0])
