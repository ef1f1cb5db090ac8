"""The strip: every area as a dot along one axis, the municipality as a line."""

from __future__ import annotations

from plats.reports.charts.axis import Axis, axis_for
from plats.reports.charts.model import Dot, Strip
from plats.reports.charts.paint import Frame, Paint
from plats.reports.charts.stacking import stack
from plats.reports.charts.svg import Element

WIDTH = 560.0
_RADIUS = 5.0
_CURRENT_RADIUS = 6.5
_SPACING = 10.6
_LEVEL_HEIGHT = 8.8
_LABEL_HEIGHT = 22.0
_AXIS_HEIGHT = 24.0


def draw_strip(strip: Strip, paint: Paint) -> Element:
    """A dot plot: dots stacked where they meet, hollow = unstable, filled with the accent = the current area.

    Positions are linear in the value. A strip without dots is an axis alone: say in words why.
    """
    dots = sorted(strip.dots, key=lambda dot: dot.value)
    values = [dot.value for dot in dots] + ([strip.mean] if strip.mean is not None else [])
    axis = axis_for(values, strip.unit, language=paint.language)
    levels = stack([axis.position(dot.value) * paint.stacking_width for dot in dots], _SPACING)
    depth = max((abs(level) for level in levels), default=0)
    middle = _LABEL_HEIGHT + depth * _LEVEL_HEIGHT + _RADIUS + 3
    base = middle + depth * _LEVEL_HEIGHT + _RADIUS + 5
    # The current area is drawn last, on top of its neighbours; the others are in the order of their values.
    placed = sorted(zip(dots, levels, strict=True), key=lambda pair: pair[0].current)
    marks = [_dot(dot, axis, middle - level * _LEVEL_HEIGHT, paint) for dot, level in placed]
    frame = Frame(WIDTH, base + _AXIS_HEIGHT, strip.title, "strip", linked=True)
    return paint.fluid(frame, [*draw_axis(axis, base, paint), *_mean(strip, axis, base, paint), *marks])


def draw_axis(axis: Axis, base: float, paint: Paint) -> list[Element]:
    """The line, the ticks and their numbers, at `base` px from the top."""
    line = paint.mark("line", "axis-line", x1=0, x2=paint.across(1, WIDTH), y1=base, y2=base)
    marks = [line]
    for tick in axis.ticks:
        x = paint.across(axis.position(tick), WIDTH)
        symbol = axis.symbol if tick == axis.ticks[-1] else ""
        marks.append(paint.mark("line", "tick", x1=x, x2=x, y1=base, y2=base + 5))
        text = paint.mark(
            "text", "axis-text", axis.write(tick) + symbol, x=x, y=base + 19, text_anchor="middle"
        )
        marks.append(text)
    return marks


def anchor_at(fraction: float) -> str:
    """Which way a text at this place grows, so that it stays inside the drawing."""
    if fraction < 0.3:
        return "start"
    return "end" if fraction > 0.7 else "middle"


# Internals


def _mean(strip: Strip, axis: Axis, base: float, paint: Paint) -> list[Element]:
    if strip.mean is None:
        return []
    fraction = axis.position(strip.mean)
    x = paint.across(fraction, WIDTH)
    anchor = anchor_at(fraction) if not 0.16 < fraction < 0.84 else "middle"
    line = paint.mark("line", "mean", x1=x, x2=x, y1=20, y2=base)
    return [line, paint.mark("text", "mean-text", strip.mean_label, x=x, y=13, text_anchor=anchor)]


def _dot(dot: Dot, axis: Axis, y: float, paint: Paint) -> Element:
    fraction = axis.position(dot.value)
    x = paint.across(fraction, WIDTH)
    names = {
        (False, False): "dot",
        (True, False): "dot unstable",
        (False, True): "dot current",
        (True, True): "dot current-open",
    }[(dot.unstable, dot.current)]
    label = f"{dot.name} {dot.written}"
    radius = _CURRENT_RADIUS if dot.current else _RADIUS
    circle = paint.mark("circle", names, cx=x, cy=y, r=radius)
    tip = paint.mark("text", "tip", label, x=x, y=13, text_anchor=anchor_at(fraction), aria_hidden="true")
    return paint.link(dot.href, label, [circle, *paint.only_on_page([tip])])
