"""Dissimilarity less what people in neighbouring areas share: areas with a common border are no worlds apart.

Ordinary dissimilarity is the same whether areas with many of a group lie side by side or far from each other. These
take off the mean difference in share between neighbours, each measure with its own weight on a border.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.spatial.adjacency import Borders
from plats.analysis.segregation.spatial.places import as_sizes, populated_pair
from plats.analysis.segregation.tables import NO_ANSWER


def spatial_dissimilarity(
    group: npt.ArrayLike, total: npt.ArrayLike, borders: Borders, *, each_area_alike: bool = False
) -> float:
    r"""Dissimilarity less the mean difference in share between areas that are neighbours.

    .. math:: D(adj) = D - \frac{\sum_i \sum_j c_{ij} |p_i - p_j|}{\sum_i \sum_j c_{ij}}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    borders
        Which areas are neighbours: c is 1 for them. Corners count unless left out (`Borders.without_corners`).
    each_area_alike
        Let each area's neighbours together weigh 1, instead of each pair.

    Returns
    -------
    Unitless, at most D: D when no neighbours differ; 0 when the group is all or nothing in each area and only
    unlike ones meet. Below 0 where neighbours differ more than D. NaN when the group or the rest is empty, any
    area lacks a figure, people live in fewer than two areas, or no populated areas meet.

    Raises
    ------
    ValueError
        If the borders are of other areas, a count is negative or infinite, a group is larger than its total, or the
        lengths differ.

    Notes
    -----
    An island (no neighbour) takes part in D and not in what is taken off; `Borders.told` says how many there are.
    A border towards an area where nobody lives does not count: PySAL counts it, with a share of 0 there.

    References
    ----------
    Morrill, R. L. (1991). On the measure of geographic segregation. Geography Research Forum 11, 25-36.

    Examples
    --------
    >>> row = Borders.of(3, [(0, 1), (1, 2)])
    >>> round(spatial_dissimilarity([10, 10, 10], [40, 20, 60], row), 4)
    -0.0694
    """
    met = _Meeting.of(group, total, borders)
    if met is None:
        return NO_ANSWER
    return met.less(np.ones(len(met.first)), each_area_alike)


def boundary_dissimilarity(
    group: npt.ArrayLike, total: npt.ArrayLike, borders: Borders, *, each_area_alike: bool = True
) -> float:
    r"""Dissimilarity less the mean difference in share across borders, long borders counting most.

    .. math:: D(w) = D - \frac{\sum_i \sum_j w_{ij} |p_i - p_j|}{\sum_i \sum_j w_{ij}},
        \quad w_{ij} = l_{ij} / \sum_j l_{ij}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    borders
        Which areas share a border, with its length l in metres.
    each_area_alike
        Let each area's borders together weigh 1 (Wong); otherwise a border weighs its length.

    Returns
    -------
    Unitless, at most D; as `spatial_dissimilarity`.

    Raises
    ------
    ValueError
        As `spatial_dissimilarity`.

    Notes
    -----
    Islands and areas where nobody lives as in `spatial_dissimilarity`. Does not depend on the unit of length.

    References
    ----------
    Wong, D. W. S. (1993). Spatial indices of segregation. Urban Studies 30(3), 559-572.
    https://doi.org/10.1080/00420989320080551. Weights as in Hong, S.-Y., O'Sullivan, D. & Sadahiro, Y. (2014).
    Implementing spatial segregation measures in R. PLoS ONE 9(11), e113767.

    Examples
    --------
    >>> row = Borders.of(3, [(0, 1), (1, 2)], length_m=[1000, 3000])
    >>> round(boundary_dissimilarity([10, 10, 10], [40, 20, 60], row), 4)
    -0.0764
    """
    met = _Meeting.of(group, total, borders)
    if met is None:
        return NO_ANSWER
    return met.less(met.length_m, each_area_alike)


def perimeter_area_dissimilarity(
    group: npt.ArrayLike,
    total: npt.ArrayLike,
    borders: Borders,
    perimeter_m: npt.ArrayLike,
    area_m2: npt.ArrayLike,
) -> float:
    r"""Dissimilarity less the mean difference across borders, where areas with much border for their land count most.

    .. math::

        D(s) = D - \sum_i \sum_j \frac{l_{ij}}{L} |p_i - p_j| \frac{P_i/A_i + P_j/A_j}{2 \max_k (P_k/A_k)},
        \quad L = \sum_i \sum_j l_{ij}

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    borders
        Which areas share a border, with its length l in metres.
    perimeter_m
        (areas,) P, the whole border of each area, metres.
    area_m2
        (areas,) A, land in square metres.

    Returns
    -------
    Unitless, from `boundary_dissimilarity` with borders weighing their length, to D. NaN as `spatial_dissimilarity`.

    Raises
    ------
    ValueError
        If a perimeter or an area is not above 0, or as `spatial_dissimilarity`.

    Notes
    -----
    A long shore with many bends makes P/A large: the figure depends on how finely borders are drawn. The largest
    P/A is taken among areas where anybody lives.

    References
    ----------
    Wong (1993), see `boundary_dissimilarity`.

    Examples
    --------
    >>> row = Borders.of(3, [(0, 1), (1, 2)], length_m=[1000, 1000])
    >>> squares = perimeter_area_dissimilarity([10, 10, 10], [40, 20, 60], row, [4000] * 3, [1e6] * 3)
    >>> round(squares, 4)
    -0.0694
    """
    met = _Meeting.of(group, total, borders)
    rim = as_sizes("omkrets", perimeter_m, borders.areas) / as_sizes("yta", area_m2, borders.areas)
    if met is None:
        return NO_ANSWER
    largest = float(rim[met.populated].max())
    compactness = (rim[met.first] + rim[met.second]) / (2 * largest)
    return met.apart - float(met.length_m @ (met.differences * compactness) / met.length_m.sum())


# Internals


@dataclass(frozen=True, slots=True)
class _Meeting:
    """The borders with people on both sides, and how much the group's share differs across each."""

    populated: npt.NDArray[np.bool_]
    apart: float  # dissimilarity
    first: IntArray
    second: IntArray
    length_m: FloatArray
    differences: FloatArray

    @classmethod
    def of(cls, group: npt.ArrayLike, total: npt.ArrayLike, borders: Borders) -> _Meeting | None:
        pair, populated = populated_pair(group, total)
        borders.require(len(populated))
        if pair is None:
            return None
        kept = populated[borders.first] & populated[borders.second]
        first, second, length = borders.first[kept], borders.second[kept], borders.length_m[kept]
        if not length.any():
            return None
        share = _placed(pair, populated)
        return cls(
            populated, pair.dissimilarity(), first, second, length, np.abs(share[first] - share[second])
        )

    def less(self, weights: FloatArray, each_area_alike: bool) -> float:
        """The dissimilarity less the weighed mean of the differences."""
        if not each_area_alike:
            return self.apart - float(weights @ self.differences / weights.sum())
        areas = len(self.populated)
        both, twice = np.concatenate([self.first, self.second]), np.concatenate([weights, weights])
        border = np.bincount(both, twice, areas)
        summed = np.bincount(both, twice * np.concatenate([self.differences] * 2), areas)
        meets = border > 0
        return self.apart - float((summed[meets] / border[meets]).mean())


def _placed(pair: TwoGroups, populated: npt.NDArray[np.bool_]) -> FloatArray:
    shares = np.full(len(populated), NO_ANSWER)
    shares[populated] = pair.shares
    return shares
