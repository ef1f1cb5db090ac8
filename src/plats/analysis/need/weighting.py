"""Weighting: how much each figure counts, when nobody has decided it.

Weights that come out of the figures say how the figures vary and nothing of what matters: a decided weight is better.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, unmasked


def equal_weights(columns: int) -> FloatArray:
    r"""The same weight for every figure.

    .. math:: w_k = 1 / K

    Parameters
    ----------
    columns
        K, how many figures there are, at least 1.

    Returns
    -------
    (columns,) adding up to 1.

    Raises
    ------
    ValueError
        If there is no figure.

    Notes
    -----
    Equal weights are a choice too: two figures of the same thing count it twice.

    References
    ----------
    OECD & JRC (2008). Handbook on Constructing Composite Indicators, step 6.
    https://doi.org/10.1787/9789264043466-en

    Examples
    --------
    >>> equal_weights(4)
    array([0.25, 0.25, 0.25, 0.25])
    """
    if columns < 1:
        raise ValueError(f"Ett index behöver minst en del, men har {columns}.")
    return np.full(columns, 1 / columns)


def entropy_weights(matrix: npt.ArrayLike) -> FloatArray:
    r"""More weight to the figures in which the areas differ more.

    .. math::

        w_k = \frac{1 - e_k}{\sum_l (1 - e_l)}, \quad e_k = -\frac{1}{\ln n} \sum_i p_{ik} \ln p_{ik}, \quad
        p_{ik} = \frac{x_{ik}}{\sum_j x_{jk}}

    Parameters
    ----------
    matrix
        (areas, columns) figures, at least 0, such as shares; NaN where hidden or missing.

    Returns
    -------
    (columns,) adding up to 1. NaN when fewer than two areas have all figures, or a figure is 0 in all of them.

    Raises
    ------
    ValueError
        If there is no column, or a figure is negative or infinite.

    Notes
    -----
    Areas that lack a figure are left out of all. 0 ln 0 is 0. When the areas are alike in every figure the weights are
    equal. Changes with the unit's zero: shares of those in work and of those out of work give different weights.

    References
    ----------
    Hwang, C. L. & Yoon, K. (1981). Multiple Attribute Decision Making. Springer.
    https://doi.org/10.1007/978-3-642-48318-9

    Examples
    --------
    >>> entropy_weights([[1.0, 1.0], [1.0, 0.0]])
    array([0., 1.])
    """
    figures = unmasked(matrix)
    if figures.ndim != 2 or figures.shape[1] == 0:
        raise ValueError("Vikterna behöver en tabell med områden som rader och minst en del som kolumn.")
    if (figures < 0).any() or np.isinf(figures).any():
        raise ValueError("Vikter efter spridning kan bara räknas på tal som är minst 0 och inte oändliga.")
    known = figures[~np.isnan(figures).any(axis=1)]
    sums = known.sum(axis=0)
    if len(known) < 2 or not (sums > 0).all():
        return np.full(figures.shape[1], np.nan)
    shares = known / sums
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    spread = 1 + (shares * logs).sum(axis=0) / np.log(len(known))
    # What is alike everywhere comes out as some last bits about 0.
    spread = np.where(known.min(axis=0) == known.max(axis=0), 0.0, spread)
    weights: FloatArray = spread / spread.sum() if spread.sum() > 0 else equal_weights(len(spread))
    return weights
