"""Composite index: several figures weighed together into one score per area.

A score orders areas by a choice of figures, weights and scaling; it measures no need in itself. Foreign
background is never a part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.need.scaling import Scaling, checked_figures, scaled


@dataclass(frozen=True, slots=True)
class Composite:
    """An index with the parts it is made of. NaN where an area lacks a part."""

    scores: FloatArray  # (areas,) higher is more need
    parts: FloatArray  # (areas, columns) each figure on the common scale, turned so that higher is more need
    contributions: FloatArray  # (areas, columns) weight times part; each row adds up to the score
    weights: FloatArray  # (columns,) adding up to 1


def composite(
    matrix: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    scaling: Scaling = "z",
    *,
    targets: npt.ArrayLike | None = None,
) -> Composite:
    r"""How much each area differs from the others in several figures taken together.

    .. math::

        s_i = \sum_k w_k\, d_k\, z_{ik}, \quad z_{ik} = \frac{x_{ik} - \bar x_k}{\sigma_k}, \quad \sum_k w_k =
        1

    Parameters
    ----------
    matrix
        (areas, columns) figures, each column in its own unit; NaN where hidden or missing.
    weights
        (columns,) at least 0; only their proportions matter. A column with weight 0 is left out.
    directions
        (columns,) 1 where a higher figure is more need, -1 where it is less.
    scaling
        How columns are made comparable: "z" standard deviations from the areas' mean; "min_max" 0-100 from
        the lowest to the highest; "percentile" 0-100, the share of areas below plus half of those equal; "rank" and
        "target" as in `scaling.scaled`.
    targets
        (columns,) what each figure should be; for "target" only.

    Returns
    -------
    `Composite`. Scores have mean 0 under "z" (over areas that lack nothing) and lie in 0-100 under "min_max" and
    "percentile".

    Raises
    ------
    ValueError
        If the shapes differ, a weight is negative or all are 0, a direction is not 1 or -1, or the scaling is
        unknown.

    Notes
    -----
    An area that lacks any part has no score, and nothing is filled in; its known figures still count when the
    column is scaled. Each area counts once, whatever its people. A column in which all areas are alike gives
    0 under "z" and "min_max", 50 under "percentile". Adding or removing areas changes every score: compare
    only within one computation.

    References
    ----------
    OECD & JRC (2008). Handbook on Constructing Composite Indicators, steps 5-6.
    https://doi.org/10.1787/9789264043466-en. The standard deviation is that of the areas themselves (divisor
    n).

    Examples
    --------
    >>> index = composite([[10.0, 80.0], [30.0, 60.0]], weights=[3, 1], directions=[1, -1])
    >>> index.scores
    array([-1.,  1.])
    >>> index.contributions
    array([[-0.75, -0.25],
           [ 0.75,  0.25]])
    """
    figures, _ = checked_figures(matrix, directions)
    shares = normalised_weights(weights, figures.shape[1])
    parts = scaled(figures, directions, scaling, targets)
    contributions = np.where(shares > 0, parts * shares, 0.0)
    lacking = np.isnan(contributions).any(axis=1)
    contributions[lacking] = np.nan
    return Composite(contributions.sum(axis=1), parts, contributions, shares)


def normalised_weights(weights: npt.ArrayLike, columns: int) -> FloatArray:
    r"""Weights that add up to 1.

    .. math:: w_k / \sum_j w_j

    Parameters
    ----------
    weights
        (columns,) at least 0.
    columns
        How many there must be.

    Returns
    -------
    (columns,) shares that add up to 1.

    Raises
    ------
    ValueError
        If the number differs, a weight is missing or negative, or all are 0.

    Examples
    --------
    >>> normalised_weights([3, 1], columns=2)
    array([0.75, 0.25])
    """
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (columns,):
        raise ValueError(f"Det finns {columns} delar men {weight.size} vikter.")
    if not (np.isfinite(weight).all() and (weight >= 0).all() and weight.sum() > 0):
        raise ValueError("Vikterna ska vara kända, minst 0 och inte alla 0.")
    shares: FloatArray = weight / weight.sum()
    return shares
