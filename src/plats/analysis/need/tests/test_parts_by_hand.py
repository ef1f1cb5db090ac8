"""Scaling, weighting and aggregation on a few areas, worked by hand."""

from __future__ import annotations

from fractions import Fraction
from math import log, sqrt

import numpy as np
import pytest

from plats.analysis.need.aggregation import aggregated, copeland
from plats.analysis.need.composite import composite
from plats.analysis.need.scaling import scaled
from plats.analysis.need.weighting import entropy_weights, equal_weights

FIGURES = [[10.0], [20.0], [40.0], [20.0]]


def near(values):
    return pytest.approx([float(value) for value in values], abs=1e-13)


class TestScaling:
    def test_z(self):
        # mean 22.5, squared distances 156.25 + 6.25 + 306.25 + 6.25 = 475, a quarter is 118.75
        expected = [-12.5 / sqrt(118.75), -2.5 / sqrt(118.75), 17.5 / sqrt(118.75), -2.5 / sqrt(118.75)]
        assert scaled(FIGURES, [1], "z").ravel() == near(expected)

    def test_min_max_rank_and_percentile(self):
        assert scaled(FIGURES, [1], "min_max").ravel() == near([0, Fraction(100, 3), 100, Fraction(100, 3)])
        assert scaled(FIGURES, [1], "rank").ravel().tolist() == [1, 2.5, 4, 2.5]
        assert scaled(FIGURES, [-1], "rank").ravel().tolist() == [4, 2.5, 1, 2.5]
        assert scaled(FIGURES, [1], "percentile").ravel().tolist() == [12.5, 50, 87.5, 50]

    def test_distance_to_target(self):
        # a target of 16: 10 is 6 of 16 short, 37.5 percent
        assert scaled(FIGURES, [1], "target", [16]).ravel() == near([-37.5, 25, 150, 25])
        assert scaled(FIGURES, [-1], "target", [16]).ravel() == near([37.5, -25, -150, -25])
        # a target below 0: -10 has 2 to go to -8, a quarter
        assert scaled([[-10.0]], [-1], "target", [-8]).ravel() == near([25])

    def test_what_is_missing_stays_missing_and_what_is_alike_says_nothing(self):
        table = [[np.nan, 5.0], [1.0, 5.0], [3.0, 5.0]]
        assert scaled(table, [1, 1], "rank").tolist()[1:] == [[1, 2], [2, 2]]
        assert scaled(table, [1, 1], "percentile")[1:].tolist() == [[25, 50], [75, 50]]
        for scaling in ("z", "min_max", "rank", "percentile"):
            found = scaled(table, [1, 1], scaling)
            assert np.isnan(found).tolist() == [[True, False], [False, False], [False, False]]
        assert scaled(table, [1, 1], "z")[:, 1].tolist() == [0, 0, 0]
        assert np.isnan(scaled([[np.nan]], [1], "rank")).all()

    def test_the_index_takes_them_all(self):
        assert composite(FIGURES, [1], [1], "rank").scores.tolist() == [1, 2.5, 4, 2.5]
        assert composite(FIGURES, [1], [-1], "target", targets=[16]).scores == near([37.5, -25, -150, -25])

    @pytest.mark.parametrize(
        ("scaling", "targets", "words"),
        [
            ("log", None, "Okänd skalning"),
            ("target", None, "Ange mål"),
            ("z", [16], "bara då"),
            ("target", [0], "Inget mål får vara 0"),
            ("target", [np.nan], "okänt"),
            ("target", [1, 2], "ett mål för var och en av de 1"),
        ],
    )
    def test_scalings_that_do_not_fit(self, scaling, targets, words):
        with pytest.raises(ValueError, match=words):
            scaled(FIGURES, [1], scaling, targets)


class TestWeighting:
    def test_equal(self):
        assert equal_weights(4).tolist() == [0.25] * 4
        with pytest.raises(ValueError, match="minst en del"):
            equal_weights(0)

    def test_entropy(self):
        # shares 1/2, 1/4, 1/4 and 1, 0, 0 and a third each: entropies 3/2 ln 2, 0 and ln 3 over ln 3
        table = [[2, 5, 7], [1, 0, 7], [1, 0, 7]]
        first = 1 - 1.5 * log(2) / log(3)
        assert entropy_weights(table) == near([first / (first + 1), 1 / (first + 1), 0])

    def test_entropy_where_areas_are_alike_or_lack_a_figure(self):
        assert entropy_weights([[3, 7], [3, 7]]).tolist() == [0.5, 0.5]
        assert entropy_weights([[3, 7], [1, 7], [np.nan, 9]]).tolist() == [1, 0]
        assert np.isnan(entropy_weights([[3, 7], [np.nan, 9]])).all()
        assert np.isnan(entropy_weights([[0, 7], [0, 9]])).all()

    @pytest.mark.parametrize(
        ("table", "words"), [([[-1], [2]], "minst 0"), ([[np.inf], [2]], "oändliga"), ([1, 2], "tabell")]
    )
    def test_figures_that_have_no_entropy(self, table, words):
        with pytest.raises(ValueError, match=words):
            entropy_weights(table)


class TestAggregation:
    PARTS = ((1.0, 8.0), (4.0, 4.0), (0.0, 9.0))

    def test_means_with_weights_two_and_one(self):
        assert aggregated(self.PARTS, [2, 1], "arithmetic") == near([Fraction(10, 3), 4, 3])
        # the cube root of 1 * 1 * 8; 3 over 2/1 + 1/8 is 24/17
        assert aggregated(self.PARTS, [2, 1], "geometric") == near([2, 4, 0])
        assert aggregated(self.PARTS, [2, 1], "harmonic") == near([Fraction(24, 17), 4, 0])

    def test_a_part_without_weight_is_left_out_and_one_that_is_missing_is_not(self):
        table = [[np.nan, 3.0], [2.0, np.nan]]
        for how in ("arithmetic", "geometric", "harmonic"):
            assert aggregated(table, [0, 1], how)[0] == pytest.approx(3)
            assert np.isnan(aggregated(table, [0, 1], how)[1])
            assert np.isnan(aggregated(table, [1, 1], how)).all()

    @pytest.mark.parametrize("how", ["geometric", "harmonic"])
    def test_parts_below_zero_have_no_such_mean(self, how):
        with pytest.raises(ValueError, match="minst 0"):
            aggregated([[-1.0, 2.0]], [1, 1], how)
        assert aggregated([[-1.0, 2.0]], [0, 1], how) == near([2])

    def test_what_does_not_fit(self):
        with pytest.raises(ValueError, match="Okänd sammanvägning"):
            aggregated(self.PARTS, [1, 1], "median")
        for function in (lambda: aggregated([1, 2], [1], "arithmetic"), lambda: copeland([1, 2], [1])):
            with pytest.raises(ValueError, match="rader"):
                function()
        with pytest.raises(ValueError, match="2 delar men 1"):
            copeland(self.PARTS, [1])

    def test_copeland(self):
        # weights 2, 1: the second beats the first 2 to 1 and the third 2 to 1; the first beats the third 2 to 1
        assert copeland(self.PARTS, [2, 1]).tolist() == [0, 2, -2]
        # equal weights: all are even
        assert copeland(self.PARTS, [1, 1]).tolist() == [0, 0, 0]
        # the second part alone: 8, 4, 9
        assert copeland(self.PARTS, [0, 1]).tolist() == [0, -2, 2]

    def test_copeland_sees_a_circle_that_no_mean_sees(self):
        # one beats two, two beats three and three beats one, each in two figures of three
        assert copeland([[3, 1, 2], [2, 3, 1], [1, 2, 3]], [1, 1, 1]).tolist() == [0, 0, 0]

    def test_even_votes_are_even_also_when_weights_are_tenths(self):
        # 0.1 + 0.2 against 0.3
        assert copeland([[1, 1, 0], [0, 0, 1]], [0.1, 0.2, 0.3]).tolist() == [0, 0]

    def test_copeland_compares_only_those_that_lack_nothing(self):
        assert copeland([[1, 1], [np.nan, 9], [0, 0]], [1, 1]).tolist() == [1, 0, -1]
        assert copeland([[np.nan]], [1]).tolist() == [0]
