"""Laws of local statistics: what must not matter does not, the terms sum, and missing sites leave with their links."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.clusters.conditional import draw_neighbours
from plats.analysis.clusters.discovery import benjamini_hochberg, benjamini_yekutieli, permutations_needed
from plats.analysis.clusters.getis_ord import getis_ord, getis_ord_star
from plats.analysis.clusters.join_counts import join_counts, local_join_counts
from plats.analysis.clusters.known import Reason
from plats.analysis.clusters.links import links_from_lists
from plats.analysis.clusters.local import Quadrant, local_statistics
from plats.analysis.clusters.moran import local_moran, moran
from plats.analysis.clusters.overall import geary, overall_statistics
from plats.analysis.clusters.tests.towns import linked_sites, renumbered

laws = settings(max_examples=25, deadline=None)
MEASURES = {"local_moran": local_moran, "getis_ord": getis_ord, "getis_ord_star": getis_ord_star}
OVERALL = {"moran": moran, "geary": geary}
MIRRORED = np.array(
    [Quadrant.NEITHER, 3, 4, 1, 2]
)  # high among high is low among low when values are negated
RING = links_from_lists([[(site - 1) % 6, (site + 1) % 6] for site in range(6)])


def alike(one, other):
    return one == pytest.approx(other, abs=1e-9, nan_ok=True)


def statistics_of(values, links):
    return local_statistics(values, links, permutations=99, seed=3)


@laws
@given(linked_sites(), st.sampled_from([0.001, 3.0, 1e6]), st.sampled_from([-50.0, 0.0, 1000.0]))
def test_another_scale_and_another_zero_change_nothing(town, scale, shift):
    values, links = town
    for measure in (*MEASURES.values(), *OVERALL.values()):
        assert alike(measure(values * scale + shift, links), measure(values, links))
    here, there = statistics_of(values, links), statistics_of(values * scale + shift, links)
    assert alike(here.p, there.p)
    assert (here.quadrant == there.quadrant).all()
    assert (here.neighbours_higher == there.neighbours_higher).all()


@laws
@given(linked_sites())
def test_negated_values_keep_moran_and_p_and_turn_getis_ord(town):
    values, links = town
    here, there = statistics_of(values, links), statistics_of(-values, links)
    assert alike(here.moran, there.moran)
    assert alike(here.getis_ord, -there.getis_ord)
    assert alike(here.getis_ord_star, -there.getis_ord_star)
    assert alike(here.p, there.p)
    assert (there.quadrant == MIRRORED[here.quadrant]).all()
    assert alike(moran(-values, links), moran(values, links))
    assert alike(geary(-values, links), geary(values, links))


@laws
@given(linked_sites(), st.randoms(use_true_random=False))
def test_the_order_that_sites_stand_in_does_not_matter(town, random):
    values, links = town
    order = np.array(random.sample(range(len(values)), len(values)))
    again = renumbered(links, order)
    for measure in MEASURES.values():
        assert alike(measure(values[order], again), measure(values, links)[order])
    for measure in OVERALL.values():
        assert alike(measure(values[order], again), measure(values, links))


@laws
@given(linked_sites(), st.sampled_from([0.5, 7.0]))
def test_only_a_neighbours_part_of_the_weights_matters(town, scale):
    values, links = town
    scaled = type(links)(links.indptr, links.indices, links.weights * scale)
    assert alike(local_moran(values, scaled), local_moran(values, links))
    assert alike(getis_ord(values, scaled), getis_ord(values, links))
    assert alike(getis_ord_star(values, scaled, own_weight=scale), getis_ord_star(values, links))
    assert alike(statistics_of(values, scaled).p, statistics_of(values, links).p)


@laws
@given(linked_sites())
def test_the_local_terms_sum_to_the_whole(town):
    values, links = town
    linked = int((~links.islands).sum())
    whole = (len(values) - 1) * linked / len(values) * moran(values, links) if linked else 0
    assert alike(np.nansum(local_moran(values, links)), whole)


@laws
@given(linked_sites())
def test_geary_is_its_sum_of_squared_differences(town):
    values, links = town
    if not len(links.indices):
        assert np.isnan(geary(values, links))
        return
    parts = links.weights / np.bincount(links.rows, links.weights)[links.rows]
    apart = (parts * (values[links.rows] - values[links.indices]) ** 2).sum()
    squares = ((values - values.mean()) ** 2).sum()
    assert geary(values, links) == pytest.approx(
        (len(values) - 1) * apart / (2 * (~links.islands).sum() * squares)
    )


@laws
@given(linked_sites(), st.lists(st.booleans(), min_size=9, max_size=9))
def test_a_site_without_a_value_leaves_with_its_links_and_is_counted(town, lacking):
    values, links = town
    gone = np.array(lacking[: len(values)])
    left, rest = values[~gone], links.among(~gone)
    holed = np.where(gone, np.nan, values)
    for measure in MEASURES.values():
        assert alike(measure(holed, links)[~gone], measure(left, rest))
        assert np.isnan(measure(holed, links)[gone]).all()
    found, of_rest = statistics_of(holed, links), statistics_of(left, rest)
    assert alike(found.p[~gone], of_rest.p)
    assert (found.reason[gone] == Reason.VALUE_MISSING).all()
    assert (found.excluded, found.islands) == (gone.sum(), of_rest.islands)
    assert alike(moran(holed, links), moran(left, rest))


@laws
@given(linked_sites())
def test_every_answer_has_its_reason_and_its_bounds(town):
    values, links = town
    found = statistics_of(values, links)
    answered = found.reason == Reason.ANSWERED
    assert (answered == ~links.islands).all()
    assert (np.isnan(found.moran) == ~answered).all()
    assert (np.isnan(found.p) == ~answered).all()
    assert ((found.p[answered] >= 2 / 100) & (found.p[answered] <= 1)).all()
    assert (found.quadrant[~answered] == Quadrant.NEITHER).all()
    assert not found.neighbours_higher[~answered].any()
    signs = np.sign(np.where(np.abs(found.moran) < 1e-12, 0, found.moran))[answered]
    expected = {Quadrant.NEITHER: 0, 1: 1, 3: 1, 2: -1, 4: -1}
    assert [expected[quadrant] for quadrant in found.quadrant[answered].tolist()] == signs.tolist()


@laws
@given(linked_sites(weighted=False))
def test_getis_ord_with_itself_and_without_agree_on_a_site_at_the_mean_of_the_others(town):
    values, links = town
    values = values.copy()
    values[0] = values[1:].mean()
    if np.ptp(values) < 1e-9:
        return
    here, star = getis_ord(values, links)[0], getis_ord_star(values, links)[0]
    if np.isfinite([here, star]).all():
        assert np.sign(round(here, 9)) == np.sign(round(star, 9))


@laws
@given(linked_sites(), st.data())
def test_join_counts_sum_to_the_links_and_local_ones_to_twice_the_whole(town, data):
    links = town[1]
    having = np.array(
        data.draw(st.lists(st.integers(0, 1), min_size=links.sites, max_size=links.sites)), float
    )
    whole, local = join_counts(having, links), local_join_counts(having, links)
    assert whole.both + whole.one + whole.neither == len(links.indices) / 2
    by_chance = whole.both_by_chance + whole.one_by_chance + whole.neither_by_chance
    assert by_chance == pytest.approx(len(links.indices) / 2)
    swapped = join_counts(1 - having, links)
    assert (swapped.both, swapped.one) == (whole.neither, whole.one)
    assert swapped.both_by_chance == pytest.approx(whole.neither_by_chance)
    if 0 < having.sum() < len(having):
        assert np.nansum(local.joins) == 2 * whole.both
        assert ((local.p > 0) & (local.p <= 1 + 1e-12) | np.isnan(local.p)).all()


@laws
@given(st.lists(st.floats(0, 1) | st.just(np.nan), max_size=12))
def test_rates_keep_the_order_and_the_stricter_rule_finds_less(p):
    given_p, rates, strict = np.array(p), benjamini_hochberg(p), benjamini_yekutieli(p)
    known = ~np.isnan(given_p)
    assert (np.isnan(rates) == ~known).all()
    assert (rates[known] >= given_p[known] - 1e-15).all()
    assert ((rates[known] <= 1) & (strict[known] >= rates[known])).all()
    assert (np.diff(rates[known][np.argsort(given_p[known])]) >= -1e-15).all()
    # By its definition: found are the k lowest, k the most for which the k:th is at most k/m of the rate.
    ordered = np.sort(given_p[known])
    under = np.flatnonzero(ordered * len(ordered) / np.arange(1, len(ordered) + 1) <= 0.2)
    assert (rates[known] <= 0.2).sum() == (under.max() + 1 if len(under) else 0)


@pytest.mark.parametrize(("tests", "rate"), [(1, 0.05), (22, 0.05), (60, 0.05), (60, 0.1), (1000, 0.01)])
def test_one_site_among_many_can_be_found_with_the_permutations_needed_and_not_with_fewer(tests, rate):
    needed = permutations_needed(tests, rate)
    alone = [1.0] * (tests - 1)
    assert benjamini_hochberg([2 / (needed + 1), *alone])[0] <= rate + 1e-12
    assert benjamini_hochberg([2 / needed, *alone])[0] > rate + 1e-12


@pytest.mark.parametrize("values", [[5, 5, 5], [0.1, 0.1, 0.1], [np.nan, 4, np.nan], [np.nan] * 3])
def test_nothing_to_compare_is_no_answer_with_its_reason(values):
    links = links_from_lists([[1, 2], [0, 2], [0, 1]])
    found = statistics_of(values, links)
    assert np.isnan([found.moran, found.getis_ord, found.getis_ord_star, found.p]).all()
    known = ~np.isnan(np.array(values))
    alone = Reason.NO_NEIGHBOURS if known.sum() == 1 else Reason.ALL_EQUAL
    assert found.reason.tolist() == [alone if one else Reason.VALUE_MISSING for one in known]
    assert np.isnan([moran(values, links), geary(values, links)]).all()
    whole = overall_statistics(values, links, permutations=9, seed=1)
    assert np.isnan([whole.moran, whole.moran_p, whole.geary, whole.geary_p]).all()


def test_there_is_no_answer_either_without_sites_or_neighbours():
    nobody, apart = links_from_lists([]), links_from_lists([[], []])
    assert len(statistics_of([], nobody).p) == 0
    assert statistics_of([1, 2], apart).islands == 2
    assert np.isnan([moran([1, 2], apart), geary([], nobody), *local_moran([1, 2], apart)]).all()
    assert np.isnan(getis_ord([1, 2], links_from_lists([[1], [0]]))).all()
    assert np.isnan(getis_ord_star([1, 2], links_from_lists([[1], [0]]))).all()
    assert np.isnan(
        [
            getattr(join_counts([1], links_from_lists([[]])), one.name)
            for one in fields(join_counts([], nobody))
        ]
    ).all()
    assert np.isnan(local_join_counts([1, 1], links_from_lists([[1], [0]])).p).all()


def test_getis_ord_has_no_answer_where_the_others_are_all_equal():
    # one of six has 0.3, the others 0.1: from that one there is nothing to compare
    values = [0.3, *[0.1] * 5]
    assert np.isnan(getis_ord(values, RING)).tolist() == [True, *[False] * 5]
    assert not np.isnan(getis_ord_star(values, RING)).any()


@pytest.mark.parametrize("measure", [*MEASURES.values(), *OVERALL.values(), local_join_counts, join_counts])
def test_what_is_given_is_left_as_it_was_and_what_cannot_be_is_refused(measure):
    values = np.array([1.0, 0.0, np.nan, 1.0, 0.0, 1.0])
    for array in (values, RING.indptr, RING.indices, RING.weights):
        array.flags.writeable = False
    measure(values, RING)
    with pytest.raises(ValueError, match="5 värden och 6 platser"):
        measure([1, 0, 1, 0, 1], RING)
    with pytest.raises(ValueError, match="oändlig"):
        measure([1, 0, 1, 0, 1, np.inf], RING)


def test_questions_without_meaning_are_refused():
    with pytest.raises(ValueError, match=r"1 \(har egenskapen\) eller 0, men plats 1 .* har 2"):
        local_join_counts([1, 2, 0, 0, 0, 0], RING)
    with pytest.raises(ValueError, match="egen vikt"):
        getis_ord_star(range(6), RING, own_weight=0)
    with pytest.raises(ValueError, match="minst 1, till exempel 999"):
        overall_statistics(range(6), RING, permutations=0, seed=1)
    with pytest.raises(ValueError, match="minst 1, till exempel 999"):
        local_statistics(range(6), RING, permutations=0, seed=1)
    with pytest.raises(ValueError, match="6 platser kan ha 6 grannar"):
        draw_neighbours(6, 6, permutations=9, seed=1)
    with pytest.raises(ValueError, match="mellan 0 och 1"):
        benjamini_hochberg([0.5, 1.5])
    with pytest.raises(ValueError, match="mellan 0 och 1"):
        permutations_needed(5, 1)


def test_values_as_large_as_numbers_go_are_compared():
    links = links_from_lists([[1, 2], [0, 2], [0, 1, 3], [2]])
    small = local_statistics([1, -2, 3, 0.5], links, permutations=99, seed=1)
    large = local_statistics(np.array([1, -2, 3, 0.5]) * 5e307, links, permutations=99, seed=1)
    assert alike(small.moran, large.moran)
    assert alike(small.p, large.p)
