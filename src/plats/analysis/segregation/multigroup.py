"""Several groups at once: how unlike the areas are each other in who lives there.

Each takes a table of persons with areas along axis 0 and groups along axis 1; the groups make up everybody. Which
groups there are is a choice, and figures with different groups are not comparable.
"""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.segregation.tables import GroupTable, measured


def multigroup_dissimilarity(groups: npt.ArrayLike) -> float:
    r"""Share of the people who would have to move for all areas to have the same composition.

    As a part of how many that would be if no area held more than one group.

    .. math:: D = \frac{1}{2 T I} \sum_i \sum_j t_i |p_{ij} - P_j|, \quad I = \sum_j P_j (1 - P_j)

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Unitless, 0 (the same composition everywhere) to 1 (one group in each area). NaN when a group is empty, any
    figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    With two groups the same as `dissimilarity`. An area without people changes nothing.

    References
    ----------
    Reardon, S. F. & Firebaugh, G. (2002). Measures of multigroup segregation. Sociological Methodology 32(1),
    33-67, table 2. https://doi.org/10.1111/1467-9531.00110

    Examples
    --------
    >>> round(multigroup_dissimilarity([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.3333
    """
    return measured(groups, GroupTable.dissimilarity)


def multigroup_gini(groups: npt.ArrayLike) -> float:
    r"""How unequal areas are in composition, over every pair of areas.

    .. math:: G = \frac{1}{2 T^2 I} \sum_j \sum_i \sum_k t_i t_k |p_{ij} - p_{kj}|, \quad I = \sum_j P_j (1 - P_j)

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Unitless, 0 (the same composition everywhere) to 1 (one group in each area). NaN when a group is empty, any
    figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    The mean of each group's `gini` against the others, weighted by P(1 - P); each is had by sorting, so memory
    grows with the number of areas and not with its square.

    References
    ----------
    Reardon & Firebaugh (2002), see `multigroup_dissimilarity`.

    Examples
    --------
    >>> round(multigroup_gini([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.4444
    """
    return measured(groups, GroupTable.gini)


def multigroup_mutual_information(groups: npt.ArrayLike) -> float:
    r"""How much knowing someone's area tells about which group they belong to.

    .. math:: M = \sum_i \frac{t_i}{T} \sum_j p_{ij} \ln \frac{p_{ij}}{P_j}

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Nats, 0 (the area tells nothing) to the smaller of the diversity over groups and over areas. NaN when a
    group is empty, any figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    Areas and groups are treated alike: turning the table gives the same number. Splits exactly into areas
    (`local_mutual_information`) and levels (`nested`). 0 ln 0 is 0.

    References
    ----------
    Mora, R. & Ruiz-Castillo, J. (2011). Entropy-based segregation indices. Sociological Methodology 41(1),
    159-194. https://doi.org/10.1111/j.1467-9531.2011.01237.x

    Examples
    --------
    >>> round(multigroup_mutual_information([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.1874
    """
    return measured(groups, GroupTable.mutual_information)


def multigroup_entropy_index(groups: npt.ArrayLike) -> float:
    r"""How much less mixed the areas are than the whole, as a part of how mixed the whole is.

    .. math:: H = M / E, \quad E = -\sum_j P_j \ln P_j

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Unitless, 0 (each area is as mixed as the whole) to 1 (one group in each area). NaN when a group is empty,
    any figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    References
    ----------
    Reardon & Firebaugh (2002), see `multigroup_dissimilarity`.

    Examples
    --------
    >>> round(multigroup_entropy_index([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.1803
    """
    return measured(groups, GroupTable.entropy_index)


def multigroup_divergence(groups: npt.ArrayLike) -> float:
    r"""How far, on average over people, an area's composition is from the whole's.

    .. math:: \bar D = \sum_i \frac{t_i}{T} D_i, \quad D_i = \sum_j p_{ij} \ln \frac{p_{ij}}{P_j}

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Nats, 0 (the same composition everywhere) to the diversity of the whole. NaN when a group is empty, any
    figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    The same number as `multigroup_mutual_information`, had by another way of thinking; both names are in use.
    Each area's own D is `local_divergence`.

    References
    ----------
    Roberto, E. (2016). The divergence index: a decomposable measure of segregation and inequality.
    https://arxiv.org/abs/1508.01167

    Examples
    --------
    >>> round(multigroup_divergence([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.1874
    """
    return measured(groups, GroupTable.mutual_information)
