"""Made-up lands for the laws: a few populated cells with two groups, and the slow way to ask about them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from plats.analysis.contexts.grid import grid_of_cells

CELL = 100


@st.composite
def lands(draw, most_cells=25, widest=90):
    """(cells, 2) places that all differ, some far apart or west and south of zero; (cells, 3) total and two groups."""
    wide = draw(st.sampled_from([1, 3, 8, widest]))
    place = st.integers(-wide, wide)
    cells = draw(st.lists(st.tuples(place, place), min_size=1, max_size=most_cells, unique=True))
    total = draw(st.lists(st.integers(0, 40), min_size=len(cells), max_size=len(cells)))
    total[0] += 1  # somebody lives somewhere
    groups = [[draw(st.integers(0, people)), draw(st.integers(0, people))] for people in total]
    return np.array(cells), np.column_stack([total, groups])


def grid_of(land):
    cells, counts = land
    return grid_of_cells(cells, counts[:, 0], counts[:, 1:], cell_metres=CELL)


def squared_distances(land, at):
    cells, _ = land
    return ((np.asarray(at)[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)


def inside(land, at, squared):
    """(places, 3) who lives within the squared distances (places,), by looking at every cell."""
    near = squared_distances(land, at) <= np.asarray(squared)[:, None]
    return near @ land[1]


def smallest(land, at, k):
    """(places,) the smallest squared distance that holds k people, by looking at every cell."""
    found = []
    for distances in squared_distances(land, at):
        order = np.argsort(distances, kind="stable")
        held = np.cumsum(land[1][order, 0])
        found.append(distances[order][np.searchsorted(held, k)])
    return np.array(found)
