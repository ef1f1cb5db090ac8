"""Exposure: whom people in a group have as neighbours in their own area, and how closely the group is gathered.

Neighbours here are those registered in the same area. Who meets whom is another matter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, as_counts, as_parts_of
from plats.analysis.segregation.pairs import TwoGroups, bounded
from plats.analysis.segregation.tables import NO_ANSWER, measured_pair


def isolation(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""The share of their own group in the area where a person in the group lives, on average.

    .. math:: {}_xP_x = \sum_i \frac{g_i}{G} \frac{g_i}{t_i}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Share, from the group's share of everybody (the same everywhere) to 1 (nobody shares an area with the rest).
    NaN when the group or the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    A large group has a high value however it is spread; `correlation_ratio` takes that away. The person counts
    among the neighbours, which matters in areas with very few people.

    References
    ----------
    Bell, W. (1954). A probability model for the measurement of ecological segregation. Social Forces 32(4),
    357-364. https://doi.org/10.2307/2574118

    Examples
    --------
    >>> round(isolation(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.3056
    """
    return measured_pair(group, total, TwoGroups.isolation)


def interaction(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""The share of others in the area where a person in the group lives, on average.

    .. math:: {}_xP_y = \sum_i \frac{g_i}{G} \frac{t_i - g_i}{t_i} = 1 - {}_xP_x

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Share, 0 (nobody shares an area with the rest) to the rest's share of everybody (the same everywhere). NaN
    when the group or the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    Not the same seen from the rest: a small group meets many others, the others meet few of it.

    References
    ----------
    Bell (1954), see `isolation`.

    Examples
    --------
    >>> round(interaction(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.6944
    """
    return measured_pair(group, total, TwoGroups.interaction)


def exposure(group: npt.ArrayLike, other: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""The share of another group in the area where a person in the first group lives, on average.

    .. math:: {}_aP_b = \sum_i \frac{a_i}{A} \frac{b_i}{t_i}

    Parameters
    ----------
    group
        (areas,) persons in the group whose neighbours are asked about.
    other
        (areas,) persons in the other group; may be the same group, which gives its isolation.
    total
        (areas,) persons in all, both groups included.

    Returns
    -------
    Share, 0 (never in the same area) to 1. NaN when either group is empty, any area lacks a figure, or people
    live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than the total, or the lengths differ.

    Notes
    -----
    Over groups that make up everybody the exposures of one group sum to 1. Weighted by the groups' sizes the
    exposure of a to b and of b to a are the same number of pairs.

    References
    ----------
    Massey & Denton (1988), see `gini`, p. 288.

    Examples
    --------
    >>> round(exposure(group=[10, 20, 30], other=[10, 0, 20], total=[40, 20, 60]), 4)
    0.2083
    """
    first, whole = as_parts_of(group, total, names=("grupp", "totalt"))
    second, _ = as_parts_of(other, total, names=("andra gruppen", "totalt"))
    populated = ~(whole == 0)
    first, second, whole = first[populated], second[populated], whole[populated]
    met = first.sum() > 0 and second.sum() > 0  # not when a sum is NaN
    if not met or np.isnan(whole).any() or len(whole) < 2:
        return NO_ANSWER
    return bounded(float((first / first.sum()) @ (second / whole)))


def correlation_ratio(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""How much of who belongs to the group is explained by where people live.

    .. math:: \eta^2 = \frac{{}_xP_x - P}{1 - P} = \frac{\sum_i t_i (p_i - P)^2}{T P (1 - P)}

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
    Isolation freed from the group's size; also called eta squared or the variance ratio. The same for the rest
    as for the group.

    References
    ----------
    Duncan, O. D. & Duncan, B. (1955), see `dissimilarity`; Massey & Denton (1988), see `gini`, p. 289.

    Examples
    --------
    >>> round(correlation_ratio(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.0741
    """
    return measured_pair(group, total, TwoGroups.correlation_ratio)


def concentration(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""How far the group's concentration profile is from that of a group spread evenly.

    .. math:: R = \frac{P - \int_0^P v + \int_P^1 v}{1 - P} = \frac{1}{1-P} \sum_i \frac{g_i}{G} |p_i - P|

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Unitless, 0 (the same share everywhere) to 1 (nobody shares an area with the rest). For a group that is more
    than half of everybody it can exceed 1. NaN when the group or the rest is empty, any area lacks a figure, or
    people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    v(s) is the share of the group in areas where it is at least s of the people (`concentration_profile`). The
    integral is taken exactly; peers sum it over a grid of 1,000 steps and differ in the third decimal. Made for
    minorities. Merging two areas where the group is a small part can raise it, which the measures in `evenness`
    never do.

    References
    ----------
    Hong, S.-Y. & Sadahiro, Y. (2014). Measuring geographic segregation: a graph-based approach. Journal of
    Geographical Systems 16(2), 211-231. https://doi.org/10.1007/s10109-013-0190-4

    Examples
    --------
    >>> round(concentration(group=[10, 10, 10], total=[40, 20, 60]), 4)
    0.1481
    """
    return measured_pair(group, total, TwoGroups.concentration)


def concentration_profile(
    group: npt.ArrayLike, total: npt.ArrayLike, thresholds: npt.ArrayLike
) -> FloatArray:
    r"""Which share of the group lives in areas where it is at least a given part of the people.

    .. math:: v(s) = \sum_{i:\, p_i \ge s} \frac{g_i}{G}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    thresholds
        (thresholds,) shares, 0-1.

    Returns
    -------
    (thresholds,) shares, 0-1, never rising with the threshold; 1 at threshold 0. NaN when the group is empty or
    any area lacks a figure.

    Raises
    ------
    ValueError
        If a threshold is outside 0-1 or missing, a count is negative or infinite, a group is larger than its
        total, or the lengths differ.

    References
    ----------
    Hong & Sadahiro (2014), see `concentration`.

    Examples
    --------
    >>> concentration_profile([10, 20, 30], [40, 20, 60], [0, 0.5, 1])
    array([1.        , 0.83333333, 0.33333333])
    """
    part, whole = as_parts_of(group, total, names=("grupp", "totalt"))
    asked = as_counts("trösklar", thresholds)
    if not (asked <= 1).all():  # also when one is NaN
        raise ValueError("Trösklarna ska vara andelar mellan 0 och 1.")
    if np.isnan(part + whole).any() or not part.sum() > 0:
        return np.full(len(asked), NO_ANSWER)
    share = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    order = np.argsort(share)
    below = np.concatenate([[0.0], np.cumsum(part[order])])
    profile: FloatArray = 1 - below[np.searchsorted(share[order], asked, side="left")] / below[-1]
    return profile
