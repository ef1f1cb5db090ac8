"""Series over years: all areas in grey, one in colour, the municipality as a dark line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plats.reports.charts.axis import Axis, axis_for
from plats.reports.charts.model import NO_FIGURE, Line, Series, Year
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.svg import Element, Node

WIDTH = 560.0
HEIGHT = 280.0
_TOP, _BASE = 26.0, 250.0
_LEFT, _RIGHT = 0.08, 0.95
_LABEL_GAP = 16.0
_MOST_YEARS_WRITTEN = 6
_ORDER = {"other": 0, "municipality": 1, "current": 2}
_NAMES = {"other": "line", "municipality": "line municipality", "current": "line current-line"}
_ENDS = {"municipality": "end end-municipality", "current": "end current"}
_TEXTS = {"municipality": "end-text municipality-text", "current": "end-text"}


def draw_series(series: Series, paint: Paint) -> Element:
    """One line per area; a year without a number, or a change of method, leaves a gap in the line.

    Lines are straight between neighbouring periods. A change of method is a dashed line with its reason.
    Only the coloured line and the municipality are named; the others are named when pointed at.
    """
    plan = _plan(series, paint)
    ordered = sorted(series.lines, key=lambda line: _ORDER[line.kind])
    children: list[Node] = [*_axes(plan, paint), *_breaks(series, plan, paint)]
    children += [_line(line, plan, paint) for line in ordered]
    children.append(paint.silent("ends", _labels(ordered, plan, paint)))
    return paint.fluid(Frame(WIDTH, HEIGHT, series.title, "series", linked=True), children)


# Internals


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where years and values are placed, and between which years no line is drawn."""

    axis: Axis
    years: tuple[int, ...]
    cut_before: frozenset[int]

    def x(self, year: float) -> float:
        first, last = self.years[0], self.years[-1]
        return _LEFT + ((year - first) / (last - first) if last > first else 0.5) * (_RIGHT - _LEFT)

    def y(self, value: float) -> float:
        low, high = self.axis.ticks[0], self.axis.ticks[-1]
        return _BASE - (value - low) / (high - low) * (_BASE - _TOP)


def _plan(series: Series, paint: Paint) -> _Plan:
    years = sorted({year.year for line in series.lines for year in line.years}) or [0]
    values = [year.value for line in series.lines for year in line.years if year.value is not None]
    axis = axis_for(values, series.unit, language=paint.language)
    return _Plan(axis, tuple(years), frozenset(year for year, _ in series.breaks))


def _axes(plan: _Plan, paint: Paint) -> list[Node]:
    nodes: list[Node] = []
    for tick in plan.axis.ticks:
        y = plan.y(tick)
        nodes.append(paint.mark("line", "grid", x1=0, x2=paint.across(1, WIDTH), y1=y, y2=y))
        text = plan.axis.write(tick) + (plan.axis.symbol if tick == plan.axis.ticks[-1] else "")
        nodes.append(paint.mark("text", "axis-text", text, x=0, y=y - 4))
    step = -(-len(plan.years) // _MOST_YEARS_WRITTEN)
    for year in plan.years[::-1][::step]:
        x = paint.across(plan.x(year), WIDTH)
        nodes.append(paint.mark("line", "tick", x1=x, x2=x, y1=_BASE, y2=_BASE + 5))
        nodes.append(paint.mark("text", "axis-text", str(year), x=x, y=_BASE + 19, text_anchor="middle"))
    return nodes


def _breaks(series: Series, plan: _Plan, paint: Paint) -> list[Node]:
    nodes: list[Node] = []
    for year, reason in series.breaks:
        before = max((other for other in plan.years if other < year), default=year)
        fraction = plan.x((before + year) / 2)
        x = paint.across(fraction, WIDTH)
        anchor, shift = ("start", "5") if fraction < 0.5 else ("end", "-5")
        nodes.append(paint.mark("line", "break", x1=x, x2=x, y1=_TOP - 14, y2=_BASE))
        nodes.append(paint.mark("text", "break-text", reason, x=x, dx=shift, y=_TOP - 8, text_anchor=anchor))
    return nodes


def _line(line: Line, plan: _Plan, paint: Paint) -> Element:
    known = [year for year in line.years if year.value is not None]
    marks: list[Node] = []
    for before, after in _stretches(line.years, plan):
        ends = {"y1": plan.y(before.value or 0.0), "y2": plan.y(after.value or 0.0)}
        x1, x2 = paint.across(plan.x(before.year), WIDTH), paint.across(plan.x(after.year), WIDTH)
        marks += paint.only_on_page([paint.mark("line", "reach", x1=x1, x2=x2, **ends)])
        marks.append(paint.mark("line", _NAMES[line.kind], x1=x1, x2=x2, **ends))
    for year in known:
        names = _dot(line, year, known)
        if names:
            x, y = paint.across(plan.x(year.year), WIDTH), plan.y(year.value or 0.0)
            marks.append(paint.mark("circle", names, cx=x, cy=y, r=3.6))
    figures = ", ".join(f"{year.year} {year.written}" for year in known)
    said = f"{line.name}: {figures or paint.say(NO_FIGURE)}"
    if line.kind == "other" and known:
        text = f"{line.name} {known[-1].written}"
        marks += paint.only_on_page(
            [paint.mark("text", "tip", text, x=paint.across(_RIGHT, WIDTH), y=13, text_anchor="end")]
        )
    return paint.link(line.href, said, marks)


def _stretches(years: Sequence[Year], plan: _Plan) -> list[tuple[Year, Year]]:
    """Neighbouring periods that both have a number, with no change of method between them."""
    by_year = {year.year: year for year in years if year.value is not None}
    return [
        (by_year[before], by_year[after])
        for before, after in pairwise(plan.years)
        if before in by_year and after in by_year and after not in plan.cut_before
    ]


def _dot(line: Line, year: Year, known: Sequence[Year]) -> str:
    """What the mark at a year is called: only ends, hollow years and years that stand alone have one."""
    if year.unstable:
        return "dot current-open" if line.kind == "current" else "dot unstable"
    alone = not any(abs(other.year - year.year) == 1 for other in known)
    if line.kind in _ENDS and (year is known[-1] or alone):
        return _ENDS[line.kind]
    return "end" if alone and len(known) == 1 else ""


def _labels(lines: Sequence[Line], plan: _Plan, paint: Paint) -> list[Node]:
    """The names of the two lines that matter: the higher one above its end, the lower one below."""
    ends = [
        (line, year)
        for line in lines
        if line.kind in _TEXTS
        for year in [year for year in line.years if year.value is not None][-1:]
    ]
    ends.sort(key=lambda pair: -(pair[1].value or 0.0))
    nodes: list[Node] = []
    for index, (line, year) in enumerate(ends):
        y = plan.y(year.value or 0.0) + (-9 if index == 0 else _LABEL_GAP + 4)
        text = f"{line.name} {year.written}"
        x = paint.across(plan.x(year.year), WIDTH)
        nodes.append(paint.mark("text", _TEXTS[line.kind], text, x=x, y=y, text_anchor="end"))
    return nodes
