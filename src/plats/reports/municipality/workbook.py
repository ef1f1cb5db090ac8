"""Sheets of one look: a frozen header row, a filter, widths, and text that is never run as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its width in characters, and the number format its figures have."""

    title: str
    width: float
    format: str = "text"


_FORMATS = {
    "text": "@",
    "share": "0.0%",
    "one": "#,##0.0",
    "count": "#,##0",
    "whole": "0",
}


class Sheets:
    """Adds sheets to a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._formats = {
            name: book.add_format({"num_format": text, "valign": "top", "text_wrap": name == "text"})
            for name, text in _FORMATS.items()
        }

    def add(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        value_formats: Sequence[str] | None = None,
    ) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.title, self._header)
        last = 0
        for last, row in enumerate(rows, start=1):
            chosen = value_formats[last - 1] if value_formats is not None else "one"
            for index, (column, content) in enumerate(zip(columns, row, strict=True)):
                self._write(
                    sheet, (last, index), content, chosen if column.format == "value" else column.format
                )
        if last:
            sheet.autofilter(0, 0, last, len(columns) - 1)

    def _write(self, sheet: Any, at: tuple[int, int], content: Cell, name: str) -> None:
        if content is None or content == "":
            return
        if isinstance(content, str):
            sheet.write_string(*at, content, self._formats["text"])
        else:
            sheet.write_number(*at, content, self._formats[name])
