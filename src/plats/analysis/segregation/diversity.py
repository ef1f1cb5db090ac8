"""Several groups at once: how much of the whole's diversity people have in their own area.

Each takes a table of persons with areas along axis 0 and groups along axis 1; the groups make up everybody.
"""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.segregation.tables import GroupTable, measured


def normalised_exposure(groups: npt.ArrayLike) -> float:
    r"""How much fewer people of other groups one has in one's area than if all were spread alike.

    .. math:: P^* = \sum_j \sum_i \frac{t_i}{T} \frac{(p_{ij} - P_j)^2}{1 - P_j}

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
    With two groups the same as `correlation_ratio`.

    References
    ----------
    James, F. J. (1986). A new generalized 'exposure-based' segregation index. Sociological Methods & Research
    14(3), 301-316. https://doi.org/10.1177/0049124186014003004

    Examples
    --------
    >>> round(normalised_exposure([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.1898
    """
    return measured(groups, GroupTable.normalised_exposure)


def relative_diversity(groups: npt.ArrayLike) -> float:
    r"""How much less likely two neighbours are to differ in group than two people of the whole.

    .. math:: R = \sum_j \sum_i \frac{t_i}{T I} (p_{ij} - P_j)^2, \quad I = \sum_j P_j (1 - P_j)

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Unitless, 0 (neighbours differ as often as others) to 1 (neighbours never differ). NaN when a group is
    empty, any figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    With two groups the same as `correlation_ratio`.

    References
    ----------
    Carlson, S. M. (1992). Trends in race/sex occupational inequality: conceptual and measurement issues. Social
    Problems 39(3), 268-290; Reardon & Firebaugh (2002), see `multigroup_dissimilarity`.

    Examples
    --------
    >>> round(relative_diversity([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.1778
    """
    return measured(groups, GroupTable.relative_diversity)


def squared_coefficient_of_variation(groups: npt.ArrayLike) -> float:
    r"""How much the groups' shares vary between areas, each measured against its own size.

    .. math:: C = \sum_j \sum_i \frac{t_i}{T} \frac{(p_{ij} - P_j)^2}{(m - 1) P_j}

    Parameters
    ----------
    groups
        (areas, groups) persons; m is the number of groups.

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
    A small group weighs as much as a large one, so a few people can move it. With two groups the same as
    `correlation_ratio`.

    References
    ----------
    Reardon & Firebaugh (2002), see `multigroup_dissimilarity`.

    Examples
    --------
    >>> round(squared_coefficient_of_variation([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    0.1597
    """
    return measured(groups, GroupTable.squared_coefficient_of_variation)


def simpson_interaction(groups: npt.ArrayLike) -> float:
    r"""The chance that two people drawn from the whole belong to different groups.

    .. math:: I = \sum_j P_j (1 - P_j)

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Probability, 0 to 1 - 1/m with m groups. NaN when a group is empty, any figure is missing, or people live
    in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    Diversity of the whole, not segregation: it does not ask who lives where. The two are drawn with
    replacement, which is of no importance in a population.

    References
    ----------
    Simpson, E. H. (1949). Measurement of diversity. Nature 163, 688. https://doi.org/10.1038/163688a0

    Examples
    --------
    >>> simpson_interaction([[10, 10, 20], [20, 0, 0], [30, 20, 10]])
    0.625
    """
    return measured(groups, GroupTable.interaction)


def simpson_concentration(groups: npt.ArrayLike) -> float:
    r"""The chance that two people drawn from the whole belong to the same group.

    .. math:: \lambda = \sum_j P_j^2 = 1 - I

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Probability, 1/m with m groups of the same size to 1. NaN when a group is empty, any figure is missing, or
    people live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    References
    ----------
    Simpson (1949), see `simpson_interaction`.

    Examples
    --------
    >>> simpson_concentration([[10, 10, 20], [20, 0, 0], [30, 20, 10]])
    0.375
    """
    return measured(groups, lambda table: 1 - table.interaction())


def diversity(groups: npt.ArrayLike) -> float:
    r"""How mixed the whole is: how uncertain one is about which group a person belongs to.

    .. math:: E = -\sum_j P_j \ln P_j

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Nats, 0 to ln m with m groups of the same size. NaN when a group is empty, any figure is missing, or people
    live in fewer than two areas.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    Diversity of the whole, not segregation. Also called entropy; it is what `multigroup_entropy_index` divides
    by.

    References
    ----------
    Theil, H. (1972). Statistical decomposition analysis. North-Holland, Amsterdam, chapter 1.

    Examples
    --------
    >>> round(diversity([[10, 10, 20], [20, 0, 0], [30, 20, 10]]), 4)
    1.0397
    """
    return measured(groups, GroupTable.diversity)
