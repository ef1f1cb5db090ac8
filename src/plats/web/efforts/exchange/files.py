"""Tables of texts as CSV and XLSX, out and in."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _

from plats.web.efforts.exchange.cells import bared, shielded

SUFFIXES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = 50_000


class TableError(ValueError):
    """A file that cannot be read as a table; the message says what to do."""


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as a Swedish spreadsheet program opens it: semicolons, and a mark that it is UTF-8."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([shielded(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]], notes: Sequence[Sequence[str]]) -> bytes:
    """The table as a workbook, with a sheet that says what each column takes."""
    import xlsxwriter

    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Insatser"))
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        _write_line(sheet, 0, header, bold)
        for line, row in enumerate(rows, start=1):
            _write_line(sheet, line, [shielded(text) for text in row])
        about = book.add_worksheet(_("Så fyller du i"))
        for line, note in enumerate(notes):
            _write_line(about, line, note)
    return out.getvalue()


def read_table(content: bytes, suffix: str) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a file, as texts. Raises TableError."""
    rows = _read_xlsx(content) if suffix == "xlsx" else _read_csv(content)
    header = next(rows, None)
    if header is None:
        raise TableError(_("Filen är tom. Hämta en fil här på sidan och fyll i den."))
    found = []
    for row in rows:
        found.append(row)
        if len(found) > MOST_ROWS:
            raise TableError(
                _("Filen har fler än %(most)s rader. Dela den.")
                % {"most": f"{MOST_ROWS:_}".replace("_", " ")}
            )
    while found and not any(found[-1]):
        found.pop()
    return header, found


# Internals


def _write_line(sheet: Any, line: int, texts: Sequence[str], style: Any = None) -> None:
    for column, text in enumerate(texts):
        if text:
            sheet.write_string(line, column, text, style)


def _read_csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(_("Filen är inte i UTF-8. Spara den som CSV UTF-8 eller som XLSX.")) from None
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [bared(cell) for cell in row]
    except csv.Error:
        raise TableError(
            _("Filen har citattecken som inte går ihop. Spara den som XLSX i stället.")
        ) from None


def _read_xlsx(content: bytes) -> Iterator[list[str]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise TableError(
            _("Filen går inte att öppna. Spara den som XLSX på nytt, eller som CSV UTF-8.")
        ) from None
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield [_text_of(value) for value in row]
    finally:
        book.close()


def _text_of(value: Any) -> str:
    """A cell as a text, whatever the spreadsheet program has made of it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return bared(str(value))
