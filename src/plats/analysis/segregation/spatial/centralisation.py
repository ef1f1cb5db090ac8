"""Centralisation: whether a group lives nearer a centre than the rest does, or than land lies.

Where the centre is, is a choice that the caller makes: a station, a square, several of them. The distance is then to
the nearest one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray, unmasked
from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.spatial.places import STEPS_PER_METRE, as_points, as_sizes, populated_pair
from plats.analysis.segregation.tables import NO_ANSWER


def absolute_centralisation(
    group: npt.ArrayLike,
    total: npt.ArrayLike,
    points_m: npt.ArrayLike,
    area_m2: npt.ArrayLike,
    centres_m: npt.ArrayLike,
) -> float:
    r"""Which part of the group would have to move for it to live as densely at every distance from the centre.

    .. math:: ACE = \sum_i X_{i-1} A_i - \sum_i X_i A_{i-1}

    Areas in order of distance from the centre; X and A are the parts of the group and of the land so far.

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
    centres_m
        (2,) easting and northing of the centre, or (centres, 2) of several.

    Returns
    -------
    Unitless, -1 (on little land far out) over 0 (as densely at every distance) to 1 (on little land at the
    centre). NaN when the group or the rest is empty, any area lacks a figure, or people live in fewer than two areas.

    Raises
    ------
    ValueError
        If a coordinate is missing or in degrees, there is no centre, an area is not above 0, a count is negative or
        infinite, a group is larger than its total, or the lengths differ.

    Notes
    -----
    Land where nobody lives counts. Areas equally far away, to a hundredth of a millimetre, are taken as one.

    References
    ----------
    Massey & Denton (1988), see `spatial_proximity`, p. 292.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> absolute_centralisation([30, 10, 0], [40, 20, 60], row, [1e6, 1e6, 1e6], centres_m=[1000, 0])
    0.5
    """
    pair, populated = populated_pair(group, total)
    points = as_points(points_m, len(populated))
    land = as_sizes("yta", area_m2, len(populated))
    far = _to_nearest(points, centres_m)
    if pair is None:
        return NO_ANSWER
    lives = np.zeros(len(land))
    lives[populated] = pair.group
    return float(_ahead(*_ordered(far[None], lives[None], land[None]))[0])


def relative_centralisation(
    group: npt.ArrayLike,
    total: npt.ArrayLike,
    points_m: npt.ArrayLike,
    centres_m: npt.ArrayLike,
) -> float:
    r"""Which part of the group would have to move for it to live as near the centre as the rest does.

    .. math:: RCE = \sum_i X_{i-1} Y_i - \sum_i X_i Y_{i-1}

    Areas in order of distance from the centre; X and Y are the parts of the group and of the rest so far.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    centres_m
        (2,) easting and northing of the centre, or (centres, 2) of several.

    Returns
    -------
    Unitless, -1 (the rest lives nearer) over 0 (both alike) to 1 (the group lives nearer). NaN as
    `absolute_centralisation`.

    Raises
    ------
    ValueError
        As `absolute_centralisation`.

    Notes
    -----
    The difference between two chances: that somebody in the group lives nearer than somebody in the rest, and that
    they live farther away. For the rest it is the same with the sign turned.

    References
    ----------
    Duncan, O. D. & Duncan, B. (1955). Residential distribution and occupational stratification. American Journal of
    Sociology 60(5), 493-503. Massey & Denton (1988), see `spatial_proximity`, p. 292.

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3000, 0]]
    >>> round(relative_centralisation([30, 10, 0], [40, 20, 60], row, centres_m=[1000, 0]), 4)
    0.8125
    """
    pair, populated = populated_pair(group, total)
    far = _to_nearest(as_points(points_m, len(populated)), centres_m)
    if pair is None:
        return NO_ANSWER
    return float(_ahead(*_ordered(far[None, populated], pair.group[None], pair.rest[None]))[0])


def local_relative_centralisation(
    group: npt.ArrayLike, total: npt.ArrayLike, points_m: npt.ArrayLike, nearest: int = 5
) -> FloatArray:
    r"""For each area: whether the group lives nearer it than the rest does, among its nearest areas.

    .. math:: RCE_i = \sum_k X_{k-1} Y_k - \sum_k X_k Y_{k-1}

    Over the area itself and its nearest ones, in order of distance from it.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    points_m
        (areas, 2) easting and northing in metres of a point in each area.
    nearest
        How many areas beside its own, at least 1 and fewer than there are populated areas.

    Returns
    -------
    (areas,) -1 to 1, as `relative_centralisation`. NaN where nobody lives, where the group or the rest is
    missing among these areas, and everywhere when a figure is missing.

    Raises
    ------
    ValueError
        If `nearest` does not fit, or as `relative_centralisation`.

    Notes
    -----
    Areas where nobody lives are passed over. If several are equally far away at the last place, one of them is
    taken: on a square grid choose 4, 8 or 12.

    References
    ----------
    Folch, D. C. & Rey, S. J. (2016). The centralization index: a measure of local spatial segregation. Papers in
    Regional Science 95(3), 555-576. https://doi.org/10.1111/pirs.12145

    Examples
    --------
    >>> row = [[1000, 0], [2000, 0], [3500, 0]]
    >>> local_relative_centralisation([30, 10, 0], [40, 20, 60], row, nearest=1).round(2)
    array([ 0.25, -0.25, -0.86])
    """
    from scipy.spatial import cKDTree

    pair, populated = populated_pair(group, total)
    points = as_points(points_m, len(populated))[populated]
    found = np.full(len(populated), NO_ANSWER)
    if pair is None:
        return found
    if not 1 <= nearest < len(points):
        raise ValueError(
            f"Antalet närmaste områden ska vara 1 till {len(points) - 1}, men är {nearest}. Där det bor någon finns "
            f"{len(points)} områden."
        )
    far, which = cKDTree(points).query(points, nearest + 1)
    found[populated] = _around(pair, far, which)
    return found


# Internals


def _to_nearest(points: FloatArray, centres_m: npt.ArrayLike) -> FloatArray:
    centres = np.atleast_2d(unmasked(centres_m))
    if centres.ndim != 2 or centres.shape[1] != 2 or not len(centres) or not np.isfinite(centres).all():
        raise ValueError("Mittpunkten ska vara (öst, nord) i meter, eller en sådan rad för varje mittpunkt.")
    far = np.full(len(points), np.inf)
    for centre in centres:
        np.minimum(far, np.hypot(*(points - centre).T), out=far)
    return far


def _around(pair: TwoGroups, far: FloatArray, which: IntArray) -> FloatArray:
    group, rest = pair.group[which], pair.rest[which]
    both = (group.sum(axis=1) > 0) & (rest.sum(axis=1) > 0)
    ahead = np.full(len(far), NO_ANSWER)
    ahead[both] = _ahead(*_ordered(far[both], group[both], rest[both]))
    return ahead


def _ordered(
    far: FloatArray, one: FloatArray, other: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(rows, areas) each: distance in whole steps, rising along the row, and the two columns in that order."""
    steps = np.rint(far * STEPS_PER_METRE)
    order = np.argsort(steps, axis=1)
    distance, first, second = (np.take_along_axis(each, order, axis=1) for each in (steps, one, other))
    return distance, first, second


def _ahead(distance: FloatArray, one: FloatArray, other: FloatArray) -> FloatArray:
    """(rows,) twice the area between the curve of one against the other, rising with distance, and the diagonal."""
    so_far = np.cumsum(one, axis=1) / one.sum(axis=1, keepdims=True)
    beside = np.cumsum(other, axis=1) / other.sum(axis=1, keepdims=True)
    # Areas equally far away are one step of the curve: inside the step its points lie on the line from end to end,
    # and such a line adds nothing but what its ends do.
    last = np.ones(distance.shape, dtype=bool)
    last[:, :-1] = distance[:, 1:] > distance[:, :-1]
    areas = distance.shape[1]
    before = np.maximum.accumulate(np.where(last, np.arange(1, areas + 1), 0), axis=1)
    before = np.concatenate([np.zeros((len(distance), 1), dtype=before.dtype), before[:, :-1]], axis=1)
    zero = np.zeros((len(distance), 1))
    earlier, earlier_beside = (
        np.take_along_axis(np.concatenate([zero, each], axis=1), before, axis=1) for each in (so_far, beside)
    )
    terms = np.where(last, earlier * beside - so_far * earlier_beside, 0.0)
    ahead: FloatArray = terms.sum(axis=1)
    return ahead
