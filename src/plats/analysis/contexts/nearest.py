"""The nearest people: who they are, and how far one must go to meet so many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray, as_counts
from plats.analysis.contexts.asking import spread
from plats.analysis.contexts.grid import PeopleGrid
from plats.vocabulary.messages import Count, Message

# A context is shown where it holds at least so many times the people of a usual input unit.
LEAST_UNITS = 5


@dataclass(frozen=True, slots=True)
class NearestPeople:
    """For every place and every k: who lives in the smallest circle about it that holds at least k people."""

    k: IntArray  # (ks,) as they were asked for
    radius_metres: FloatArray  # (places, ks) NaN where k is more than live in the grid
    people: IntArray  # (places, ks) how many the circle holds: k, and whoever shares the last distance; 0 where NaN
    counts: npt.NDArray[np.uint32]  # (places, ks, groups)

    @property
    def shares(self) -> FloatArray:
        """(places, ks, groups) each group's share of the people in the circle, 0-1; NaN where there is no circle."""
        people = np.where(self.people > 0, self.people, np.nan)
        shares: FloatArray = self.counts / people[:, :, None]
        return shares


def nearest_people(
    grid: PeopleGrid, k: npt.ArrayLike, at: npt.ArrayLike | None = None, *, threads: int | None = None
) -> NearestPeople:
    r"""Who the k people are who live nearest to each place, borders or no borders.

    .. math:: r_i = \min \{ r : \sum_{j:\, d_{ij} \le r} t_j \ge k \} \qquad
              c_{ig} = \sum_{j:\, d_{ij} \le r_i} g_j

    Parameters
    ----------
    grid
        Who lives where, from `grid_of_cells` or `grid_of_points`.
    k
        (ks,) how many people, each a whole number of at least 1; 50 to 100,000 are usual.
    at
        (places, 2) cells to ask about, populated or not, as in `grid_of_cells`; all that are populated when not said.
    threads
        How many places are asked about at once; as many as there are cores when not said.

    Returns
    -------
    Radius in metres, people, and counts by group, with the places in the order of `at` (or of `grid.cells`). The
    people of the place itself are among them. Where k is more than live in the grid: NaN, 0 and 0, for the reason
    that `why_no_context` gives.

    Raises
    ------
    ValueError
        If a k is missing, not whole or below 1, or a place lies between cells.

    Notes
    -----
    Everybody at the last distance is counted, so the circle may hold more than k: `people` says how many. Who of
    them would be the k-th is not known, and drawing lots would give another answer next time. Distances are between
    the middles of cells, compared as whole numbers, so the same input gives the same bytes on every machine.

    References
    ----------
    Östh, J., Malmberg, B. & Andersson, E. K. (2014). Analysing segregation using individualised neighbourhoods. In:
    Social-spatial segregation, Policy Press, 135-161. Ours counts the whole last ring and starts with the place itself.

    Examples
    --------
    >>> from plats.analysis.contexts.grid import grid_of_cells
    >>> grid = grid_of_cells([[0, 0], [3, 4], [6, 8]], [10, 10, 10], [[0], [5], [10]], cell_metres=100)
    >>> found = nearest_people(grid, k=[10, 15], at=[[0, 0]])
    >>> found.radius_metres, found.people, found.shares[0, :, 0]
    (array([[  0., 500.]]), array([[10, 20]]), array([0.  , 0.25]))
    """
    from plats.analysis.kernels.disks import nearest_radii

    asked = _whole_and_at_least_one(k)
    places = grid.places(at)
    rising = np.argsort(asked, kind="stable")
    within = rising[asked[rising] <= grid.people]
    needs = asked[within]
    radii, inside = (np.empty((len(places), len(needs)), np.int64) for _ in range(2))
    index = grid.locked()
    spread(places, lambda some: nearest_radii(index, places, some, needs, (radii, inside)), threads)
    squared, people = np.full((len(places), len(asked)), -1), np.zeros((len(places), len(asked)), np.int64)
    squared[:, within], people[:, within] = radii, inside
    counts = grid.count_within(places, squared, threads)[:, :, 1:]
    radius = np.sqrt(np.where(squared >= 0, squared, np.nan)) * grid.cell_metres
    return NearestPeople(asked, radius, people, counts)


def why_no_context(grid: PeopleGrid, k: int) -> Message | None:
    """The reason why there is no context of k people in this grid, as a sentence; None when there is one.

    Parameters
    ----------
    grid
        Who lives where.
    k
        How many people.

    Returns
    -------
    A Swedish sentence with its figures, or None.

    Examples
    --------
    >>> from plats.analysis.contexts.grid import grid_of_cells
    >>> str(why_no_context(grid_of_cells([[0, 0]], [7], [[1]], cell_metres=100), 50))
    'Det bor 7 personer i rutnätet, färre än de 50 närmaste som efterfrågas.'
    """
    if k <= grid.people:
        return None
    text = "Det bor {people} personer i rutnätet, färre än de {k} närmaste som efterfrågas."
    return Message(text, people=Count(grid.people), k=Count(int(k)))


def why_not_shown(k: int, unit_people: npt.ArrayLike) -> Message | None:
    """The reason why contexts of k people may not be shown from units of this size; None when they may.

    Parameters
    ----------
    k
        How many people a context holds.
    unit_people
        (units,) persons in each cell, area or property that the contexts are made from. Those where nobody lives,
        and those whose figure is missing, are passed over.

    Returns
    -------
    A Swedish sentence with its figures, or None.

    Raises
    ------
    ValueError
        If a number is negative or infinite, or nobody lives in any unit.

    Notes
    -----
    Among the k nearest people from large units, whole units are counted or left out, and the figure says more of
    where the borders go than of who lives near. At least five units of the usual size (the median) are asked for.

    References
    ----------
    Our own rule; five as a limit is a choice.

    Examples
    --------
    >>> str(why_not_shown(200, [1500, 1700, 1900]))
    'Kräver rutdata: 200 personer är färre än 5 områden av vanlig storlek (1\xa0700 personer).'
    >>> why_not_shown(200, [5, 12, 40]) is None
    True
    """
    people = as_counts("folkmängd", unit_people)
    lived = people[people > 0]
    if not len(lived):
        raise ValueError("Ingen bor i någon av enheterna, så deras vanliga storlek kan inte bestämmas.")
    usual = float(np.median(lived))
    if k >= LEAST_UNITS * usual:
        return None
    text = "Kräver rutdata: {k} personer är färre än {units} områden av vanlig storlek ({usual} personer)."
    return Message(text, k=Count(int(k)), units=Count(LEAST_UNITS), usual=Count(round(usual)))


# Internals


def _whole_and_at_least_one(k: npt.ArrayLike) -> IntArray:
    asked = np.atleast_1d(np.asarray(k, dtype=np.float64))
    if asked.ndim != 1 or not (
        np.isfinite(asked).all() and (asked == np.floor(asked)).all() and (asked >= 1).all()
    ):
        raise ValueError("k ska vara hela tal, minst 1: så många av de närmaste som ska räknas.")
    return asked.astype(np.int64)
