"""Mutual information and entropy index with what chance adds to them taken off, or told by itself.

Counts of few people differ more between areas than the chances behind them do, so both measures are on average too
high.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.tables import NO_ANSWER, GroupTable, whole_people


def miller_madow_mutual_information(groups: npt.ArrayLike) -> float:
    r"""Mutual information less the first part of what chance adds, counted from the cells where anybody lives.

    .. math:: M - \frac{K - K_{areas} - K_{groups} + 1}{2 T}

    where K are the cells with people in them.

    Parameters
    ----------
    groups
        (areas, groups) persons.

    Returns
    -------
    Nats, below 0 where chance is all there is. NaN as for `multigroup_mutual_information`.

    Raises
    ------
    ValueError
        If the table is not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    Exact up to terms that fall with the square of how many people there are in an area.

    References
    ----------
    Miller, G. (1955). Note on the bias of information estimates. In: Information theory in psychology II-B,
    95-100. Free Press.

    Examples
    --------
    >>> round(miller_madow_mutual_information([[10, 30], [30, 10]]), 4)
    0.1246
    """
    table = GroupTable.of(groups)
    if table is None:
        return NO_ANSWER
    areas, kinds = table.counts.shape
    cells = np.count_nonzero(table.counts)
    return table.mutual_information() - float((cells - areas - kinds + 1) / (2 * table.sizes.sum()))


def jackknife_mutual_information(groups: npt.ArrayLike) -> float:
    r"""Mutual information less what chance adds, judged from how it changes when one person is left out.

    .. math:: T M - (T - 1) \sum_{ij} \frac{n_{ij}}{T} M_{-ij}

    Parameters
    ----------
    groups
        (areas, groups) whole persons.

    Returns
    -------
    Nats, below 0 where chance is all there is. NaN as for `multigroup_mutual_information`.

    Raises
    ------
    ValueError
        As `miller_madow_mutual_information`, or if a count is not whole.

    Notes
    -----
    In closed form: with d(n) = n ln n - (n - 1) ln(n - 1) it is d(T) plus the mean over people of d(n) of their cell,
    less that of their area and that of their group.

    References
    ----------
    Efron & Tibshirani (1993), see `bootstrap_interval`, chapter 11.

    Examples
    --------
    >>> round(jackknife_mutual_information([[10, 30], [30, 10]]), 4)
    0.1242
    """
    table = GroupTable.of(groups)
    if table is None:
        return NO_ANSWER
    counts = whole_people(table.counts).astype(np.float64)
    people = counts.sum()
    margins = (counts.sum(axis=1), counts.sum(axis=0))
    lost = (counts * _last(counts)).sum() - sum((margin * _last(margin)).sum() for margin in margins)
    return float(_last(people) + lost / people)


def jackknife_entropy_index(groups: npt.ArrayLike) -> float:
    r"""The entropy index less what chance adds, judged from how it changes when one person is left out.

    .. math:: T H - (T - 1) \sum_{ij} \frac{n_{ij}}{T} H_{-ij}

    Parameters
    ----------
    groups
        (areas, groups) whole persons.

    Returns
    -------
    Unitless, up to 1; below 0 where chance is all there is. NaN as for `multigroup_entropy_index`, and when a group
    has a single person, without whom it is another set of groups.

    Raises
    ------
    ValueError
        As `jackknife_mutual_information`.

    References
    ----------
    Efron & Tibshirani (1993), see `bootstrap_interval`, chapter 11.

    Examples
    --------
    >>> round(jackknife_entropy_index([[10, 30], [30, 10]]), 4)
    0.1774
    """
    table = GroupTable.of(groups)
    if table is None:
        return NO_ANSWER
    counts = whole_people(table.counts).astype(np.float64)
    people, sizes, members = counts.sum(), counts.sum(axis=1), counts.sum(axis=0)
    if (members < 2).any():
        return NO_ANSWER
    # T M and T times the diversity, whole and without one person of each cell.
    informed, diverse = people * table.mutual_information(), people * table.diversity()
    less_one = _last(people) - _last(members)
    without = informed - _last(counts) + _last(sizes)[:, None] + _last(members) - _last(people)
    index = np.where(counts > 0, without / (diverse - less_one), 0.0)
    return float(people * informed / diverse - (people - 1) * (counts * index).sum() / people)


def expected_mutual_information(groups: npt.ArrayLike) -> float:
    r"""The mutual information that a place of these sizes has on average when only chance decides who lives where.

    .. math::

        E = \frac1T \left[ \sum_{ij} E(X_{ij} \ln X_{ij}) - \sum_i t_i \ln t_i - \sum_j n_j \ln n_j + T \ln T \right]

    where :math:`X_{ij}` is hypergeometric: :math:`t_i` drawn from T people of whom :math:`n_j` are of the group.

    Parameters
    ----------
    groups
        (areas, groups) whole persons.

    Returns
    -------
    Nats, at least 0. NaN as for `multigroup_mutual_information`.

    Raises
    ------
    ValueError
        As `jackknife_mutual_information`.

    Notes
    -----
    The mean over every way of placing the people in the homes. Nothing is drawn: each law is summed outwards from its
    most likely number until what is left is below 1e-18. Over `diversity`, which chance does not change, it is the
    expected entropy index.

    References
    ----------
    Vinh, N. X., Epps, J. & Bailey, J. (2010). Information theoretic measures for clusterings comparison. Journal of
    Machine Learning Research 11, 2837-2854, theorem 1.

    Examples
    --------
    >>> round(expected_mutual_information([[10, 30], [30, 10]]), 4)
    0.0064
    """
    table = GroupTable.of(groups)
    if table is None:
        return NO_ANSWER
    sizes = whole_people(table.sizes).astype(np.float64)
    members = whole_people(table.counts).sum(axis=0).astype(np.float64)
    people = sizes.sum()
    cells = sum(float(_expected_times_log(sizes, group, people).sum()) for group in members)
    whole = _times_log(people) - _times_log(sizes).sum() - _times_log(members).sum()
    return max(0.0, float((cells + whole) / people))


# Internals


def _times_log(values: npt.ArrayLike) -> FloatArray:
    numbers = np.asarray(values, dtype=np.float64)
    return np.asarray(numbers * np.log(np.maximum(numbers, 1)))


def _last(numbers: npt.ArrayLike) -> FloatArray:
    """n ln n less (n - 1) ln(n - 1); 0 for nobody."""
    whole = np.asarray(numbers, dtype=np.float64)
    before = np.maximum(whole - 1, 1)
    # ln n + (n - 1) ln(n / (n - 1)), in which no two nearly equal numbers are subtracted.
    return np.asarray(np.where(whole > 1, np.log(np.maximum(whole, 1)) + before * np.log1p(1 / before), 0.0))


def _expected_times_log(sizes: FloatArray, members: float, people: float) -> FloatArray:
    """(areas,) the mean of X ln X, where X of the area's people are among so many members."""
    mode = np.floor((sizes + 1) * (members + 1) / (people + 2))
    weight, mean = np.ones_like(sizes), _times_log(mode)
    rest = people - members - sizes
    for step in (1, -1):
        k, chance = mode.copy(), np.ones_like(sizes)
        while (chance > 1e-18).any():
            chance = chance * (_up if step > 0 else _down)(k, sizes, members, rest)
            k = k + step
            weight += chance
            mean += chance * _times_log(np.maximum(k, 0))
    return mean / weight


def _up(k: FloatArray, sizes: FloatArray, members: float, rest: FloatArray) -> FloatArray:
    """How many times as likely one more is; 0 where there are no more, which stops the walk."""
    more = np.maximum(sizes - k, 0) * np.maximum(members - k, 0)
    return np.asarray(more / ((k + 1) * np.maximum(rest + k + 1, 1)))


def _down(k: FloatArray, sizes: FloatArray, members: float, rest: FloatArray) -> FloatArray:
    """How many times as likely one less is; 0 where there can be no fewer."""
    return np.asarray(
        np.maximum(k, 0)
        * np.maximum(rest + k, 0)
        / (np.maximum(sizes - k, 0) + 1)
        / (np.maximum(members - k, 0) + 1)
    )
