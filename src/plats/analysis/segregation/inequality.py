"""Inequality index: how much the fifth with the lowest and the fifth with the highest incomes live apart."""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.segregation.dissimilarity import dissimilarity_between


def inequality_index(quintile_1: npt.ArrayLike, quintile_5: npt.ArrayLike) -> float:
    r"""Percent of the fifth with the lowest incomes who would have to move to live as the highest fifth.

    .. math:: 50 \sum_i \left| \frac{q_{1i}}{Q_1} - \frac{q_{5i}}{Q_5} \right|

    Parameters
    ----------
    quintile_1
        (areas,) persons in the fifth with the lowest incomes.
    quintile_5
        (areas,) persons in the fifth with the highest incomes.

    Returns
    -------
    Percent, 0 (spread alike) to 100 (never in the same area). NaN when a fifth is empty, any area lacks
    a figure, or all live in one area.

    Raises
    ------
    ValueError
        If a count is negative or the lengths differ.

    Notes
    -----
    The publisher's choice of areas (DeSO or RegSO), of population and of national or local income limits is
    not established, so a value computed here is not comparable with the published one until it is.

    References
    ----------
    Boverket (2024). Boendesegregationens utveckling, rapport 2024:18.
    https://segregationsbarometern.boverket.se/app/uploads/2024/09/2024-18-Boendesegregationens-utveckling.pdf

    Examples
    --------
    >>> inequality_index([10, 20, 30, 40], [40, 30, 20, 10])
    40.0
    """
    return 100 * dissimilarity_between(quintile_1, quintile_5)
