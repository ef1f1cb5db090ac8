"""What each area holds, seen by itself: how mixed it is, and which groups are more there than in the whole.

Description, never a ranking: a mixed area is not a better one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.tables import NO_ANSWER, GroupTable, as_groups


def location_quotients(groups: npt.ArrayLike) -> FloatArray:
    r"""How many times as large a part of the area as of the whole each group is.

    .. math:: LQ_{ij} = p_{ij} / P_j

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    (areas, groups) times, 0 (nobody of the group) and up; 1 is as in the whole. NaN where nobody lives, and
    everywhere when a group is empty, any figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    The mean over people is 1 for every group. A small group easily has a high quotient by chance.

    References
    ----------
    Isard, W. (1960). Methods of regional analysis. MIT Press, chapter 7.

    Examples
    --------
    >>> location_quotients([[10, 30], [10, 10]]).round(2)
    array([[0.75, 1.12],
           [1.5 , 0.75]])
    """
    counts = as_groups(groups)
    quotients = np.full(counts.shape, NO_ANSWER)
    table = GroupTable.among_populated(counts)
    if table is not None:
        quotients[table.populated] = table.shares / table.composition
    return quotients


def local_diversity(groups: npt.ArrayLike) -> FloatArray:
    r"""How mixed each area is: how uncertain one is about which group a person there belongs to.

    .. math:: E_i = -\sum_j p_{ij} \ln p_{ij}

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    (areas,) nats, 0 (one group) to ln m with m groups of the same size. NaN where nobody lives or a figure is
    missing; the other areas keep theirs.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    The whole's diversity less the mean of these over people is `multigroup_mutual_information`. Over ln m it lies
    between 0 and 1.

    References
    ----------
    Reardon, S. F. & O'Sullivan, D. (2004). Measures of spatial segregation. Sociological Methodology 34(1),
    121-162, p. 139. https://doi.org/10.1111/j.0081-1750.2004.00150.x

    Examples
    --------
    >>> local_diversity([[10, 10], [20, 0]]).round(4)
    array([0.6931, 0.    ])
    """
    shares = _shares(groups)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    # Adding 0 turns -0 into 0.
    diversity: FloatArray = -(shares * logs).sum(axis=1) + 0.0
    return diversity


def local_simpson_interaction(groups: npt.ArrayLike) -> FloatArray:
    r"""The chance that two people drawn from the area belong to different groups.

    .. math:: I_i = \sum_j p_{ij} (1 - p_{ij})

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    (areas,) probability, 0 (one group) to 1 - 1/m with m groups of the same size. NaN where nobody lives or a
    figure is missing; the other areas keep theirs.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    1 less this is the chance that they belong to the same group (Simpson's concentration).

    References
    ----------
    Simpson (1949), see `simpson_interaction`.

    Examples
    --------
    >>> local_simpson_interaction([[10, 10], [20, 0]])
    array([0.5, 0. ])
    """
    shares = _shares(groups)
    chance: FloatArray = (shares * (1 - shares)).sum(axis=1)
    return chance


# Internals


def _shares(groups: npt.ArrayLike) -> FloatArray:
    """(areas, groups) shares, NaN in a whole area where nobody lives or a figure is missing."""
    counts = as_groups(groups)
    sizes = counts.sum(axis=1, keepdims=True)
    shares: FloatArray = np.divide(counts, sizes, out=np.full_like(counts, NO_ANSWER), where=sizes > 0)
    return shares
