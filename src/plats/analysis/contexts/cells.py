"""Reading places and their people: whole cells, counts that can be, and a sentence when they cannot."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, IntArray, as_counts, as_parts_of, unmasked

Hidden = Literal["refuse", "exclude"]

# Running sums are kept in 32 bits.
MOST_PEOPLE = 2**32 - 1


def cells_of_points(metres: npt.ArrayLike, cell_metres: float) -> IntArray:
    """The cell in which each point lies, counted in whole cells to the east and north.

    Parameters
    ----------
    metres
        (points, 2) east and north in metres, SWEREF 99 TM.
    cell_metres
        The side of a cell in metres.

    Returns
    -------
    (points, 2) east and north in whole cells. A point on the border belongs to the cell east or north of it.

    Raises
    ------
    ValueError
        If the coordinates look like degrees, are missing or infinite, or the cell has no size.

    Examples
    --------
    >>> cells_of_points([[674099.9, 6580000]], 100)
    array([[ 6740, 65800]])
    """
    where = unmasked(metres)
    if where.ndim != 2 or where.shape[1] != 2:
        raise ValueError("Lägena ska ha två kolumner, öster och norr i meter.")
    if not np.isfinite(where).all():
        lacking = int((~np.isfinite(where)).any(axis=1).sum())
        raise ValueError(
            f"Läge saknas för {lacking} av {len(where)} punkter. Ta bort dem eller skaffa läget."
        )
    if not 0 < cell_metres < np.inf:
        raise ValueError(f"Rutans sida ska vara ett antal meter större än 0, men är {cell_metres:g}.")
    if len(where) and np.abs(where).max() <= 180:
        raise ValueError(
            "Koordinaterna ser ut att vara grader (longitud och latitud). Räkna om dem till meter i SWEREF 99 TM "
            "(EPSG:3006)."
        )
    return np.floor(where / cell_metres).astype(np.int64)


def as_cells(cells: npt.ArrayLike) -> IntArray:
    """East and north of each cell as whole numbers.

    Parameters
    ----------
    cells
        (cells, 2) east and north, counted in whole cells.

    Returns
    -------
    (cells, 2) int64; what was given is left as it was.

    Raises
    ------
    ValueError
        If there are not two columns, or a number is missing or not whole.

    Examples
    --------
    >>> as_cells([[3.0, 4.0]])
    array([[3, 4]])
    """
    given = np.asarray(cells)
    if given.ndim != 2 or given.shape[1] != 2:
        raise ValueError("Rutorna ska ha två kolumner, öster och norr.")
    if np.issubdtype(given.dtype, np.integer):
        return given.astype(np.int64)
    numbers = unmasked(cells)
    if not (np.isfinite(numbers).all() and (numbers == np.floor(numbers)).all()):
        raise ValueError(
            "Rutornas lägen ska vara hela tal: meter delat med rutans sida. Är det meter eller grader, räkna om dem "
            "med cells_of_points."
        )
    return numbers.astype(np.int64)


def checked_counts(
    where: IntArray, total: npt.ArrayLike, groups: npt.ArrayLike, hidden: Hidden
) -> tuple[IntArray, BoolArray, FloatArray]:
    """The people of each cell or point, checked against each other, and which of them have every figure.

    Parameters
    ----------
    where
        (places, 2) where they lie; passed on.
    total
        (places,) persons in all.
    groups
        (places, groups) persons in each group.
    hidden
        'refuse' or 'exclude' places where a figure is missing.

    Returns
    -------
    The places, which of them (places,) have every figure, and the counts (places, 1 + groups) with everybody first.

    Raises
    ------
    ValueError
        As `grid_of_cells`.

    Examples
    --------
    >>> checked_counts(as_cells([[0, 0], [1, 0]]), [5, np.nan], [[1], [1]], "exclude")[1]
    array([ True, False])
    """
    members = unmasked(groups)
    if members.ndim != 2 or len(members) != len(where):
        raise ValueError(
            f"Grupperna ska ha en rad för var och en av de {len(where)} rutorna och en kolumn per grupp."
        )
    if hidden not in ("refuse", "exclude"):
        raise ValueError(f"hidden ska vara 'refuse' eller 'exclude', men är {hidden!r}.")
    columns = [as_counts("totalt", total)]
    columns += [
        as_parts_of(column, total, names=(f"grupp {number}", "totalt"))[0]
        for number, column in enumerate(members.T, start=1)
    ]
    if len(columns[0]) != len(where):
        raise ValueError(f"'totalt' har {len(columns[0])} tal, men rutorna är {len(where)}.")
    counts = np.column_stack(columns)
    known: BoolArray = ~np.isnan(counts.sum(axis=1))
    if hidden == "refuse" and not known.all():
        raise ValueError(
            f"Siffror saknas i {int((~known).sum())} av {len(known)} rutor. Välj att lämna ut dem (exclude), och säg "
            "då hur många de är, eller skaffa siffrorna."
        )
    told = counts[known]
    if (told != np.floor(told)).any():
        raise ValueError("Antal personer ska vara hela tal. Är det andelar, räkna om dem till antal.")
    if told[:, 0].sum() > MOST_PEOPLE:
        raise ValueError(f"Rutorna har fler än {MOST_PEOPLE} personer tillsammans. Dela upp dem.")
    return where, known, counts
