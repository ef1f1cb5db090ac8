"""Nearness that falls off with distance: summed over all pairs of areas in blocks, never as a table of all pairs.

Nearness is Massey & Denton's exp(-d). An exponent has no unit, so the distance must be told in one: d is the distance
in metres over `scale_m`. With 1,000 metres d is in kilometres: two areas a kilometre apart are 37 percent as near as
two in the same place, at five kilometres less than one percent is left. The distance from an area to itself is
the square root of 0.6 times its area.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.spatial.places import as_distance, as_points, as_sizes, populated_pair

OWN = 0.6  # of an area, under the root: Massey & Denton 1988, p. 294
# Below this exponent numbers lose digits and slow the processor down tenfold. e^-700 of all the people on earth is
# nobody.
_FARTHEST = -700.0
_FARTHEST_OWN = -600.0
_PAIRS_AT_A_TIME = 200_000  # one and a half megabytes: stays in the processor's own memory


@dataclass(frozen=True, slots=True)
class Nearness:
    """A group and the rest in the areas where anybody lives, with what is near each area.

    The nearness of two areas is exp(-d), of an area to itself exp(-d) of its own distance.
    """

    pair: TwoGroups
    group_near: FloatArray  # (areas,) persons in the group, each weighed by how near it lives
    rest_near: FloatArray  # (areas,)
    areas_near: FloatArray  # (areas,) areas, weighed in the same way

    @classmethod
    def of(
        cls,
        group: npt.ArrayLike,
        total: npt.ArrayLike,
        points_m: npt.ArrayLike,
        area_m2: npt.ArrayLike,
        scale_m: float,
    ) -> Nearness | None:
        """The checked pair and its sums; None where a measure of it has no answer."""
        pair, populated = populated_pair(group, total)
        points = as_points(points_m, len(populated))
        areas = as_sizes("yta", area_m2, len(populated))
        scale = as_distance("scale_m", scale_m)
        if pair is None:
            return None
        columns = np.array([pair.group, pair.rest, np.ones(len(pair.total))])
        own = np.sqrt(OWN * areas[populated])
        return cls(pair, *weighed_by_nearness(columns, points[populated], own, scale))

    def mean(self, one: FloatArray, near: FloatArray) -> float:
        """How near two people are on average: one from where `one` lives, the other from those near."""
        return float(one @ near)


def weighed_by_nearness(
    columns: FloatArray, points: FloatArray, own_m: FloatArray, scale_m: float
) -> FloatArray:
    r"""What lies near each area, weighed by how near.

    .. math:: S_{ki} = \sum_j v_{kj} \exp(-d_{ij} / s)

    Parameters
    ----------
    columns
        (columns, areas) what is summed.
    points
        (areas, 2) easting and northing in metres.
    own_m
        (areas,) the distance from each area to itself, metres.
    scale_m
        The distance over which nearness falls to 37 percent, metres.

    Returns
    -------
    (columns, areas) sums.

    Raises
    ------
    ValueError
        If `scale_m` is so small beside an area that nothing is left of it.

    Notes
    -----
    Each pair is looked at once and serves both its areas. Memory is a block of pairs.

    Examples
    --------
    >>> weighed_by_nearness(np.ones((1, 2)), np.array([[0.0, 0], [1000, 0]]), np.zeros(2), 1000).round(2)
    array([[1.37, 1.37]])
    """
    from scipy.spatial.distance import cdist

    own = own_m / -scale_m
    if len(own) and own.min() < _FARTHEST_OWN:
        raise ValueError(
            f"Avståndet scale_m ({scale_m:g} meter) är för litet för så stora områden. Välj ett större, "
            "till exempel 1000."
        )
    sums, areas = np.zeros(columns.shape), len(points)
    rows = max(1, _PAIRS_AT_A_TIME // max(areas, 1))
    for start in range(0, areas, rows):
        end = min(start + rows, areas)
        near = cdist(points[start:end], points[start:])
        near /= -scale_m
        np.maximum(near, _FARTHEST, out=near)
        here = np.arange(end - start)
        near[here, here] = own[start:end]
        np.exp(near, out=near)
        sums[:, start:end] += columns[:, start:] @ near.T
        sums[:, end:] += columns[:, start:end] @ near[:, end - start :]
    return sums
