"""Decay: how much a service counts for less when it is farther away.

Each gives weights from 0 to 1 and is called with distances in the unit that its own numbers have. Which one, and with
which numbers, is a choice that moves the result: say it beside the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from plats.analysis.arrays import FloatArray


class Decay(Protocol):
    """A weight for each distance, 0 to 1, never higher farther away."""

    def __call__(self, distances: FloatArray) -> FloatArray: ...


@dataclass(frozen=True, slots=True)
class Steps:
    """The same weight up to each limit, the limit included, and 0 beyond the last (Luo & Qi 2009)."""

    limits: tuple[float, ...]  # increasing, above 0
    weights: tuple[float, ...]  # one for each limit, 0 to 1, never increasing

    def __post_init__(self) -> None:
        if not self.limits or len(self.limits) != len(self.weights):
            raise ValueError(f"Det finns {len(self.limits)} gränser men {len(self.weights)} vikter.")
        _require_increasing((0.0, *self.limits))
        falling = all(
            near >= far for near, far in zip((1.0, *self.weights), (*self.weights, 0.0), strict=True)
        )
        if not falling:
            raise ValueError(f"Vikterna ska ligga mellan 0 och 1 och aldrig öka, men är {self.weights}.")

    def __call__(self, distances: FloatArray) -> FloatArray:
        passed = np.zeros(distances.shape, dtype=np.intp if len(self.limits) > 255 else np.uint8)
        for limit in self.limits:
            passed += distances > limit
        weights: FloatArray = np.array([*self.weights, 0.0])[passed]
        return weights


@dataclass(frozen=True, slots=True)
class Power:
    r"""Hansen's potential: :math:`(\max(d, m) / m)^{-\beta}`, 1 up to the distance m."""

    exponent: float  # above 0; 2 is the law of gravity
    nearest: float  # m above 0: nearer than this counts as this, since the formula has no end at 0

    def __post_init__(self) -> None:
        _require_positive("Exponenten", self.exponent)
        _require_positive("Det minsta avståndet", self.nearest)

    def __call__(self, distances: FloatArray) -> FloatArray:
        weights: FloatArray = (np.maximum(distances, self.nearest) / self.nearest) ** -self.exponent
        return weights


@dataclass(frozen=True, slots=True)
class Exponential:
    r""":math:`e^{-d/s}`: 1 at no distance, 0.37 at the distance s."""

    scale: float  # s above 0

    def __post_init__(self) -> None:
        _require_positive("Skalan", self.scale)

    def __call__(self, distances: FloatArray) -> FloatArray:
        weights: FloatArray = np.exp(distances / -self.scale)
        return weights


@dataclass(frozen=True, slots=True)
class Gaussian:
    r""":math:`e^{-d^2/2s^2}`: falls slowly at first, 0.61 at the distance s and 0.14 at twice that."""

    scale: float  # s above 0

    def __post_init__(self) -> None:
        _require_positive("Skalan", self.scale)

    def __call__(self, distances: FloatArray) -> FloatArray:
        weights: FloatArray = np.exp((distances / self.scale) ** 2 / -2)
        return weights


# Internals


def _require_positive(name: str, value: float) -> None:
    if not 0 < value < np.inf:
        raise ValueError(f"{name} ska vara större än 0, men är {value}.")


def _require_increasing(limits: tuple[float, ...]) -> None:
    if not all(near < far < np.inf for near, far in pairwise(limits)):
        raise ValueError(f"Gränserna ska öka från 0, men är {limits[1:]}.")
