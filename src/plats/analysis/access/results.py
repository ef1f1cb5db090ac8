"""What a measure of access answers with: a number for each place, why it is what it is, and what the distances were."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from plats.analysis.access.pairs import DistanceKind, Indices, Pairs
from plats.analysis.arrays import BoolArray, FloatArray, unmasked

Reasons = npt.NDArray[np.int8]


class Reason(IntEnum):
    """Why a place has the access it has. The first two have a number, the others have none."""

    REACHED = 0
    NOTHING_WITHIN_REACH = 1  # an answer, not a lack of one: the access is 0
    PLACE_UNKNOWN = 2  # where the people live is not known
    PEOPLE_UNKNOWN = 3  # how many they are is hidden or missing, and they were left out
    NOBODY_TO_SHARE = 4  # nobody lives within reach of the services here, so there is no amount per person


@dataclass(frozen=True, slots=True)
class Access:
    """Each place's access, with its reason."""

    values: FloatArray  # (demand,) 0 where nothing is within reach, NaN where it cannot be told
    reasons: Reasons  # (demand,) a `Reason` for each
    kind: DistanceKind
    reach: float  # in the unit of `kind`

    def how_many(self, reason: Reason) -> int:
        """How many places have this reason."""
        return int((self.reasons == reason).sum())


@dataclass(frozen=True, slots=True)
class SharedAccess(Access):
    """Access in supply per person: what is within reach, shared with all who also reach it."""

    crowd: FloatArray  # (supply,) people who reach the service, each counted by the weight of their distance
    amounts: FloatArray  # (supply,) what the services offer

    @property
    def ratios(self) -> FloatArray:
        """(supply,) what the service offers to each who reaches it, 0 where nobody does."""
        return supply_per_person(self.amounts, self.crowd)

    @property
    def supply_reached(self) -> float:
        """What is offered where anybody reaches it: the access of every person added up is this."""
        return float(self.amounts[self.crowd > 0].sum())


def supply_per_person(amounts: FloatArray, crowd: FloatArray) -> FloatArray:
    """What each service offers to each who reaches it.

    Parameters
    ----------
    amounts
        (supply,) what the services offer.
    crowd
        (supply,) people who reach them, at least 0.

    Returns
    -------
    (supply,) amount per person; 0 where nobody reaches the service.

    Examples
    --------
    >>> supply_per_person(np.array([10.0, 5.0]), np.array([4.0, 0.0]))
    array([2.5, 0. ])
    """
    return np.divide(amounts, crowd, out=np.zeros_like(amounts), where=crowd > 0)


@dataclass(frozen=True, slots=True)
class Nearest:
    """Each place's nearest service, with its distance."""

    distances: FloatArray  # (demand,) in the unit of `kind`; NaN where there is none within reach
    supply: Indices  # (demand,) index of the nearest service, the first of equals; -1 where there is none
    reasons: Reasons  # (demand,) a `Reason` for each
    kind: DistanceKind
    reach: float  # in the unit of `kind`; infinite when all were asked


def as_supply(amounts: npt.ArrayLike | None, supplies: int) -> FloatArray:
    """How much each service offers, checked; 1 each when nothing is said.

    Parameters
    ----------
    amounts
        (supply,) at least 0, in a unit of one's own: places, beds, hours; 0 is closed. None counts each as 1.
    supplies
        How many there must be.

    Returns
    -------
    (supply,) float64.

    Raises
    ------
    ValueError
        If an amount is missing, negative or infinite, or their number differs.

    Examples
    --------
    >>> as_supply(None, 2)
    array([1., 1.])
    """
    if amounts is None:
        return np.ones(supplies)
    given = unmasked(amounts)
    if given.shape != (supplies,):
        raise ValueError(f"Det finns {supplies} platser i utbudet men {given.size} mängder.")
    if not (np.isfinite(given).all() and (given >= 0).all()):
        raise ValueError(
            "Utbudet ska vara kända tal som är minst 0. Ange 0 för det som är stängt, och ta bort det som är okänt."
        )
    return given


def reasons_of(pairs: Pairs, reached: BoolArray) -> Reasons:
    """The reason of each place, from whether anything is within its reach.

    Parameters
    ----------
    pairs
        The pairs that were measured.
    reached
        (demand,) whether the place has an open service within reach.

    Returns
    -------
    (demand,) a `Reason` each.

    Examples
    --------
    >>> from plats.analysis.access.pairs import pairs_from_matrix
    >>> pairs = pairs_from_matrix([[5], [40]], kind=DistanceKind.MINUTES, reach=30)
    >>> reasons_of(pairs, np.array([True, False]))
    array([0, 1], dtype=int8)
    """
    reasons = np.where(reached, Reason.REACHED, Reason.NOTHING_WITHIN_REACH).astype(np.int8)
    reasons[~pairs.placed] = Reason.PLACE_UNKNOWN
    return reasons
