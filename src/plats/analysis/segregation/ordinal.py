"""Ordered classes: how far apart people with low and with high incomes live, without choosing one limit."""

from __future__ import annotations

from itertools import pairwise
from math import comb

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.tables import NO_ANSWER, as_groups

HIGHEST_DEGREE = 4


def ordinal_entropy_index(classes: npt.ArrayLike) -> float:
    r"""How much less spread over the classes people are inside areas than in the whole.

    .. math::

        H_O = \frac{\sum_k E(c_k) H_k}{\sum_k E(c_k)}, \quad E(c) = -c \ln c - (1 - c) \ln (1 - c)

    where :math:`c_k` is the share of everybody in class k or below, and :math:`H_k` the `entropy_index` of those
    against the others.

    Parameters
    ----------
    classes
        (areas, classes) persons, the classes in order from low to high or from high to low.

    Returns
    -------
    Unitless, 0 (the same distribution everywhere) to 1 (one class in each area). NaN when a figure is missing,
    when people live in fewer than two areas, or when all are in one class.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two classes, or holds a negative or infinite count.

    Notes
    -----
    The classes are taken as they are: what happens inside a class is not seen. An empty class changes nothing
    when it lies first or last; in the middle it gives its limit twice the weight, so leave it out.

    References
    ----------
    Reardon, S. F. (2009). Measures of ordinal segregation. Research on Economic Inequality 17, 129-155.
    https://doi.org/10.1108/S1049-2585(2009)0000017011

    Examples
    --------
    >>> round(ordinal_entropy_index([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.2112
    """
    cuts = _cuts(as_groups(classes))
    if not cuts:
        return NO_ANSWER
    weights = np.array([pair.diversity() for pair in cuts])
    return float(weights @ [pair.entropy_index() for pair in cuts] / weights.sum())


def rank_order_entropy_index(classes: npt.ArrayLike, degree: int | None = None) -> float:
    r"""How far apart people live by income rank, the same whatever the limits between the classes.

    .. math:: H^R = 2 \int_0^1 E(p) H(p)\, dp, \quad E(p) = -p \ln p - (1 - p) \ln (1 - p)

    where :math:`H(p)` is the `entropy_index` of the share p with the lowest incomes against the others. It is known
    at the limits between the classes; between them it is a polynomial fitted by least squares with the weights
    :math:`E(p)^2`.

    Parameters
    ----------
    classes
        (areas, classes) persons, the classes in order from low to high or from high to low.
    degree
        Of the polynomial, less than the number of limits with people on both sides. As high as they allow and at
        most 4 when not given.

    Returns
    -------
    Unitless, 0 (the same distribution everywhere) to 1 (everybody in an area has the same income). A curve fitted
    to few limits can end slightly outside. NaN when a figure is missing, when people live in fewer than two areas,
    or when all are in one class.

    Raises
    ------
    ValueError
        If the degree is negative or higher than the limits allow, or as `ordinal_entropy_index`.

    Notes
    -----
    Made for comparing years and places whose classes differ. Five classes, such as income fifths, give four
    limits. An empty class changes nothing, since its limit is the same rank as the one before.

    References
    ----------
    Reardon, S. F. (2011). Measures of income segregation. CEPA working paper, Stanford University, appendix A2.
    https://cepa.stanford.edu/content/measures-income-segregation

    Examples
    --------
    >>> round(rank_order_entropy_index([[10, 20], [20, 0], [30, 10]]), 4)
    0.274
    """
    cuts = _distinct(_cuts(as_groups(classes)))
    chosen = min(HIGHEST_DEGREE, max(len(cuts) - 1, 0)) if degree is None else degree
    if chosen < 0 or (cuts and chosen >= len(cuts)):
        raise ValueError(
            f"Graden ska vara minst 0 och mindre än antalet gränser mellan klasser, {len(cuts)}, men är {chosen}."
        )
    if not cuts:
        return NO_ANSWER
    ranks = np.array([pair.overall for pair in cuts])
    weights = np.array([pair.diversity() for pair in cuts])
    known = np.array([pair.entropy_index() for pair in cuts])
    powers = np.vander(ranks, chosen + 1, increasing=True)
    # Each row times E(p) gives the squares the weight E(p) squared.
    fitted = np.linalg.lstsq(powers * weights[:, None], known * weights, rcond=None)[0]
    return float(fitted @ weights_of_powers(chosen))


def weights_of_powers(degree: int) -> FloatArray:
    r"""What each power of the rank counts for in the rank-order index.

    .. math:: w_m = 2 \int_0^1 E(p)\, p^m\, dp

    Parameters
    ----------
    degree
        The highest power, at least 0.

    Returns
    -------
    (degree + 1,) for the powers 0 and up; the first is 1.

    Examples
    --------
    >>> weights_of_powers(1)
    array([1. , 0.5])
    """
    terms = [
        2 / (m + 2) ** 2 + 2 * sum((-1) ** k * comb(m, k) / (k + 2) ** 2 for k in range(m + 1))
        for m in range(degree + 1)
    ]
    return np.array(terms)


# Internals


def _cuts(classes: FloatArray) -> list[TwoGroups]:
    """Those below each limit against the others, where there are both."""
    below, total = np.cumsum(classes, axis=1), classes.sum(axis=1)
    pairs = [TwoGroups.among_populated(np.minimum(part, total), total) for part in below.T[:-1]]
    return [pair for pair in pairs if pair is not None]


def _distinct(cuts: list[TwoGroups]) -> list[TwoGroups]:
    return cuts[:1] + [cut for before, cut in pairwise(cuts) if cut.overall > before.overall]
