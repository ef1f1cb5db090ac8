"""People by group so far, area by area in a given order: gathered and added in one pass."""

from __future__ import annotations

import numpy as np

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.kernels.compiled import compiled


@compiled
def running_totals(keys: IntArray, bits: int, counts: FloatArray, totals: FloatArray) -> None:
    """Fill `totals`: a row for each group and a last one for everybody, a column for each step.

    Parameters
    ----------
    keys
        (areas,) whole numbers in the order to be taken; the lowest `bits` of each are the area's number.
    bits
        How many.
    counts
        (areas, groups) persons.
    totals
        (groups + 1, areas), written to.

    Returns
    -------
    Nothing.

    Examples
    --------
    >>> totals = np.empty((3, 2))
    >>> running_totals(np.array([1, 0]), 22, np.array([[1.0, 2.0], [3.0, 4.0]]), totals)
    >>> totals
    array([[ 3.,  4.],
           [ 4.,  6.],
           [ 7., 10.]])
    """
    groups = counts.shape[1]
    mask = (1 << bits) - 1
    so_far = np.zeros(groups)
    for step in range(len(keys)):
        area = keys[step] & mask
        everybody = 0.0
        for group in range(groups):
            so_far[group] += counts[area, group]
            totals[group, step] = so_far[group]
            everybody += so_far[group]
        totals[groups, step] = everybody


def warm() -> None:
    """Compile what is here, with the types it is used with.

    Examples
    --------
    >>> warm()
    """
    running_totals(np.zeros(1, dtype=np.int64), 22, np.ones((1, 2)), np.empty((3, 1)))
