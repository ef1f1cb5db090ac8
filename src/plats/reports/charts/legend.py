"""The colour scale: its classes and breaks, with the municipality's value marked."""

from __future__ import annotations

from plats.reports.charts.classes import Breaks
from plats.reports.charts.paint import FOR_DOCUMENT, Frame, Paint
from plats.reports.charts.svg import Element
from plats.vocabulary.messages import Count, Message
from plats.vocabulary.units import FORMS, NBSP, symbol_of, write_number

WIDTH = 304.0
_TOP = 18.0
_BOX = 14.0


def draw_legend(breaks: Breaks, *, paint: Paint, mean: float | None = None, mean_label: str = "") -> Element:
    """Boxes of equal width, a number at each break, and a line where the municipality's value falls.

    `mean` is in its own unit. The line stands in proportion within its class.
    """
    share = 1 / breaks.classes
    marks = [_box(index, share, breaks, paint) for index in range(breaks.classes)]
    for index, edge in enumerate(breaks.edges, start=1):
        x = paint.across(index * share, WIDTH)
        marks.append(paint.mark("line", "tick", x1=x, x2=x, y1=_TOP, y2=_TOP + 19))
        text = _write(edge, paint)
        marks.append(paint.mark("text", "axis-text", text, x=x, y=_TOP + 33, text_anchor="middle"))
    symbol = symbol_of(breaks.unit, paint.language)
    if symbol and len(symbol) <= 4:
        right = paint.across(1, WIDTH)
        marks.append(paint.mark("text", "axis-text", symbol, x=right, y=_TOP + 33, text_anchor="end"))
    if mean is not None:
        marks += _mean(position_of(mean, breaks), mean_label, paint)
    return paint.fluid(Frame(WIDTH, 62, legend_words(breaks, paint), "legend"), marks)


def legend_words(breaks: Breaks, paint: Paint = FOR_DOCUMENT) -> str:
    """The scale in words: "Färgskala i 5 klasser med gränserna 65, 70, 78 och 82 %"."""
    if not breaks.edges:
        return paint.say(Message("Färgskala i en klass"))
    *before, last = (_write(edge, paint) for edge in breaks.edges)
    symbol = symbol_of(breaks.unit, paint.language)
    classes, unit = Count(breaks.classes), f"{NBSP}{symbol}" if symbol else ""
    if not before:
        return paint.say(
            Message(
                "Färgskala i {classes} klasser med gränsen {edge}{unit}",
                classes=classes,
                edge=last,
                unit=unit,
            )
        )
    return paint.say(
        Message(
            "Färgskala i {classes} klasser med gränserna {edges} och {last}{unit}",
            classes=classes,
            edges=", ".join(before),
            last=last,
            unit=unit,
        )
    )


def position_of(value: float, breaks: Breaks) -> float:
    """Where a value stands on the scale: 0 = left edge, 1 = right edge, in proportion within its class."""
    index = breaks.class_of(value)
    edges = (min(breaks.low, *breaks.edges[:1]), *breaks.edges, max(breaks.high, *breaks.edges[-1:]))
    if not breaks.edges:
        edges = (breaks.low, breaks.high)
    low, high = edges[index], edges[index + 1]
    inside = (value * FORMS[breaks.unit].scale - low) / (high - low) if high > low else 0.5
    return (index + min(1.0, max(0.0, inside))) / breaks.classes


# Internals


def _box(index: int, share: float, breaks: Breaks, paint: Paint) -> Element:
    colour = f"{breaks.ramp}{breaks.colours[index] + 1}"
    x, width = paint.across(index * share, WIDTH), paint.across(share, WIDTH)
    return paint.mark("rect", colour, x=x, y=_TOP, width=width, height=_BOX)


def _mean(fraction: float, label: str, paint: Paint) -> list[Element]:
    x = paint.across(fraction, WIDTH)
    line = paint.mark("line", "mean", x1=x, x2=x, y1=0, y2=_TOP + _BOX)
    side = ("start", "6") if fraction < 0.5 else ("end", "-6")
    return [line, paint.mark("text", "mean-text", label, x=x, dx=side[1], y=11, text_anchor=side[0])]


def _write(edge: float, paint: Paint) -> str:
    return write_number(edge, 0 if abs(edge - round(edge)) < 1e-6 else 1, paint.language)
