"""The sites whose value is known, with the links between them, and why the others have no answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, IntArray, as_numbers
from plats.analysis.clusters.links import Links


class Reason(IntEnum):
    """Why a site has no answer."""

    ANSWERED = 0
    VALUE_MISSING = 1
    NO_NEIGHBOURS = 2  # none, or none whose value is known
    ALL_EQUAL = 3  # every known value is the same, or fewer than two are known


@dataclass(frozen=True, slots=True)
class KnownSites:
    """Sites with a known value, numbered among themselves; what lacks one has left with its links."""

    known: BoolArray  # (sites given,)
    values: FloatArray  # (known sites,)
    links: Links  # between the known sites
    varied: bool  # whether the values differ at all

    @classmethod
    def of(cls, values: npt.ArrayLike, links: Links) -> KnownSites:
        """Refuses values for other sites than the links are between, and infinite ones."""
        numbers = as_numbers("värden", values)
        if len(numbers) != links.sites:
            raise ValueError(
                f"Det ska finnas ett värde per plats, men det är {len(numbers)} värden och {links.sites} platser."
            )
        known = ~np.isnan(numbers)
        told = numbers[known]
        varied = len(told) > 1 and bool(told.min() < told.max())
        return cls(known, told, links if known.all() else links.among(known), varied)

    def deviations(self) -> FloatArray:
        """(known sites,) from the mean, in parts of the largest; 0 when all are equal."""
        if not self.varied:
            return np.zeros(len(self.values))
        scaled = self.values / np.abs(self.values).max()
        deviations: FloatArray = scaled - scaled.mean()
        deviations /= np.abs(deviations).max()
        return deviations

    def reasons(self) -> IntArray:
        """(sites given,) a `Reason` each."""
        among = Reason.ANSWERED if self.varied else Reason.ALL_EQUAL
        reasons = np.full(len(self.known), Reason.VALUE_MISSING, dtype=np.int64)
        reasons[self.known] = np.where(self.links.islands, Reason.NO_NEIGHBOURS, among)
        return reasons

    def spread(self, results: FloatArray) -> FloatArray:
        """(sites given,) results of the known sites in their places; NaN for sites that have no answer."""
        told = np.full(len(self.known), np.nan)
        told[self.known] = results
        return np.where(self.reasons() == Reason.ANSWERED, told, np.nan)
