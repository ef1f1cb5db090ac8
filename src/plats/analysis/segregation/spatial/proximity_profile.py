"""Proximity profile: how few borders lie between the areas where a group is a large part of the people.

The distance between two areas is the fewest borders one must cross, so a park or a lake without people is no farther
than any other area, and metres play no part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray, as_counts
from plats.analysis.segregation.spatial.adjacency import Borders
from plats.analysis.segregation.spatial.places import populated_pair
from plats.analysis.segregation.tables import NO_ANSWER

_SOURCES_AT_A_TIME = 512  # a row of these, one bit each, is what the processor reads at once


def proximity_profile(
    group: npt.ArrayLike, total: npt.ArrayLike, borders: Borders, thresholds: npt.ArrayLike
) -> FloatArray:
    r"""How close to each other the areas lie where the group is at least a given part of the people.

    .. math:: \eta(s) = \frac{k^2 - k}{\sum_i \sum_j \delta_{ij}}, \quad p_i \ge s,\; p_j \ge s

    k is how many those areas are, and the sum is the fewest borders to cross between each two of them.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    borders
        Which areas are neighbours. Corners count unless left out (`Borders.without_corners`).
    thresholds
        (thresholds,) shares, 0-1.

    Returns
    -------
    (thresholds,) 0-1: 1 when all of those areas meet each other, 0 when there is one or none, or when there is no
    way between two of them. NaN when the group or the rest is empty, any area lacks a figure, or people live in
    fewer than two areas.

    Raises
    ------
    ValueError
        If a threshold is outside 0-1 or missing, the borders are of other areas, a count is negative or infinite, a
        group is larger than its total, or the lengths differ.

    Notes
    -----
    One island (an area without neighbours) makes the profile 0 at every threshold below its share: leave islands
    out, or tie them to where the bridge or the ferry goes. `Borders.told` says how many there are. One may pass
    through areas where nobody lives, which belong to no threshold.

    References
    ----------
    Hong, S.-Y. & Sadahiro, Y. (2014). Measuring geographic segregation: a graph-based approach. Journal of
    Geographical Systems 16(2), 211-231. https://doi.org/10.1007/s10109-013-0190-4

    Examples
    --------
    >>> row = Borders.of(3, [(0, 1), (1, 2)])
    >>> proximity_profile([20, 10, 30], [40, 40, 40], row, [0, 0.25, 0.5, 0.75]).round(2)
    array([0.75, 0.75, 0.5 , 0.  ])
    """
    asked = as_counts("trösklar", thresholds)
    if not (asked <= 1).all():  # also when one is NaN
        raise ValueError("Trösklarna ska vara andelar mellan 0 och 1.")
    steps = _Steps.of(group, total, borders)
    if steps is None:
        return np.full(len(asked), NO_ANSWER)
    found: FloatArray = steps.closeness[np.searchsorted(-steps.shares, -asked, side="right")]
    return found


def proximity_profile_index(group: npt.ArrayLike, total: npt.ArrayLike, borders: Borders) -> float:
    r"""How far the group's proximity profile is from that of a group spread evenly.

    .. math:: SPP = \frac{P - \int_0^P \eta + \int_P^1 \eta}{1 - P}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    borders
        Which areas are neighbours.

    Returns
    -------
    Unitless, higher the closer the areas of the group lie to each other beside what all areas do. NaN as
    `proximity_profile`.

    Raises
    ------
    ValueError
        As `proximity_profile`.

    Notes
    -----
    The profile is a staircase and its integral is taken exactly; PySAL sums it over a grid of 1,000 steps and
    differs in the third decimal. Islands as in `proximity_profile`.

    References
    ----------
    Hong & Sadahiro (2014), see `proximity_profile`.

    Examples
    --------
    >>> row = Borders.of(3, [(0, 1), (1, 2)])
    >>> round(proximity_profile_index([20, 10, 30], [40, 40, 40], row), 4)
    0.375
    """
    steps = _Steps.of(group, total, borders)
    if steps is None:
        return NO_ANSWER
    share = steps.overall
    # Between the shares of two areas in order the profile stands still.
    above, below = np.append(1.0, steps.shares), np.append(steps.shares, 0.0)
    up_to = np.clip(share, below, above)
    inside, outside = (float(steps.closeness @ width) for width in (up_to - below, above - up_to))
    return (share - inside + outside) / (1 - share)


# Internals


@dataclass(frozen=True, slots=True)
class _Steps:
    """The profile as a staircase: at a threshold there are the k areas with the highest shares."""

    overall: float
    shares: FloatArray  # (populated,) falling
    closeness: FloatArray  # (populated + 1,) eta with the k first areas, k from 0

    @classmethod
    def of(cls, group: npt.ArrayLike, total: npt.ArrayLike, borders: Borders) -> _Steps | None:
        pair, populated = populated_pair(group, total)
        borders.require(len(populated))
        if pair is None:
            return None
        order = np.argsort(-pair.shares, kind="stable")
        ranked = np.concatenate([np.flatnonzero(populated)[order], np.flatnonzero(~populated)])
        place = np.empty(len(ranked), dtype=np.int64)
        place[ranked] = np.arange(len(ranked))
        crossed = np.cumsum(_borders_to_earlier(len(ranked), place[borders.first], place[borders.second]))
        many = np.arange(len(order) + 1.0)
        closeness = np.zeros(len(many))
        closeness[2:] = many[2:] * (many[2:] - 1) / (2 * crossed[1 : len(order)])
        return cls(pair.overall, pair.shares[order], closeness)


def _borders_to_earlier(areas: int, first: IntArray, second: IntArray) -> FloatArray:
    """(areas,) the fewest borders to each area with a lower number, summed; infinite when there is no way to one.

    From 512 areas at a time, one bit each: every area has a row of those from which it is reached, and takes over its
    neighbours' rows. As many times as a bit is still missing, so many borders lie between.
    """
    from scipy.sparse import csr_array

    itself = np.arange(areas)  # its own neighbour: so no row is empty, and no bit is lost
    rows, columns = np.concatenate([first, second, itself]), np.concatenate([second, first, itself])
    beside = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(areas, areas))
    crossed = np.zeros(areas)
    for start in range(0, areas, _SOURCES_AT_A_TIME):
        crossed += _crossed_from(beside, start, min(_SOURCES_AT_A_TIME, areas - start))
    return crossed


def _crossed_from(beside: Any, start: int, sources: int) -> FloatArray:
    areas = beside.shape[0]
    reached, earlier = _bits(areas, start, sources)
    crossed = np.zeros(areas)
    while True:
        missing = np.bitwise_count(~reached & earlier).sum(axis=1, dtype=np.int64)
        crossed += missing
        spread = np.bitwise_or.reduceat(reached[beside.indices], beside.indptr[:-1], axis=0)
        if np.array_equal(spread, reached):
            crossed[missing > 0] = np.inf
            return crossed
        reached = spread


def _bits(areas: int, start: int, sources: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Who is reached from where before a border is crossed (each from itself), and which sources have lower numbers."""
    words = (sources + 63) // 64
    number = np.arange(areas)[:, None] - start - 64 * np.arange(words)[None, :]
    one = np.uint64(1)
    bit = one << np.clip(number, 0, 63).astype(np.uint64)
    reached = np.where((number >= 0) & (number < 64), bit, np.uint64(0))
    earlier = np.where(number >= 64, ~np.uint64(0), np.where(number > 0, bit - one, np.uint64(0)))
    reached[start + sources :] = 0
    if sources % 64:
        earlier[:, -1] &= (one << np.uint64(sources % 64)) - one
    return reached, earlier
