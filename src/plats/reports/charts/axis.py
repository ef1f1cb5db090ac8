"""Axes: round numbers along a line, written as the unit is written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from plats.vocabulary.units import FORMS, NBSP, Unit, symbol_of, write_number

# Room outside the first and last tick, as a share of the drawing, so that dots at the ends are whole.
_MARGIN = 0.025
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear axis from the first to the last tick, in the unit's own numbers."""

    unit: Unit
    ticks: tuple[float, ...]
    margin: float = _MARGIN
    language: str = "sv"

    def position(self, value: float) -> float:
        """Where on the drawing `value` is: 0 = left edge, 1 = right edge; linear in the value."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.margin + (value - low) / (high - low) * (1 - 2 * self.margin)

    def write(self, tick: float) -> str:
        """A tick as the reader meets it, without the unit's symbol."""
        scaled = [value * FORMS[self.unit].scale for value in self.ticks]
        step = scaled[1] - scaled[0]
        decimals = next((count for count in range(4) if _is_whole(step * 10**count)), 4)
        return write_number(tick * FORMS[self.unit].scale, decimals, self.language)

    @property
    def symbol(self) -> str:
        """The short sign put after the last tick; longer unit words stand in the chart's caption."""
        symbol = symbol_of(self.unit, self.language)
        return f"{NBSP}{symbol}" if len(symbol) <= 3 else ""


def axis_for(values: Sequence[float], unit: Unit, *, intervals: int = 5, language: str = "sv") -> Axis:
    """An axis with about `intervals` steps that covers `values`; equal values get one step on each side.

    The steps are 1, 2, 2.5 or 5 times a power of ten in the unit as written: a share has ticks at 10, 20 %.
    """
    scale = FORMS[unit].scale
    low, high = (min(values) * scale, max(values) * scale) if values else (0.0, 1.0)
    if high - low < 1e-9 * max(1.0, abs(high)):
        low, high = low - 1, high + 1
    step = _step((high - low) / intervals)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(index * step / scale for index in range(first, last + 1))
    return Axis(unit, ticks, language=language)


# Internals


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-6
