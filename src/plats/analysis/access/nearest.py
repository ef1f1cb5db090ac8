"""Nearest: how far it is to the closest service, whatever it holds and however many share it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.access.pairs import DistanceKind, Pairs
from plats.analysis.access.results import Nearest, Reason, as_supply, reasons_of
from plats.analysis.access.straight_line import known_services, metric_points
from plats.analysis.arrays import FloatArray, IntArray


def nearest(pairs: Pairs, amounts: npt.ArrayLike | None = None) -> Nearest:
    r"""How far it is from where people live to the closest open service.

    .. math:: a_i = \min_{j : S_j > 0} d_{ij}

    Parameters
    ----------
    pairs
        Who can reach what, and how far it is.
    amounts
        (supply,) how much each service offers; one with 0 is closed and never the nearest. All are open when nothing
        is said.

    Returns
    -------
    `Nearest`: distances 0 to the reach in the unit of the pairs, and which service it is, the first of equals. Where
    nothing is within reach there is no distance, and the reason says so.

    Raises
    ------
    ValueError
        If an amount is missing or negative, or their number differs.

    Notes
    -----
    Says nothing about room or queue: the nearest may be full.

    References
    ----------
    Talen, E. & Anselin, L. (1998). Assessing spatial equity: an evaluation of measures of accessibility to public
    playgrounds. Environment and Planning A 30(4), 595-613. https://doi.org/10.1068/a300595 (minimum distance).

    Examples
    --------
    >>> from plats.analysis.access.straight_line import straight_line_pairs
    >>> lines = straight_line_pairs([[1000, 0], [9000, 0]], [[1300, 400], [1000, 900]], reach=1000)
    >>> told = nearest(lines)
    >>> told.distances, told.supply, str(told.kind)
    (array([500.,  nan]), array([ 0, -1], dtype=int32), 'straight_line_metres')
    """
    is_open = as_supply(amounts, pairs.supplies) > 0
    away = pairs.distances if is_open.all() else np.where(is_open[pairs.supply], pairs.distances, np.inf)
    least = np.full(pairs.demands, np.inf)
    some = np.flatnonzero(np.diff(pairs.starts))
    if len(some):
        least[some] = np.minimum.reduceat(away, pairs.starts[some])
    reached = np.isfinite(least)
    chosen = np.full(pairs.demands, -1, dtype=np.int32)
    chosen[reached] = pairs.supply[_first_at(least, away, pairs)[reached]]
    return Nearest(
        np.where(reached, least, np.nan), chosen, reasons_of(pairs, reached), pairs.kind, pairs.reach
    )


def nearest_in_a_straight_line(
    demand: npt.ArrayLike, supply: npt.ArrayLike, amounts: npt.ArrayLike | None = None
) -> Nearest:
    r"""How many metres it is in a straight line to the closest open service, however far that is.

    .. math:: a_i = \min_{j : S_j > 0} \sqrt{(x_i - x_j)^2 + (y_i - y_j)^2}

    Parameters
    ----------
    demand
        (demand, 2) easting and northing in metres of where people live; NaN where it is not known.
    supply
        (supply, 2) easting and northing in metres of the services, in the same reference system.
    amounts
        (supply,) how much each service offers; one with 0 is closed. All are open when nothing is said.

    Returns
    -------
    `Nearest` of straight-line metres with an infinite reach. Nothing is within reach only when no service is open.

    Raises
    ------
    ValueError
        If coordinates are degrees or infinite, a service has no place, or an amount is missing or negative.

    Notes
    -----
    Of services at the same distance any may be named.

    References
    ----------
    As `nearest`.

    Examples
    --------
    >>> nearest_in_a_straight_line([[1000, 0], [9000, 0]], [[1300, 400], [1000, 900]]).distances.round(1)
    array([ 500. , 7710.4])
    """
    from scipy.spatial import cKDTree

    homes, services = metric_points("efterfrågan", demand), known_services(supply)
    is_open = np.flatnonzero(as_supply(amounts, len(services)) > 0)
    placed = ~np.isnan(homes).any(axis=1)
    distances, chosen = np.full(len(homes), np.nan), np.full(len(homes), -1, dtype=np.int32)
    reasons = np.where(placed, Reason.NOTHING_WITHIN_REACH, Reason.PLACE_UNKNOWN).astype(np.int8)
    if len(is_open) and placed.any():
        distances[placed], found = cKDTree(services[is_open]).query(homes[placed])
        chosen[placed] = is_open[found]
        reasons[placed] = Reason.REACHED
    return Nearest(distances, chosen, reasons, DistanceKind.STRAIGHT_LINE_METRES, np.inf)


# Internals


def _first_at(least: FloatArray, away: FloatArray, pairs: Pairs) -> IntArray:
    """(demand,) the first pair of each place that lies at its least distance; of no use where it has none."""
    equal = np.flatnonzero(away == np.repeat(least, np.diff(pairs.starts)))
    first = np.searchsorted(equal, pairs.starts[:-1])
    found: IntArray = equal[np.minimum(first, len(equal) - 1)] if len(equal) else np.zeros_like(first)
    return found
