"""The nearest people and those within a distance: by hand, against looking at every cell, and the laws they obey."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.analysis.contexts.asking import FEWEST_PLACES
from plats.analysis.contexts.cells import cells_of_points
from plats.analysis.contexts.grid import grid_of_cells, grid_of_points
from plats.analysis.contexts.nearest import nearest_people, why_no_context, why_not_shown
from plats.analysis.contexts.radius import people_within
from plats.analysis.contexts.tests.lands import CELL, grid_of, inside, lands, smallest, squared_distances
from plats.analysis.kernels.disks import nearest_radii, people_in_circles, warm

laws = settings(deadline=None, max_examples=40)

# Three cells on a line: 10 people, 20 people 300 m east of them, 40 people 400 m farther.
LINE = [[0, 0], [3, 0], [7, 0]], [10, 20, 40], [[1], [10], [40]]


class TestByHand:
    def test_three_cells_on_a_line(self):
        # from the middle cell: 20 at once, the 10 at 300 m make 30, the 40 at 400 m make 70
        grid = grid_of_cells(*LINE, cell_metres=100)
        found = nearest_people(grid, [1, 20, 21, 30, 31, 70], at=[[3, 0]])
        assert found.radius_metres.tolist() == [[0, 0, 300, 300, 400, 400]]
        assert found.people.tolist() == [[20, 20, 30, 30, 70, 70]]
        assert found.counts[0, :, 0].tolist() == [10, 10, 11, 11, 51, 51]
        shares = [Fraction(10, 20), Fraction(10, 20), Fraction(11, 30), Fraction(11, 30), Fraction(51, 70)]
        assert found.shares[0, :5, 0].tolist() == [float(share) for share in shares]

    def test_everybody_at_the_last_distance_is_counted(self):
        # four cells of 5 people at 500 m, two along the axes and two at 3 and 4 cells; the fifth is farther away
        cells = [[0, 0], [5, 0], [0, -5], [3, 4], [-4, 3], [6, 0]]
        grid = grid_of_cells(cells, [2, 5, 5, 5, 5, 9], [[0]] * 6, cell_metres=100)
        found = nearest_people(grid, [3, 22, 23], at=[[0, 0]])
        assert found.people.tolist() == [[22, 22, 31]]
        assert found.radius_metres.tolist() == [[500, 500, 600]]

    def test_within_a_radius_the_border_is_inside(self):
        grid = grid_of_cells(*LINE, cell_metres=100)
        found = people_within(grid, [0, 299.9, 300, 400, 1e6], at=[[3, 0]])
        assert found.people.tolist() == [[20, 20, 30, 70, 70]]
        assert found.shares[0, 2, 0] == float(Fraction(11, 30))

    def test_a_radius_is_compared_exactly(self):
        # three cells of 0.1 metres are less than 0.3 as the machine writes them, and seven more than 0.7
        grid = grid_of_cells([[0, 0], [3, 0]], [1, 1], [[0], [0]], cell_metres=0.1)
        assert people_within(grid, [3 * 0.1], at=[[0, 0]]).people.tolist() == [[2]]
        assert people_within(grid, [0.2999], at=[[0, 0]]).people.tolist() == [[1]]

    def test_where_nobody_lives_there_is_no_share(self):
        grid = grid_of_cells(*LINE, cell_metres=100)
        found = people_within(grid, [100], at=[[5, 0]])
        assert found.people.tolist() == [[0]]
        assert np.isnan(found.shares).all()


@laws
@given(lands(), st.lists(st.integers(1, 60), min_size=1, max_size=4))
def test_the_nearest_are_those_found_by_looking_at_every_cell(land, k):
    grid = grid_of(land)
    found = nearest_people(grid, k)
    for which, need in enumerate(k):
        if need > grid.people:
            assert np.isnan(found.radius_metres[:, which]).all()
            assert (found.people[:, which] == 0).all()
            assert np.isnan(found.shares[:, which]).all()
            continue
        squared = smallest(land, grid.cells, need)
        expected = inside(land, grid.cells, squared)
        assert found.radius_metres[:, which].tolist() == (np.sqrt(squared) * CELL).tolist()
        assert found.people[:, which].tolist() == expected[:, 0].tolist()
        assert found.counts[:, which].tolist() == expected[:, 1:].tolist()


@laws
@given(lands(), st.lists(st.tuples(st.integers(-150, 150), st.integers(-150, 150)), min_size=1, max_size=9))
def test_one_may_ask_about_any_place_inside_the_land_and_outside(land, at):
    grid = grid_of(land)
    need = max(1, grid.people // 2)
    found = nearest_people(grid, need, at=at)
    squared = smallest(land, at, need)
    assert found.radius_metres[:, 0].tolist() == (np.sqrt(squared) * CELL).tolist()
    assert found.counts[:, 0].tolist() == inside(land, at, squared)[:, 1:].tolist()


@laws
@given(lands(), st.lists(st.integers(0, 260), min_size=1, max_size=4))
def test_those_within_a_radius_are_those_found_by_looking_at_every_cell(land, cells_away):
    grid = grid_of(land)
    found = people_within(grid, np.array(cells_away) * float(CELL))
    for which, away in enumerate(cells_away):
        expected = inside(land, grid.cells, np.full(len(grid.cells), away**2))
        assert np.column_stack([found.people[:, which], found.counts[:, which]]).tolist() == expected.tolist()


def town(cells=5000, wide=260, seed=5):
    """A denser land, with a centre and gaps, and more cells than a thread is given in one go."""
    random = np.random.default_rng(seed)
    places = np.vstack(
        [random.normal(wide / 2, wide / 12, (cells, 2)), random.uniform(0, wide, (cells // 2, 2))]
    )
    places = np.unique(np.floor(places).astype(np.int64), axis=0)
    total = random.integers(1, 30, len(places))
    return places, np.column_stack([total, random.binomial(total, 0.3), random.binomial(total, 0.6)])


@pytest.mark.parametrize("k", [1, 20, 900, 20_000])
def test_a_whole_town_is_the_same_as_looking_at_every_cell(k):
    land = town()
    grid = grid_of(land)
    assert len(grid.cells) > 4 * FEWEST_PLACES
    found = nearest_people(grid, k)
    some = np.arange(0, len(grid.cells), 31)
    squared = smallest(land, grid.cells[some], k)
    assert found.radius_metres[some, 0].tolist() == (np.sqrt(squared) * CELL).tolist()
    assert found.counts[some, 0].tolist() == inside(land, grid.cells[some], squared)[:, 1:].tolist()


def test_the_answer_does_not_depend_on_the_order_the_threads_or_who_else_is_asked():
    land = town(cells=1500)
    grid = grid_of(land)
    k = [800, 20, 6000, 20]
    whole = nearest_people(grid, k, threads=2)
    backwards = nearest_people(grid, k, at=grid.cells[::-1], threads=1)
    some = nearest_people(grid, [6000], at=grid.cells[::7])
    np.testing.assert_array_equal(whole.counts, backwards.counts[::-1])
    np.testing.assert_array_equal(whole.radius_metres, backwards.radius_metres[::-1])
    np.testing.assert_array_equal(whole.counts[::7, 2], some.counts[:, 0])
    np.testing.assert_array_equal(whole.counts[:, 1], whole.counts[:, 3])


def test_more_groups_than_a_table_holds():
    places, counts = town(cells=200)
    groups = np.column_stack([counts[:, 1 + number % 2] // (1 + number) for number in range(17)])
    grid = grid_of_cells(places, counts[:, 0], groups, cell_metres=CELL)
    found = nearest_people(grid, [50, 500])
    for number in (0, 6, 7, 8, 15, 16):
        one = grid_of_cells(places, counts[:, 0], groups[:, [number]], cell_metres=CELL)
        np.testing.assert_array_equal(
            found.counts[:, :, number], nearest_people(one, [50, 500]).counts[:, :, 0]
        )


@laws
@given(lands(), st.integers(1, 40))
def test_the_circle_holds_k_and_one_that_is_a_ring_smaller_does_not(land, k):
    grid = grid_of(land)
    if k > grid.people:
        return
    found = nearest_people(grid, k)
    assert (found.people[:, 0] >= k).all()
    squared = np.round((found.radius_metres[:, 0] / CELL) ** 2).astype(int)
    assert (inside(land, grid.cells, squared - 1)[:, 0] < k).all()


@laws
@given(lands())
def test_radius_and_people_grow_with_k_and_all_of_k_is_the_whole_land(land):
    grid = grid_of(land)
    k = np.unique(np.linspace(1, grid.people, 5).astype(int))
    found = nearest_people(grid, k)
    assert (np.diff(found.radius_metres, axis=1) >= 0).all()
    assert (np.diff(found.people, axis=1) >= 0).all()
    assert (found.people[:, -1] == grid.people).all()
    assert (found.counts[:, -1] == land[1][:, 1:].sum(axis=0)).all()


@laws
@given(lands(), st.integers(-10_000, 10_000), st.integers(-10_000, 10_000), st.integers(1, 30))
def test_moving_mirroring_and_turning_the_land_changes_nothing(land, east, north, k):
    cells, counts = land
    here = nearest_people(grid_of(land), k, at=cells)
    for moved in (cells + np.array([east, north]), cells * [-1, 1], cells[:, ::-1]):
        there = nearest_people(grid_of((moved, counts)), k, at=moved)
        np.testing.assert_array_equal(here.radius_metres, there.radius_metres)
        np.testing.assert_array_equal(here.counts, there.counts)


@laws
@given(lands(), st.integers(2, 7), st.integers(1, 30))
def test_so_many_times_the_people_and_k_is_the_same_share(land, times, k):
    cells, counts = land
    one = nearest_people(grid_of(land), k)
    many = nearest_people(grid_of((cells, counts * times)), k * times)
    np.testing.assert_array_equal(one.radius_metres, many.radius_metres)
    np.testing.assert_allclose(one.shares, many.shares, rtol=1e-14)


@laws
@given(lands())
def test_the_farthest_place_one_meets_is_no_farther_than_the_land_is_wide(land):
    grid = grid_of(land)
    lived = land[0][land[1][:, 0] > 0]
    widest = np.sqrt(squared_distances((lived, None), lived).max()) * CELL
    assert nearest_people(grid, grid.people).radius_metres.max() == widest


class TestPoints:
    def test_points_in_a_cell_are_put_together(self):
        metres = [[674000, 6580000], [674099, 6580099], [674100, 6580000], [673999, 6580000]]
        grid = grid_of_points(metres, [1, 2, 4, 8], [[1], [0], [4], [0]], cell_metres=100)
        assert grid.cells.tolist() == [[6739, 65800], [6740, 65800], [6741, 65800]]
        assert grid.counts.tolist() == [[8, 0], [3, 1], [4, 4]]

    def test_west_and_south_of_zero(self):
        assert cells_of_points([[-1, -100], [-100.1, 250]], 100).tolist() == [[-1, -1], [-2, 2]]

    def test_excluded_points_are_counted(self):
        metres = [[674000, 6580000], [674000, 6580000], [674500, 6580000]]
        grid = grid_of_points(metres, [1, 2, np.nan], [[1], [np.nan], [0]], cell_metres=100, hidden="exclude")
        assert grid.excluded == 2
        assert grid.counts.tolist() == [[1, 1]]

    def test_small_cells_give_the_distance_between_the_points(self):
        random = np.random.default_rng(3)
        metres = random.uniform([600_000, 6_500_000], [602_000, 6_502_000], (400, 2))
        total = random.integers(1, 9, 400)
        grid = grid_of_points(metres, total, np.zeros((400, 0)), cell_metres=1)
        at = cells_of_points(metres, 1)
        found = nearest_people(grid, 100, at=at).radius_metres[:, 0]
        distances = np.sqrt(((metres[:, None] - metres[None]) ** 2).sum(axis=2))
        order = np.argsort(distances, axis=1)
        rank = (np.cumsum(total[order], axis=1) >= 100).argmax(axis=1)
        exact = np.take_along_axis(distances, order, axis=1)[np.arange(400), rank]
        assert np.abs(found - exact).max() < 1.42


def test_excluded_cells_are_counted_and_empty_ones_change_nothing():
    cells, total, groups = LINE
    more = [*cells, [2, 0], [1, 1]], [*total, np.nan, 0], [*groups, [3], [0]]
    grid = grid_of_cells(*more, cell_metres=100, hidden="exclude")
    assert grid.excluded == 1
    whole = grid_of_cells(*LINE, cell_metres=100)
    np.testing.assert_array_equal(nearest_people(grid, 25).counts, nearest_people(whole, 25).counts)


def test_more_people_than_there_are_has_a_reason():
    grid = grid_of_cells(*LINE, cell_metres=100)
    assert why_no_context(grid, 70) is None
    assert str(why_no_context(grid, 71)) == (
        "Det bor 70 personer i rutnätet, färre än de 71 närmaste som efterfrågas."
    )


def test_five_usual_units_are_asked_for_and_no_fewer():
    # the median of those that are known and lived in: 10, 20, 30
    units = [10, 30, 20, 0, np.nan]
    assert why_not_shown(100, units) is None
    assert re.match("Kräver rutdata: 99 personer är färre än 5 områden", str(why_not_shown(99, units)))
    with pytest.raises(ValueError, match="Ingen bor"):
        why_not_shown(100, [0, np.nan])


def test_what_is_given_is_left_as_it_was():
    cells, total, groups = (np.array(one, dtype=float) for one in LINE)
    k, at = np.array([50.0, 20.0]), np.array([[3, 0]])
    for one in (cells, total, groups, k, at):
        one.flags.writeable = False
    grid = grid_of_cells(cells, total, groups, cell_metres=100)
    nearest_people(grid, k, at=at)
    people_within(grid, k, at=at)
    metres = cells * 100 + 600_000
    metres.flags.writeable = False
    grid_of_points(metres, total, groups, cell_metres=100)


def test_nobody_is_asked_about():
    grid = grid_of_cells(*LINE, cell_metres=100)
    found = nearest_people(grid, [10, 20], at=np.zeros((0, 2), int))
    assert found.counts.shape == (0, 2, 1)
    assert people_within(grid, [10], at=np.zeros((0, 2), int)).people.shape == (0, 1)


def test_a_grid_from_another_process_needs_no_new_kernel():
    """What Dask sends cannot be written to, and what pickle makes can: once each was compiled for itself, at work."""
    grid = grid_of(town(cells=300))
    warm()
    for made in (grid, pickle.loads(pickle.dumps(grid, 5))):  # noqa: S301
        nearest_people(made, [5, 50])
        people_within(made, [500.0], at=made.cells[:1])
    assert [len(kernel.signatures) for kernel in (nearest_radii, people_in_circles)] == [1, 1]
