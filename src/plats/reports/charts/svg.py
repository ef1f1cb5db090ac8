"""The drawing kernel: elements that escape what is put in them.

All text and every attribute passes through `render`, which escapes it, so a name such as ``<b>&"`` is drawn
as it is spelled. No drawing function builds markup from strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

# Characters that no XML document may hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Element:
    """One element: tag, attributes in writing order, children."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Node, ...]

    def __str__(self) -> str:
        return render(self)


Node = Element | str


def element(tag: str, *children: Node | Iterable[Node] | None, **attributes: Value) -> Element:
    """An element; an attribute that is None is left out, ``class_`` is class, ``text_anchor`` text-anchor."""
    written = tuple(
        (_attribute(name), _text(value)) for name, value in attributes.items() if value is not None
    )
    return Element(tag, written, tuple(_flat(children)))


def number(value: float, decimals: int = 1) -> str:
    """A coordinate in px, to a tenth: enough for the eye, and short."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}"
    return "0" if text in ("-0", "") else text


def percent(fraction: float) -> str:
    """A coordinate as a share of the drawing's width, to a hundredth of a percent."""
    return f"{number(fraction * 100, 2)}%"


def render(node: Node) -> str:
    """The markup of an element and all in it."""
    if isinstance(node, str):
        return escape(_FORBIDDEN.sub("", node), quote=False)
    attributes = "".join(f' {name}="{escape(_FORBIDDEN.sub("", value))}"' for name, value in node.attributes)
    if not node.children:
        return f"<{node.tag}{attributes}></{node.tag}>"
    return f"<{node.tag}{attributes}>{''.join(map(render, node.children))}</{node.tag}>"


# Internals


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def _flat(children: Iterable[Node | Iterable[Node] | None]) -> Iterable[Node]:
    for child in children:
        if child is None:
            continue
        if isinstance(child, (Element, str)):
            yield child
        else:
            yield from child
