"""Aggregation: scaled figures made into one score, with more or less room for one to make up for another."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.need.composite import normalised_weights

Aggregation: TypeAlias = Literal["arithmetic", "geometric", "harmonic"]

# Comparisons of two areas held at a time.
_PAIRS_PER_BLOCK = 4_000_000


def aggregated(parts: npt.ArrayLike, weights: npt.ArrayLike, aggregation: Aggregation) -> FloatArray:
    r"""One score for each area, from parts on a common scale.

    .. math::

        \text{arithmetic}: \sum_k w_k z_k, \quad \text{geometric}: \prod_k z_k^{w_k}, \quad
        \text{harmonic}: \left( \sum_k w_k / z_k \right)^{-1}

    Parameters
    ----------
    parts
        (areas, columns) parts on a common scale, higher being more need; at least 0 but for the arithmetic mean.
    weights
        (columns,) at least 0; only their proportions matter. A column with weight 0 is left out.
    aggregation
        "arithmetic": much of one part makes up for little of another, in full. "geometric" and "harmonic": less, and
        least in the harmonic; a part that is 0 makes the score 0.

    Returns
    -------
    (areas,) on the scale of the parts, between the least and the greatest of the area's own. NaN where a part is
    missing.

    Raises
    ------
    ValueError
        If a part is negative where it must not be, the weights do not fit, or the aggregation is unknown.

    Notes
    -----
    Never in another order than harmonic, geometric, arithmetic for one area. In an index of need the means that
    compensate less pull down an area with little of one part: they favour need on all sides over need on one.

    References
    ----------
    OECD & JRC (2008), step 6, see `weighting.equal_weights`. The value at 0 is the limit.

    Examples
    --------
    >>> [aggregated([[1.0, 4.0]], [1, 1], how)[0].round(2) for how in ("arithmetic", "geometric", "harmonic")]
    [np.float64(2.5), np.float64(2.0), np.float64(1.6)]
    """
    table = np.asarray(parts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("Delarna ska stå i en tabell med områden som rader och delar som kolumner.")
    shares = normalised_weights(weights, table.shape[1])
    used = shares > 0
    return back_from_sum((summand(table[:, used], aggregation) * shares[used]).sum(axis=1), aggregation)


def summand(parts: FloatArray, aggregation: Aggregation) -> FloatArray:
    """What is weighed and added up in a mean, in the order of the parts: themselves, their logarithms or -1 over them.

    Parameters
    ----------
    parts
        (areas, columns) parts on a common scale; at least 0 but for the arithmetic mean.
    aggregation
        Which mean.

    Returns
    -------
    (areas, columns); a weighed sum of a row is higher when the mean is.

    Raises
    ------
    ValueError
        If a part is negative where it must not be, or the aggregation is unknown.

    Examples
    --------
    >>> summand(np.array([[1.0, 4.0]]), "harmonic")
    array([[-1.  , -0.25]])
    """
    if aggregation not in get_args(Aggregation):
        raise ValueError(
            f"Okänd sammanvägning '{aggregation}'. Välj en av: {', '.join(get_args(Aggregation))}."
        )
    if aggregation == "arithmetic":
        return parts
    if (parts < 0).any():
        raise ValueError(
            f"Sammanvägningen '{aggregation}' behöver delar som är minst 0. Välj skalningen min_max, percentile eller "
            "rank, eller det aritmetiska medelvärdet."
        )
    nothing = np.where(np.isnan(parts), np.nan, -np.inf)
    if aggregation == "geometric":
        return np.log(parts, out=nothing, where=parts > 0)
    return np.divide(-1.0, parts, out=nothing, where=parts > 0)


def back_from_sum(sums: FloatArray, aggregation: Aggregation) -> FloatArray:
    """The mean, from the weighed sum of what `summand` gives.

    Parameters
    ----------
    sums
        (areas,) weighed sums.
    aggregation
        Which mean.

    Returns
    -------
    (areas,) on the scale of the parts.

    Examples
    --------
    >>> back_from_sum(np.array([-0.625]), "harmonic")
    array([1.6])
    """
    if aggregation == "geometric":
        return np.exp(sums)
    return -1.0 / sums if aggregation == "harmonic" else sums


def copeland(parts: npt.ArrayLike, weights: npt.ArrayLike) -> IntArray:
    r"""How many areas each one beats, less those it is beaten by, when the figures vote by weight.

    .. math:: c_i = \sum_{j} \operatorname{sign} \sum_k w_k \operatorname{sign}(z_{ik} - z_{jk})

    Parameters
    ----------
    parts
        (areas, columns) figures turned so that higher is more need, in any unit: only the order in each counts.
    weights
        (columns,) at least 0; only their proportions matter. A column with weight 0 has no vote.

    Returns
    -------
    (areas,) whole numbers from -(n - 1) to n - 1, adding up to 0 over the n areas that lack nothing; higher is more
    need. An area that lacks a part has 0 and is compared with nobody.

    Raises
    ------
    ValueError
        If the weights do not fit the parts.

    Notes
    -----
    Nothing makes up for anything: how much an area is above another in a figure does not matter. Weights are therefore
    importance and not exchange. Votes that differ by less than a billionth of the weight are even, so that rounding
    decides nothing. The work grows with the square of the number of areas.

    References
    ----------
    Copeland, A. H. (1951), as in Munda, G. & Nardo, M. (2009). Noncompensatory/nonlinear composite indicators for
    ranking countries. Applied Economics 41(12), 1513-1523. https://doi.org/10.1080/00036840601019364. They search for
    the ranking with most support (Condorcet, Kemeny); the count of wins is the cheap form of it.

    Examples
    --------
    >>> copeland([[3, 1, 2], [2, 2, 1], [1, 3, 0]], [1, 1, 1])
    array([ 2,  0, -2])
    """
    table = np.asarray(parts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("Delarna ska stå i en tabell med områden som rader och delar som kolumner.")
    shares = normalised_weights(weights, table.shape[1])
    used = np.flatnonzero(shares > 0)
    complete = np.flatnonzero(~np.isnan(table[:, used]).any(axis=1))
    rows = table[np.ix_(complete, used)]
    wins = np.zeros(len(table), dtype=np.int64)
    size = max(1, _PAIRS_PER_BLOCK // max(len(rows), 1))
    for start in range(0, len(rows), size):
        votes = np.zeros((len(rows[start : start + size]), len(rows)))
        for share, column in zip(shares[used], rows.T, strict=True):
            one, other = column[start : start + size, np.newaxis], column[np.newaxis, :]
            votes += share * ((one > other).astype(np.int8) - (one < other).astype(np.int8))
        beaten = (votes > 1e-9).sum(axis=1) - (votes < -1e-9).sum(axis=1)
        wins[complete[start : start + size]] = beaten
    return wins
