"""The people within a distance: who they are, however many or few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.contexts.grid import PeopleGrid


@dataclass(frozen=True, slots=True)
class PeopleWithin:
    """For every place and every radius: who lives no farther away."""

    radius_metres: FloatArray  # (radii,) as they were asked for
    people: IntArray  # (places, radii)
    counts: npt.NDArray[np.uint32]  # (places, radii, groups)

    @property
    def shares(self) -> FloatArray:
        """(places, radii, groups) each group's share of the people within, 0-1; NaN where nobody lives."""
        people = np.where(self.people > 0, self.people, np.nan)
        shares: FloatArray = self.counts / people[:, :, None]
        return shares


def people_within(
    grid: PeopleGrid,
    radius_metres: npt.ArrayLike,
    at: npt.ArrayLike | None = None,
    *,
    threads: int | None = None,
) -> PeopleWithin:
    r"""Who lives within a distance of each place.

    .. math:: c_{ig} = \sum_{j:\, d_{ij} \le r} g_j

    Parameters
    ----------
    grid
        Who lives where, from `grid_of_cells` or `grid_of_points`.
    radius_metres
        (radii,) metres, at least 0.
    at
        (places, 2) cells to ask about, populated or not, as in `grid_of_cells`; all that are populated when not said.
    threads
        How many places are asked about at once; as many as there are cores when not said.

    Returns
    -------
    People and counts by group, with the places in the order of `at` (or of `grid.cells`). A cell whose middle lies
    exactly at the distance is within it.

    Raises
    ------
    ValueError
        If a radius is missing, infinite or below 0, or a place lies between cells.

    Notes
    -----
    A cell is within or not: a radius of less than a few cells says more of the grid than of the people. In towns the
    same distance holds a hundred times as many people as in the countryside; `nearest_people` holds as many
    everywhere.

    References
    ----------
    Reardon, S. F. et al. (2008). The geographic scale of metropolitan racial segregation. Demography 45(3), 489-514.
    https://doi.org/10.1353/dem.0.0019. Theirs weighs near people more; ours counts each as one.

    Examples
    --------
    >>> from plats.analysis.contexts.grid import grid_of_cells
    >>> grid = grid_of_cells([[0, 0], [3, 4], [6, 8]], [10, 10, 10], [[0], [5], [10]], cell_metres=100)
    >>> found = people_within(grid, [499, 500], at=[[0, 0]])
    >>> found.people, found.counts[0, :, 0]
    (array([[10, 20]]), array([0, 5], dtype=uint32))
    """
    asked = np.atleast_1d(np.asarray(radius_metres, dtype=np.float64))
    if asked.ndim != 1 or not (np.isfinite(asked) & (asked >= 0)).all():
        raise ValueError("Radien ska vara ett antal meter, minst 0.")
    places = grid.places(at)
    squared = np.array([_whole_cells(radius, grid.cell_metres) for radius in asked.tolist()], np.int64)
    counts = grid.count_within(places, np.tile(squared, (len(places), 1)), threads)
    return PeopleWithin(asked, counts[:, :, 0].astype(np.int64), counts[:, :, 1:])


# Internals


def _whole_cells(radius: float, cell: float) -> int:
    """The radius in cells, squared and rounded down: as fractions, since 300 metres are exactly three cells of 100."""
    (metres, of), (side, parts) = radius.as_integer_ratio(), cell.as_integer_ratio()
    return int((metres * parts) ** 2 // (of * side) ** 2)
