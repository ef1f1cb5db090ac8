"""The rank bar: one dot per position and the interval where the area lies."""

from __future__ import annotations

from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element

WIDTH = 132.0
HEIGHT = 14.0
_LEFT, _RIGHT, _MIDDLE = 4.0, 128.0, 6.0


def draw_rankbar(positions: int, *, low: int, high: int, label: str, paint: Paint) -> Element:
    """Position 1 to the left; `low` to `high` (1 <= low <= high <= positions) as a thick line."""
    if not 1 <= low <= high <= positions:
        raise ValueError(f"Rangordningen {low}-{high} ryms inte bland {positions} platser.")
    dots = [
        paint.mark("circle", "position", cx=_place(place, positions), cy=_MIDDLE, r=1.7)
        for place in range(1, positions + 1)
    ]
    # A line of no length has no round ends in every renderer, so it gets a hair's length.
    x1, x2 = _place(low, positions), _place(high, positions) + (0.1 if low == high else 0)
    span = paint.mark("line", "span", x1=x1, x2=x2, y1=_MIDDLE, y2=_MIDDLE)
    return paint.fixed(Frame(WIDTH, HEIGHT, label, "rankbar"), [*dots, span])


# Internals


def _place(position: int, positions: int) -> float:
    if positions == 1:
        return (_LEFT + _RIGHT) / 2
    return _LEFT + (position - 1) / (positions - 1) * (_RIGHT - _LEFT)
