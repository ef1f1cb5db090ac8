"""Concentration: how much of the land a group lives on, or how densely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.pairs import TwoGroups, bounded
from plats.analysis.segregation.spatial.places import as_sizes, populated_pair
from plats.analysis.segregation.tables import NO_ANSWER


def delta(group: npt.ArrayLike, total: npt.ArrayLike, area_m2: npt.ArrayLike) -> float:
    r"""Share of the group that would have to move for it to live equally densely on all land.

    .. math:: \Delta = \tfrac12 \sum_i \left| \frac{x_i}{X} - \frac{a_i}{A} \right|

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    area_m2
        (areas,) land in square metres, above 0.

    Returns
    -------
    Unitless, 0 (as many to the square metre everywhere) to below 1. NaN when the group or the rest is empty, any
    area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If an area is not above 0, a count is negative or infinite, a group is larger than its total, or the lengths
        differ.

    Notes
    -----
    Land where nobody lives counts: in a municipality with forest everybody is concentrated, so look at the rest's
    figure beside it. The people of the rest change nothing.

    References
    ----------
    Duncan, O. D., Cuzzort, R. P. & Duncan, B. (1961). Statistical geography. Free Press. Massey & Denton (1988), see
    `gini`, p. 290.

    Examples
    --------
    >>> round(delta([10, 10, 10], [40, 20, 60], [1e6, 2e6, 3e6]), 4)
    0.1667
    """
    pair, populated = populated_pair(group, total)
    area = as_sizes("yta", area_m2, len(populated))
    if pair is None:
        return NO_ANSWER
    lives = np.zeros(len(area))
    lives[populated] = pair.where_group_lives
    return bounded(float(np.abs(lives - area / area.sum()).sum()) / 2)


def absolute_concentration(group: npt.ArrayLike, total: npt.ArrayLike, area_m2: npt.ArrayLike) -> float:
    r"""How near the group comes to living on as little land as it could.

    .. math::

        ACO = 1 - \frac{\sum_i x_i a_i / X - \bar a_1}{\bar a_2 - \bar a_1}, \quad
        \bar a_1 = \sum_{i \le n_1} \frac{t_i a_i}{T_1},\; \bar a_2 = \sum_{i \ge n_2} \frac{t_i a_i}{T_2}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    area_m2
        (areas,) land in square metres, above 0.

    Returns
    -------
    Unitless: 1 when the group lives in the smallest areas only, 0 when in the largest. Somewhat outside that where
    the area at the limit is large. NaN as `delta`, and when the smallest and the largest areas are alike.

    Raises
    ------
    ValueError
        As `delta`.

    Notes
    -----
    Areas are taken in order of size until they hold as many people as the group: the smallest ones (1 to n1, T1
    people) and the largest (n2 and up, T2). The area at the limit is taken whole. Of areas of the same size the one
    with fewest people comes first, so that the order of the list does not matter.

    References
    ----------
    Massey & Denton (1988), see `gini`, p. 290.

    Examples
    --------
    >>> round(absolute_concentration([10, 10, 10], [40, 20, 60], [1e6, 2e6, 3e6]), 4)
    0.5
    """
    ranked = _RankedBySize.of(group, total, area_m2)
    if ranked is None or ranked.alike:
        return NO_ANSWER
    lived_on = float(ranked.pair.where_group_lives @ ranked.area)
    return 1 - (lived_on - ranked.smallest) / (ranked.largest - ranked.smallest)


def relative_concentration(group: npt.ArrayLike, total: npt.ArrayLike, area_m2: npt.ArrayLike) -> float:
    r"""How much less land the group lives on than the rest, as a part of the most it could be.

    .. math::

        RCO = \frac{\left. \sum_i \frac{x_i a_i}{X} \right/ \sum_i \frac{y_i a_i}{Y} - 1}{\bar a_1 / \bar a_2 - 1}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    area_m2
        (areas,) land in square metres, above 0.

    Returns
    -------
    Unitless: 0 when both live in areas as large, towards 1 when the group lives in the smallest and the rest in the
    largest, below 0 when the other way round. NaN as `absolute_concentration`.

    Raises
    ------
    ValueError
        As `delta`.

    Notes
    -----
    The two means are those of `absolute_concentration`.

    References
    ----------
    Massey & Denton (1988), see `gini`, p. 291.

    Examples
    --------
    >>> round(relative_concentration([10, 10, 10], [40, 20, 60], [1e6, 2e6, 3e6]), 4)
    0.15
    """
    ranked = _RankedBySize.of(group, total, area_m2)
    if ranked is None or ranked.alike:
        return NO_ANSWER
    pair = ranked.pair
    of_group, of_rest = (
        float(lives @ ranked.area) for lives in (pair.where_group_lives, pair.where_rest_lives)
    )
    return (of_group / of_rest - 1) / (ranked.smallest / ranked.largest - 1)


# Internals


@dataclass(frozen=True, slots=True)
class _RankedBySize:
    """The populated areas, and the mean land of as many people as the group in the smallest and largest of them."""

    pair: TwoGroups
    area: FloatArray
    smallest: float
    largest: float

    @property
    def alike(self) -> bool:
        """Whether the smallest and the largest areas are of the same size, but for rounding."""
        return abs(self.largest - self.smallest) <= 1e-12 * self.largest

    @classmethod
    def of(cls, group: npt.ArrayLike, total: npt.ArrayLike, area_m2: npt.ArrayLike) -> _RankedBySize | None:
        pair, populated = populated_pair(group, total)
        area = as_sizes("yta", area_m2, len(populated))
        if pair is None:
            return None
        area = area[populated]
        members = float(pair.group.sum())
        smallest = _mean_size_until(members, pair.total, area, np.lexsort((pair.total, area)))
        largest = _mean_size_until(members, pair.total, area, np.lexsort((pair.total, -area)))
        return cls(pair, area, smallest, largest)


def _mean_size_until(
    people: float, total: FloatArray, area: FloatArray, order: npt.NDArray[np.intp]
) -> float:
    """The mean land, over people, of the first areas in the order that hold at least so many."""
    sizes = total[order]
    # The sum of the group and of everybody carry rounding in their last bit.
    count = int(np.searchsorted(np.cumsum(sizes), people * (1 - 1e-12))) + 1
    return float(sizes[:count] @ area[order][:count] / sizes[:count].sum())
