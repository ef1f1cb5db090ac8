"""Robustness: how much an area's place in an index owes to the choice of weights and parts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.need.composite import normalised_weights
from plats.analysis.ranks import middle_of_places, ranks_of


def rank_intervals_under_weights(
    parts: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    spread: float,
    draws: int = 3000,
    seed: int,
    level: float = 0.90,
) -> tuple[IntArray, IntArray]:
    r"""Between which places an area most likely lies, had the weights been chosen somewhat differently.

    The weights are drawn `draws` times around those chosen, and the areas are ordered in each draw.

    .. math:: w^* \sim \mathrm{Dirichlet}(\kappa w), \quad \kappa = s^{-2} - 1, \quad
        \mathrm{sd}(w^*_k) = s \sqrt{w_k (1 - w_k)}

    Parameters
    ----------
    parts
        (areas, columns) parts on a common scale, higher being more need: `Composite.parts`.
    weights
        (columns,) the chosen weights; only their proportions matter. A column with weight 0 stays out.
    spread
        s, how much the weights are shaken: 0 not at all, below 1. With four equal weights of 25 percent, 0.1
        shakes each by about 4 percentage points.
    draws
        Number of draws.
    seed
        Start of the random numbers.
    level
        Probability inside, between 0 and 1.

    Returns
    -------
    Two (areas,) arrays of whole numbers: the best and the worst place, 1 being the highest need. Both are 0
    where a part is missing.

    Raises
    ------
    ValueError
        If `spread`, `draws` or `level` is outside its range, or the weights do not fit the parts.

    Notes
    -----
    Says nothing about chance in small numbers (`ranks.rank_intervals`) or about parts that were never thought
    of. Areas with the same parts get the same interval.

    References
    ----------
    OECD & JRC (2008). Handbook on Constructing Composite Indicators, step 7 (uncertainty and sensitivity
    analysis). https://doi.org/10.1787/9789264043466-en. The Dirichlet distribution is our own choice.

    Examples
    --------
    >>> rank_intervals_under_weights([[9.0, 9.0], [5.0, 1.0], [1.0, 5.0]], [1, 1], spread=0.2, seed=1)
    (array([1, 2, 2]), array([1, 3, 3]))
    """
    table, weight = _checked(parts, weights)
    if not 0 <= spread < 1:
        raise ValueError(f"Spridningen ska vara minst 0 och mindre än 1, men är {spread}.")
    if draws < 1:
        raise ValueError(f"Antalet dragningar ska vara minst 1 men är {draws}.")
    used = weight > 0
    complete = np.flatnonzero(~np.isnan(table[:, used]).any(axis=1))
    low, high = np.zeros(len(table), dtype=np.int64), np.zeros(len(table), dtype=np.int64)
    if len(complete):
        rows = table[np.ix_(complete, np.flatnonzero(used))]
        drawn = _drawn_weights(weight[used], spread=spread, draws=draws, seed=seed)
        low[complete], high[complete] = middle_of_places(_places(rows, drawn), rows, level=level)
    return low, high


def leave_one_out(parts: npt.ArrayLike, weights: npt.ArrayLike) -> IntArray:
    r"""The place of each area when one part is left out and the others keep their proportions.

    .. math:: s_i^{(-k)} = \sum_{j \ne k} \frac{w_j}{1 - w_k} z_{ij}

    Parameters
    ----------
    parts
        (areas, columns) parts on a common scale, higher being more need: `Composite.parts`.
    weights
        (columns,) the chosen weights.

    Returns
    -------
    (columns, areas) whole numbers: row k is the order without part k, 1 being the highest need; equals share
    the better place. 0 where a part is missing, also when it is the one left out: the same areas are ranked
    in every row.

    Raises
    ------
    ValueError
        If fewer than two parts have weight, or the weights do not fit the parts.

    Notes
    -----
    A row that differs much from the order with all parts tells that the index stands on that one part.

    References
    ----------
    OECD & JRC (2008), see `rank_intervals_under_weights`.

    Examples
    --------
    >>> leave_one_out([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0]], [1, 1])
    array([[3, 2, 1],
           [1, 2, 3]])
    """
    table, weight = _checked(parts, weights)
    used = weight > 0
    if used.sum() < 2:
        raise ValueError("Det går inte att utelämna en del ur ett index som bara har en.")
    lacking = np.isnan(table[:, used]).any(axis=1)
    filled = np.where(used, table, 0.0)
    places = []
    for column in range(len(weight)):
        rest = np.where(np.arange(len(weight)) == column, 0.0, weight)
        scores = filled @ (rest / rest.sum())
        places.append(ranks_of(np.where(lacking, np.nan, scores)))
    return np.array(places)


# Internals


def _checked(parts: npt.ArrayLike, weights: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    table = np.asarray(parts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("Delarna ska stå i en tabell med områden som rader och delar som kolumner.")
    return table, normalised_weights(weights, table.shape[1])


def _drawn_weights(weight: FloatArray, *, spread: float, draws: int, seed: int) -> FloatArray:
    """(draws, columns) weights around `weight`."""
    if spread == 0 or len(weight) == 1:
        return np.tile(weight, (draws, 1))
    return np.random.default_rng(seed).dirichlet(weight * (spread**-2 - 1), size=draws)


def _places(rows: FloatArray, drawn: FloatArray) -> npt.NDArray[np.int32]:
    """(areas, draws) place of each area in each draw."""
    # Equal rows are ordered by chance of place here; `middle_of_places` gives them one interval.
    order = np.argsort(-(rows @ drawn.T), axis=0, kind="stable")
    places = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(places, order, np.arange(1, len(rows) + 1, dtype=np.int32)[:, np.newaxis], axis=0)
    return places
