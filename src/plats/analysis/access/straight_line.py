"""Straight lines: metres as the crow flies, for where no network or travel times are imported.

Always called straight-line metres. The way by foot is longer, and much longer beside water, railways and motorways.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from plats.analysis.access.pairs import DistanceKind, Pairs, pairs_from_list
from plats.analysis.arrays import BoolArray, FloatArray, unmasked


def straight_line_pairs(demand: npt.ArrayLike, supply: npt.ArrayLike, *, reach: float) -> Pairs:
    r"""Which services lie within so many metres in a straight line from where people live.

    .. math:: d_{ij} = \sqrt{(x_i - x_j)^2 + (y_i - y_j)^2} \le r

    Parameters
    ----------
    demand
        (demand, 2) easting and northing in metres of where people live; NaN where it is not known.
    supply
        (supply, 2) easting and northing in metres of the services, in the same reference system.
    reach
        The farthest that counts, in metres, above 0.

    Returns
    -------
    `Pairs` of straight-line metres. People whose place is not known have no pairs and `placed` False.

    Raises
    ------
    ValueError
        If coordinates are degrees or infinite, a service has no place, a table has not two columns, or the reach is
        not above 0.

    Notes
    -----
    Found with a k-d tree, so the work grows with the number of pairs within reach and not with that of all pairs.

    References
    ----------
    Maneewongvatana, S. & Mount, D. M. (1999). It's okay to be skinny, if your friends are fat. 4th Annual CGC
    Workshop on Computational Geometry; as in scipy.spatial.cKDTree.

    Examples
    --------
    >>> lines = straight_line_pairs([[1000, 0], [9000, 0]], [[1300, 400], [1000, 900]], reach=600)
    >>> lines.starts, lines.supply, lines.distances
    (array([0, 1, 1]), array([0], dtype=int32), array([500.]))
    """
    from scipy.spatial import cKDTree

    homes, services = metric_points("efterfrågan", demand), known_services(supply)
    placed: BoolArray = np.logical_and.reduce(~np.isnan(homes), axis=1)
    where = np.flatnonzero(placed)
    found = np.empty(0, dtype=[("i", np.intp), ("j", np.intp), ("v", np.float64)])
    if len(where) and len(services) and 0 < reach < np.inf:
        tree = cKDTree(homes[where])
        found = tree.sparse_distance_matrix(cKDTree(services), reach, output_type="ndarray")
    pairs = pairs_from_list(
        where[found["i"]],
        found["j"],
        found["v"],
        shape=(len(homes), len(services)),
        kind=DistanceKind.STRAIGHT_LINE_METRES,
        reach=reach,
    )
    return replace(pairs, placed=placed)


def metric_points(name: str, points: npt.ArrayLike) -> FloatArray:
    """Coordinates in metres, refused when they must be degrees.

    Parameters
    ----------
    name
        What the points are called in an error.
    points
        (points, 2) easting and northing in metres; NaN where a place is not known.

    Returns
    -------
    (points, 2) float64, a place of which half is known being unknown.

    Raises
    ------
    ValueError
        If there are not two columns, a coordinate is infinite, or all lie within 180 and 90 of zero, as degrees do.

    Examples
    --------
    >>> metric_points("hem", [[674032, 6580822]])
    array([[ 674032., 6580822.]])
    """
    places = unmasked(points)
    if places.ndim != 2 or places.shape[1] != 2:
        raise ValueError(f"'{name}' ska ha två kolumner, öst och nord i meter.")
    if np.isinf(places).any():
        raise ValueError(f"'{name}' har en oändlig koordinat. Ange ett tal, eller NaN där platsen är okänd.")
    known: BoolArray = np.logical_and.reduce(~np.isnan(places), axis=1)
    if known.any() and (np.abs(places[known]) <= (180, 90)).all():
        raise ValueError(
            f"'{name}' ser ut att vara i grader. Räkna om till meter, till exempel SWEREF 99 TM (EPSG:3006)."
        )
    return np.where(known[:, np.newaxis], places, np.nan)


def known_services(supply: npt.ArrayLike) -> FloatArray:
    """Coordinates of services in metres, all of them known.

    Parameters
    ----------
    supply
        (supply, 2) easting and northing in metres.

    Returns
    -------
    (supply, 2) float64.

    Raises
    ------
    ValueError
        As `metric_points`, and if a service has no place.

    Examples
    --------
    >>> known_services([[674032, 6580822]])
    array([[ 674032., 6580822.]])
    """
    services = metric_points("utbud", supply)
    lacking = np.isnan(services).any(axis=1)
    if lacking.any():
        raise ValueError(
            f"{lacking.sum()} platser i utbudet saknar läge, först nummer {int(np.flatnonzero(lacking)[0])} (räknat "
            "från 0). Ange deras läge eller ta bort dem."
        )
    return services
