"""Figures and pictures as files: the same cells with the same states as the page."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from plats.facts.query import Facts

pytestmark = pytest.mark.usefixtures("site")

EMPLOYED = "/indikatorer/employed_share/regso"


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def sheet_rows(content: bytes) -> list[dict[str, Any]]:
    head, *body = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_csv_is_what_a_swedish_excel_opens(client: Client) -> None:
    """BOM, semicolons, decimal comma. Vårby gård (0126R022): 2 950 of 4 424 = 66,682 %."""
    response = client.get(f"{EMPLOYED}/siffror.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="employed-share-regso.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    (row,) = [row for row in csv_rows(response.content) if row["område"] == "Vårby gård"]
    assert row["value"].startswith("66,68")
    assert (row["numerator"], row["denominator"]) == ("2950", "4424")
    assert (row["state"], row["unit"], row["period"]) == ("value", "procent", "2022")


def test_files_hold_every_area_and_the_whole_to_compare_with(client: Client) -> None:
    rows = csv_rows(client.get(f"{EMPLOYED}/siffror.csv").content)
    assert sum(row["indelning"] == "regso" for row in rows) == 22
    assert [row["kod"] for row in rows if row["indelning"] == "municipality"] == ["0126"]
    assert [row["kod"] for row in rows if row["indelning"] == "nation"] == ["00"]


def test_files_hold_every_period(client: Client) -> None:
    rows = csv_rows(client.get("/indikatorer/rental_share/regso/siffror.csv").content)
    assert {row["period"] for row in rows if row["indelning"] == "regso"} == {"2020", "2021", "2022", "2023"}


@pytest.mark.parametrize("indicator", ["turnout_riksdag", "net_income_median"])
def test_the_three_files_say_the_same_and_keep_every_state(
    site: Facts, client: Client, indicator: str
) -> None:
    address = f"/indikatorer/{indicator}/regso/siffror"
    as_csv = csv_rows(client.get(f"{address}.csv").content)
    as_sheet = sheet_rows(client.get(f"{address}.xlsx").content)
    as_json = json.loads(client.get(f"{address}.json").content)["rows"]
    states = [row["state"] for row in as_json]
    assert [row["state"] for row in as_csv] == states
    assert [row["state"] for row in as_sheet] == states
    expected = {
        str(fact.cell.state)
        for fact in site.select(indicators=[indicator])
        if fact.area.division in ("regso", "municipality")
    }
    assert set(states) == expected
    assert set(states) != {"value"}
    for in_csv, in_sheet, in_json in zip(as_csv, as_sheet, as_json, strict=True):
        assert in_csv["reason"] == (in_sheet["reason"] or "") == in_json["reason"]
        if in_json["state"] in ("value", "unstable"):
            assert float(in_csv["value"].replace(",", ".")) == in_sheet["value"] == in_json["value"]
        else:
            assert (in_csv["value"], in_sheet["value"], in_json["value"]) == ("", None, None)


def test_the_workbook_says_where_the_figures_come_from(client: Client) -> None:
    book = load_workbook(BytesIO(client.get(f"{EMPLOYED}/siffror.xlsx").content))
    about = " ".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)
    assert "Statistiska centralbyrån (SCB)" in about
    assert "CC0 1.0" in about
    assert "Om arbetet räcker till försörjning" in about


def test_english_files_have_english_heads(client: Client) -> None:
    assert client.get(f"/en{EMPLOYED}/siffror.json").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/indikatorer/finns_inte/regso/siffror.csv",
        "/indikatorer/employed_share/school/siffror.csv",
        "/indikatorer/employed_share/police_area/siffror.csv",
        "/indikatorer/employed_share/regso/siffror.pdf",
        "/indikatorer/employed_share/regso/karta.pdf",
        "/indikatorer/employed_share/regso/tavla.svg",
        "/indikatorer/employed_share/regso/serie.svg",  # one period: there is no series
        "/indikatorer/exclusion_area_original/regso/karta.svg",  # no figure at all
        "/indikatorer/employed_share/deso/karta.svg",  # borders of DeSO are not embedded
    ],
)
def test_what_there_is_no_file_of_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("picture", ["karta", "rangordning", "serie"])
def test_pictures_are_whole_files(client: Client, picture: str) -> None:
    svg = client.get(f"/indikatorer/rental_share/regso/{picture}.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<svg")
    assert b'xmlns="http://www.w3.org/2000/svg"' in svg.content
    assert b"<script" not in svg.content
    png = client.get(f"/indikatorer/rental_share/regso/{picture}.png")
    assert png["Content-Type"] == "image/png"
    assert png.content.startswith(b"\x89PNG\r\n")


def test_a_report_that_does_not_exist_is_not_found(client: Client) -> None:
    for name in ("rapport/0999.pdf", "rapport/0126.txt", "omraden/regso/finns-inte/rapport.pdf"):
        assert client.get(f"/{name}").status_code == 404


def test_a_places_report_is_a_pdf(client: Client) -> None:
    response = client.get("/omraden/regso/varby-gard/rapport.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    # Kept beside the version it was made from: the same bytes the second time.
    assert client.get("/omraden/regso/varby-gard/rapport.pdf").content == response.content
