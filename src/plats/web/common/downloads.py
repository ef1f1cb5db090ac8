"""Figures as files: CSV for Excel in Swedish, XLSX, and JSON for machines.

Every file says the value, its unit and its state in columns of their own, so that hidden, missing and not
applicable stay three different things when the figures are used elsewhere. A figure without a number has an
empty value, never a zero and never a sign in the value's column.

CSV is UTF-8 with a byte order mark, semicolons and decimal comma: what a Swedish Excel opens rightly.
A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers are never changed.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse

from plats.vocabulary.cells import Cell
from plats.vocabulary.units import FORMS, Unit

Text = str | int | float | None
FIGURE_COLUMNS = ("value", "unit", "state", "numerator", "denominator", "reason")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Enough to keep what the source states, few enough to drop what floating point adds (0.5705 * 100).
_DECIMALS_KEPT = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what describes it (area, period, ...), the cell and its unit."""

    labels: tuple[Text, ...]
    cell: Cell
    unit: Unit


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. `name` becomes the file's name; `notes` (source, licence) go where there is room."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]
    notes: tuple[str, ...] = ()


def csv_response(table: Table) -> HttpResponse:
    """The table as CSV: header row, one row per figure."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(column) for column in _header(table)])
    for values in _values(table):
        writer.writerow([_csv_text(value) for value in values])
    return _file(out.getvalue().encode("utf-8-sig"), table, "csv", "text/csv; charset=utf-8")


def xlsx_response(table: Table) -> HttpResponse:
    """The table as a workbook: a sheet of figures and a sheet that says where they come from."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Uppgifter")
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(_header(table)):
            sheet.write_string(0, column, heading, bold)
        for line, values in enumerate(_values(table), start=1):
            _write_line(sheet, line, values)
        about = book.add_worksheet("Om")
        for line, note in enumerate((table.name, *table.notes)):
            about.write_string(line, 0, note)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(out.getvalue(), table, "xlsx", kind)


def json_response(table: Table) -> HttpResponse:
    """The table as JSON; a figure without a number has the value null and says why in `state`."""
    header = _header(table)
    rows = [dict(zip(header, values, strict=True)) for values in _values(table)]
    body = {"name": table.name, "notes": list(table.notes), "rows": rows}
    return _file(json.dumps(body, ensure_ascii=False).encode(), table, "json", "application/json")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def written_value(cell: Cell, unit: Unit) -> float | int | None:
    """The number a file holds, on the scale the unit is written in: a share of 0.6005 is 60.05."""
    if not cell.shows_number:
        return None
    return _plain(cell.number * FORMS[unit].scale)


# Internals


def _plain(value: float) -> float | int:
    number = round(float(value), _DECIMALS_KEPT)
    return int(number) if number.is_integer() else number


def _header(table: Table) -> tuple[str, ...]:
    return (*table.columns, *FIGURE_COLUMNS)


def _values(table: Table) -> Iterator[tuple[Text, ...]]:
    for row in table.rows:
        if len(row.labels) != len(table.columns):
            raise ValueError(
                f"Raden {row.labels} har {len(row.labels)} etiketter men tabellen {len(table.columns)}."
            )
        yield (*row.labels, *_figure(row.cell, row.unit))


def _figure(cell: Cell, unit: Unit) -> tuple[Text, ...]:
    # The parts go out only with their value: they would tell what a hidden figure hides.
    parts = (cell.numerator, cell.denominator) if cell.shows_number else (None, None)
    numbers = [None if part is None else _plain(part) for part in parts]
    return (written_value(cell, unit), FORMS[unit].word_sv, cell.state.value, *numbers, cell.reason)


def _csv_text(value: Text) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return str(value).replace(".", ",")


def _write_line(sheet: Any, line: int, values: tuple[Text, ...]) -> None:
    for column, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(line, column, value)
        elif value is not None:
            sheet.write_number(line, column, value)


def _file(body: bytes, table: Table, suffix: str, content_type: str) -> HttpResponse:
    plain = unicodedata.normalize("NFKD", table.name.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "uppgifter"
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
