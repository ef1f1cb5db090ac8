"""Profiles over scales: by hand, and what holds at the smallest and the largest scale."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from plats.analysis.contexts.nearest import nearest_people
from plats.analysis.contexts.profile import scale_profile
from plats.analysis.contexts.tests.lands import grid_of, lands
from plats.analysis.segregation.exposure import exposure

laws = settings(deadline=None, max_examples=25)


def test_two_places_by_hand():
    # 10 and 30 people live where the group's share around is 1/2 and 1/10; 6 and 3 of them belong to it
    found = scale_profile([[[0.5]], [[0.1]]], [[10, 6], [30, 3]])
    mean = Fraction(1, 4) * Fraction(1, 2) + Fraction(3, 4) * Fraction(1, 10)
    assert found.mean[0, 0] == pytest.approx(float(mean), abs=1e-15)
    spread = Fraction(1, 4) * (Fraction(1, 2) - mean) ** 2 + Fraction(3, 4) * (Fraction(1, 10) - mean) ** 2
    assert found.deviation[0, 0] == pytest.approx(float(spread) ** 0.5, abs=1e-15)
    around = Fraction(2, 3) * Fraction(1, 2) + Fraction(1, 3) * Fraction(1, 10)
    assert found.exposure[0, 0, 0] == pytest.approx(float(around), abs=1e-15)


@laws
@given(lands())
def test_among_the_nearest_one_it_is_the_own_cell_and_among_all_it_is_the_land(land):
    grid = grid_of(land)
    found = scale_profile(nearest_people(grid, [1, grid.people]).shares, grid.counts)
    counts = grid.counts.astype(float)
    whole = counts[:, 1:].sum(axis=0) / counts[:, 0].sum()
    np.testing.assert_allclose(found.mean[0], whole, atol=1e-12)
    np.testing.assert_allclose(found.mean[1], whole, atol=1e-12)
    np.testing.assert_allclose(found.deviation[1], 0, atol=1e-9)
    assert (found.deviation <= 0.5 + 1e-12).all()
    for one in (0, 1):
        if len(counts) > 1 and counts[:, 1:].sum(axis=0).all():
            expected = exposure(counts[:, 1 + one], counts[:, 2 - one], counts[:, 0])
            assert found.exposure[0, one, 1 - one] == pytest.approx(expected, abs=1e-12)


def test_a_scale_without_a_context_and_a_group_without_people_have_no_answer():
    found = scale_profile([[[0.5], [np.nan]], [[0.1], [0.2]]], [[10, 0], [30, 0]])
    assert found.mean[0, 0] == pytest.approx(0.2)
    assert np.isnan(found.mean[1, 0])
    assert np.isnan(found.exposure).all()


def test_a_place_where_nobody_lives_changes_nothing():
    found = scale_profile([[[0.5]], [[np.nan]]], [[10, 5], [0, 0]])
    assert found.mean[0, 0] == found.exposure[0, 0, 0] == 0.5


@pytest.mark.parametrize(
    ("shares", "counts", "words"),
    [
        ([[0.5]], [[10, 5]], "formen"),
        ([[[0.5]]], [[10]], "formen"),
        ([[[0.5]]], [[10, 5], [1, 1]], "formen"),
        ([[[0.5]]], [[10, -5]], "minst 0"),
        ([[[0.5]]], [[np.nan, 5]], "kända"),
    ],
)
def test_what_does_not_fit_is_refused(shares, counts, words):
    with pytest.raises(ValueError, match=words):
        scale_profile(shares, counts)


def test_what_is_given_is_left_as_it_was():
    shares, counts = np.array([[[0.5]]]), np.array([[10.0, 5.0]])
    shares.flags.writeable = counts.flags.writeable = False
    scale_profile(shares, counts)
