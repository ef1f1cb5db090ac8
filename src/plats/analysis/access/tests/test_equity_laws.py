"""Laws of equity of access: what must hold whatever the access, the need and the people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from plats.analysis.access.equity import (
    access_by_need,
    concentration_index,
    erreygers_index,
    wagstaff_index,
)

laws = settings(deadline=None, max_examples=20)


@st.composite
def needs(draw):
    """Access, need and people of some places that have an answer."""
    places = draw(st.integers(2, 7))
    access = draw(arrays.arrays(float, places, elements=st.integers(0, 20))) / 20
    need = draw(arrays.arrays(float, places, elements=st.integers(-3, 3)))
    people = draw(arrays.arrays(float, places, elements=st.integers(0, 50)))
    assume((access * people).sum() > 0)
    assume(len(np.unique(need[people > 0])) > 1)
    return access, need, people


@laws
@given(needs())
def test_concentration_is_the_covariance_of_access_and_rank(town):
    access, need, people = town
    share = people / people.sum()
    rank = np.array([share[need < one].sum() + share[need == one].sum() / 2 for one in need])
    mean = share @ access
    covariance = share @ ((access - mean) * (rank - share @ rank))
    assert concentration_index(access, need, people) == pytest.approx(2 * covariance / mean, abs=1e-12)
    assert -1 < concentration_index(access, need, people) < 1


@laws
@given(needs())
def test_the_other_way_around_is_the_opposite_sign(town):
    access, need, people = town
    assert concentration_index(access, -need, people) == pytest.approx(
        -concentration_index(access, need, people), abs=1e-12
    )


@laws
@given(needs(), st.integers(2, 9))
def test_only_the_order_of_need_and_the_proportions_of_access_and_people_count(town, times):
    access, need, people = town
    before = concentration_index(access, need, people)
    assert concentration_index(access, np.exp(need), people) == pytest.approx(before, abs=1e-12)
    assert concentration_index(access * times, need, people * times) == pytest.approx(before, abs=1e-12)


@laws
@given(needs())
def test_the_indices_with_a_ceiling_mirror_the_share_that_lacks(town):
    access, need, people = town
    assume((access * people).sum() < people.sum())
    for index in (wagstaff_index, erreygers_index):
        assert index(1 - access, need, people) == pytest.approx(-index(access, need, people), abs=1e-12)
        assert -1 - 1e-12 <= index(access, need, people) <= 1 + 1e-12


@laws
@given(needs(), st.integers(2, 6))
def test_parts_by_need_have_the_mean_of_all_and_meet_in_any_order(town, parts):
    access, need, people = town
    told = access_by_need(access, need, people, parts=parts)
    assert told.means.mean() == pytest.approx((access * people).sum() / people.sum())
    assert access_by_need(access[::-1], need[::-1], people[::-1], parts=parts).means == pytest.approx(
        told.means, abs=1e-12
    )
    assert told.gap == pytest.approx(-access_by_need(access, -need, people, parts=parts).gap, abs=1e-12)


@laws
@given(st.integers(2, 6), st.integers(1, 9))
def test_the_same_access_for_all_is_no_inequality(places, amount):
    access, need, people = np.full(places, amount), np.arange(places), np.arange(1, places + 1)
    assert concentration_index(access, need, people) == pytest.approx(0, abs=1e-12)
    told = access_by_need(access, need, people)
    assert told.gap == pytest.approx(0, abs=1e-12)
    assert told.ratio == pytest.approx(1)
