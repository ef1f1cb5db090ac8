"""The drawing kernel escapes, and the two paints keep their promises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from plats.reports.charts.svg import element, number, percent, render


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=30))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    """Whatever a name holds, the markup is one valid element and nothing of the name becomes markup."""
    root = etree.fromstring(render(element("text", text, aria_label=text)))
    assert len(root) == 0
    # XML forbids some control characters, and reads every line ending and tab in attributes as a blank.
    kept = "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
    if "\r" not in text:
        assert (root.text or "") == kept


def test_markup_in_a_name_is_drawn_as_spelled() -> None:
    written = render(element("text", "<script>&\"'", title='"><script>'))
    assert "<script>" not in written
    assert etree.fromstring(written).get("title") == '"><script>'


def test_attribute_names_and_numbers() -> None:
    written = render(element("text", "a", class_="x", text_anchor="end", x=1.26, y=-0.04, dy=None))
    assert written == '<text class="x" text-anchor="end" x="1.3" y="0">a</text>'


def test_coordinates_are_short() -> None:
    assert number(10.0) == "10"
    assert number(-0.01) == "0"
    assert percent(0.12345) == "12.35%" or percent(0.12345) == "12.34%"
    assert percent(1) == "100%"
