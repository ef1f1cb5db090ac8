"""Where areas lie: reading coordinates, areas and distances in metres, with a sentence when they do not fit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, as_numbers, as_parts_of, unmasked
from plats.analysis.segregation.pairs import TwoGroups

# Distances that differ less than this are the same: what rounding does to coordinates stays far below.
STEPS_PER_METRE = 100_000
_DEGREES = 180.0  # no place in Sweden lies within 180 metres of where its coordinates begin


def as_points(points_m: npt.ArrayLike, areas: int) -> FloatArray:
    """One point per area, in metres; degrees are refused.

    Parameters
    ----------
    points_m
        (areas, 2) easting and northing in metres, such as SWEREF 99 TM.
    areas
        How many areas there are figures for.

    Returns
    -------
    (areas, 2) float64.

    Raises
    ------
    ValueError
        If there is not one point per area, a coordinate is missing or infinite, or all of them lie within 180 of
        where the coordinates begin, as degrees do.

    Examples
    --------
    >>> as_points([[670_000, 6_570_000]], 1).shape
    (1, 2)
    """
    points = unmasked(points_m)
    if points.shape != (areas, 2):
        raise ValueError(
            f"Det ska finnas en punkt (öst, nord) för vart och ett av {areas} områden, "
            f"men punkternas form är {points.shape}."
        )
    lacking = ~np.isfinite(points).all(axis=1)
    if lacking.any():
        raise ValueError(
            f"Koordinater saknas för {int(lacking.sum())} av {areas} områden, först för område "
            f"{int(np.flatnonzero(lacking)[0])} (räknat från 0). Ta bort områdena eller skaffa punkterna."
        )
    refuse_degrees(points)
    return points


def refuse_degrees(points: FloatArray) -> None:
    """Refuse coordinates that are degrees.

    Parameters
    ----------
    points
        (points, 2) coordinates.

    Returns
    -------
    Nothing.

    Raises
    ------
    ValueError
        If all of them lie within 180 of where the coordinates begin.

    Examples
    --------
    >>> refuse_degrees(np.array([[670_000.0, 6_570_000.0]]))
    """
    if points.size and np.abs(points).max() <= _DEGREES:
        raise ValueError(
            "Koordinaterna ser ut att vara grader (longitud och latitud). Måtten räknar i meter: gör om dem till "
            "SWEREF 99 TM (EPSG:3006) först."
        )


def as_sizes(name: str, sizes: npt.ArrayLike, areas: int) -> FloatArray:
    """One size per area (land in square metres, perimeter in metres), each above 0.

    Parameters
    ----------
    name
        What the caller calls them; it stands in the error.
    sizes
        (areas,) sizes.
    areas
        How many areas there are figures for.

    Returns
    -------
    (areas,) float64.

    Raises
    ------
    ValueError
        If there is not one per area, or one is missing or not above 0.

    Examples
    --------
    >>> as_sizes("yta", [1_000_000], 1)
    array([1000000.])
    """
    found = as_numbers(name, sizes)
    if len(found) != areas:
        raise ValueError(
            f"'{name}' ska ha ett tal för vart och ett av {areas} områden, men har {len(found)}."
        )
    wrong = ~(found > 0)
    if wrong.any():
        where = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"'{name}' ska vara större än 0 men är {found[where]:g} i område {where} (räknat från 0)."
        )
    return found


def as_distance(name: str, metres: float) -> float:
    """A distance in metres, above 0.

    Parameters
    ----------
    name
        What the caller calls it; it stands in the error.
    metres
        The distance.

    Returns
    -------
    The distance.

    Raises
    ------
    ValueError
        If it is not above 0, or not finite.

    Examples
    --------
    >>> as_distance("avstånd", 1000)
    1000.0
    """
    if not 0 < metres < np.inf:
        raise ValueError(f"'{name}' ska vara ett antal meter större än 0 men är {metres}.")
    return float(metres)


def populated_pair(group: npt.ArrayLike, total: npt.ArrayLike) -> tuple[TwoGroups | None, BoolArray]:
    """A group and the rest where anybody lives, and which areas those are.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    The checked pair, None where a measure of it has no answer; and (areas,) whether anybody lives there.

    Raises
    ------
    ValueError
        If a count is negative or infinite, a group is larger than its total, or the lengths differ.

    Examples
    --------
    >>> populated_pair([1, 0, 1], [2, 0, 2])[1]
    array([ True, False,  True])
    """
    part, whole = as_parts_of(group, total, names=("grupp", "totalt"))
    return TwoGroups.among_populated(part, whole), whole > 0
