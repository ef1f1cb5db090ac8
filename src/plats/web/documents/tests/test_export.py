"""The list as a file: one's own documents, as narrowed, with no text that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.documents.tests.places import make_document

FORMULAS = [
    "=1+1",
    "+46",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("https://exempel.se")',
    " =1",
    "=cmd|' /C calc'!A0",
]


@pytest.fixture
def analyst(world: World, client: Client) -> Client:
    client.force_login(world.analyst)
    return client


def as_csv(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"/handlingar/lista.csv{query}")
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def as_xlsx(client: Client) -> list[list[object]]:
    response = client.get("/handlingar/lista.xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(world: World, analyst: Client, formula: str) -> None:
    make_document(world.analyst, world.committee, title=formula)
    for rows in (as_csv(analyst), as_xlsx(analyst)):
        assert rows[1][0] == f"'{formula.strip()}"


def test_the_file_holds_what_the_list_shows(world: World, analyst: Client) -> None:
    make_document(
        world.analyst, world.committee, title="Belysning", case_number="KS-2026/1", is_protected=True
    )
    make_document(world.analyst, world.committee, title="Avtal")
    header, latest, first = as_csv(analyst)
    assert header[:6] == ["Rubrik", "Diarienummer", "Plats", "Organisation", "Ansvarig", "Skyddad"]
    assert latest[0] == "Avtal"
    assert first[:6] == ["Belysning", "KS-2026/1", "", world.committee.name, world.analyst.name, "ja"]
    assert [row[0] for row in as_csv(analyst, "?q=bely")] == ["Rubrik", "Belysning"]
    assert [[str(value or "") for value in row] for row in as_xlsx(analyst)] == as_csv(analyst)


def test_it_is_a_download_that_nobody_keeps(analyst: Client) -> None:
    response = analyst.get("/handlingar/lista.csv")
    assert response["Content-Disposition"].startswith('attachment; filename="handlingar-')
    assert "no-store" in response["Cache-Control"]


def test_that_it_was_taken_out_is_on_record_by_its_number_of_rows(world: World, analyst: Client) -> None:
    make_document(world.analyst, world.committee)
    as_csv(analyst)
    entry = AuditEntry.objects.get(act="document.export")
    assert (entry.actor, entry.note) == (str(world.analyst.public_id), "csv 1")


def test_other_endings_are_not_found(analyst: Client) -> None:
    assert analyst.get("/handlingar/lista.pdf").status_code == 404


def test_nothing_of_another_organisation_is_in_it(world: World, analyst: Client) -> None:
    make_document(world.others["analyst"], world.other, title="Den andras")
    assert len(as_csv(analyst)) == 1
