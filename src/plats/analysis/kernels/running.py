"""Areas outwards from one of them, and how far the people so far are from the whole: each in one pass over the areas.

Between the two the logarithms are taken by numpy, which takes several at once.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.kernels.compiled import compiled

# What stands for nobody where a logarithm is taken: times nobody it is 0.
NOBODY = 1e-300


@compiled
def outward_keys(points: FloatArray, start: int, steps_per_metre: float, bits: int, keys: IntArray) -> None:
    """Distance and number of each area in one whole number: sorting those is several times as fast as sorting an
    index.

    Parameters
    ----------
    points
        (2, areas) easting and northing in metres.
    start
        The number of the area that distances are from.
    steps_per_metre
        How finely distances are told apart.
    bits
        How many of the lowest bits hold the number.
    keys
        (areas,), written to.

    Returns
    -------
    Nothing.

    Examples
    --------
    >>> keys = np.empty(2, dtype=np.int64)
    >>> outward_keys(np.array([[0.0, 3.0], [0.0, 4.0]]), 0, 1.0, 22, keys)
    >>> keys >> 22, keys & 3
    (array([0, 5]), array([0, 1]))
    """
    for area in range(keys.size):
        across, along = points[0, area] - points[0, start], points[1, area] - points[1, start]
        far = np.int64(np.rint(sqrt(across * across + along * along) * steps_per_metre))
        keys[area] = (far << bits) | area


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
        (groups + 1, areas), written to; `NOBODY` where nobody has come.

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
    for step in range(keys.size):
        area = keys[step] & mask
        everybody = 0.0
        for group in range(groups):
            so_far[group] += counts[area, group]
            totals[group, step] = max(so_far[group], NOBODY)
            everybody += so_far[group]
        totals[groups, step] = max(everybody, NOBODY)


@compiled
def divergences(totals: FloatArray, logs: FloatArray, log_composition: FloatArray, found: FloatArray) -> None:
    """How far the people of each step are from the whole's composition.

    Parameters
    ----------
    totals, logs
        (groups + 1, steps) as `running_totals` fills them, and their logarithms.
    log_composition
        (groups,) the logarithm of each group's share of the whole.
    found
        (steps,) nats, written to; never below 0.

    Returns
    -------
    Nothing.

    Examples
    --------
    >>> found, totals = np.empty(1), np.array([[1.0], [3.0], [4.0]])
    >>> divergences(totals, np.log(totals), np.log([0.25, 0.75]), found)
    >>> found.round(12)
    array([0.])
    """
    groups = log_composition.size
    found[:] = 0.0
    for group in range(groups):
        for step in range(found.size):
            found[step] += totals[group, step] * (logs[group, step] - log_composition[group])
    for step in range(found.size):
        found[step] = max(found[step] / totals[groups, step] - logs[groups, step], 0.0)


def warm() -> None:
    """Compile what is here, with the types it is used with.

    Examples
    --------
    >>> warm()
    """
    keys, totals = np.zeros(1, dtype=np.int64), np.ones((3, 1))
    outward_keys(np.zeros((2, 1)), 0, 1.0, 22, keys)
    running_totals(keys, 22, np.ones((1, 2)), totals)
    divergences(totals, np.log(totals), np.zeros(2), np.empty(1))
