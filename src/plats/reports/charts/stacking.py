"""Stacking dots that would overlap (a beeswarm), so that every area is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count


def stack(positions: Sequence[float], spacing: float) -> list[int]:
    """The level of each dot: 0 on the line, then +1, -1, +2, -2 …; `positions` are in px, ascending.

    Two dots on one level are at least `spacing` px apart; each dot takes the free level nearest the line.
    """
    last_on_level: dict[int, float] = {}
    levels = []
    for position in positions:
        level = next(
            candidate
            for candidate in _levels_from_the_line()
            if position - last_on_level.get(candidate, float("-inf")) >= spacing
        )
        last_on_level[level] = position
        levels.append(level)
    return levels


# Internals


def _levels_from_the_line() -> Iterator[int]:
    yield 0
    for level in count(1):
        yield level
        yield -level
