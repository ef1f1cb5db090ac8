from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from plats.vocabulary import cells
from plats.vocabulary.cells import Cell, State
from plats.vocabulary.units import Unit
from plats.web.common.downloads import Row, Table, csv_response, guarded, json_response, xlsx_response

ROWS = (
    Row(("Vårby gård", 2022), cells.value(0.5705), Unit.SHARE),
    Row(("Fullersta norra", 2018), cells.unstable(0.899, "Få distrikt."), Unit.SHARE),
    Row(("Glömsta", 2022), cells.hidden("Under fem."), Unit.SHARE),
    Row(("Vårby Udde", 2018), cells.missing(), Unit.SHARE),
    Row(("Länna", 2022), cells.not_applicable("Ingen finns i nämnaren."), Unit.SHARE),
    Row(("Stuvsta", 2023), cells.value(-8204), Unit.COUNT),
)
TABLE = Table("Sysselsatta per område", ("area", "period"), ROWS, ("Källa: SCB, CC0.",))
STATES = ["value", "unstable", "hidden", "missing", "not_applicable", "value"]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_csv_is_what_a_swedish_spreadsheet_opens() -> None:
    response = csv_response(TABLE)
    assert response.content.startswith(b"\xef\xbb\xbf")
    header, first, *_ = read_csv(response.content)
    assert header == ["area", "period", "value", "unit", "state", "numerator", "denominator", "reason"]
    # 0.5705 as percent is 57.05, with the decimal comma.
    assert first == ["Vårby gård", "2022", "57,05", "procent", "value", "", "", ""]
    assert response.headers["Content-Disposition"] == 'attachment; filename="sysselsatta-per-omrade.csv"'


def test_every_state_survives_csv_and_none_without_a_number_becomes_one() -> None:
    rows = read_csv(csv_response(TABLE).content)[1:]
    assert [row[4] for row in rows] == STATES
    assert [row[2] for row in rows] == ["57,05", "89,9", "", "", "", "-8204"]


def test_every_state_survives_a_workbook_and_numbers_are_numbers() -> None:
    book = load_workbook(BytesIO(xlsx_response(TABLE).content))
    rows = list(book["Uppgifter"].iter_rows(min_row=2, values_only=True))
    assert [row[4] for row in rows] == STATES
    assert [row[2] for row in rows] == [57.05, 89.9, None, None, None, -8204]
    assert book["Om"]["A2"].value == "Källa: SCB, CC0."


def test_every_state_survives_json_and_a_hidden_value_is_null() -> None:
    body = json.loads(json_response(TABLE).content)
    assert [row["state"] for row in body["rows"]] == STATES
    assert [row["value"] for row in body["rows"]] == [57.05, 89.9, None, None, None, -8204]
    assert body["notes"] == ["Källa: SCB, CC0."]


def test_the_parts_of_a_figure_follow_it_but_never_a_hidden_one() -> None:
    shown = cells.value(0.25, numerator=5, denominator=20)
    hidden = Cell(State.HIDDEN, numerator=1, denominator=20)
    table = Table("t", ("area",), [Row(("a",), shown, Unit.SHARE), Row(("b",), hidden, Unit.SHARE)])
    first, second = json.loads(json_response(table).content)["rows"]
    assert (first["numerator"], first["denominator"]) == (5, 20)
    assert (second["numerator"], second["denominator"]) == (None, None)


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_a_text_that_could_be_a_formula_is_disarmed_in_csv(text: str) -> None:
    table = Table("t", ("area",), [Row((text,), cells.missing(text), Unit.COUNT)])
    row = read_csv(csv_response(table).content)[1]
    assert row[0] == f"'{text}"
    assert row[-1] == f"'{text}"


def test_a_formula_in_a_text_is_text_in_a_workbook() -> None:
    table = Table("t", ("area",), [Row(("=1+1",), cells.value(1), Unit.COUNT)])
    cell = load_workbook(BytesIO(xlsx_response(table).content))["Uppgifter"]["A2"]
    assert cell.data_type == "s"
    assert cell.value == "=1+1"


def test_a_negative_number_is_no_formula_and_stays_a_number() -> None:
    table = Table("t", ("change",), [Row((-3.5,), cells.value(-0.012), Unit.PERCENTAGE_POINTS)])
    assert read_csv(csv_response(table).content)[1][:2] == ["-3,5", "-1,2"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
@settings(deadline=None, max_examples=50)
def test_no_text_at_all_starts_a_formula_and_plain_text_is_untouched(text: str) -> None:
    safe = guarded(text)
    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe in {text, "'" + text}


def test_a_row_that_does_not_fit_its_table_is_an_error_rather_than_a_shifted_column() -> None:
    with pytest.raises(ValueError, match="etiketter"):
        csv_response(Table("t", ("area", "period"), [Row(("x",), cells.missing(), Unit.COUNT)]))
