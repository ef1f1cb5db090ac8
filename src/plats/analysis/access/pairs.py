"""Who can reach what, and how far it is: the pairs of a place where people live and a place with a service.

A distance is never bare: metres in a straight line, metres along a network and minutes are three different things, and
which of them it is follows every result.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, IntArray, unmasked

Indices = npt.NDArray[np.int32]


class DistanceKind(StrEnum):
    """What a distance is. Only minutes are a time, and they are imported, never made from metres."""

    STRAIGHT_LINE_METRES = "straight_line_metres"
    NETWORK_METRES = "network_metres"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every place of demand beside every place of supply within its reach, by demand and then by supply.

    Made by `pairs_from_list`, `pairs_from_matrix`, `straight_line_pairs` and `network_pairs`, which check them.
    """

    kind: DistanceKind
    reach: float  # in the unit of `kind`; a pair at exactly this distance is within it
    starts: IntArray  # (demand + 1,) the pairs of demand i are those from starts[i] up to starts[i + 1]
    supply: Indices  # (pairs,) index of the supply
    distances: FloatArray  # (pairs,) in the unit of `kind`, 0 to `reach`
    supplies: int  # how many places of supply there are, within reach of anybody or not
    placed: BoolArray  # (demand,) False where it is not known where the people live

    @property
    def demands(self) -> int:
        """How many places of demand there are."""
        return len(self.starts) - 1

    def origins(self) -> Indices:
        """(pairs,) index of the demand of each pair."""
        return np.repeat(np.arange(self.demands, dtype=np.int32), np.diff(self.starts))


def pairs_from_list(
    demand: npt.ArrayLike,
    supply: npt.ArrayLike,
    distances: npt.ArrayLike,
    *,
    shape: tuple[int, int],
    kind: DistanceKind,
    reach: float,
) -> Pairs:
    """The pairs within reach, from a list with one row per pair, such as a table of travel times.

    Parameters
    ----------
    demand
        (rows,) index of the place where people live, from 0.
    supply
        (rows,) index of the place with a service, from 0.
    distances
        (rows,) at least 0, in the unit of `kind`; infinite where one cannot get there at all.
    shape
        How many places of demand and of supply there are, those without rows included.
    kind
        What the distances are.
    reach
        The farthest that counts, above 0, in the unit of `kind`.

    Returns
    -------
    `Pairs`. A pair without a row is out of reach, and so is one farther away than `reach`.

    Raises
    ------
    ValueError
        If a distance is missing or negative, an index is outside the shape, a pair has two rows, the lengths
        differ, or the reach is not above 0.

    Notes
    -----
    A list in order (by demand, then by supply) is taken as it is; another is put in order, in time that grows with
    its length only.

    References
    ----------
    Our own form: compressed sparse rows, in which a distance of 0 is a pair and not the lack of one.

    Examples
    --------
    >>> minutes = pairs_from_list([0, 0, 1], [0, 1, 1], [5, 40, 10], shape=(2, 2), kind=DistanceKind.MINUTES, reach=30)
    >>> minutes.starts, minutes.supply, minutes.distances
    (array([0, 1, 2]), array([0, 1], dtype=int32), array([ 5., 10.]))
    """
    origins, targets = _indices("efterfrågan", demand, shape[0]), _indices("utbud", supply, shape[1])
    metres = unmasked(distances)
    if not origins.shape == targets.shape == metres.shape:
        raise ValueError(
            f"Varje par ska ha efterfrågan, utbud och avstånd, men listorna har {origins.size}, {targets.size} och "
            f"{metres.size} rader."
        )
    _require_reach(reach)
    _require_distances(metres)
    if len(metres) and metres.max() > reach:
        near = metres <= reach
        origins, targets, metres = origins[near], targets[near], metres[near]
    starts, targets, metres = _in_order(origins, targets, metres, shape)
    return Pairs(kind, float(reach), starts, targets, metres, shape[1], np.ones(shape[0], dtype=bool))


def pairs_from_matrix(matrix: npt.ArrayLike, *, kind: DistanceKind, reach: float) -> Pairs:
    """The pairs within reach, from a whole matrix of distances.

    Parameters
    ----------
    matrix
        (demand, supply) at least 0, in the unit of `kind`; infinite where one cannot get there at all.
    kind
        What the distances are.
    reach
        The farthest that counts, above 0, in the unit of `kind`.

    Returns
    -------
    `Pairs`.

    Raises
    ------
    ValueError
        If a distance is missing or negative, the matrix has not two dimensions, or the reach is not above 0.

    Examples
    --------
    >>> pairs_from_matrix([[5, 40], [float("inf"), 10]], kind=DistanceKind.MINUTES, reach=30).distances
    array([ 5., 10.])
    """
    metres = unmasked(matrix)
    if metres.ndim != 2:
        raise ValueError(
            "Avstånden ska stå i en matris med efterfrågan som rader och utbud som kolumner, men har "
            f"{metres.ndim} dimensioner."
        )
    _require_reach(reach)
    _require_distances(metres)
    near = metres <= reach
    starts = np.concatenate([[0], np.cumsum(near.sum(axis=1))]).astype(np.int64)
    supply = np.nonzero(near)[1].astype(np.int32)
    placed = np.ones(len(metres), dtype=bool)
    return Pairs(kind, float(reach), starts, supply, metres[near], metres.shape[1], placed)


# Internals


def _indices(name: str, values: npt.ArrayLike, size: int) -> Indices:
    given = np.asarray(values)
    if given.ndim != 1 or not (given.size == 0 or np.issubdtype(given.dtype, np.integer)):
        raise ValueError(f"'{name}' ska vara hela tal, ett för varje par, räknade från 0.")
    if given.size and not (given.min() >= 0 and given.max() < size):
        raise ValueError(
            f"'{name}' ska vara 0 till {size - 1}, men går från {given.min()} till {given.max()}."
        )
    return given.astype(np.int32, copy=False)


def _require_reach(reach: float) -> None:
    if not 0 < reach < np.inf:
        raise ValueError(f"Räckvidden ska vara större än 0 och inte oändlig, men är {reach}.")


def _require_distances(distances: FloatArray) -> None:
    # The least of numbers with NaN among them is NaN, so one pass sees both.
    if distances.size and not distances.min() >= 0:
        lacking, negative = int(np.isnan(distances).sum()), int((distances < 0).sum())
        raise ValueError(
            f"Avstånd ska vara minst 0: {lacking} saknas och {negative} är negativa. Ange oändligt (inf) där man inte "
            "kan ta sig fram alls."
        )


def _in_order(
    origins: Indices, targets: Indices, metres: FloatArray, shape: tuple[int, int]
) -> tuple[IntArray, Indices, FloatArray]:
    """Starts, supply and distances by demand and then by supply; an error when a pair is there twice."""
    after = (origins[1:] > origins[:-1]) | ((origins[1:] == origins[:-1]) & (targets[1:] > targets[:-1]))
    if after.all():
        starts = np.searchsorted(origins, np.arange(shape[0] + 1)).astype(np.int64)
        return starts, targets, metres
    from scipy import sparse

    rows = sparse.coo_array((metres, (origins, targets)), shape=shape).tocsr()
    if rows.nnz < len(metres):
        raise ValueError(
            f"{len(metres) - rows.nnz} par står mer än en gång i listan. Ta bort alla utom ett av varje."
        )
    return rows.indptr.astype(np.int64), rows.indices.astype(np.int32, copy=False), rows.data
