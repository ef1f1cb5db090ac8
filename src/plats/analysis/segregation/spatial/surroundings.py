"""Segregation of people's surroundings: each person once, beside the composition of those who live around them.

The measures of Reardon & O'Sullivan. At radius 0 they are the ordinary ones; each takes several radii and gives a
profile over scales.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.spatial.environments import Weighting, as_radii, environments
from plats.analysis.segregation.spatial.places import as_points
from plats.analysis.segregation.tables import NO_ANSWER, GroupTable, as_groups


def spatial_entropy_index(
    groups: npt.ArrayLike,
    points_m: npt.ArrayLike,
    radii_m: npt.ArrayLike,
    weighting: Weighting = "quartic",
) -> FloatArray:
    r"""How much less mixed people's surroundings are than the whole, as a part of how mixed the whole is.

    .. math:: \tilde H = 1 - \frac{1}{T E} \sum_i t_i \tilde E_i,
        \quad \tilde E_i = -\sum_g \tilde p_{ig} \ln \tilde p_{ig}

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    radii_m
        (radii,) metres; at 0 the ordinary entropy index.
    weighting
        As `local_environments`.

    Returns
    -------
    (radii,) unitless, at most 1 (no surrounding is mixed), 0 when every surrounding is as mixed as the whole. Can be
    slightly below 0. NaN when a group is empty, a figure is missing, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        As `local_environments`.

    Notes
    -----
    Each person counts once, whatever lives around them. Below 0 is possible since the mean surrounding is not
    composed as the whole.

    References
    ----------
    Reardon & O'Sullivan (2004), see `local_environments`, p. 143.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> spatial_entropy_index([[10, 30], [10, 10], [10, 50]], row, radii_m=[0, 1500]).round(4)
    array([0.0606, 0.0191])
    """

    def index(whole: GroupTable, around: FloatArray) -> float:
        logs = np.log(around, out=np.zeros_like(around), where=around > 0)
        return 1 + float(whole.weights @ (around * logs).sum(axis=1)) / whole.diversity()

    return _over_radii(groups, points_m, radii_m, weighting, index)


def spatial_multigroup_dissimilarity(
    groups: npt.ArrayLike,
    points_m: npt.ArrayLike,
    radii_m: npt.ArrayLike,
    weighting: Weighting = "quartic",
) -> FloatArray:
    r"""How far, on average over people, the composition of their surroundings is from that of the whole.

    .. math:: \tilde D = \frac{1}{2 T I} \sum_i \sum_g t_i |\tilde p_{ig} - P_g|, \quad I = \sum_g P_g (1 - P_g)

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    radii_m
        (radii,) metres; at 0 the ordinary dissimilarity of several groups.
    weighting
        As `local_environments`.

    Returns
    -------
    (radii,) unitless, 0 (every surrounding is composed as the whole) and up, 1 at radius 0 with one group in each
    area. NaN as `spatial_entropy_index`.

    Raises
    ------
    ValueError
        As `local_environments`.

    References
    ----------
    Reardon & O'Sullivan (2004), see `local_environments`, p. 142.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> spatial_multigroup_dissimilarity([[10, 30], [10, 10], [10, 50]], row, radii_m=[0, 1500]).round(4)
    array([0.2222, 0.1296])
    """

    def index(whole: GroupTable, around: FloatArray) -> float:
        apart = np.abs(around - whole.composition).sum(axis=1)
        return float(whole.weights @ apart) / (2 * whole.interaction())

    return _over_radii(groups, points_m, radii_m, weighting, index)


def spatial_relative_diversity(
    groups: npt.ArrayLike,
    points_m: npt.ArrayLike,
    radii_m: npt.ArrayLike,
    weighting: Weighting = "quartic",
) -> FloatArray:
    r"""How much more seldom two people in a surrounding are of different groups than two in the whole.

    .. math:: \tilde R = 1 - \frac{1}{T I} \sum_i t_i \sum_g \tilde p_{ig} (1 - \tilde p_{ig})

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    radii_m
        (radii,) metres; at 0 the ordinary relative diversity.
    weighting
        As `local_environments`.

    Returns
    -------
    (radii,) unitless, at most 1 (no surrounding is mixed); 0 and slightly below as `spatial_entropy_index`. NaN as
    there.

    Raises
    ------
    ValueError
        As `local_environments`.

    References
    ----------
    Reardon & O'Sullivan (2004), see `local_environments`, p. 143.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> spatial_relative_diversity([[10, 30], [10, 10], [10, 50]], row, radii_m=[0, 1500]).round(4)
    array([0.0741, 0.0231])
    """

    def index(whole: GroupTable, around: FloatArray) -> float:
        mixed = (around * (1 - around)).sum(axis=1)
        return 1 - float(whole.weights @ mixed) / whole.interaction()

    return _over_radii(groups, points_m, radii_m, weighting, index)


def spatial_exposure(
    groups: npt.ArrayLike,
    points_m: npt.ArrayLike,
    radii_m: npt.ArrayLike,
    weighting: Weighting = "quartic",
) -> FloatArray:
    r"""Each group's share of the surroundings of people in each group, on average.

    .. math:: {}_a\tilde P_b = \sum_i \frac{a_i}{A} \tilde p_{ib}

    Parameters
    ----------
    groups
        (areas, groups) persons.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    radii_m
        (radii,) metres; at 0 exposure within the areas.
    weighting
        As `local_environments`.

    Returns
    -------
    (radii, groups, groups) shares, 0-1: the first group's people, the second's share. Over the second they sum to
    1; where both are the same it is the spatial isolation. NaN as `spatial_entropy_index`.

    Raises
    ------
    ValueError
        As `local_environments`.

    References
    ----------
    Reardon & O'Sullivan (2004), see `local_environments`, p. 140.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> spatial_exposure([[10, 30], [10, 10], [10, 50]], row, radii_m=[0])[0].round(4)
    array([[0.3056, 0.6944],
           [0.2315, 0.7685]])
    """

    counts = as_groups(groups)
    found = _surroundings(counts, points_m, as_radii(radii_m), weighting)
    if found is None:
        return np.full((np.size(radii_m), counts.shape[1], counts.shape[1]), NO_ANSWER)
    whole, compositions = found
    lives = whole.counts / whole.counts.sum(axis=0)
    return np.array([lives.T @ around for around in compositions])


# Internals


def _over_radii(
    groups: npt.ArrayLike,
    points_m: npt.ArrayLike,
    radii_m: npt.ArrayLike,
    weighting: Weighting,
    index: Callable[[GroupTable, FloatArray], float],
) -> FloatArray:
    """The index for each radius, from the checked table and the composition around each populated area."""
    found = _surroundings(as_groups(groups), points_m, as_radii(radii_m), weighting)
    if found is None:
        return np.full(np.size(radii_m), NO_ANSWER)
    whole, compositions = found
    return np.array([index(whole, around) for around in compositions])


def _surroundings(
    counts: FloatArray, points_m: npt.ArrayLike, radii: FloatArray, weighting: Weighting
) -> tuple[GroupTable, list[FloatArray]] | None:
    points = as_points(points_m, len(counts))
    whole = GroupTable.among_populated(counts)
    if whole is None:
        return None
    tables = environments(whole.counts, points[whole.populated], radii, weighting)
    return whole, [table / table.sum(axis=1, keepdims=True) for table in tables]
