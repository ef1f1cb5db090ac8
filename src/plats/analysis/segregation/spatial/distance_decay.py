"""Exposure that does not stop at an area's border: who lives near a person in a group, near ones counting most.

Not for saying whether living near each other is good or bad. What nearness is, and its unit, stands in `nearness`.
"""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.segregation.spatial.nearness import Nearness
from plats.analysis.segregation.tables import NO_ANSWER


def distance_decay_isolation(
    group: npt.ArrayLike,
    total: npt.ArrayLike,
    points_m: npt.ArrayLike,
    area_m2: npt.ArrayLike,
    scale_m: float = 1000.0,
) -> float:
    r"""The group's own share of those who are near a person in it, on average, near ones counting most.

    .. math::

        DP_{xx} = \sum_i \frac{x_i}{X} \sum_j k_{ij} \frac{x_j}{t_j}, \quad
        k_{ij} = \frac{c_{ij} t_j}{\sum_j c_{ij} t_j}, \quad c_{ij} = e^{-d_{ij} / s}

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
        s, the distance over which nearness falls to 37 percent, metres.

    Returns
    -------
    Share, 0-1. NaN as `spatial_proximity`.

    Raises
    ------
    ValueError
        As `spatial_proximity`.

    Notes
    -----
    `isolation` when the scale is far below the distances between areas; the group's share of everybody when it is
    far above them.

    References
    ----------
    Morgan, B. S. (1983). A distance-decay based interaction index to measure residential segregation. Area 15(3),
    211-217.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> round(distance_decay_isolation([10, 10, 10], [40, 20, 60], row, [1e6, 1e6, 1e6]), 4)
    0.261
    """
    near = Nearness.of(group, total, points_m, area_m2, scale_m)
    if near is None:
        return NO_ANSWER
    everybody = near.group_near + near.rest_near
    return near.mean(near.pair.where_group_lives, near.group_near / everybody)


def distance_decay_interaction(
    group: npt.ArrayLike,
    total: npt.ArrayLike,
    points_m: npt.ArrayLike,
    area_m2: npt.ArrayLike,
    scale_m: float = 1000.0,
) -> float:
    r"""The share of others among those who are near a person in the group, on average, near ones counting most.

    .. math:: DP_{xy} = \sum_i \frac{x_i}{X} \sum_j k_{ij} \frac{t_j - x_j}{t_j} = 1 - DP_{xx}

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
    Share, 0-1. NaN as `spatial_proximity`.

    Raises
    ------
    ValueError
        As `spatial_proximity`.

    References
    ----------
    Morgan (1983), see `distance_decay_isolation`.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> round(distance_decay_interaction([10, 10, 10], [40, 20, 60], row, [1e6, 1e6, 1e6]), 4)
    0.739
    """
    near = Nearness.of(group, total, points_m, area_m2, scale_m)
    if near is None:
        return NO_ANSWER
    everybody = near.group_near + near.rest_near
    return near.mean(near.pair.where_group_lives, near.rest_near / everybody)
