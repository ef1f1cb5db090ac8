"""The ranked chart: one row per area in the order of its value, with the interval around it.

On the page each row is a list item with real text and its own small drawing, so that names and figures keep
their size at every width; in the document it is one drawing.
"""

from __future__ import annotations

from plats.reports.charts.axis import Axis, axis_for
from plats.reports.charts.model import Ranking, Row
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.strip import anchor_at
from plats.reports.charts.svg import Element, Node, element, percent
from plats.vocabulary.messages import Figure, Message

WIDTH = 560.0
_ROW = 22.0
_TOP = 24.0
_NAMES = 190.0
_FIGURES = 70.0


def ranked_list(ranking: Ranking, paint: Paint) -> Element:
    """The chart for a page: a list with links, in falling order; areas without a number last."""
    axis = _axis(ranking, paint)
    items = [_item(row, ranking, axis, paint) for row in _ordered(ranking)]
    head = element("div", _head(ranking, axis, paint), class_="axis-row", aria_hidden="true")
    foot = element("div", _foot(axis, paint), class_="axis-row", aria_hidden="true")
    chart = element("ol", items)
    return element("div", head, chart, foot, class_="ranked", role="group", aria_label=ranking.title)


def draw_ranking(ranking: Ranking, paint: Paint) -> Element:
    """The chart as one drawing, for documents and downloads."""
    axis = _axis(ranking, paint)
    rows = _ordered(ranking)
    base = _TOP + len(rows) * _ROW
    children: list[Node] = []
    if ranking.mean is not None:
        x = _x(ranking.mean, axis)
        children.append(paint.mark("line", "mean", x1=x, x2=x, y1=18, y2=base))
        label = ranking.mean_label
        anchor = anchor_at(axis.position(ranking.mean))
        children.append(paint.mark("text", "mean-text", label, x=x, y=12, text_anchor=anchor))
    children += [_row(row, axis, _TOP + index * _ROW, paint) for index, row in enumerate(rows)]
    for tick in axis.ticks:
        x, symbol = _x(tick, axis), axis.symbol if tick == axis.ticks[-1] else ""
        children.append(paint.mark("line", "tick", x1=x, x2=x, y1=base, y2=base + 5))
        text = axis.write(tick) + symbol
        children.append(paint.mark("text", "axis-text", text, x=x, y=base + 19, text_anchor="middle"))
    return paint.fixed(Frame(WIDTH, base + 26, ranking.title, "ranking", linked=True), children)


# Internals


def _ordered(ranking: Ranking) -> list[Row]:
    if ranking.as_given:
        return list(ranking.rows)
    return sorted(ranking.rows, key=lambda row: (row.value is None, -(row.value or 0.0), row.name))


def _axis(ranking: Ranking, paint: Paint) -> Axis:
    ends = [value for row in ranking.rows for value in (row.value, row.low, row.high) if value is not None]
    values = ends + ([ranking.mean] if ranking.mean is not None else [])
    return axis_for(values, ranking.unit, intervals=4, language=paint.language)


def _names_of(row: Row) -> str:
    if row.unstable:
        return "dot current-open" if row.current else "dot unstable"
    return "dot current" if row.current else "dot"


def _bar(row: Row) -> str:
    return "interval current-line" if row.current else "interval"


def _item(row: Row, ranking: Ranking, axis: Axis, paint: Paint) -> Element:
    marks: list[Node] = [paint.mark("line", "row-line", x1=0, x2="100%", y1="50%", y2="50%")]
    if ranking.mean is not None:
        mean = percent(axis.position(ranking.mean))
        marks.append(paint.mark("line", "mean", x1=mean, x2=mean, y1=0, y2="100%"))
    said = ""
    if row.low is not None and row.high is not None:
        x1, x2 = percent(axis.position(row.low)), percent(axis.position(row.high))
        marks.append(paint.mark("line", _bar(row), x1=x1, x2=x2, y1="50%", y2="50%"))
        low, high = Figure(row.low, ranking.unit), Figure(row.high, ranking.unit)
        said = paint.say(Message("Intervall {low}–{high}", low=low, high=high))
    if row.value is not None:
        marks.append(
            paint.mark("circle", _names_of(row), cx=percent(axis.position(row.value)), cy="50%", r=5)
        )
    spoken = {"role": "img", "aria_label": said} if said else {"aria_hidden": "true"}
    drawing = element("svg", marks, **spoken)
    name = (
        element("a", row.name, href=row.href) if row.href else element("span", row.name, class_="name-only")
    )
    figure = element("span", row.written, class_="state" if row.value is None else "figure-text")
    return element("li", name, drawing, figure, class_="here" if row.current else None)


def _head(ranking: Ranking, axis: Axis, paint: Paint) -> Element | None:
    if ranking.mean is None:
        return None
    fraction = axis.position(ranking.mean)
    x = percent(fraction)
    text = paint.mark("text", "mean-text", ranking.mean_label, x=x, y=14, text_anchor=anchor_at(fraction))
    return element("svg", text, paint.mark("line", "mean", x1=x, x2=x, y1=20, y2="100%"))


def _foot(axis: Axis, paint: Paint) -> Element:
    marks: list[Node] = []
    for tick in axis.ticks:
        x, symbol = percent(axis.position(tick)), axis.symbol if tick == axis.ticks[-1] else ""
        marks.append(paint.mark("line", "tick", x1=x, x2=x, y1=0, y2=5))
        marks.append(
            paint.mark("text", "axis-text", axis.write(tick) + symbol, x=x, y=19, text_anchor="middle")
        )
    return element("svg", marks)


def _x(value: float, axis: Axis) -> float:
    return _NAMES + axis.position(value) * (WIDTH - _NAMES - _FIGURES)


def _row(row: Row, axis: Axis, top: float, paint: Paint) -> Element:
    middle, current = top + _ROW / 2, " current-text" if row.current else ""
    marks: list[Node] = [
        paint.mark("text", f"row-text{current}", row.name, x=_NAMES - 10, y=middle + 4.5, text_anchor="end"),
        paint.mark("line", "row-line", x1=_NAMES, x2=WIDTH - _FIGURES, y1=middle, y2=middle),
        paint.mark("text", f"row-figure{current}", row.written, x=WIDTH, y=middle + 4.5, text_anchor="end"),
    ]
    if row.low is not None and row.high is not None:
        ends = {"x1": _x(row.low, axis), "x2": _x(row.high, axis), "y1": middle, "y2": middle}
        marks.append(paint.mark("line", _bar(row), **ends))
    if row.value is not None:
        marks.append(paint.mark("circle", _names_of(row), cx=_x(row.value, axis), cy=middle, r=5))
    return paint.link(row.href, f"{row.name} {row.written}", marks)
