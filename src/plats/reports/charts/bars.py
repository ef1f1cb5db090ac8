"""Plain bars from zero: how many, in each of a few kinds."""

from __future__ import annotations

from plats.reports.charts.model import Ranking, Row
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element, Node

WIDTH = 560.0
_ROW = 40.0


def draw_bars(ranking: Ranking, paint: Paint) -> Element:
    """One bar per row, in the order given, as long as its value; a row without a number has none."""
    most = max((row.value for row in ranking.rows if row.value is not None), default=0.0)
    rows = [_row(row, index * _ROW, most, paint) for index, row in enumerate(ranking.rows)]
    return paint.fluid(Frame(WIDTH, len(rows) * _ROW, ranking.title, "bars", linked=True), rows)


# Internals


def _row(row: Row, top: float, most: float, paint: Paint) -> Element:
    current = " current-text" if row.current else ""
    right = paint.across(1, WIDTH)
    marks: list[Node] = [
        paint.mark("text", f"row-text{current}", row.name, x=0, y=top + 14),
        paint.mark("text", f"row-figure{current}", row.written, x=right, y=top + 14, text_anchor="end"),
        paint.mark("line", "row-line", x1=0, x2=right, y1=top + 25, y2=top + 25),
    ]
    if row.value is not None and row.value > 0:
        width = paint.across(row.value / most, WIDTH)
        names = "bar current" if row.current else "bar"
        marks.append(paint.mark("rect", names, x=0, y=top + 21, width=width, height=8))
    return paint.link(row.href, f"{row.name} {row.written}", marks)
