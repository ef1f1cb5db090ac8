"""Profiles over scales: how segregated people live when an ever larger surrounding counts as one's neighbourhood."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.multigroup import multigroup_entropy_index
from plats.analysis.segregation.spatial.environments import Weighting, as_radii, environments
from plats.analysis.segregation.spatial.places import as_points
from plats.analysis.segregation.tables import as_groups


def local_environments(
    groups: npt.ArrayLike,
    points_m: npt.ArrayLike,
    radius_m: float,
    weighting: Weighting = "triangular",
) -> FloatArray:
    r"""The people around each area, its own among them, near ones counting most.

    .. math:: \tilde n_{ig} = \sum_{j:\, d_{ij} \le r} w(d_{ij} / r)\, n_{jg}

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    radius_m
        r, metres; at 0 each area has its own people only.
    weighting
        What a person at part u of the radius counts as: `uniform` 1, `triangular` 1 - u, `epanechnikov` 1 - u^2,
        `quartic` (1 - u^2)^2.

    Returns
    -------
    (areas, groups) persons, weighed; an area's own people count as 1. NaN where a figure is missing within reach.

    Raises
    ------
    ValueError
        If a coordinate is missing or in degrees, the radius is below 0, the weighting is unknown, or the table is
        not two-dimensional, has fewer than two groups, or holds a negative or infinite count.

    Notes
    -----
    An area lies within reach when its point does. Counts are not rounded; PySAL rounds them to whole persons.

    References
    ----------
    Reardon, S. F. & O'Sullivan, D. (2004). Measures of spatial segregation. Sociological Methodology 34(1), 121-162.
    https://doi.org/10.1111/j.0081-1750.2004.00150.x

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> local_environments([[10, 30], [10, 10], [10, 50]], row, radius_m=2000)
    array([[15., 35.],
           [20., 50.],
           [15., 55.]])
    """
    counts = as_groups(groups)
    points = as_points(points_m, len(counts))
    (table,) = environments(counts, points, as_radii([radius_m]), weighting)
    return table


def multiscalar_profile(
    groups: npt.ArrayLike,
    points_m: npt.ArrayLike,
    radii_m: npt.ArrayLike,
    measure: Callable[[FloatArray], float] = multigroup_entropy_index,
    weighting: Weighting = "triangular",
) -> FloatArray:
    r"""A measure of segregation over local environments, for each of several radii.

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    radii_m
        (radii,) metres; at 0 the measure of the areas themselves.
    measure
        Any measure of a table (areas, groups). For one of a group against the rest, give a function that takes the
        table's first column and its sum.
    weighting
        As `local_environments`.

    Returns
    -------
    (radii,) the measure. NaN where it has no answer for the environments of that radius.

    Raises
    ------
    ValueError
        As `local_environments`.

    Notes
    -----
    The measure sees the environments as if they were areas: people in dense places count more the larger the radius,
    and an area drawn as two counts twice. Where each person is to count once, use the measures of Reardon &
    O'Sullivan (`spatial_entropy_index` and others). Areas where nobody lives are passed over.

    References
    ----------
    Reardon, S. F. et al. (2008). The geographic scale of metropolitan racial segregation. Demography 45(3), 489-514.
    https://doi.org/10.1353/dem.0.0019. The form is that of PySAL segregation's profile.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> multiscalar_profile([[10, 30], [10, 10], [10, 50]], row, radii_m=[0, 1500, 9000]).round(4)
    array([0.0606, 0.0116, 0.0001])
    """
    counts = as_groups(groups)
    points, radii = as_points(points_m, len(counts)), as_radii(radii_m)
    lived_in = ~(counts.sum(axis=1) == 0)
    tables = environments(counts[lived_in], points[lived_in], radii, weighting)
    return np.array([measure(table) for table in tables])
