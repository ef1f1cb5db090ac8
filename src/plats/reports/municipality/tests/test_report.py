"""Huddinge's report says the published figures, in fair words, and can be read by everyone."""

from __future__ import annotations

import io
import itertools
import re
from datetime import date

import pypdf
import pytest

from plats.catalog.load import catalog
from plats.facts.query import Facts
from plats.reports.municipality.content import build, build_place
from plats.reports.municipality.model import Report
from plats.reports.municipality.payload import report_payload
from plats.reports.municipality.pdf import write_place_pdf
from plats.reports.municipality.words import sentences
from plats.vocabulary.codes import AreaKey, CodeError, Division

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def text(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split())


# -- published figures


def test_it_has_the_published_figures(text: str) -> None:
    # SCB 2022: 76,56 % employed in Huddinge. Low economic standard in Flemingsberg västra 35,41 %. The Election
    # Authority 2018: 61 869 of 72 839 voted, 84,94 %, the collection district included.
    for figure in ("76,6", "35,4", "84,9"):
        assert figure in text


def test_every_area_and_kommundel_is_a_heading_exactly_once(report: Report, reader: pypdf.PdfReader) -> None:
    headings = _headings(reader)
    # A kommundel may share its name with a RegSO area (Segeltorp, Trångsund): then there are two places.
    for name in {place.name for place in report.areas}:
        places = [place for place in (*report.kommundelar, *report.areas) if place.name == name]
        assert headings.count(name) == len(places), name
    assert len(report.areas) == 22
    assert len(report.kommundelar) == 7


def test_a_kommundel_keeps_to_one_page_and_an_area_to_two(report: Report, reader: pypdf.PdfReader) -> None:
    starts = [
        reader.get_destination_page_number(item)
        for chapter in ("Kommundelar", "RegSO-områden")
        for item in _under(reader, chapter)
    ]
    lengths = [after - before for before, after in itertools.pairwise(starts)]
    # Between the last kommundel and the first area stands the areas' table.
    assert lengths[:7] == [1] * 6 + [2]
    assert set(lengths[7:]) == {2}


# -- for everyone


def test_it_is_tagged_and_says_which_standards_it_keeps(reader: pypdf.PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert str(root["/Lang"]).startswith("sv")
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", metadata)
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", metadata)
    assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", metadata)
    assert reader.metadata is not None
    assert reader.metadata.title == "Platsrapport för Huddinge"
    assert reader.metadata.author == "Huddinge kommun"


def test_every_picture_has_words(report: Report) -> None:
    payload = report_payload(report)
    pictures = [payload["map"], payload["legend"], *(one["strip"] for one in payload["differences"])]
    pictures += [place["map"] for place in (*payload["areas"], *payload["kommundelar"])]
    assert all(len(picture["alt"]) > 20 for picture in pictures)


# -- fair words


def test_the_opening_is_about_the_municipality_and_names_no_area(report: Report) -> None:
    opening = sentences(report.opening)
    assert "Huddinge" in opening
    assert [place.name for place in report.areas if place.name in opening] == []


def test_areas_stand_in_geographic_order_never_by_value(report: Report) -> None:
    # From north-west to south-east: easting less northing never falls.
    table = next(one for one in report.tables if one.division.id is Division.REGSO)
    assert [place.key.code for place in report.areas] == list(table.codes)
    corners = [shape.representative_point() for _, _, shape in report.outlines]
    assert corners[0].x - corners[0].y < corners[-1].x - corners[-1].y
    values = [table.fact("employed_share", code).cell.number for code in table.codes]  # type: ignore[union-attr]
    assert values != sorted(values)
    assert values != sorted(values, reverse=True)


def test_school_results_never_stand_as_the_areas_figures(report: Report) -> None:
    school = {one.id for one in catalog().indicators.values() if one.smallest_area is Division.SCHOOL}
    assert school
    for place in (*report.areas, *report.kommundelar):
        shown = {one.indicator.id for one in place.headline}
        shown |= {one.indicator.id for _, several in place.others for one in several}
        assert shown & school == set()
    assert {row.fact.area.division for row in report.figures if row.indicator.id in school} == {
        Division.SCHOOL
    }


def test_birth_and_background_have_no_rank_and_no_distance(report: Report) -> None:
    places = report_payload(report)["areas"]
    rows = [row for place in places for group in place["others"] for row in group["rows"]]
    shown = [row for row in rows if row["title"] in ("Utländsk bakgrund", "Utrikes födda")]
    assert len(shown) == 44
    assert {(row["rank"], row["difference"]) for row in shown} == {("", ".")}


def test_the_police_list_is_text_and_no_map_shows_it(report: Report) -> None:
    payload = report_payload(report)
    assert payload["police"]["areas"] == ["Vårby", "Skogås", "Grantorp / Visättra"]
    assert payload["police"]["editions"] == "2023"
    assert "polisens bedömning" in payload["police"]["description"]
    drawings = [payload["map"]["svg"], *(place["map"]["svg"] for place in payload["areas"])]
    assert all("Grantorp" not in drawing for drawing in drawings)
    # On a place it comes last among others' assessments.
    said = [place["judgements"] for place in payload["areas"] if len(place["judgements"]) > 1]
    assert said
    assert all(one[-1].startswith("Polisens lista 2023") for one in said)


def test_a_change_of_area_type_is_said_to_be_no_improvement(report: Report) -> None:
    payload = report_payload(report)
    for place in payload["areas"]:
        assert "ingen förbättring eller försämring" in place["judgements"][0]


def test_one_point_in_time_has_no_direction(report: Report) -> None:
    payload = report_payload(report)
    work = payload["differences"][0]
    assert "ett mättillfälle: ingen utveckling visas." in " ".join(work["sentences"]).lower()
    assert not re.search(r"ökat|minskat", " ".join(work["sentences"]))


# -- one place, and places that are not there


def test_one_place_is_a_document_of_its_own(huddinge: Facts) -> None:
    made = build_place(huddinge, catalog(), AreaKey(Division.REGSO, "", "0126R001"), ON)
    reader = pypdf.PdfReader(io.BytesIO(write_place_pdf(made)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Flemingsberg västra"
    assert "35,4" in reader.pages[0].extract_text()


def test_an_unknown_place_says_which_codes_there_are(huddinge: Facts) -> None:
    with pytest.raises(CodeError, match=r"0126R099.*0126R001"):
        build_place(huddinge, catalog(), AreaKey(Division.REGSO, "", "0126R099"), ON)


def test_an_unknown_municipality_says_what_to_do(huddinge: Facts) -> None:
    with pytest.raises(CodeError, match=r"0180.*plats import"):
        build(Facts(huddinge.store, huddinge.version, "0180"), catalog(), ON)


def _headings(reader: pypdf.PdfReader) -> list[str]:
    return [item.title for item in _flat(reader.outline)]


def _flat(items: list) -> list:
    return [one for item in items for one in (_flat(item) if isinstance(item, list) else [item])]


def _under(reader: pypdf.PdfReader, chapter: str) -> list:
    outline = reader.outline
    for item, after in itertools.pairwise(outline):
        if not isinstance(item, list) and item.title == chapter and isinstance(after, list):
            return [one for one in after if not isinstance(one, list)]
    return []
