"""Reading what a measure is given: one-dimensional arrays of floats, with a sentence when they do not fit."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]


def as_numbers(name: str, values: npt.ArrayLike) -> FloatArray:
    """One number per area, with NaN where it is missing.

    Parameters
    ----------
    name
        What the caller calls the array; it stands in the error.
    values
        (areas,) numbers; NaN is missing.

    Returns
    -------
    (areas,) float64, in the order given.

    Raises
    ------
    ValueError
        If `values` has not exactly one dimension, or holds an infinite number.

    Examples
    --------
    >>> as_numbers("andel", [1, 2])
    array([1., 2.])
    """
    array = unmasked(values)
    if array.ndim != 1:
        raise ValueError(f"'{name}' ska ha ett tal per område, men har {array.ndim} dimensioner.")
    if np.isinf(array).any():
        raise ValueError(
            f"'{name}' är oändligt i område {_first(np.isinf(array))} (räknat från 0). "
            "Ange ett tal eller NaN."
        )
    return array


def as_counts(name: str, values: npt.ArrayLike) -> FloatArray:
    """One number of persons (or dwellings, votes …) per area, never negative, with NaN where it is missing.

    Parameters
    ----------
    name
        What the caller calls the array; it stands in the error.
    values
        (areas,) counts, at least 0; need not be whole, since counts moved between divisions are not.

    Returns
    -------
    (areas,) float64, in the order given.

    Raises
    ------
    ValueError
        If a count is negative or infinite, or `values` has not exactly one dimension.

    Examples
    --------
    >>> as_counts("folkmängd", [100, 200])
    array([100., 200.])
    """
    array = as_numbers(name, values)
    if (array < 0).any():
        where = _first(array < 0)
        raise ValueError(
            f"'{name}' är negativt i område {where} (räknat från 0): {array[where]:g}. Ett antal är minst 0."
        )
    return array


def as_parts_of(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, *, names: tuple[str, str] = ("täljare", "nämnare")
) -> tuple[FloatArray, FloatArray]:
    """Numerator and denominator of one share per area, checked against each other.

    Parameters
    ----------
    numerator
        (areas,) counts.
    denominator
        (areas,) counts, each at least as large as its numerator.
    names
        What the two are called in an error.

    Returns
    -------
    Both as (areas,) float64.

    Raises
    ------
    ValueError
        If a count is negative, the lengths differ, or a part is larger than its whole.

    Examples
    --------
    >>> as_parts_of([1, 2], [4, 4])
    (array([1., 2.]), array([4., 4.]))
    """
    part, whole = as_counts(names[0], numerator), as_counts(names[1], denominator)
    require_same_length(**{names[0]: part, names[1]: whole})
    # Counts moved between divisions carry rounding in their last bit, so equality is asked for up to that.
    too_large = part > whole * (1 + 1e-9) + 1e-9
    if too_large.any():
        where = _first(too_large)
        raise ValueError(
            f"'{names[0]}' är större än '{names[1]}' i område {where} (räknat från 0): "
            f"{part[where]:g} av {whole[where]:g}. Kontrollera att kolumnerna hör ihop."
        )
    return np.minimum(part, whole), whole


def unmasked(values: npt.ArrayLike) -> FloatArray:
    """Numbers in which what is masked is missing, so that a hidden figure never takes part in a measure.

    Parameters
    ----------
    values
        Numbers in any number of dimensions; a masked array keeps its hidden figures under the mask.

    Returns
    -------
    float64 with NaN where the mask lay; what was given is left as it was.

    Examples
    --------
    >>> unmasked(np.ma.masked_array([10, 3], mask=[False, True]))
    array([10., nan])
    """
    if isinstance(values, np.ma.MaskedArray):
        return np.where(np.ma.getmaskarray(values), np.nan, np.ma.getdata(values).astype(np.float64))
    return np.asarray(values, dtype=np.float64)


def require_same_length(**arrays: FloatArray) -> None:
    """Refuse arrays that do not describe the same areas.

    Parameters
    ----------
    arrays
        Arrays by the name that stands in the error.

    Returns
    -------
    Nothing.

    Raises
    ------
    ValueError
        If the lengths differ.

    Examples
    --------
    >>> require_same_length(a=np.zeros(2), b=np.zeros(2))
    """
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"'{name}' har {length}" for name, length in lengths.items())
        raise ValueError(f"Listorna ska ha ett tal per område i samma ordning, men {told}.")


# Internals


def _first(where: BoolArray) -> int:
    return int(np.flatnonzero(where)[0])
