"""A grid of populated cells, made ready to answer who lives around any place in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import IntArray
from plats.analysis.contexts.asking import spread
from plats.analysis.contexts.cells import Hidden, as_cells, cells_of_points, checked_counts

if TYPE_CHECKING:
    from plats.analysis.kernels.disks import Cells

Packed = npt.NDArray[np.uint64]

# The index has a bit for every cell of the rectangle about the people: at most so many words of 64.
MOST_WORDS = 2**26
COLUMNS_IN_TABLE = 8


@dataclass(frozen=True, slots=True)
class PeopleGrid:
    """Who lives in each cell. Cells where nobody lives are not kept: they change no answer."""

    cell_metres: float
    cells: IntArray  # (cells, 2) east and north, in whole cells; sorted by north and then east
    counts: npt.NDArray[np.uint32]  # (cells, 1 + groups) persons in all, then in each group
    excluded: int  # cells (or points) left out because a figure was missing
    index: Cells
    tables: tuple[Packed, ...]  # (cells + 1, 4) running sums of eight columns, two in each word

    @property
    def people(self) -> int:
        """How many live in the grid."""
        return int(self.index.sums[-1])

    @property
    def groups(self) -> int:
        """How many groups are counted beside everybody."""
        return int(self.counts.shape[1]) - 1

    def places(self, at: npt.ArrayLike | None) -> IntArray:
        """Row and column in the index of the cells asked for, or of all that are populated."""
        asked = self.cells if at is None else as_cells(at)
        return np.ascontiguousarray(asked[:, ::-1] - self.cells.min(axis=0)[::-1])

    def locked(self) -> Cells:
        """The index as arrays that cannot be written to, which is how a cluster hands them out: a kernel is compiled
        for the one kind or the other."""
        bits, before, columns, sums, width = self.index
        return type(self.index)(_locked(bits), _locked(before), _locked(columns), _locked(sums), width)

    def count_within(
        self, places: IntArray, squared: IntArray, threads: int | None
    ) -> npt.NDArray[np.uint32]:
        """(places, radii, 1 + groups) persons in all and by group, within squared radii of the places, in cells."""
        from plats.analysis.kernels.disks import people_in_circles

        blocks, index = [], self.locked()
        for table in map(_locked, self.tables):
            found = np.empty((*squared.shape, COLUMNS_IN_TABLE // 2), np.uint64)

            def ask(some: IntArray, table: Packed = table, found: Packed = found) -> None:
                people_in_circles(index, table, (places, squared), some, found)

            spread(places, ask, threads)
            blocks.append(found.view(np.uint32))
        return np.concatenate(blocks, axis=2)[:, :, : self.counts.shape[1]]


def grid_of_cells(
    cells: npt.ArrayLike,
    total: npt.ArrayLike,
    groups: npt.ArrayLike,
    *,
    cell_metres: float,
    hidden: Hidden = "refuse",
) -> PeopleGrid:
    """People by cell of a regular grid, made ready to be asked who lives around any of its cells.

    Parameters
    ----------
    cells
        (cells, 2) east and north, counted in whole cells: the metres of a corner divided by the cell's size.
    total
        (cells,) persons in all.
    groups
        (cells, groups) persons in each group; a person may be in several or in none.
    cell_metres
        The side of a cell in metres, such as 100.
    hidden
        What to do with cells where a figure is missing (NaN): 'refuse' them, or 'exclude' and count them.

    Returns
    -------
    The grid. Cells where nobody lives are left out, those with a missing figure too if `hidden` says so.

    Raises
    ------
    ValueError
        If a cell stands twice or lies between cells, a count is negative or not whole, a group is larger than its
        total, a figure is missing and `hidden` is 'refuse', nobody lives anywhere, or the cells lie so far apart
        that the grid would not fit in memory.

    Notes
    -----
    An excluded cell is taken to be empty, so contexts near it reach farther than they should: say how many they are.
    People are taken to live at the middle of their cell.

    References
    ----------
    Our own. The cells are Statistics Sweden's grid in SWEREF 99 TM.

    Examples
    --------
    >>> grid = grid_of_cells([[0, 0], [1, 0], [5, 2]], [10, 0, 30], [[4], [0], [6]], cell_metres=100)
    >>> grid.people, len(grid.cells)
    (40, 2)
    """
    if not 0 < cell_metres < np.inf:
        raise ValueError(f"Rutans sida ska vara ett antal meter större än 0, men är {cell_metres:g}.")
    where, known, figures = checked_counts(as_cells(cells), total, groups, hidden)
    lived = known & (figures[:, 0] > 0)
    where, counts = where[lived], figures[lived].astype(np.uint32)
    if not len(where):
        raise ValueError("Ingen bor i någon av rutorna, så det finns inga omgivningar att räkna.")
    order = np.lexsort((where[:, 0], where[:, 1]))
    where, counts = where[order], counts[order]
    twice = np.flatnonzero((np.diff(where, axis=0) == 0).all(axis=1))
    if len(twice):
        raise ValueError(
            f"Rutan öster {where[twice[0], 0]}, norr {where[twice[0], 1]} finns mer än en gång. Är det flera år i "
            "samma fil? Är det punkter, låt dem läggas ihop till rutor."
        )
    index, tables = _indexed(where, counts)
    return PeopleGrid(float(cell_metres), where, counts, int((~known).sum()), index, tables)


def grid_of_points(
    metres: npt.ArrayLike,
    total: npt.ArrayLike,
    groups: npt.ArrayLike,
    *,
    cell_metres: float,
    hidden: Hidden = "refuse",
) -> PeopleGrid:
    """People by point, such as their property, put together by the cell the point lies in.

    Parameters
    ----------
    metres
        (points, 2) east and north in metres, SWEREF 99 TM; several points may be the same.
    total
        (points,) persons in all.
    groups
        (points, groups) persons in each group.
    cell_metres
        The side of the cells in metres. Distances are off by at most 1.42 times it; a tenth of the smallest radius
        that matters is small enough.
    hidden
        What to do with points where a figure is missing (NaN): 'refuse' them, or 'exclude' and count them.

    Returns
    -------
    The grid, with the excluded points counted.

    Raises
    ------
    ValueError
        If the coordinates are degrees or missing, or as `grid_of_cells`.

    Notes
    -----
    Exact distances between points were an alternative: a tree over people is a hundred times as slow and needs a
    gigabyte for a town. A cell of 10 metres is as good as the address.

    References
    ----------
    Our own.

    Examples
    --------
    >>> grid = grid_of_points([[674010, 6580020], [674090, 6580080]], [2, 3], [[1], [0]], cell_metres=100)
    >>> grid.cells, grid.counts
    (array([[ 6740, 65800]]), array([[5, 1]], dtype=uint32))
    """
    where, known, counts = checked_counts(cells_of_points(metres, cell_metres), total, groups, hidden)
    once, which = np.unique(where[known], axis=0, return_inverse=True)
    together = np.column_stack(
        [np.bincount(which.ravel(), column, len(once)) for column in counts[known].T]
    ).astype(np.int64)
    made = grid_of_cells(once, together[:, 0], together[:, 1:], cell_metres=cell_metres)
    return PeopleGrid(made.cell_metres, made.cells, made.counts, int((~known).sum()), made.index, made.tables)


# Internals


def _indexed(where: IntArray, counts: npt.NDArray[np.uint32]) -> tuple[Cells, tuple[Packed, ...]]:
    from plats.analysis.kernels.disks import Cells

    columns, rows = (where - where.min(axis=0)).T
    width, height = int(columns.max()) + 1, int(rows.max()) + 1
    words = (width >> 6) + 1
    if words * height > MOST_WORDS:
        raise ValueError(
            f"Rutorna ligger så långt från varandra ({width} gånger {height} rutor) att de inte får plats i minnet. "
            "Kontrollera lägena, eller välj större rutor."
        )
    bits = np.zeros((height, words), np.uint64)
    np.bitwise_or.at(bits, (rows, columns >> 6), np.uint64(1) << (columns & 63).astype(np.uint64))
    lived = np.bitwise_count(bits).astype(np.uint32).ravel()
    before = (np.cumsum(lived, dtype=np.uint32) - lived).reshape(bits.shape)
    tables = tuple(
        _running(counts[:, start : start + COLUMNS_IN_TABLE])
        for start in range(0, counts.shape[1], COLUMNS_IN_TABLE)
    )
    sums = np.ascontiguousarray(tables[0].view(np.uint32)[:, 0])
    return Cells(bits, before, columns.astype(np.int32), sums, width), tables


def _locked(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    view = array.view()
    view.flags.writeable = False
    return view


def _running(counts: npt.NDArray[np.uint32]) -> Packed:
    """(cells + 1, 4) running sums of up to eight columns, two in each word."""
    sums = np.zeros((len(counts) + 1, COLUMNS_IN_TABLE), np.uint32)
    np.cumsum(counts, axis=0, dtype=np.uint32, out=sums[1:, : counts.shape[1]])
    return sums.view(np.uint64)
