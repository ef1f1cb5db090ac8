"""What the charts draw: plain frozen data, with every figure already written for the reader.

A `value` is in its own unit (a share is 0-1); the chart's `unit` says how the axis is written. `written` is
the figure as the reader meets it, with its sign when unstable ("60,0 %", "89,9 %*") and with the state's word
when there is no number ("saknas", "..", ".").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plats.vocabulary.messages import Message
from plats.vocabulary.units import Unit

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


# What is said of an area that the figures say nothing of.
NO_FIGURE = Message("saknas")


@dataclass(frozen=True, slots=True)
class Dot:
    """One area in a strip. Areas without a number have no dot: say so in words beside the chart."""

    name: str
    value: float
    written: str
    href: str
    unstable: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """All areas' values of one indicator along an axis, with the municipality's value as a line."""

    title: str
    unit: Unit
    dots: tuple[Dot, ...]
    mean: float | None = None
    mean_label: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """An area's border, in metres (SWEREF 99 TM); `label_point` overrides where the name is put."""

    code: str
    name: str
    geometry: BaseGeometry
    label_point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Shade:
    """What the map says of one area: its figure, its page and its class (None = no number: hatched).

    `people` is the area of the circle in a map of proportional symbols.
    """

    code: str
    written: str
    href: str
    class_index: int | None
    unstable: bool = False
    current: bool = False
    people: float | None = None


@dataclass(frozen=True, slots=True)
class Landmark:
    """A point with a name that helps one find one's way (a station), in metres."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Marker:
    """Something in or near a place: kind is school, library, sport or station; `href` may be empty."""

    kind: str
    name: str
    x: float
    y: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """One period's value in a series; value None = a gap in the line, never zero."""

    year: int
    value: float | None
    written: str = ""
    unstable: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One area's series. `kind` is other (grey), current (the accent) or municipality (ink)."""

    name: str
    years: tuple[Year, ...]
    href: str = ""
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Series:
    """Series of one indicator over years; `breaks` are years when the measuring changed, with the reason."""

    title: str
    unit: Unit
    lines: tuple[Line, ...]
    breaks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One area in a ranking: its value and interval; value None = listed last with its word, never drawn."""

    name: str
    value: float | None
    written: str
    href: str
    low: float | None = None
    high: float | None = None
    unstable: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """Areas in order of value (or in the order given) with their intervals, and the municipality's value as a line."""

    title: str
    unit: Unit
    rows: tuple[Row, ...]
    mean: float | None = None
    mean_label: str = ""
    as_given: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One place, what can be found there, and its neighbours with their pages."""

    outline: Outline
    neighbours: tuple[tuple[Outline, str], ...]
    markers: tuple[Marker, ...] = ()
