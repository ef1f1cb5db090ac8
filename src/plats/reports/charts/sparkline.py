"""The sparkline: the course of one area's figure, on its own scale, beside two values in text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from plats.reports.charts.model import Year
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element

WIDTH = 132.0
HEIGHT = 36.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 4.0, 126.0, 5.0, 31.0


def draw_sparkline(years: Sequence[Year], *, label: str, paint: Paint) -> Element | None:
    """The line with its last year as a dot; None when fewer than two years have a number: say so in words.

    Years are placed in proportion to time, and a year without a number leaves a gap.
    """
    known = [year for year in years if year.value is not None]
    if len(known) < 2:
        return None
    ordered = sorted(years, key=lambda year: year.year)
    points = [_point(year, known) for year in ordered]
    lines = [
        paint.mark("line", "line current-line", x1=before[0], y1=before[1], x2=after[0], y2=after[1])
        for before, after in pairwise(points)
        if before is not None and after is not None
    ]
    last = [point for point in points if point is not None][-1]
    end = paint.mark("circle", "end current", cx=last[0], cy=last[1], r=3.2)
    return paint.fixed(Frame(WIDTH, HEIGHT, label, "spark"), [*lines, end])


# Internals


def _point(year: Year, known: Sequence[Year]) -> tuple[float, float] | None:
    if year.value is None:
        return None
    values = [other.value for other in known if other.value is not None]
    times = [other.year for other in known]
    x = _LEFT + _share(year.year, min(times), max(times)) * (_RIGHT - _LEFT)
    y = _BOTTOM - _share(year.value, min(values), max(values)) * (_BOTTOM - _TOP)
    return x, y


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5
