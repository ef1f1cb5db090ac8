"""Links from points, polygons, lists and pairs: who is whose neighbour, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.clusters import links as made
from plats.analysis.clusters.links import (
    bordering_links,
    links_between,
    links_from_lists,
    links_within,
    nearest_links,
)
from plats.analysis.clusters.tests.towns import linked_sites

laws = settings(max_examples=25, deadline=None)
TOWNS = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).random((12, 2)) * 100)


def neighbours_of(links):
    return [
        set(links.indices[links.indptr[site] : links.indptr[site + 1]].tolist())
        for site in range(links.sites)
    ]


def distances(points):
    return np.linalg.norm(points[:, None] - points[None], axis=2)


@laws
@given(TOWNS, st.integers(1, 11))
def test_the_nearest_are_nearer_than_all_others(points, number):
    away = distances(points)
    for site, nearest in enumerate(neighbours_of(nearest_links(points, number))):
        assert len(nearest) == number
        assert site not in nearest
        others = set(range(12)) - nearest - {site}
        assert all(away[site, near] <= away[site, far] for near in nearest for far in others)


@laws
@given(TOWNS, st.floats(1, 150))
def test_within_a_distance_is_all_that_lie_there_and_mutual(points, metres):
    near = distances(points) <= metres
    np.fill_diagonal(near, val=False)
    assert neighbours_of(links_within(points, metres)) == [set(np.flatnonzero(row).tolist()) for row in near]


def test_sites_at_one_point_are_neighbours_and_never_their_own():
    points = [[0, 0]] * 5 + [[9, 9]]
    for links in (nearest_links(points, 2), links_within(points, 1)):
        assert all(site not in beside for site, beside in enumerate(neighbours_of(links)))
    assert links_within(points, 1).counts.tolist() == [4, 4, 4, 4, 4, 0]
    assert nearest_links(points, 2).counts.tolist() == [2] * 6


def test_a_site_exactly_so_far_away_is_within():
    assert links_within([[0, 0], [3, 4]], 5).counts.tolist() == [1, 1]
    assert links_within([[0, 0], [3, 4]], 4.999).counts.tolist() == [0, 0]


def test_areas_with_a_common_border_are_neighbours():
    row = [shapely.box(500 * x, 0, 500 * x + 500, 500) for x in (0, 1, 2, 9)]
    links = bordering_links(row)
    assert neighbours_of(links) == [{1}, {0, 2}, {1}, set()]
    assert links.islands.tolist() == [False, False, False, True]
    assert neighbours_of(bordering_links(row, shortest_border_m=600)) == [set()] * 4


def test_rows_are_packed_in_order_with_their_weights():
    links = links_between(3, [[2, 1], [0, 2], [2, 0], [0, 1]], [4, 3, 2, 1])
    assert links.indptr.tolist() == [0, 2, 2, 4]
    assert links.indices.tolist() == [1, 2, 0, 1]
    assert links.weights.tolist() == [1, 3, 2, 4]
    assert links.rows.tolist() == [0, 0, 2, 2]
    assert links.sums(np.array([1.0, 10, 100])).tolist() == [310, 0, 42]
    assert links.totals(np.array([1.0, 2, 3, 4])).tolist() == [3, 0, 7]


@pytest.mark.parametrize(
    ("weights", "even"), [(None, True), ([2, 2, 3, 3], True), ([1, 2, 1, 1], False), ([5, 5, 5, 5], True)]
)
def test_even_is_one_weight_for_each_site(weights, even):
    assert links_between(3, [[0, 1], [0, 2], [2, 0], [2, 1]], weights).even is even
    assert links_between(3, np.empty((0, 2))).even


@laws
@given(linked_sites(), st.lists(st.booleans(), min_size=9, max_size=9))
def test_among_those_kept_is_every_link_between_two_of_them(town, kept):
    links = town[1]
    stay = np.array(kept[: links.sites])
    number = {old: new for new, old in enumerate(np.flatnonzero(stay).tolist())}
    between = [
        (number[row], number[column], weight)
        for row, column, weight in zip(
            links.rows.tolist(), links.indices.tolist(), links.weights.tolist(), strict=True
        )
        if row in number and column in number
    ]
    left = links.among(stay)
    assert left.sites == stay.sum()
    assert list(zip(left.rows.tolist(), left.indices.tolist(), left.weights.tolist(), strict=True)) == between


@pytest.mark.parametrize(
    ("pairs", "weights", "words"),
    [
        ([[0, 3]], None, "mellan plats 0 och 2"),
        ([[-1, 0]], None, "mellan plats 0 och 2"),
        ([[1, 1]], None, "granne till sig själv"),
        ([[0, 1], [0, 1]], None, "flera gånger"),
        ([[0, 1]], [0], "större än 0"),
        ([[0, 1]], [np.nan], "större än 0"),
        ([[0, 1]], [np.inf], "större än 0"),
        ([[0, 1]], [1, 2], "2 vikter och 1 länkar"),
    ],
)
def test_links_that_cannot_be_are_refused(pairs, weights, words):
    with pytest.raises(ValueError, match=words):
        links_between(3, pairs, weights)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: nearest_links([[0, 0], [1, 1]], 2), "färre än platserna, men är 2 av 2"),
        (lambda: nearest_links([[0, 0], [1, 1]], 0), "minst 1"),
        (lambda: nearest_links([[0, 0], [1, np.nan]], 1), "saknas för 1 platser, först plats 1"),
        (lambda: links_within([[0, np.inf], [1, 1]], 1), "först plats 0"),
        (lambda: links_within([[0, 0], [1, 1]], 0), "större än 0"),
        (lambda: links_within([[0, 0], [1, 1]], np.inf), "större än 0"),
        (lambda: links_within([0, 1], 1), "två koordinater"),
        (lambda: links_from_lists([[1], [1]]), "sig själv"),
    ],
)
def test_what_cannot_make_links_is_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_more_links_than_memory_holds_are_refused_before_they_are_made(monkeypatch):
    monkeypatch.setattr(made, "MOST_LINKS", 5)
    points = [[0, 0], [0, 1], [0, 2]]
    assert len(links_within(points, 1).indices) == 4
    with pytest.raises(ValueError, match="6 länkar, fler än 5"):
        links_within(points, 2)
