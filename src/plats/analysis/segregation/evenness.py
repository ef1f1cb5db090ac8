"""Evenness: how unlike the areas are each other in who lives there, for one group against the rest.

Not for comparing areas with each other, and not for saying whether living apart is good or bad. Dissimilarity has
its own module.
"""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.tables import measured_pair


def gini(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""How unequal areas are in the group's share, over every pair of areas.

    .. math:: G = \frac{\sum_i \sum_k t_i t_k |p_i - p_k|}{2 T^2 P (1 - P)}, \quad p_i = g_i / t_i,\; P = G / T

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Unitless, 0 (the same share everywhere) to 1 (nobody shares an area with the rest). NaN when the group or
    the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    Never below the dissimilarity, which sees only whether an area lies above or below the whole's share; this
    sees every difference. Areas are sorted once, so the work grows with the number of areas and not with its
    square. An area without people changes nothing. Rises with smaller areas.

    References
    ----------
    Massey, D. S. & Denton, N. A. (1988). The dimensions of residential segregation. Social Forces 67(2),
    281-315, p. 285. https://doi.org/10.1093/sf/67.2.281

    Examples
    --------
    >>> round(gini(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.2963
    """
    return measured_pair(group, total, TwoGroups.gini)


def min_max(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""Share of the two groups, each counted as a whole, that is not matched by the other where it lives.

    .. math::

        MM = 1 - \frac{\sum_i \min(g_i/G,\, r_i/R)}{\sum_i \max(g_i/G,\, r_i/R)} = \frac{2D}{1+D},
        \quad r_i = t_i - g_i

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Unitless, 0 (the same share everywhere) to 1 (nobody shares an area with the rest). NaN when the group or
    the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    Says nothing that `dissimilarity` does not: it is the same order on another scale.

    References
    ----------
    O'Sullivan, D. & Wong, D. W. S. (2007). A surface-based approach to measuring spatial segregation.
    Geographical Analysis 39(2), 147-168. https://doi.org/10.1111/j.1538-4632.2007.00699.x

    Examples
    --------
    >>> round(min_max(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.3636
    """
    return measured_pair(group, total, TwoGroups.min_max)


def mutual_information(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""How much knowing someone's area tells about whether they belong to the group.

    .. math:: M = \sum_i \frac{t_i}{T} \left[ p_i \ln\frac{p_i}{P} + (1-p_i) \ln\frac{1-p_i}{1-P} \right]

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Nats, 0 (the area tells nothing) to the diversity of the whole, at most ln 2 = 0.693 (the area tells all).
    NaN when the group or the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    Falls apart exactly into terms for areas (`local_mutual_information`) and for levels (`nested`). Depends on
    how large the group is: for places with different composition see `entropy_index`. 0 ln 0 is 0.

    References
    ----------
    Mora, R. & Ruiz-Castillo, J. (2011). Entropy-based segregation indices. Sociological Methodology 41(1),
    159-194. https://doi.org/10.1111/j.1467-9531.2011.01237.x

    Examples
    --------
    >>> round(mutual_information(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.0341
    """
    return measured_pair(group, total, TwoGroups.mutual_information)


def entropy_index(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""How much less mixed the areas are than the whole, as a part of how mixed the whole is.

    .. math:: H = \sum_i \frac{t_i (E - E_i)}{T E}, \quad E = -P \ln P - (1-P) \ln(1-P)

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Unitless, 0 (each area is as mixed as the whole) to 1 (no area is mixed). NaN when the group or the rest is
    empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    Also called Theil's H or the information theory index; it is `mutual_information` over the whole's
    diversity. An area without people changes nothing. Rises with smaller areas.

    References
    ----------
    Theil, H. & Finizza, A. J. (1971). A note on the measurement of racial integration of schools by means of
    informational concepts. Journal of Mathematical Sociology 1(2), 187-193.
    https://doi.org/10.1080/0022250X.1971.9989795

    Examples
    --------
    >>> round(entropy_index(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.0606
    """
    return measured_pair(group, total, TwoGroups.entropy_index)


def atkinson(group: npt.ArrayLike, total: npt.ArrayLike, b: float = 0.5) -> float:
    r"""How unevenly the group is spread, with a say in which areas count most.

    .. math::

        A = 1 - \frac{P}{1-P} \left[ \sum_i \frac{(1-p_i)^{1-b}\, p_i^b\, t_i}{P T} \right]^{1/(1-b)}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    b
        Above 0 and below 1: below 0.5 areas where the group is a small part weigh most, above 0.5 areas where it
        is a large part, at 0.5 both alike.

    Returns
    -------
    Unitless, 0 (the same share everywhere) to 1 (nobody shares an area with the rest). NaN when the group or
    the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If `b` is not between 0 and 1, a count is negative or infinite, a group is larger than its total, or the
        lengths differ.

    Notes
    -----
    Swapping the group and the rest gives the same result only at b = 0.5. Does not depend on the group's size.

    References
    ----------
    Massey & Denton (1988), see `gini`, p. 286.

    Examples
    --------
    >>> round(atkinson(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.0858
    """
    if not 0 < b < 1:
        raise ValueError(f"b ska ligga mellan 0 och 1, till exempel 0,5, men är {b}.")
    return measured_pair(group, total, lambda pair: pair.atkinson(b))
