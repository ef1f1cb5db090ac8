"""Two ways to paint one drawing: for the page and for the document, each in the reader's language.

A drawing names what each thing *is* ("area q3", "dot unstable"). The page's paint hands the names over to the
stylesheet; the document's paint looks them up in `document_styles` and writes the colours out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from plats.reports.charts.document_styles import FONT_FAMILY, styles_of
from plats.reports.charts.svg import Element, Node, Value, element, number, percent
from plats.vocabulary.messages import Message, Translate

SVG_NAMESPACE = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing's outer measure in px, what it is called, and whether its parts are links."""

    width: float
    height: float
    label: str
    kind: str
    linked: bool = False


class Paint(Protocol):
    """How names of things become marks."""

    stacking_width: float
    """The width in px that dots are stacked for: the narrowest the drawing is shown at."""

    language: str
    """How numbers are written: 'sv' or 'en'."""

    def say(self, message: Message) -> str:
        """Words of the drawing itself, in the reader's language."""

    def fluid(self, frame: Frame, children: Iterable[Node]) -> Element:
        """The root of a drawing that is as wide as its column; text keeps its size."""

    def fixed(self, frame: Frame, children: Iterable[Node]) -> Element:
        """The root of a drawing that is scaled as a whole."""

    def mark(
        self, tag: str, names: str, *children: Node | Iterable[Node] | None, **attributes: Value
    ) -> Element:
        """An element that is called `names`."""

    def across(self, fraction: float, width: float) -> str:
        """A horizontal position in a fluid drawing."""

    def link(self, href: str, label: str, children: Sequence[Node]) -> Element:
        """Children that lead to a page, and are called `label`."""

    def silent(self, names: str, *children: Node | Iterable[Node] | None) -> Element:
        """A group that a screen reader passes over: what it shows is said elsewhere."""

    def only_on_page(self, nodes: Iterable[Node]) -> list[Node]:
        """Nodes that only a screen has use for: tips, numbers for narrow screens."""


class _Reader:
    """Who the drawing is for: a language, and how to get the words in it."""

    def __init__(self, language: str = "sv", translate: Translate = str) -> None:
        self.language = language
        self._translate = translate

    def say(self, message: Message) -> str:
        return message.say(self._translate, self.language)


class PagePaint(_Reader):
    """Classes and links, no colours: light, dark and print are the stylesheet's."""

    stacking_width = 318.0

    def fluid(self, frame: Frame, children: Iterable[Node]) -> Element:
        return element(
            "svg", children, class_=frame.kind, width="100%", height=frame.height, **_spoken(frame)
        )

    def fixed(self, frame: Frame, children: Iterable[Node]) -> Element:
        view_box = f"0 0 {number(frame.width)} {number(frame.height)}"
        size = {"width": frame.width, "height": frame.height}
        return element("svg", children, class_=frame.kind, viewBox=view_box, **size, **_spoken(frame))

    def mark(
        self, tag: str, names: str, *children: Node | Iterable[Node] | None, **attributes: Value
    ) -> Element:
        return element(tag, *children, class_=names, **attributes)

    def across(self, fraction: float, width: float) -> str:  # noqa: ARG002
        return percent(fraction)

    def link(self, href: str, label: str, children: Sequence[Node]) -> Element:
        if not href:
            return element("g", children, role="img", aria_label=label)
        return element("a", children, href=href, aria_label=label)

    def silent(self, names: str, *children: Node | Iterable[Node] | None) -> Element:
        return element("g", *children, class_=names, aria_hidden="true")

    def only_on_page(self, nodes: Iterable[Node]) -> list[Node]:
        return list(nodes)


class DocumentPaint(_Reader):
    """Every colour and letter size written out, for typst, PNG and SVG downloads; no links, no classes."""

    stacking_width = 560.0

    def fluid(self, frame: Frame, children: Iterable[Node]) -> Element:
        return self.fixed(frame, children)

    def fixed(self, frame: Frame, children: Iterable[Node]) -> Element:
        view_box = f"0 0 {number(frame.width)} {number(frame.height)}"
        size = {"width": frame.width, "height": frame.height}
        title = element("title", frame.label)
        return element(
            "svg", title, children, xmlns=SVG_NAMESPACE, viewBox=view_box, **size, font_family=FONT_FAMILY
        )

    def mark(
        self, tag: str, names: str, *children: Node | Iterable[Node] | None, **attributes: Value
    ) -> Element:
        return element(tag, *children, **{**styles_of(tag, names), **attributes})

    def across(self, fraction: float, width: float) -> str:
        return number(fraction * width)

    def link(self, href: str, label: str, children: Sequence[Node]) -> Element:  # noqa: ARG002
        return element("g", element("title", label), [node for node in children if not _is_title(node)])

    def silent(self, names: str, *children: Node | Iterable[Node] | None) -> Element:  # noqa: ARG002
        return element("g", *children)

    def only_on_page(self, nodes: Iterable[Node]) -> list[Node]:  # noqa: ARG002
        return []


# In Swedish; a page in another language makes its own with `page_paint`.
FOR_PAGE: Paint = PagePaint()
FOR_DOCUMENT: Paint = DocumentPaint()


def page_paint(language: str, translate: Translate) -> Paint:
    """The page's paint for a reader of `language`; `translate` takes a Swedish text to that language."""
    return PagePaint(language, translate)


def document_paint(language: str, translate: Translate) -> Paint:
    """The document's paint for a reader of `language`: downloads of a page in that language."""
    return DocumentPaint(language, translate)


# Internals


def _spoken(frame: Frame) -> dict[str, Value]:
    # The root has a name but no <title>: browsers show a title as a tip over every part of the drawing.
    return {"role": "group" if frame.linked else "img", "aria_label": frame.label}


def _is_title(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "title"
