"""Kept weights: the distances weighed once, for asking again and again what a change of supply would do."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from plats.analysis.access.decay import Decay
from plats.analysis.access.pairs import Pairs
from plats.analysis.access.results import (
    Reason,
    Reasons,
    SharedAccess,
    as_supply,
    reasons_of,
    supply_per_person,
)
from plats.analysis.arrays import BoolArray, FloatArray, as_counts

Hidden: TypeAlias = Literal["refuse", "exclude"]


class KeptWeights:
    """Who reaches what, weighed by distance, with the people who live there.

    `with_supply` is a floating catchment area for any supply: a service is closed by giving it 0, resized by giving it
    another amount, and opened by having it among the pairs from the start with 0. How many use each service does not
    depend on the supply and is kept too, so an answer takes one pass over the pairs, or four with `choosing`.

    `excluded` is how many places were left out because nobody knows how many live there.
    """

    def __init__(
        self,
        pairs: Pairs,
        people: npt.ArrayLike,
        *,
        decay: Decay | None = None,
        choosing: bool = False,
        hidden: Hidden = "refuse",
    ) -> None:
        """Weigh the pairs. With `choosing` people spread over what they reach (3SFCA) instead of all using all."""
        self.pairs = pairs
        self.unknown, self.people = _as_people(people, pairs, hidden)
        weights = np.ones_like(pairs.distances) if decay is None else decay(pairs.distances)
        self._weights = _matrix(weights, pairs)
        self._twice = _matrix(weights**2, pairs) if choosing else None
        self._crowd: FloatArray | None = None

    @property
    def excluded(self) -> int:
        """How many places were left out because how many live there is not known."""
        return int(self.unknown.sum())

    def with_supply(self, amounts: npt.ArrayLike) -> SharedAccess:
        """The access when the services offer these amounts, at least 0; 0 is closed."""
        offered = as_supply(amounts, self.pairs.supplies)
        return self.shared(offered, self.crowd(offered))

    def with_people(self, people: npt.ArrayLike, hidden: Hidden = "refuse") -> KeptWeights:
        """The same weights with other people, who live in the same places."""
        other = object.__new__(KeptWeights)
        other.pairs, other._weights, other._twice = self.pairs, self._weights, self._twice
        other.unknown, other.people = _as_people(people, self.pairs, hidden)
        other._crowd = None
        return other

    def crowd(self, amounts: FloatArray) -> FloatArray:
        """(supply,) people who reach each service, counted by weight. Blocks of demand can be added up."""
        if self._twice is not None:
            crowd: FloatArray = self._per_choice(self.people, amounts) @ self._twice
            return crowd
        if self._crowd is None:
            self._crowd = self.people @ self._weights
        return self._crowd.copy()

    def shared(self, amounts: FloatArray, crowd: FloatArray) -> SharedAccess:
        """The access of these people when so many use each service: `crowd`, theirs and that of others."""
        ratios = supply_per_person(amounts, crowd)
        if self._twice is None:
            values: FloatArray = self._weights @ ratios
        else:
            values = self._per_choice(self._twice @ ratios, amounts)
        reasons = self._reasons(values, amounts)
        values[reasons > Reason.NOTHING_WITHIN_REACH] = np.nan
        return SharedAccess(values, reasons, self.pairs.kind, self.pairs.reach, crowd, amounts)

    def _per_choice(self, values: FloatArray, amounts: FloatArray) -> FloatArray:
        """Each place's value over the sum of its weights to what is open: what is closed draws nobody."""
        return supply_per_person(values, self._weights @ (amounts > 0).astype(np.float64))

    def _reasons(self, values: FloatArray, amounts: FloatArray) -> Reasons:
        reasons = reasons_of(self.pairs, values > 0)
        # Whoever lives here is in the crowd of what is within reach, so only places without people can lack one.
        empty = np.flatnonzero((reasons == Reason.NOTHING_WITHIN_REACH) & (self.people == 0))
        if len(empty):
            is_open = self._weights[empty] @ (amounts > 0).astype(np.float64) > 0
            reasons[empty[is_open]] = Reason.NOBODY_TO_SHARE
        reasons[self.unknown] = Reason.PEOPLE_UNKNOWN
        return reasons


# Internals


def _as_people(people: npt.ArrayLike, pairs: Pairs, hidden: Hidden) -> tuple[BoolArray, FloatArray]:
    """Where people are not known, and how many there are, with 0 there."""
    counts = as_counts("folkmängd", people)
    if len(counts) != pairs.demands:
        raise ValueError(f"Det finns {pairs.demands} platser där folk bor men {len(counts)} folkmängder.")
    unknown = np.isnan(counts)
    if unknown.any() and hidden == "refuse":
        raise ValueError(
            f"Folkmängden är dold eller saknas på {unknown.sum()} av {len(counts)} platser, först nummer "
            f"{int(np.flatnonzero(unknown)[0])} (räknat från 0). Lämna ut dem med hidden='exclude' och säg hur många "
            "de är, eller skaffa siffrorna."
        )
    return unknown, np.where(unknown, 0.0, counts)


def _matrix(weights: FloatArray, pairs: Pairs) -> Any:
    from scipy import sparse

    return sparse.csr_array((weights, pairs.supply, pairs.starts), shape=(pairs.demands, pairs.supplies))
