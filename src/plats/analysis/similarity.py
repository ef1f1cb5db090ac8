"""Similar places: which areas are most like a chosen one, in figures that the reader has chosen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.need.composite import normalised_weights


class Similar(NamedTuple):
    """Areas by likeness to the chosen one."""

    order: IntArray  # the other areas' rows, the most similar first, without those that cannot be compared
    distances: FloatArray  # (areas,) 0 is alike; NaN where it cannot be compared
    columns: IntArray  # (areas,) how many figures the comparison stands on


def similar(matrix: npt.ArrayLike, index: int, weights: npt.ArrayLike) -> Similar:
    r"""Which areas are most like a chosen one in several figures taken together.

    .. math:: d_i = \sqrt{ \frac{\sum_k w_k (z_{ik} - z_{ck})^2}{\sum_k w_k} }

    over the figures k that both areas have, each standardised by the areas' mean and standard deviation.

    Parameters
    ----------
    matrix
        (areas, columns) figures, each column in its own unit; NaN where hidden or missing.
    index
        The chosen area's row.
    weights
        (columns,) at least 0; only their proportions matter.

    Returns
    -------
    `Similar`. Distances are in standard deviations, at least 0; the chosen area's own is 0 and it is not in
    the order.

    Raises
    ------
    ValueError
        If `index` is no row, or the weights do not fit the columns.

    Notes
    -----
    A figure that either area lacks is left out of that comparison, and `columns` says how many were used. An
    area is compared only when the common figures carry at least half of the weight. Equal distances keep the
    areas' own order. Similar in these figures is not similar in everything, and says nothing about what
    caused the likeness.

    References
    ----------
    Standardised Euclidean distance; the mean over common columns follows Gower, J. C. (1971). A general
    coefficient of similarity and some of its properties. Biometrics 27(4), 857-871.
    https://doi.org/10.2307/2528823

    Examples
    --------
    >>> told = similar([[1.0, 10.0], [1.0, 20.0], [3.0, 30.0]], index=0, weights=[1, 1])
    >>> told.order, told.columns
    (array([1, 2]), array([2, 2, 2]))
    """
    figures = np.asarray(matrix, dtype=np.float64)
    if figures.ndim != 2 or not 0 <= index < len(figures):
        raise ValueError(f"Område {index} finns inte i tabellen.")
    weight = normalised_weights(weights, figures.shape[1])
    common = ~np.isnan(figures) & ~np.isnan(figures[index]) & (weight > 0)
    apart = np.where(common, _standardised(figures) - _standardised(figures)[index], 0.0)
    carried = (common * weight).sum(axis=1)
    enough = carried >= 0.5 - 1e-12
    squared = np.divide((apart**2) @ weight, carried, out=np.full(len(figures), np.nan), where=enough)
    distances = np.sqrt(squared)
    others = np.flatnonzero(enough & (np.arange(len(figures)) != index))
    # Rounded, so that distances that differ in their last bit only count as equal.
    order = others[np.argsort(np.round(distances[others], 9), kind="stable")]
    return Similar(order, distances, common.sum(axis=1))


# Internals


def _standardised(figures: FloatArray) -> FloatArray:
    """Each column in standard deviations; a column in which all areas are alike, or none is known, is 0."""
    known = ~np.isnan(figures)
    count = np.maximum(known.sum(axis=0), 1)
    centred = np.where(known, figures - np.where(known, figures, 0.0).sum(axis=0) / count, 0.0)
    deviation = np.sqrt((centred**2).sum(axis=0) / count)
    # Rounding leaves about 1e-16 of the level where all are alike; that is no difference.
    level = np.abs(np.where(known, figures, 0.0)).max(axis=0, initial=0.0)
    z: FloatArray = np.divide(centred, deviation, out=np.zeros_like(figures), where=deviation > 1e-12 * level)
    return z
