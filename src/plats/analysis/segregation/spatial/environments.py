"""Who lives within a distance of each area, near ones counting most: the sums behind the measures of scales.

Pairs of areas are found in a tree and taken in blocks, so that memory grows with the number of areas and not with its
square.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray, unmasked

Weighting = Literal["uniform", "triangular", "epanechnikov", "quartic"]

# What a person at part u of the radius counts as; everything is 1 at u = 0.
WEIGHTINGS: dict[Weighting, Callable[[FloatArray], FloatArray]] = {
    "uniform": np.ones_like,
    "triangular": lambda part: 1 - part,
    "epanechnikov": lambda part: 1 - np.square(part),
    "quartic": lambda part: np.square(1 - np.square(part)),
}
_PAIRS_AT_A_TIME = 2_000_000
_AREAS_AT_A_TIME = 65_536  # rows that fit the short numbers they are put in order by


def environments(
    counts: FloatArray, points: FloatArray, radii: FloatArray, weighting: Weighting
) -> list[FloatArray]:
    """The environments of all radii at once: pairs are looked for once, at the largest.

    Parameters
    ----------
    counts
        (areas, groups) persons, checked.
    points
        (areas, 2) metres, checked.
    radii
        (radii,) metres, checked.
    weighting
        As `local_environments`.

    Returns
    -------
    For each radius (areas, groups) persons, weighed.

    Raises
    ------
    ValueError
        If the weighting is unknown.

    Examples
    --------
    >>> len(environments(np.ones((2, 2)), np.array([[0.0, 0], [500, 0]]), np.array([0.0, 1000]), "uniform"))
    2
    """
    from scipy.spatial import cKDTree

    if weighting not in WEIGHTINGS:
        raise ValueError(f"Viktningen '{weighting}' finns inte. Välj bland: {', '.join(WEIGHTINGS)}.")
    tables = [counts.copy() if radius == 0 else np.empty_like(counts) for radius in radii]
    reaching = np.flatnonzero(radii > 0)
    if not len(reaching) or not len(points):
        return tables
    tree = cKDTree(points)
    for block in _blocks(tree, points, float(radii.max())):
        apart = _apart(cKDTree(points[block]), tree, float(radii.max()))
        distances = apart.data
        for which in reaching:
            part = distances / radii[which]
            apart.data = np.where(part <= 1, WEIGHTINGS[weighting](part), 0)
            tables[which][block] = apart @ counts
    return tables


def as_radii(radii_m: npt.ArrayLike) -> FloatArray:
    """Radii in metres, none below 0.

    Parameters
    ----------
    radii_m
        (radii,) metres.

    Returns
    -------
    (radii,) float64.

    Raises
    ------
    ValueError
        If there is none, or one is missing, infinite or below 0.

    Examples
    --------
    >>> as_radii([0, 500])
    array([  0., 500.])
    """
    radii = unmasked(radii_m)
    if radii.ndim != 1 or not len(radii) or not (np.isfinite(radii) & (radii >= 0)).all():
        raise ValueError("Radierna ska vara en lista av antal meter, vart och ett minst 0.")
    return radii


# Internals


def _blocks(tree: Any, points: FloatArray, radius: float) -> Iterator[IntArray]:
    """The areas in parts that lie together and have not too many pairs between them."""
    order = np.asarray(tree.indices, dtype=np.int64)
    pairs = np.cumsum(tree.query_ball_point(points[order], radius, return_length=True))
    ends = np.searchsorted(pairs, np.arange(_PAIRS_AT_A_TIME, pairs[-1], _PAIRS_AT_A_TIME), side="right")
    for part in np.split(order, ends):
        for start in range(0, len(part), _AREAS_AT_A_TIME):
            yield part[start : start + _AREAS_AT_A_TIME]


def _apart(some: Any, tree: Any, radius: float) -> Any:
    """(some areas, areas) the distances that are within the radius."""
    from scipy.sparse import csr_array

    pairs = some.sparse_distance_matrix(tree, radius, output_type="ndarray")
    # Rows in short whole numbers are put in order without being compared, many times as fast.
    order = np.argsort(pairs["i"].astype(np.uint16), kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(pairs["i"], minlength=some.n))])
    return csr_array((pairs["v"][order], pairs["j"][order], starts), shape=(some.n, tree.n))
