"""The sites whose value is known, with what the local statistics need of each, and why the others have no answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray, as_numbers
from plats.analysis.clusters.links import Links

# How many times the last digit of the largest value a difference may be off.
ROUNDING = 64 * np.finfo(np.float64).eps


class Reason(IntEnum):
    """Why a site has no answer."""

    ANSWERED = 0
    VALUE_MISSING = 1
    NO_NEIGHBOURS = 2  # none, or none whose value is known
    ALL_EQUAL = 3  # every known value is the same, or fewer than two are known


@dataclass(frozen=True, slots=True)
class KnownSites:
    """Sites with a known value, numbered among themselves; what lacks one has left with its links.

    Made once, then each measure is a few operations over sites. A measure is NaN at a site without an answer.
    """

    values: FloatArray  # (known sites,)
    links: Links  # between the known sites
    reasons: IntArray  # (sites given,) a Reason each
    deviations: FloatArray  # (known sites,) from the mean, in parts of the largest; 0 when all are equal
    around: FloatArray  # (known sites,) the neighbours' deviations times their weights, summed
    weight: FloatArray  # (known sites,) the neighbours' weights summed
    rounding: float  # a deviation, or a mean of them, that is not larger is 0

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
        between = links if known.all() else links.among(known)
        z = _deviations(told)
        reasons = np.full(len(known), Reason.VALUE_MISSING, dtype=np.int64)
        among = Reason.ANSWERED if z.any() else Reason.ALL_EQUAL
        reasons[known] = np.where(between.islands, Reason.NO_NEIGHBOURS, among)
        weight, around = between.totals(between.weights), between.sums(z)
        return cls(told, between, reasons, z, around, weight, _rounding(told))

    def spread(self, results: FloatArray) -> FloatArray:
        """(sites given,) results of the known sites in their places; NaN for sites that have no answer."""
        told = np.full(len(self.reasons), np.nan)
        told[self.reasons != Reason.VALUE_MISSING] = results
        return np.where(self.reasons == Reason.ANSWERED, told, np.nan)

    def means_around(self) -> FloatArray:
        """(known sites,) the mean deviation of the neighbours; NaN without neighbours."""
        return _over(self.around, self.weight)

    def moran(self) -> FloatArray:
        """(known sites,) local Moran's I."""
        z = self.deviations
        return _over((len(z) - 1) * z * self.means_around(), np.full(len(z), _squared(z)))

    def getis_ord(self) -> FloatArray:
        """(known sites,) the z of Gi: mean and variance are those of the other sites."""
        z, others = self.deviations, len(self.values) - 1
        if others < 2:
            return np.full(len(z), np.nan)
        mean = -z / others
        total = _squared(z)
        variance = (total - z**2) / others - mean**2
        variance[variance <= self.rounding * total / others] = 0.0
        spread = variance * (others * self._squares() - self.weight**2) / (others - 1)
        return _over(self.around - self.weight * mean, np.sqrt(np.maximum(spread, 0.0)))

    def getis_ord_star(self, own_weight: float) -> FloatArray:
        """(known sites,) the z of Gi*: the site itself is one of its neighbours."""
        z, number = self.deviations, len(self.values)
        if number < 2:
            return np.full(number, np.nan)
        weight, squares = self.weight + own_weight, self._squares() + own_weight**2
        spread = _squared(z) / number * (number * squares - weight**2) / (number - 1)
        return _over(self.around + own_weight * z, np.sqrt(np.maximum(spread, 0.0)))

    def _squares(self) -> FloatArray:
        return self.links.totals(self.links.weights**2)


def _deviations(values: FloatArray) -> FloatArray:
    if not (len(values) > 1 and values.min() < values.max()):
        return np.zeros(len(values))
    scaled = values / np.abs(values).max()
    deviations: FloatArray = scaled - scaled.mean()
    deviations /= np.abs(deviations).max()
    return deviations


def _rounding(values: FloatArray) -> float:
    """In parts of the largest deviation: values that lie close together, far from 0, have few digits to tell apart."""
    largest, half = np.abs(values).max(initial=0), np.ptp(values / 2) if len(values) else 0.0
    return float(ROUNDING * largest / half) if half > 0 else 0.0


def _squared(z: FloatArray) -> float:
    # Not `z @ z`, which adds in another order on another number of cores.
    return float((z**2).sum())


def _over(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    return np.divide(numerator, denominator, out=np.full_like(numerator, np.nan), where=denominator > 0)
