"""Classes for colouring: at most five, with whole numbers as breaks, put where the values leave gaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from plats.vocabulary.units import FORMS, Unit

CLASSES = 5
# What wide gaps at the breaks, and classes of even size, count for against little spread within the classes.
_GAP_WEIGHT = 0.5
_EVEN_WEIGHT = 1.0
# Round numbers are tried first, so that a break is as easy to read as the gap allows.
_ROUND_STEPS = (10_000, 5_000, 1_000, 500, 100, 50, 10, 5, 2, 1)
# Where fewer than five classes are used, they take colours that stay well apart.
_SPREAD = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


class Ramp(StrEnum):
    """A colour scale: sequential for amounts, diverging for differences. Neither says good or bad."""

    SEQUENTIAL = "q"
    DIVERGING = "d"


@dataclass(frozen=True, slots=True)
class Breaks:
    """Breaks between classes, in the unit as written (65 for 65 %), and the span of the values.

    A value on a break belongs to the class above it.
    """

    unit: Unit
    edges: tuple[float, ...]
    low: float
    high: float
    ramp: Ramp = Ramp.SEQUENTIAL

    @property
    def classes(self) -> int:
        return len(self.edges) + 1

    @property
    def colours(self) -> tuple[int, ...]:
        """The colour index (0-4) of each class, in order."""
        return _SPREAD[self.classes]

    def class_of(self, value: float) -> int:
        """The class of a value in its own unit, counted from 0, by the figure as tables write it."""
        return bisect_right(self.edges, as_written(value, self.unit))

    def colour_of(self, value: float | None) -> int | None:
        """The colour index (0-4) of a value; a value that is not there has no colour, never the lowest."""
        return None if value is None else self.colours[self.class_of(value)]


def class_breaks(values: Sequence[float], unit: Unit) -> Breaks:
    """Breaks for a sequential scale over `values` (in their own unit; only those that show a number).

    Among all ways to cut the sorted values at gaps that hold a round number, the cut is chosen that has
    the lowest sum, over classes, of spread (sum of squares within / in all) and evenness (class size / n)
    squared, less half the sum, over breaks, of the gap cut through / the span of the values. That is
    Fisher's (1958) criterion with two additions of ours: classes of even size, and breaks where no area is
    near. The breaks are whole numbers in the unit as written, or tenths where the span is below ten. Fewer
    values or gaps give fewer classes; no values give one class.
    """
    written = sorted(as_written(value, unit) for value in values)
    if not written:
        return Breaks(unit, (), 0.0, 0.0)
    low, high = written[0], written[-1]
    gaps = list(_gaps(written, fine=high - low < 10))
    chosen = _best_cut(written, gaps) if gaps else ()
    return Breaks(unit, tuple(chosen), low, high)


def as_written(value: float, unit: Unit) -> float:
    """A value in the numbers its unit is written in, rounded as tables round it: 0.64962 is 65.0."""
    form = FORMS[unit]
    scaled = Decimal(repr(float(value * form.scale)))
    return float(scaled.quantize(Decimal(1).scaleb(-form.decimals), rounding=ROUND_HALF_UP))


def diverging_breaks(values: Sequence[float], unit: Unit, *, middle: float = 0.0) -> Breaks:
    """Five classes around `middle`: near it, and some way off and far off on each side, equally wide.

    Near ends at a fifth of the largest distance, far begins at three fifths; both are rounded to whole
    numbers, or to tenths when the largest distance is below five.
    """
    scale = FORMS[unit].scale
    written = sorted(value * scale for value in values)
    centre = middle * scale
    reach = max((abs(value - centre) for value in written), default=0.0)
    if reach == 0:
        return Breaks(unit, (), centre, centre, Ramp.DIVERGING)
    step = 1.0 if reach >= 5 else 0.1
    inner = max(step, round(reach * 0.2 / step) * step)
    outer = max(inner + step, round(reach * 0.6 / step) * step)
    centre = round(centre / step) * step
    edges = tuple(round(centre + offset, 6) for offset in (-outer, -inner, inner, outer))
    return Breaks(unit, edges, written[0], written[-1], Ramp.DIVERGING)


# Internals


_Way = tuple[float, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class _Gap:
    """A place to cut: before this index of the sorted values, at this number."""

    index: int
    at: float
    width: float


def _gaps(written: Sequence[float], *, fine: bool) -> Iterator[_Gap]:
    for index, (below, above) in enumerate(pairwise(written), start=1):
        at = _roundest(below, above, fine=fine)
        if at is not None:
            yield _Gap(index, at, above - below)


def _roundest(below: float, above: float, *, fine: bool) -> float | None:
    """The roundest number in (below, above], nearest its middle; None when there is none."""
    steps = (*_ROUND_STEPS, 0.5, 0.2, 0.1) if fine else _ROUND_STEPS
    middle = (below + above) / 2
    for step in steps:
        for candidate in (round(middle / step) * step, (above + 1e-9) // step * step):
            rounded = round(candidate, 6)
            if below < rounded <= above:
                return rounded
    return None


def _best_cut(written: Sequence[float], gaps: Sequence[_Gap]) -> tuple[float, ...]:
    """Dynamic programming over cuts: best[k][g] is the best way to end class k at gap g."""
    spread = _Spread(written)
    cuts = min(CLASSES - 1, len(gaps))
    best: list[_Way] = [(spread.cost(0, gap.index) - spread.reward(gap), (gap.at,)) for gap in gaps]
    for _ in range(cuts - 1):
        ways = list(zip(gaps, best, strict=True))
        best = [_extended(ways[:place], gap, spread) for place, gap in enumerate(gaps)]
    ends = [
        (cost + spread.cost(gap.index, len(written)), edges)
        for (cost, edges), gap in zip(best, gaps, strict=True)
    ]
    return min(ends)[1]


def _extended(earlier: Sequence[tuple[_Gap, _Way]], gap: _Gap, spread: _Spread) -> _Way:
    """The best way to add a class that ends at `gap` to the ways that end before it."""
    ways = [
        (cost + spread.cost(before.index, gap.index) - spread.reward(gap), (*edges, gap.at))
        for before, (cost, edges) in earlier
        if before.at < gap.at
    ]
    return min(ways, default=(float("inf"), (gap.at,)))


class _Spread:
    """Sums of squares around the mean of a run of sorted values, as a share of the whole's."""

    def __init__(self, written: Sequence[float]) -> None:
        shift = written[len(written) // 2]
        self._sums, self._squares = [0.0], [0.0]
        for value in written:
            self._sums.append(self._sums[-1] + (value - shift))
            self._squares.append(self._squares[-1] + (value - shift) ** 2)
        self._span = written[-1] - written[0]
        self._whole = 1.0
        self._whole = max(self.of(0, len(written)), 1e-12)

    def of(self, start: int, end: int) -> float:
        total = self._sums[end] - self._sums[start]
        squares = self._squares[end] - self._squares[start]
        return max(0.0, squares - total * total / (end - start)) / self._whole

    def cost(self, start: int, end: int) -> float:
        """The spread of a class, and what it takes of an even division of the values."""
        return self.of(start, end) + _EVEN_WEIGHT * ((end - start) / (len(self._sums) - 1)) ** 2

    def reward(self, gap: _Gap) -> float:
        """What cutting through a gap of this width is worth."""
        return _GAP_WEIGHT * gap.width / self._span
