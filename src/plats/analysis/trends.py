"""Trends: what a change over time says, and when it says nothing.

No number is repaired: a missing year is skipped, never filled in, and years on the other side of a break are
not compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    UNCHANGED = "unchanged"


class NoTrend(StrEnum):
    """Why no direction is said."""

    NO_POINTS = "no_points"
    ONE_POINT = "one_point"
    BREAK = "break"  # there are earlier points, but only one after the last break


@dataclass(frozen=True, slots=True)
class Change:
    """From one figure to a later one, in the figure's unit."""

    first: float
    last: float
    difference: float
    relative: float  # share of the first figure; NaN when that is 0
    direction: Direction


@dataclass(frozen=True, slots=True)
class Trend:
    """The change between the first and the last comparable point."""

    points: tuple[tuple[int, float], ...]  # year and value, oldest first; at least two
    change: Change

    @property
    def first_year(self) -> int:
        return self.points[0][0]

    @property
    def last_year(self) -> int:
        return self.points[-1][0]

    @property
    def direction(self) -> Direction:
        return self.change.direction

    @property
    def is_steady(self) -> bool:
        """Whether every step goes the same way as the whole, or stands still."""
        against = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}.get(self.direction)
        ways = {_direction(later[1] - earlier[1]) for earlier, later in pairwise(self.points)}
        return ways == {Direction.UNCHANGED} if against is None else against not in ways


def change(first: float, last: float) -> Change:
    r"""How much a figure has changed, and which way.

    .. math:: d = x_2 - x_1, \quad \frac{x_2 - x_1}{|x_1|}

    Parameters
    ----------
    first
        The earlier figure, in any unit.
    last
        The later figure, in the same unit.

    Returns
    -------
    `Change`. The difference of two shares is a share: 0.05 is five percentage points.

    Raises
    ------
    ValueError
        If either figure is missing or infinite: nothing is said about a change that cannot be seen.

    Notes
    -----
    The relative change is NaN when the first figure is 0. Equal figures are unchanged; whether a small change
    means anything is for the reader of the intervals, not for this function.

    References
    ----------
    Elementary; no published definition is followed.

    Examples
    --------
    >>> told = change(0.50, 0.75)
    >>> told.difference, told.relative, str(told.direction)
    (0.25, 0.5, 'up')
    """
    if not (math.isfinite(first) and math.isfinite(last)):
        raise ValueError("En förändring behöver två kända tal. Visa 'saknas' i stället.")
    difference = last - first
    relative = difference / abs(first) if first != 0 else math.nan
    return Change(first, last, difference, relative, _direction(difference))


def trend(years: Sequence[int], values: Sequence[float | None], breaks: Iterable[int]) -> Trend | None:
    """Which way a figure has gone over the years that can be compared.

    Parameters
    ----------
    years
        (points,) whole years, increasing.
    values
        (points,) the figure each year, in any unit; None or NaN where it is hidden or missing.
    breaks
        Years from which the figure is counted in a new way: that year and later are not comparable with
        earlier ones.

    Returns
    -------
    `Trend` from the first to the last known figure after the last break, or None when fewer than two are
    known there; `why_no_trend` then says why.

    Raises
    ------
    ValueError
        If the years are not increasing or the lengths differ.

    Notes
    -----
    Two points are a direction, not a development: say so beside it. A break after the last known figure hides
    nothing.

    References
    ----------
    Our own rule.

    Examples
    --------
    >>> told = trend([2020, 2021, 2022, 2023], [0.75, 0.25, None, 0.50], breaks=[2021])
    >>> told.first_year, told.last_year, str(told.direction)
    (2021, 2023, 'up')
    >>> trend([2022], [0.75], breaks=[]) is None
    True
    """
    points = _after_last_break(_known(years, values), breaks)
    if len(points) < 2:
        return None
    return Trend(tuple(points), change(points[0][1], points[-1][1]))


def why_no_trend(
    years: Sequence[int], values: Sequence[float | None], breaks: Iterable[int]
) -> NoTrend | None:
    """The reason that `trend` gives no direction.

    Parameters
    ----------
    years
        (points,) whole years, increasing.
    values
        (points,) the figure each year; None or NaN where it is hidden or missing.
    breaks
        As for `trend`.

    Returns
    -------
    `NoTrend`, or None when there is a trend.

    Raises
    ------
    ValueError
        As `trend`.

    Notes
    -----
    A single figure is 'ett mättillfälle', also when earlier ones exist on the other side of a break.

    References
    ----------
    Our own rule.

    Examples
    --------
    >>> str(why_no_trend([2022, 2023], [0.75, 0.50], breaks=[2023]))
    'break'
    """
    known = _known(years, values)
    comparable = _after_last_break(known, breaks)
    if not known:
        return NoTrend.NO_POINTS
    if len(comparable) >= 2:
        return None
    return NoTrend.ONE_POINT if len(known) == 1 else NoTrend.BREAK


# Internals


def _direction(difference: float) -> Direction:
    if difference == 0:
        return Direction.UNCHANGED
    return Direction.UP if difference > 0 else Direction.DOWN


def _known(years: Sequence[int], values: Sequence[float | None]) -> list[tuple[int, float]]:
    if len(years) != len(values):
        raise ValueError(f"Varje år ska ha ett värde, men åren är {len(years)} och värdena {len(values)}.")
    if any(later <= earlier for earlier, later in pairwise(years)):
        raise ValueError(f"Åren ska stå i ordning och bara en gång var, men är {list(years)}.")
    return [
        (year, float(value))
        for year, value in zip(years, values, strict=True)
        if value is not None and not math.isnan(value)
    ]


def _after_last_break(points: list[tuple[int, float]], breaks: Iterable[int]) -> list[tuple[int, float]]:
    if not points:
        return []
    start = max((year for year in breaks if year <= points[-1][0]), default=points[0][0])
    return [point for point in points if point[0] >= start]
