"""What cannot be is refused with a sentence that says what to do."""

from __future__ import annotations

import numpy as np
import pytest

from plats.analysis.contexts.cells import cells_of_points
from plats.analysis.contexts.grid import grid_of_cells, grid_of_points
from plats.analysis.contexts.nearest import nearest_people
from plats.analysis.contexts.radius import people_within

LINE = [[0, 0], [3, 0], [7, 0]], [10, 20, 40], [[1], [10], [40]]


def test_a_masked_figure_is_hidden():
    hidden = np.ma.masked_array([10, 20, 40], mask=[False, True, False])
    with pytest.raises(ValueError, match="Siffror saknas i 1 av 3"):
        grid_of_cells(LINE[0], hidden, LINE[2], cell_metres=100)


@pytest.mark.parametrize(
    ("cells", "total", "groups", "words"),
    [
        ([[0, 0]], [5], [[6]], "större än"),
        ([[0, 0]], [-5], [[0]], "negativt"),
        ([[0, 0]], [np.inf], [[0]], "oändligt"),
        ([[0, 0]], [5], [[-1]], "negativt"),
        ([[0, 0]], [np.nan], [[1]], "Siffror saknas i 1 av 1"),
        ([[0, 0]], [5.5], [[1]], "hela tal"),
        ([[0, 0]], [5], [[0.5]], "hela tal"),
        ([[0, 0]], [0], [[0]], "Ingen bor"),
        ([[0, 0], [0, 0]], [5, 5], [[0], [0]], "mer än en gång"),
        ([[0, 0], [1, 1]], [5, 5], [[0]], "en rad för var och en"),
        ([[0, 0]], [5], [0], "en rad för var och en"),
        ([[0, 0], [1, 1]], [5], [[0], [0]], "samma ordning"),
        ([[0, 0, 0]], [5], [[0]], "två kolumner"),
        ([[18.07, 59.33]], [5], [[0]], "hela tal"),
        ([[np.nan, 1]], [5], [[0]], "hela tal"),
        ([[0, 0], [10**6, 10**6]], [5, 5], [[0], [0]], "långt från varandra"),
        ([[0, 0]], [2**32], [[0]], "fler än"),
    ],
)
def test_cells_that_cannot_be_are_refused_with_a_sentence(cells, total, groups, words):
    with pytest.raises(ValueError, match=words):
        grid_of_cells(cells, total, groups, cell_metres=100)


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        ([[18.07, 59.33]], "grader"),
        ([[59.33, 18.07], [-179.9, 0.0]], "grader"),
        ([[np.nan, 6_580_000]], "Läge saknas för 1 av 1"),
        ([[674_000, np.inf]], "Läge saknas för 1 av 1"),
        ([674_000, 6_580_000], "två kolumner"),
    ],
)
def test_points_that_cannot_be_are_refused_with_a_sentence(metres, words):
    with pytest.raises(ValueError, match=words):
        grid_of_points(metres, [5], [[1]], cell_metres=100)


@pytest.mark.parametrize("side", [0, -100, np.nan, np.inf])
def test_a_cell_has_a_size(side):
    with pytest.raises(ValueError, match="sida"):
        grid_of_cells([[0, 0]], [5], [[1]], cell_metres=side)
    with pytest.raises(ValueError, match="sida"):
        cells_of_points([[674_000, 6_580_000]], side)


def test_hidden_is_one_of_two_words():
    with pytest.raises(ValueError, match="'refuse' eller 'exclude'"):
        grid_of_cells([[0, 0]], [5], [[1]], cell_metres=100, hidden="drop")


@pytest.mark.parametrize("k", [0, -1, 1.5, np.nan, np.inf, [[50]]])
def test_k_is_a_whole_number_of_people(k):
    with pytest.raises(ValueError, match="hela tal"):
        nearest_people(grid_of_cells(*LINE, cell_metres=100), k)


@pytest.mark.parametrize("radius", [-1, np.nan, np.inf, [[50]]])
def test_a_radius_is_a_number_of_metres(radius):
    with pytest.raises(ValueError, match="meter"):
        people_within(grid_of_cells(*LINE, cell_metres=100), radius)
