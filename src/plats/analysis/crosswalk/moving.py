"""Moving counts along a crosswalk, without losing anybody."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray, as_counts, as_numbers, require_same_length

MILLION = 1_000_000


class Crosswalk(NamedTuple):
    """Rows of a crosswalk, ordered by from-area and to-area."""

    from_index: IntArray
    to_index: IntArray
    ppm: IntArray  # millionths of the from-area


def move_counts(
    values: npt.ArrayLike, from_index: npt.ArrayLike, to_index: npt.ArrayLike, ppm: npt.ArrayLike, size: int
) -> FloatArray:
    r"""How many persons of each new area the counts of the old areas give.

    .. math:: y_t = 10^{-6} \sum_f x_f m_{ft}

    Parameters
    ----------
    values
        (from-areas,) counts, at least 0; NaN where hidden or missing.
    from_index
        (rows,) place of the from-area in `values`.
    to_index
        (rows,) place of the to-area in the result.
    ppm
        (rows,) whole millionths of the from-area that lie in the to-area.
    size
        Number of to-areas.

    Returns
    -------
    (to-areas,) counts, at least 0; not always whole. NaN where no source has a value.

    Raises
    ------
    ValueError
        If a count is negative, an index or a millionth is outside its range, or a whole count is too large to
        be exact.

    Notes
    -----
    Exact for whole counts: the sum is made in whole millionths and divided once (`moved_millionths` gives the
    whole numbers). Counts that are not whole are summed as floats. A source without a value is left out, so
    the result is then the count of the covered part only: show it never without `coverage`, and not as a
    count when that is below 1. That people are spread alike inside a from-area is an assumption; it is true
    only where areas are kept whole.

    References
    ----------
    Goodchild, M. F. & Lam, N. S.-N. (1980). Areal interpolation: a variant of the traditional spatial
    problem. Geo-Processing 1, 297-312. Whole millionths are our own addition.

    Examples
    --------
    >>> rows = {"from_index": [0, 0, 1], "to_index": [0, 1, 1], "ppm": [250_000, 750_000, 1_000_000]}
    >>> move_counts([100, 50], **rows, size=2)
    array([ 25., 125.])
    """
    number = as_counts("antal", values)
    rows = _rows(from_index, to_index, ppm, sizes=(len(number), size))
    known = ~np.isnan(number)[rows.from_index]
    has_source = np.zeros(size, dtype=np.bool_)
    has_source[rows.to_index[known & (rows.ppm > 0)]] = True
    whole = np.nan_to_num(number)
    if (whole == np.floor(whole)).all():
        moved = moved_millionths(whole, *rows, size) / MILLION
    else:
        moved = (
            np.bincount(rows.to_index, weights=whole[rows.from_index] * rows.ppm, minlength=size) / MILLION
        )
    return np.where(has_source, moved, np.nan)


def moved_millionths(
    values: npt.ArrayLike, from_index: npt.ArrayLike, to_index: npt.ArrayLike, ppm: npt.ArrayLike, size: int
) -> IntArray:
    r"""The moved counts in whole millionths of persons, so that a sum can be checked to the last one.

    .. math:: 10^6 y_t = \sum_f x_f m_{ft}

    Parameters
    ----------
    values
        (from-areas,) whole counts, none missing.
    from_index, to_index, ppm, size
        As for `move_counts`.

    Returns
    -------
    (to-areas,) whole millionths of persons.

    Raises
    ------
    ValueError
        As `move_counts`, and if a count is missing or not whole.

    Notes
    -----
    When each from-area's millionths add up to 1,000,000, the result adds up to exactly 1,000,000 times the
    sum of `values`.

    References
    ----------
    As `move_counts`.

    Examples
    --------
    >>> moved_millionths([1], from_index=[0, 0], to_index=[0, 1], ppm=[333_333, 666_667], size=2)
    array([333333, 666667])
    """
    number = as_counts("antal", values)
    rows = _rows(from_index, to_index, ppm, sizes=(len(number), size))
    if not (number == np.floor(number)).all():
        raise ValueError(
            "Bara hela antal kan flyttas exakt. Använd move_counts för antal som saknas eller inte är hela."
        )
    if (number[rows.from_index] * rows.ppm).sum() >= 2.0**62:
        raise ValueError(f"Antalen är för stora för att flyttas exakt: tillsammans {number.sum():g}.")
    moved = np.zeros(size, dtype=np.int64)
    np.add.at(moved, rows.to_index, number.astype(np.int64)[rows.from_index] * rows.ppm)
    return moved


def coverage(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    from_index: npt.ArrayLike,
    to_index: npt.ArrayLike,
    ppm: npt.ArrayLike,
    size: int,
) -> FloatArray:
    r"""The share of each new area's people that its figure stands on.

    .. math:: c_t = \frac{\sum_{f \text{ known}} w_f m_{ft}}{\sum_f w_f m_{ft}}

    Parameters
    ----------
    values
        (from-areas,) the figure; NaN where hidden or missing.
    weights
        (from-areas,) people, known for every from-area.
    from_index, to_index, ppm, size
        As for `move_counts`.

    Returns
    -------
    (to-areas,) share, 0-1. NaN where nobody lives or no from-area reaches.

    Raises
    ------
    ValueError
        If a weight is missing or negative, the lengths differ, or an index is outside its range.

    Notes
    -----
    The limit below which a figure is missing (90 percent) stands in the catalog.

    References
    ----------
    Our own rule.

    Examples
    --------
    >>> rows = {"from_index": [0, 1], "to_index": [0, 0], "ppm": [1_000_000, 1_000_000]}
    >>> coverage([5, np.nan], [300, 100], **rows, size=1)
    array([0.75])
    """
    number, weight = as_numbers("värden", values), as_counts("vikter", weights)
    require_same_length(värden=number, vikter=weight)
    if np.isnan(weight).any():
        raise ValueError("Täckningen går inte att räkna: folkmängden saknas för minst ett område.")
    rows = _rows(from_index, to_index, ppm, sizes=(len(number), size))
    moved = weight[rows.from_index] * rows.ppm
    known = np.where(np.isnan(number)[rows.from_index], 0.0, moved)
    whole = np.bincount(rows.to_index, weights=moved, minlength=size)
    part = np.bincount(rows.to_index, weights=known, minlength=size)
    share: FloatArray = np.divide(part, whole, out=np.full(size, np.nan), where=whole > 0)
    return share


# Internals


def _rows(
    from_index: npt.ArrayLike, to_index: npt.ArrayLike, ppm: npt.ArrayLike, *, sizes: tuple[int, int]
) -> Crosswalk:
    columns = [np.asarray(column) for column in (from_index, to_index, ppm)]
    if len({column.shape for column in columns}) > 1 or columns[0].ndim != 1:
        raise ValueError("Nyckelns tre kolumner ska vara lika långa.")
    if any(column.size and column.dtype.kind not in "iu" for column in columns):
        raise ValueError("Nyckelns kolumner ska vara hela tal; andelen anges i hela miljondelar.")
    rows = Crosswalk(*(column.astype(np.int64) for column in columns))
    limits = (("från-område", sizes[0] - 1), ("till-område", sizes[1] - 1), ("miljondelar", MILLION))
    for (name, highest), column in zip(limits, rows, strict=True):
        outside = column[(column < 0) | (column > highest)]
        if outside.size:
            raise ValueError(f"Nyckeln har {name} {outside[0]}, men det ska vara 0 till {highest}.")
    return rows
