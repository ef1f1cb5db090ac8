"""Dissimilarity: how much two groups live apart, for a whole municipality.

Not for comparing areas with each other, and not for saying whether living apart is good or bad.
"""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.arrays import as_counts, as_parts_of, require_same_length
from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.tables import NO_ANSWER


def dissimilarity(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""Share of the group that would have to move for it to be as large a part of every area.

    .. math:: D = \tfrac12 \sum_i \left| \frac{g_i}{G} - \frac{r_i}{R} \right|, \quad r_i = t_i - g_i

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Unitless, 0 (the group is the same share everywhere) to 1 (nobody shares an area with the rest). NaN when
    the group or the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative, a group is larger than its total, or the lengths differ.

    Notes
    -----
    An area without people changes nothing. A missing or hidden area makes the result NaN: a measure of the
    whole cannot be had from a part. D rises with smaller areas, so figures over DeSO and over RegSO are not
    comparable, and small groups give a D above 0 by chance alone; that is not corrected here.

    References
    ----------
    Duncan, O. D. & Duncan, B. (1955). A methodological analysis of segregation indexes. American Sociological
    Review 20(2), 210-217. https://doi.org/10.2307/2088328

    Examples
    --------
    >>> round(dissimilarity(group=[10, 30], total=[50, 50]), 4)
    0.4167
    """
    part, whole = as_parts_of(group, total, names=("grupp", "totalt"))
    return dissimilarity_between(part, whole - part)


def dissimilarity_between(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    r"""Share of one group that would have to move for the two groups to be spread alike.

    .. math:: D = \tfrac12 \sum_i \left| \frac{a_i}{A} - \frac{b_i}{B} \right|

    Parameters
    ----------
    first, second
        (areas,) persons in each group; nobody is in both. Swapping the two gives the same result.

    Returns
    -------
    Unitless, 0 (spread alike) to 1 (never in the same area). NaN when a group is empty, any area lacks a
    figure, or people of the two groups live in fewer than two areas.

    Raises
    ------
    ValueError
        If a count is negative or the lengths differ.

    Notes
    -----
    As for `dissimilarity`, which is this measure between a group and everybody else.

    References
    ----------
    Duncan & Duncan (1955), see `dissimilarity`.

    Examples
    --------
    >>> dissimilarity_between([10, 20, 30, 40], [40, 30, 20, 10])
    0.4
    """
    one, other = as_counts("första gruppen", first), as_counts("andra gruppen", second)
    require_same_length(första=one, andra=other)
    pair = TwoGroups.among_populated(one, one + other)
    return NO_ANSWER if pair is None else pair.dissimilarity()
