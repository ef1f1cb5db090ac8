"""The map: every area once with its name and figure; what is missing is hatched and never coloured."""

from __future__ import annotations

import pytest
import shapely
from lxml import etree

from plats.reports.charts.choropleth import draw_choropleth, key_rows
from plats.reports.charts.map_sheet import MapSheet, prepare_shapes
from plats.reports.charts.model import Landmark, Outline, Shade
from plats.reports.charts.paint import FOR_DOCUMENT, FOR_PAGE

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'Väst"><script>&'
# Four squares of one kilometre: A B on top (north), C D below.
SQUARES = [
    Outline("D", "Sydost", shapely.box(1000, 0, 2000, 1000)),
    Outline("A", "Nordväst", shapely.box(0, 1000, 1000, 2000)),
    Outline("B", HOSTILE, shapely.box(1000, 1000, 2000, 2000)),
    Outline("C", "Ett mycket långt namn på ett litet område", shapely.box(0, 0, 1000, 1000)),
]
SHADES = [
    Shade("A", "60,0\u00a0%", "/a", 0),
    Shade("B", "70,0\u00a0%*", "/b", 4, unstable=True, current=True),
    Shade("C", "..", "/c", None),
]


@pytest.fixture(scope="module")
def sheet() -> MapSheet:
    return prepare_shapes(SQUARES, [Landmark("Centralen", 1500, 500)])


def page(sheet: MapSheet) -> etree._Element:
    return etree.fromstring(str(draw_choropleth(sheet, SHADES, title="Karta & ord", paint=FOR_PAGE)))


def test_areas_are_in_order_from_north_west_to_south_east(sheet: MapSheet) -> None:
    assert sheet.areas[0].code == "A"
    assert sheet.areas[-1].code == "D"
    rows = key_rows(sheet, SHADES)
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert rows[-1].written == "saknas"


def test_the_projection_keeps_directions_and_scale(sheet: MapSheet) -> None:
    """840 px with a margin of 26 on each side over 2,000 m: 788 / 2000 = 0.394 px per metre."""
    by_code = {area.code: area for area in sheet.areas}
    assert by_code["A"].centre[0] < by_code["B"].centre[0]
    assert by_code["A"].centre[1] < by_code["C"].centre[1]
    assert sheet.scale.px == pytest.approx(sheet.scale.metres * 0.394)
    # The longest round length of at most 120 px: 200 m = 78.8 px (500 m would be 197).
    assert sheet.scale.metres == 200


def test_every_area_is_there_once_with_its_name_and_figure(sheet: MapSheet) -> None:
    links = {link.get("aria-label"): link.get("href") for link in page(sheet).iter("a")}
    assert links == {
        "Nordväst: 60,0\u00a0%": "/a",
        f"{HOSTILE}: 70,0\u00a0%*": "/b",
        "Ett mycket långt namn på ett litet område: ..": "/c",
    }
    # An area that nothing is known of has no page to lead to, but is drawn and named.
    silent = [group.get("aria-label") for group in page(sheet).iter("g") if group.get("role") == "img"]
    assert silent == ["Sydost: saknas"]


def test_what_has_no_number_is_hatched_and_never_coloured(sheet: MapSheet) -> None:
    classes = [
        node.get("class") for node in page(sheet).iter("path") if (node.get("class") or "").startswith("area")
    ]
    assert sorted(classes) == ["area none", "area none", "area q1", "area q5"]
    assert len([node for node in page(sheet).iter("path") if node.get("class") == "hatch"]) == 2


def test_page_and_document_keep_their_promises(sheet: MapSheet) -> None:
    for node in page(sheet).iter():
        assert not {"style", "stroke", "font-size"} & set(node.attrib)
        assert node.get("fill") in (None, "none")
    document = draw_choropleth(sheet, SHADES, title="Karta & ord", paint=FOR_DOCUMENT)
    root = etree.fromstring(str(document))
    for node in root.iter():
        assert not {"class", "style", "href", "aria-hidden", "aria-label"} & set(node.attrib)
    titles = [node.text for node in root.iter(f"{SVG}title")]
    assert titles[0] == "Karta & ord"
    assert len(titles) == 5


def test_names_stay_inside_the_frame(sheet: MapSheet) -> None:
    for area in sheet.areas:
        if area.label is not None:
            assert 0 < area.label.x < sheet.width
            assert 0 < area.label.y < sheet.height


def test_a_map_without_areas_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="Läs in gränser"):
        prepare_shapes([])
