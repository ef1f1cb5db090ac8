"""The strip: positions linear in the value, every area once, and the two paints' promises."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from plats.reports.charts.axis import axis_for
from plats.reports.charts.model import Dot, Strip
from plats.reports.charts.paint import FOR_DOCUMENT, FOR_PAGE
from plats.reports.charts.stacking import stack
from plats.reports.charts.strip import draw_strip
from plats.vocabulary.units import Unit

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&'
STRIP = Strip(
    "Andel sysselsatta",
    Unit.SHARE,
    (
        Dot("Aspen", 0.60, "60,0 %", "/a", current=True),
        Dot("Björken", 0.70, "70,0 %", "/b"),
        Dot(HOSTILE, 0.80, "80,0 %*", "/c?x=1&y=2", unstable=True),
    ),
    mean=0.75,
    mean_label="Huddinge 75,0",
)


def test_positions_are_linear_in_the_value() -> None:
    """Values 60-80 %: the rough step is 20 / 5 = 4, the next round step 5, so the axis runs from 60 to 80.

    60 stands at the left margin 0.025, 80 at 0.975, and 70 halfway: 0.5.
    """
    axis = axis_for([0.6, 0.7, 0.8], Unit.SHARE)
    assert [round(tick * 100) for tick in axis.ticks] == [60, 65, 70, 75, 80]
    assert axis.position(0.6) == pytest.approx(0.025)
    assert axis.position(0.7) == pytest.approx(0.5)
    assert axis.position(0.8) == pytest.approx(0.975)
    assert axis.write(axis.ticks[0]) == "60"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_an_axis_covers_its_values_with_few_ticks(values: list[float]) -> None:
    axis = axis_for(values, Unit.COUNT)
    assert 2 <= len(axis.ticks) <= 8
    assert all(-1e-6 <= axis.position(value) <= 1 + 1e-6 for value in values)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0, 300), max_size=40))
def test_stacked_dots_do_not_meet(positions: list[float]) -> None:
    ordered = sorted(positions)
    levels = stack(ordered, 10)
    for level in set(levels):
        same = [place for place, other in zip(ordered, levels, strict=True) if other == level]
        assert all(after - before >= 10 for before, after in pairwise(same))


def test_the_page_has_links_and_classes_and_no_colours() -> None:
    root = etree.fromstring(str(draw_strip(STRIP, FOR_PAGE)))
    labels = [link.get("aria-label") for link in root.iter("a")]
    assert sorted(labels) == sorted(["Aspen 60,0 %", "Björken 70,0 %", f"{HOSTILE} 80,0 %*"])
    assert root.get("role") == "group"
    assert root.get("aria-label") == "Andel sysselsatta"
    for node in root.iter():
        assert not {"style", "fill", "stroke", "font-family"} & set(node.attrib)


def test_the_document_has_colours_and_neither_links_nor_classes() -> None:
    root = etree.fromstring(str(draw_strip(STRIP, FOR_DOCUMENT)))
    assert root.tag == f"{SVG}svg"
    assert root.get("font-family") == "Source Sans Pro"
    for node in root.iter():
        assert not {"class", "style", "href", "aria-hidden"} & set(node.attrib)
        assert node.tag != f"{SVG}a"
    titles = [node.text for node in root.iter(f"{SVG}title")]
    assert titles[0] == "Andel sysselsatta"
    assert sorted(titles[1:]) == sorted(["Aspen 60,0 %", "Björken 70,0 %", f"{HOSTILE} 80,0 %*"])


def test_unstable_is_hollow_and_current_has_the_accent() -> None:
    root = etree.fromstring(str(draw_strip(STRIP, FOR_DOCUMENT)))
    fills = [circle.get("fill") for circle in root.iter(f"{SVG}circle")]
    # In order of value, the current area last so that it lies on top.
    assert fills == ["#848f96", "#ffffff", "#0b5a70"]


def test_a_strip_without_dots_is_an_axis() -> None:
    empty = replace(STRIP, dots=(), mean=None)
    root = etree.fromstring(str(draw_strip(empty, FOR_PAGE)))
    assert not list(root.iter("circle"))
    assert list(root.iter("text"))
