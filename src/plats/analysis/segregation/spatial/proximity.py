"""Clustering: whether the areas where a group lives lie near each other, with nearness as exp(-d).

Not for saying whether living near each other is good or bad. What d is, and its unit, stands in `nearness`.
"""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.segregation.spatial.nearness import Nearness
from plats.analysis.segregation.tables import NO_ANSWER


def spatial_proximity(
    group: npt.ArrayLike,
    total: npt.ArrayLike,
    points_m: npt.ArrayLike,
    area_m2: npt.ArrayLike,
    scale_m: float = 1000.0,
) -> float:
    r"""How much nearer people live to their own group than people in general live to each other.

    .. math::

        SP = \frac{X P_{xx} + Y P_{yy}}{T P_{tt}}, \quad
        P_{gg} = \frac{1}{G^2} \sum_i \sum_j g_i g_j c_{ij}, \quad c_{ij} = e^{-d_{ij} / s}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    area_m2
        (areas,) land in square metres, above 0; an area's distance to itself is the root of 0.6 times it.
    scale_m
        s, the distance over which nearness falls to 37 percent, metres.

    Returns
    -------
    Unitless, above 0: 1 when the groups are spread alike, more when each keeps together, less when they alternate.
    NaN when the group or the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a coordinate is missing or in degrees, an area or `scale_m` is not above 0, a count is negative or
        infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    The same for the rest as for the group. An area without people changes nothing. Massey & Denton give no unit for
    d; figures with another `scale_m` are not comparable. PySAL 2.5.4 takes 1 - exp(-d / sum of d) as nearness, which
    grows with distance, and gives a checkerboard a higher value than two halves.

    References
    ----------
    White, M. J. (1986). Segregation and diversity measures in population distribution. Population Index 52(2),
    198-221. Massey, D. S. & Denton, N. A. (1988). The dimensions of residential segregation. Social Forces 67(2),
    281-315, p. 295. https://doi.org/10.1093/sf/67.2.281

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> round(spatial_proximity([10, 10, 10], [40, 20, 60], row, [1e6, 1e6, 1e6]), 4)
    1.0053
    """
    near = Nearness.of(group, total, points_m, area_m2, scale_m)
    if near is None:
        return NO_ANSWER
    pair = near.pair
    among_group = near.mean(pair.where_group_lives, near.group_near)
    among_rest = near.mean(pair.where_rest_lives, near.rest_near)
    among_all = near.mean(pair.total / pair.total.sum(), near.group_near + near.rest_near)
    return (among_group + among_rest) / among_all


def relative_clustering(
    group: npt.ArrayLike,
    total: npt.ArrayLike,
    points_m: npt.ArrayLike,
    area_m2: npt.ArrayLike,
    scale_m: float = 1000.0,
) -> float:
    r"""How much nearer each other people in the group live than the rest do.

    .. math:: RCL = P_{xx} / P_{yy} - 1

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    area_m2
        (areas,) land in square metres, above 0.
    scale_m
        The distance over which nearness falls to 37 percent, metres.

    Returns
    -------
    Unitless, above -1: 0 when both keep together alike, more when the group does so more, less when the rest does.
    NaN as `spatial_proximity`.

    Raises
    ------
    ValueError
        As `spatial_proximity`.

    Notes
    -----
    1 plus this, times 1 plus that of the rest, is 1. PySAL 2.5.4 multiplies each area's people with themselves
    instead of with those of the other area.

    References
    ----------
    Massey & Denton (1988), see `spatial_proximity`, p. 295.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> round(relative_clustering([10, 10, 10], [40, 20, 60], row, [1e6, 1e6, 1e6]), 4)
    0.0785
    """
    near = Nearness.of(group, total, points_m, area_m2, scale_m)
    if near is None:
        return NO_ANSWER
    pair = near.pair
    among_group = near.mean(pair.where_group_lives, near.group_near) / float(pair.group.sum())
    among_rest = near.mean(pair.where_rest_lives, near.rest_near) / float(pair.rest.sum())
    return among_group / among_rest - 1


def absolute_clustering(
    group: npt.ArrayLike,
    total: npt.ArrayLike,
    points_m: npt.ArrayLike,
    area_m2: npt.ArrayLike,
    scale_m: float = 1000.0,
) -> float:
    r"""How many near a person in the group belong to it, as a part of all who are near, beyond an even spread.

    .. math::

        ACL = \frac{\sum_i \frac{x_i}{X} \sum_j c_{ij} x_j - \frac{X}{n^2} \sum_i \sum_j c_{ij}}
                   {\sum_i \frac{x_i}{X} \sum_j c_{ij} t_j - \frac{X}{n^2} \sum_i \sum_j c_{ij}}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    area_m2
        (areas,) land in square metres, above 0.
    scale_m
        The distance over which nearness falls to 37 percent, metres.

    Returns
    -------
    Unitless: 0 when the group is as many in each area, towards 1 when it keeps together; below 0 when it lives
    farther from itself than that. NaN as `spatial_proximity`, and when nobody else is near.

    Raises
    ------
    ValueError
        As `spatial_proximity`.

    Notes
    -----
    Compares with the same *number* in each area, not with the same share, so it depends on how areas are drawn.
    n is the areas where anybody lives.

    References
    ----------
    Massey & Denton (1988), see `spatial_proximity`, p. 294.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> round(absolute_clustering([25, 4, 1], [40, 20, 60], row, [1e6, 1e6, 1e6]), 4)
    0.0878
    """
    near = Nearness.of(group, total, points_m, area_m2, scale_m)
    if near is None:
        return NO_ANSWER
    pair = near.pair
    members = near.mean(pair.where_group_lives, near.group_near)
    anybody = members + near.mean(pair.where_group_lives, near.rest_near)
    even = float(pair.group.sum() * near.areas_near.sum() / len(pair.total) ** 2)
    return (members - even) / (anybody - even) if anybody != even else NO_ANSWER
