"""Opportunities: how much there is within reach, far and near alike or the near more, and nobody to share it with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.access.decay import Decay
from plats.analysis.access.pairs import Pairs
from plats.analysis.access.results import Access, as_supply, reasons_of
from plats.analysis.arrays import FloatArray


def cumulative(pairs: Pairs, amounts: npt.ArrayLike | None = None, *, within: float | None = None) -> Access:
    r"""How many services, or how much of what they offer, there is within a distance from where people live.

    .. math:: a_i = \sum_{j : d_{ij} \le r} S_j

    Parameters
    ----------
    pairs
        Who can reach what, and how far it is.
    amounts
        (supply,) how much each service offers, at least 0; 0 is closed. Each counts as 1 when nothing is said.
    within
        The distance, in the unit of the pairs, above 0 and at most their reach; the whole reach when not said.

    Returns
    -------
    `Access`: the number or the amount, at least 0. Where nothing open is within the distance it is 0, and the reason
    says so; NaN where it is not known where the people live.

    Raises
    ------
    ValueError
        If the distance is above the pairs' reach, or an amount is missing or negative.

    Notes
    -----
    One metre over the limit counts as nothing: look at several distances. Ten services that are full count as ten.

    References
    ----------
    Talen & Anselin (1998), see `nearest` (the container and the covering index).

    Examples
    --------
    >>> from plats.analysis.access.straight_line import straight_line_pairs
    >>> lines = straight_line_pairs([[1000, 0], [9000, 0]], [[1300, 400], [1000, 900]], reach=1000)
    >>> cumulative(lines).values, cumulative(lines, within=600).values
    (array([2., 0.]), array([1., 0.]))
    """
    offered = as_supply(amounts, pairs.supplies)
    limit = pairs.reach if within is None else within
    if not 0 < limit <= pairs.reach:
        raise ValueError(
            f"Avståndet {limit:g} ska vara större än 0 och högst räckvidden {pairs.reach:g} som paren är tagna inom."
        )
    return _added(pairs, offered[pairs.supply] * (pairs.distances <= limit), limit)


def gravity(pairs: Pairs, amounts: npt.ArrayLike | None = None, *, decay: Decay) -> Access:
    r"""How much services offer, each counting for less the farther away it is.

    .. math:: a_i = \sum_j S_j f(d_{ij})

    Parameters
    ----------
    pairs
        Who can reach what, and how far it is.
    amounts
        (supply,) how much each service offers, at least 0; 0 is closed. Each counts as 1 when nothing is said.
    decay
        f: the weight of a distance, in the unit of the pairs: `Power`, `Exponential`, `Gaussian` or `Steps`.

    Returns
    -------
    `Access`: the potential, at least 0, in the unit of the amounts. Where nothing open is within reach it is 0, and
    the reason says so; NaN where it is not known where the people live.

    Raises
    ------
    ValueError
        If an amount is missing or negative, or their number differs.

    Notes
    -----
    Has no meaning by itself: compare places within one computation, with one decay. Nobody shares the supply here;
    for that see `enhanced_two_step`.

    References
    ----------
    Hansen, W. G. (1959). How accessibility shapes land use. Journal of the American Institute of Planners 25(2),
    73-76. https://doi.org/10.1080/01944365908978307. The reach is ours: beyond it nothing counts.

    Examples
    --------
    >>> from plats.analysis.access.decay import Power
    >>> from plats.analysis.access.straight_line import straight_line_pairs
    >>> lines = straight_line_pairs([[1000, 0]], [[1300, 400], [1000, 1000]], reach=1000)
    >>> gravity(lines, decay=Power(exponent=2, nearest=250)).values
    array([0.3125])
    """
    offered = as_supply(amounts, pairs.supplies)
    return _added(pairs, decay(pairs.distances) * offered[pairs.supply], pairs.reach)


# Internals


def _added(pairs: Pairs, gained: FloatArray, reach: float) -> Access:
    values: FloatArray = np.bincount(pairs.origins(), weights=gained, minlength=pairs.demands).astype(
        np.float64
    )
    reasons = reasons_of(pairs, values > 0)
    values[~pairs.placed] = np.nan
    return Access(values, reasons, pairs.kind, reach)
