"""Chance: the draws follow their law, three ways of counting are one, and what is called found is seldom chance."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import numba
import numpy as np
import pytest

from plats.analysis.clusters import conditional
from plats.analysis.clusters.conditional import chance_tails, conditional_tails, draw_neighbours
from plats.analysis.clusters.finding import Finding, findings
from plats.analysis.clusters.links import Links, links_from_lists, links_within, nearest_links
from plats.analysis.clusters.local import local_statistics
from plats.analysis.kernels.permutations import warm

WAYS = ("_in_arrays", "_by_running_sums", "_by_weighted_sums")


@pytest.mark.parametrize("way", [0, 8])
def test_every_ordered_choice_is_drawn_as_often(way, monkeypatch):
    """Two of four others: 12 choices, 500 draws each, with a standard deviation of sqrt(6000 * 11 / 144) = 21."""
    monkeypatch.setattr(conditional, "SELDOM_TWICE", way)
    drawn = Counter(map(tuple, draw_neighbours(5, 2, permutations=6000, seed=2).tolist()))
    assert set(drawn) == set(permutations(range(4), 2))
    assert all(abs(times - 500) < 4 * 21 for times in drawn.values())


def test_draws_are_the_same_for_a_seed_and_others_for_another():
    one, same, other = (draw_neighbours(50, 6, permutations=20, seed=seed) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
    assert all(len(set(row)) == 6 for row in one.tolist())
    assert 0 <= one.min() <= one.max() < 49


@pytest.mark.parametrize(("sites", "most"), [(1, 0), (2, 1), (0, 0), (9, 8)])
def test_few_sites_can_be_drawn_from(sites, most):
    draws = draw_neighbours(sites, most, permutations=5, seed=1)
    assert draws.shape == (5, most)
    assert all(sorted(row) == list(range(8)) for row in draws.tolist() if most == 8)


def sites_of(kind, number=400):
    random = np.random.default_rng(8)
    points, values = random.random((number, 2)), random.integers(0, 12, number) / 10  # many sums are equal
    values = values.astype(np.float64)
    if kind == "nearest":
        return values, nearest_links(points, 5)
    if kind == "many at a point":
        return values, links_within(points.round(1), 0.05)
    links = links_within(points, 0.06)
    if kind == "weighted":
        return values, Links(links.indptr, links.indices, random.choice([0.5, 1.0, 2.0], len(links.indices)))
    return values, links


@pytest.mark.parametrize("kind", ["nearest", "within", "many at a point", "weighted"])
def test_the_kernels_count_as_whole_arrays_do(kind):
    values, links = sites_of(kind)
    draws = draw_neighbours(links.sites, int(links.counts.max()), permutations=99, seed=5)
    tails = [getattr(conditional, way)(values, links, draws) for way in WAYS if links.even or way != WAYS[1]]
    for other in tails[1:]:
        np.testing.assert_array_equal(other.at_least, tails[0].at_least)
        np.testing.assert_array_equal(other.at_most, tails[0].at_most)
    equal = tails[0].at_least + tails[0].at_most - 99
    assert (equal >= 0).all()
    assert equal.sum() > 0
    assert ((tails[0].at_least == 99) & (tails[0].at_most == 99))[links.islands].all()


@pytest.mark.parametrize("kind", ["nearest", "weighted"])
def test_the_size_of_the_work_alone_chooses_how_it_is_counted(kind, monkeypatch):
    values, links = sites_of(kind)
    draws = draw_neighbours(links.sites, int(links.counts.max()), permutations=50, seed=5)
    few = conditional_tails(values, links, draws)
    chosen = []
    for way in WAYS:
        monkeypatch.setattr(conditional, way, lambda *asked, way=way: chosen.append(way))
    conditional_tails(values, links, draws)
    monkeypatch.setattr(conditional, "FEW", len(links.indices) * 50 - 1)
    conditional_tails(values, links, draws)
    assert chosen == ["_in_arrays", WAYS[1] if kind == "nearest" else WAYS[2]]
    assert few.permutations == 50


def test_the_number_of_cores_and_the_size_of_a_part_change_nothing(monkeypatch):
    values, links = sites_of("within")
    draws = draw_neighbours(links.sites, int(links.counts.max()), permutations=99, seed=5)
    whole = conditional._by_running_sums(values, links, draws)
    monkeypatch.setattr(conditional, "SITES_PER_PART", 3)
    cores = numba.get_num_threads()
    try:
        numba.set_num_threads(1)
        parted = conditional._by_running_sums(values, links, draws)
    finally:
        numba.set_num_threads(cores)
    np.testing.assert_array_equal(parted.at_least, whole.at_least)
    np.testing.assert_array_equal(parted.at_most, whole.at_most)


@pytest.mark.parametrize(("limit", "size"), [("DRAWN_AT_ONCE", 5 * 40), ("COMPARED_AT_ONCE", 400 * 40)])
def test_draws_in_several_batches_are_all_the_draws(limit, size, monkeypatch):
    values, links = sites_of("nearest")
    monkeypatch.setattr(conditional, limit, size)
    done = []
    found = chance_tails(values, links, permutations=99, seed=7, progress=lambda *told: done.append(told))
    assert done == [(40, 99), (80, 99), (99, 99)]
    random = np.random.default_rng(7)
    batches = [draw_neighbours(links.sites, 5, permutations=number, seed=random) for number in (40, 40, 19)]
    whole = conditional_tails(values, links, np.concatenate(batches))
    np.testing.assert_array_equal(found.at_least, whole.at_least)
    np.testing.assert_array_equal(found.p, whole.p)


def test_sums_that_are_equal_in_decimals_are_ties_whatever_their_order():
    """0.1 + 0.2 is 0.3 + 0.0 here, though not in binary."""
    links = links_from_lists([[1, 2], [0], [0], [0], [0]])
    values = np.array([9.0, 0.1, 0.2, 0.3, 0.0])
    draws = np.array(
        [[2, 3], [3, 2], [1, 0], [0, 1]], dtype=np.int32
    )  # sites 3 and 4, and 1 and 2, of site 0
    for way in WAYS:
        tails = getattr(conditional, way)(values, links, draws)
        assert (tails.at_least[0], tails.at_most[0]) == (4, 4)


def test_values_that_lie_close_together_far_from_zero_keep_their_ties():
    values, links = sites_of("nearest")
    draws = draw_neighbours(links.sites, 5, permutations=99, seed=5)
    near, far = (conditional_tails(moved, links, draws) for moved in (values, values / 100 + 1e6))
    np.testing.assert_array_equal(far.at_least, near.at_least)
    np.testing.assert_array_equal(far.at_most, near.at_most)


def test_too_few_draws_and_too_many_neighbours_are_refused(monkeypatch):
    links = links_from_lists([[1, 2], [0], [0]])
    with pytest.raises(ValueError, match="1 grannar, men någon plats har 2"):
        conditional_tails(np.zeros(3), links, np.zeros((9, 1), dtype=np.int32))
    monkeypatch.setattr(conditional, "MOST_NEIGHBOURS", 1)
    with pytest.raises(ValueError, match="högst 1 går att räkna exakt"):
        conditional_tails(np.zeros(3), links, np.zeros((9, 2), dtype=np.int32))


def test_the_kernels_are_warmed_with_the_types_they_are_called_with():
    from plats.analysis.kernels.permutations import tails_of_even, tails_of_weighted

    warm()
    before = [len(kernel.signatures) for kernel in (tails_of_even, tails_of_weighted)]
    for way, kind in ((WAYS[1], "nearest"), (WAYS[2], "weighted")):
        values, links = sites_of(kind)
        draws = draw_neighbours(links.sites, int(links.counts.max()), permutations=9, seed=5)
        getattr(conditional, way)(values, links, draws)
    assert [len(kernel.signatures) for kernel in (tails_of_even, tails_of_weighted)] == before == [1, 1]


@pytest.mark.parametrize(("sites", "towns"), [(22, 300), (60, 100)])
def test_one_test_in_twenty_is_wrong_when_there_is_nothing_to_find(sites, towns):
    """Independent values: 5 % of the sites have p at most 0.05. With 6,000 sites, six to a neighbourhood, the share
    has a standard deviation of about 0.0028 * sqrt(2) = 0.004."""
    random = np.random.default_rng(11)
    links = nearest_links(random.random((sites, 2)), 5)
    wrong, found = [], []
    for town in range(towns):
        local = local_statistics(random.normal(size=sites), links, permutations=199, seed=town)
        wrong.append(local.p <= 0.05)
        found.append((local.rates <= 0.05).any())
    assert 0.04 <= np.mean(wrong) <= 0.06
    # With nothing to find, every find is false: some find in at most 5 % of the towns (five deviations of sqrt(.05/n)).
    assert np.mean(found) <= 0.05 + 5 * np.sqrt(0.05 / towns)


def block_in_a_row(sites=60, block=12, at=5.0):
    """A row of sites with two neighbours to each side, and a stretch of high values in it."""
    links = links_from_lists(
        [[j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < sites] for i in range(sites)]
    )
    values = np.random.default_rng(4).normal(size=sites)
    values[10 : 10 + block] += at
    return values, links


def test_high_places_together_are_found_and_so_is_one_alone():
    values, links = block_in_a_row()
    values[15] = -5.0  # one low in the middle of the high
    told = findings(local_statistics(values, links, permutations=9999, seed=1))
    assert told[12] == told[18] == Finding.HIGH_WITH_NEIGHBOURS
    assert told[15] == Finding.LOW_ALONE
    assert set(told[30:]) == {Finding.NOT}
    turned = findings(local_statistics(-values, links, permutations=9999, seed=1))
    assert turned[12] == Finding.LOW_WITH_NEIGHBOURS
    assert turned[15] == Finding.HIGH_ALONE
