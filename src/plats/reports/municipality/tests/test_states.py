"""Hidden, missing, not applicable and unstable reach the reader as what they are, in every file format."""

from __future__ import annotations

import itertools
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from docx import Document

from plats.catalog.load import catalog
from plats.facts.query import Facts
from plats.reports.municipality.content import build
from plats.reports.municipality.docx import write_docx
from plats.reports.municipality.model import Report
from plats.reports.municipality.pdf import write_pdf
from plats.reports.municipality.xlsx import write_xlsx

ON = date(2026, 11, 23)
# name in the made-up municipality: what a reader meets, and what the workbook's state column says
EXPECTED = {
    "Alby": ("61,2", "värde"),
    "Berga": ("87,5*", "osäkert värde"),
    "Dalen": ("..", "dold"),
    "Eklunda": ("saknas", "saknas"),
    "=SUM(A1)": (".", "ej tillämplig"),
}
# The hidden number and its parts, as any of the formats would write them.
LEAKS = ("43,2", "0.432", "0,432", "4321", "4 321", "4\u00a0321", "42,2", "44,2", "0.4222", "0.4422")


def figures_sheet(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path)["Siffror"]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages).replace("\u00a0", " ")


def docx_tables(path: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(path)).tables]


def test_the_workbook_has_the_state_in_its_own_column(tiny_files: dict[str, Path]) -> None:
    rows = {row["Område"]: row for row in figures_sheet(tiny_files["xlsx"]) if row["Indelning"] == "regso"}
    assert {name: row["Läge"] for name, row in rows.items()} == {
        name: one[1] for name, one in EXPECTED.items()
    }
    assert rows["Alby"]["Värde"] == pytest.approx(0.612)
    assert rows["Berga"]["Värde"] == pytest.approx(0.875)
    assert rows["Berga"]["Orsak"] == "Färre än 100 personer i nämnaren."


@pytest.mark.parametrize("name", ["Dalen", "Eklunda", "=SUM(A1)"])
def test_a_state_without_a_number_leaves_the_value_cell_empty(tiny_files: dict[str, Path], name: str) -> None:
    row = next(row for row in figures_sheet(tiny_files["xlsx"]) if row["Område"] == name)
    for column in (
        "Värde",
        "Täljare",
        "Nämnare",
        "Intervall från",
        "Intervall till",
        "Rang från",
        "Rang till",
    ):
        assert row[column] is None, column


def test_shares_are_numbers_between_0_and_1_shown_as_percent(tiny_files: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(tiny_files["xlsx"])["Siffror"]
    header = [cell.value for cell in sheet[1]]
    cells = [
        row[header.index("Värde")] for row in sheet.iter_rows(min_row=2) if row[header.index("Värde")].value
    ]
    assert {cell.number_format for cell in cells} == {"0.0%"}
    assert all(0 <= cell.value <= 1 for cell in cells)


def test_a_name_that_looks_like_a_formula_stays_text(tiny_files: dict[str, Path]) -> None:
    for sheet in openpyxl.load_workbook(tiny_files["xlsx"]):
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    with zipfile.ZipFile(tiny_files["xlsx"]) as package:
        assert all(b"<f>" not in package.read(name) for name in package.namelist())


def test_the_area_table_in_word_shows_each_state(tiny_files: dict[str, Path]) -> None:
    table = next(one for one in docx_tables(tiny_files["docx"]) if one[0][0] == "Område")
    shown = {row[0]: row[1] for row in table[1:]}
    assert {name: shown[name] for name in EXPECTED} == {name: one[0] for name, one in EXPECTED.items()}


def test_the_area_table_in_the_pdf_shows_each_state(tiny_files: dict[str, Path]) -> None:
    lines = pdf_text(tiny_files["pdf"]).splitlines()
    for name, (sign, _) in EXPECTED.items():
        assert f"{name} {sign}" in [" ".join(line.split()) for line in lines] or _follows(
            lines, name, sign
        ), name


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_a_hidden_number_is_nowhere_in_the_file(tiny_files: dict[str, Path], ending: str) -> None:
    text = pdf_text(tiny_files["pdf"]) if ending == "pdf" else _package_text(tiny_files[ending])
    assert "Dalen" in text
    assert [leak for leak in LEAKS if leak in text] == []


def test_the_same_store_and_day_give_the_same_bytes(tiny_facts: Facts, tiny_files: dict[str, Path]) -> None:
    again = build(tiny_facts, catalog(), ON)
    made = {"pdf": write_pdf(again), "docx": write_docx(again), "xlsx": write_xlsx(again)}
    for ending, content in made.items():
        assert content == tiny_files[ending].read_bytes(), ending


def test_the_reasons_stand_beside_the_figures(tiny_files: dict[str, Path]) -> None:
    text = " ".join(pdf_text(tiny_files["pdf"]).split())
    for reason in ("Färre än 100 personer i nämnaren.", "Källan har ingen siffra för området."):
        assert reason in text


def test_hidden_areas_have_no_dot_and_are_named(tiny: Report) -> None:
    from plats.reports.municipality.payload import report_payload

    (one,) = report_payload(tiny)["differences"]
    assert one["strip"]["svg"].count("<circle") == 2
    assert one["notes"][-1] == "Utan punkt: Dalen (..), Eklunda (saknas) och =SUM(A1) (.)."


def _follows(lines: list[str], name: str, sign: str) -> bool:
    """Cells of a row may be read as lines of their own."""
    return any(line.strip() == name and sign in after.split() for line, after in itertools.pairwise(lines))


def _package_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    return b"\n".join(parts).decode()
