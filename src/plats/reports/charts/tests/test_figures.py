"""Rankings, series, places, tiles, small drawings: each area once, gaps stay gaps, no missing drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from lxml import etree

from plats.reports.charts import document_styles
from plats.reports.charts.bars import draw_bars
from plats.reports.charts.map_sheet import MapSheet, prepare_shapes
from plats.reports.charts.model import Line, Marker, Outline, Place, Ranking, Row, Series, Shade, Year
from plats.reports.charts.paint import FOR_DOCUMENT, FOR_PAGE
from plats.reports.charts.place_map import draw_place
from plats.reports.charts.rankbar import draw_rankbar
from plats.reports.charts.ranking import draw_ranking, ranked_list
from plats.reports.charts.series import draw_series
from plats.reports.charts.sparkline import draw_sparkline
from plats.reports.charts.svg import Element
from plats.reports.charts.symbols import draw_symbols, radius_of
from plats.reports.charts.tiles import draw_tiles, grid_for, place_tiles
from plats.vocabulary.units import Unit

HOSTILE = '</text><script>"&'
STATIC = Path(__file__).parents[3] / "web" / "common" / "static" / "plats"
FORBIDDEN_ON_PAGE = {"style", "fill", "stroke", "font-family", "font-size"}
FORBIDDEN_IN_DOCUMENT = {"class", "style", "href", "aria-hidden", "aria-label"}

RANKING = Ranking(
    "Andel",
    Unit.SHARE,
    (
        Row("Låg", 0.2, "20,0 %", "/l", 0.1, 0.3),
        Row("Saknar", None, "saknas", "/s"),
        Row(HOSTILE, 0.6, "60,0 %*", "/h", 0.5, 0.7, unstable=True),
        Row("Här", 0.4, "40,0 %", "/n", 0.3, 0.5, current=True),
    ),
    mean=0.45,
    mean_label="Huddinge 45,0",
)


def read(drawing: Element) -> etree._Element:
    return etree.fromstring(str(drawing))


def tags(root: etree._Element, tag: str) -> list[etree._Element]:
    return [node for node in root.iter() if etree.QName(node).localname == tag]


def series(*lines: Line, breaks: tuple[tuple[int, str], ...] = ()) -> Series:
    return Series("Över tid", Unit.COUNT, lines, breaks)


def outlines() -> list[Outline]:
    boxes = [("A", 0, 1), ("B", 1, 1), ("C", 0, 0), ("D", 1, 0)]
    return [
        Outline(c, f"Område {c}", shapely.box(x * 900, y * 900, x * 900 + 900, y * 900 + 900))
        for c, x, y in boxes
    ]


@pytest.fixture(scope="module")
def sheet() -> MapSheet:
    return prepare_shapes(outlines())


SHADES = [
    Shade("A", "1", "/a", 0, people=100),
    Shade("B", "2", "/b", 4, people=400),
    Shade("C", "..", "/c", None),
]


def test_rows_fall_by_value_and_those_without_a_number_come_last() -> None:
    names = [link.text for link in tags(read(ranked_list(RANKING, FOR_PAGE)), "a")]
    assert names == [HOSTILE, "Här", "Låg", "Saknar"]


def test_a_row_without_a_number_has_its_word_and_no_dot() -> None:
    for drawing in (ranked_list(RANKING, FOR_PAGE), draw_ranking(RANKING, FOR_DOCUMENT)):
        root = read(drawing)
        assert len(tags(root, "circle")) == 3
        assert "saknas" in "".join(root.itertext())


def test_intervals_are_said_in_words_on_the_page() -> None:
    said = [node.get("aria-label") for node in tags(read(ranked_list(RANKING, FOR_PAGE)), "svg")]
    assert "Intervall 50,0–70,0" in said


def test_a_gap_in_the_years_is_a_gap_in_the_line() -> None:
    """2019 2020 – 2022 2023: two stretches are drawn, none over the year that lacks a number."""
    years = (
        Year(2019, 1.0, "1"),
        Year(2020, 2.0, "2"),
        Year(2021, None),
        Year(2022, 3.0, "3"),
        Year(2023, 4.0, "4"),
    )
    root = read(draw_series(series(Line("Här", years, "/h", "current")), FOR_PAGE))
    drawn = [node for node in tags(root, "line") if "current-line" in node.get("class")]
    assert len(drawn) == 2


def test_no_line_is_drawn_over_a_change_of_method() -> None:
    years = tuple(Year(year, float(year), str(year)) for year in (2020, 2021, 2022))
    changed = series(Line("Alla", years, kind="municipality"), breaks=((2022, "Ny metod"),))
    root = read(draw_series(changed, FOR_PAGE))
    assert len([node for node in tags(root, "line") if node.get("class") == "line municipality"]) == 1
    assert len([node for node in tags(root, "line") if node.get("class") == "break"]) == 1
    assert "Ny metod" in "".join(root.itertext())


def test_each_line_is_named_with_all_its_figures() -> None:
    years = (Year(2020, 2.0, "2,0"), Year(2021, None), Year(2022, 3.0, "3,0"))
    root = read(draw_series(series(Line(HOSTILE, years, "/x")), FOR_PAGE))
    assert [link.get("aria-label") for link in tags(root, "a")] == [f"{HOSTILE}: 2020 2,0, 2022 3,0"]


def test_one_year_is_no_development() -> None:
    assert draw_sparkline([Year(2022, 1.0), Year(2023, None)], label="x", paint=FOR_PAGE) is None


def test_sparkline_places_years_in_proportion_to_time() -> None:
    """2018 at 4 px and 2022 at 126: 2019 a quarter of the way, 4 + 122 / 4 = 34.5."""
    drawing = draw_sparkline([Year(2018, 1), Year(2019, 2), Year(2022, 3)], label="x", paint=FOR_PAGE)
    assert drawing is not None
    lines = tags(read(drawing), "line")
    assert [(line.get("x1"), line.get("x2")) for line in lines] == [("4", "34.5"), ("34.5", "126")]


def test_rankbar_has_every_position_once() -> None:
    root = read(draw_rankbar(22, low=11, high=13, label="Rangordning 11–13 av 22", paint=FOR_PAGE))
    assert len(tags(root, "circle")) == 22
    assert root.get("aria-label") == "Rangordning 11–13 av 22"
    with pytest.raises(ValueError, match="ryms inte"):
        draw_rankbar(3, low=2, high=4, label="", paint=FOR_PAGE)


def test_bars_start_at_zero_and_missing_has_no_bar() -> None:
    root = read(draw_bars(RANKING, FOR_PAGE))
    widths = [rect.get("width") for rect in tags(root, "rect")]
    # 0.2, 0.6 and 0.4 of the largest, 0.6.
    assert widths == ["33.33%", "100%", "66.67%"]


def test_place_map_names_neighbours_and_what_is_there() -> None:
    here, *near = outlines()
    place = Place(here, tuple((o, f"/{o.code}") for o in near), (Marker("school", HOSTILE, 450, 1350),))
    root = read(draw_place(place, title="Karta", paint=FOR_PAGE))
    assert {link.get("href") for link in tags(root, "a")} == {"/B", "/C", "/D"}
    assert HOSTILE in [node.text for node in tags(root, "title")]
    assert {"Område", "A"} <= set("|".join(root.itertext()).replace("|", " ").split())


def test_circles_have_areas_in_proportion_to_people() -> None:
    """100 of 400 people: a quarter of the area, so half the radius."""
    assert radius_of(SHADES[0], 400) == pytest.approx(radius_of(SHADES[1], 400) / 2)


def test_every_area_has_its_own_tile() -> None:
    columns, rows = grid_for(22, 1.2)
    assert columns * rows >= 22
    cells = place_tiles([(float(i * 7 % 22), float(i * 5 % 22)) for i in range(22)], columns, rows)
    assert len(set(cells)) == 22
    # Four corners go to four corners.
    assert place_tiles([(0, 0), (9, 0), (0, 9), (9, 9)], 2, 2) == [(0, 0), (1, 0), (0, 1), (1, 1)]


def test_tiles_and_symbols_hatch_what_has_no_number(sheet: MapSheet) -> None:
    for drawing in (
        draw_tiles(sheet, SHADES, title="x", paint=FOR_PAGE),
        draw_symbols(sheet, SHADES, title="x", paint=FOR_PAGE),
    ):
        root = read(drawing)
        assert len([node for node in tags(root, "path") if node.get("class") == "hatch"]) == 2
        labels = [node.get("aria-label") for node in root.iter() if node.get("aria-label")][1:]
        assert sorted(labels) == ["Område A: 1", "Område B: 2", "Område C: ..", "Område D: saknas"]


def test_both_paints_keep_their_promises_everywhere(sheet: MapSheet) -> None:
    years = (Year(2020, 1.0, "1", unstable=True), Year(2021, 2.0, "2"))
    lines = series(
        Line("A", years, "/a"), Line("B", years, "/b", "current"), Line("C", years, "", "municipality")
    )
    here, *near = outlines()
    place = Place(
        here, tuple((o, "/o") for o in near), (Marker("station", "S", 1, 1), Marker("sport", "H", 950, 9))
    )
    for paint, forbidden in ((FOR_PAGE, FORBIDDEN_ON_PAGE), (FOR_DOCUMENT, FORBIDDEN_IN_DOCUMENT)):
        drawings = [
            draw_series(lines, paint),
            draw_place(place, title="x", paint=paint),
            draw_tiles(sheet, SHADES, title="x", paint=paint),
            draw_symbols(sheet, SHADES, title="x", paint=paint),
            draw_bars(RANKING, paint),
            draw_ranking(RANKING, paint),
            draw_rankbar(5, low=1, high=1, label="x", paint=paint),
        ]
        for drawing in drawings:
            for node in read(drawing).iter():
                assert not forbidden & set(node.attrib), etree.tostring(node)[:200]


def test_documents_have_the_colours_of_the_site() -> None:
    tokens = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light = tokens[: tokens.index("prefers-color-scheme")]
    for prefix, colours in (("q", document_styles.SEQUENTIAL), ("d", document_styles.DIVERGING)):
        for index, colour in enumerate(colours, start=1):
            assert f"--{prefix}{index}: {colour};" in light
    for name, colour in (
        ("ink", document_styles.INK),
        ("accent", document_styles.ACCENT),
        ("dot", document_styles.DOT),
    ):
        assert f"--{name}: {colour};" in light


def test_every_name_a_drawing_uses_is_dressed_by_the_stylesheet() -> None:
    css = (STATIC / "figures.css").read_text(encoding="utf-8")
    for name in document_styles._STYLES:
        assert f".{name}" in css, name
