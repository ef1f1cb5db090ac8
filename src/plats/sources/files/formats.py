"""The formats without shapes: CSV, workbooks and Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from plats.sources.files.errors import ReadError
from plats.sources.files.mapping import Mapping
from plats.sources.files.raw import Problem, RawTable, require_columns

_DELIMITERS = {",": "komma", ";": "semikolon", "\t": "tabb", "|": "lodstreck"}
_BATCH = 50_000

Row = tuple[int, Sequence[str]]


def read_csv(path: Path, mapping: Mapping) -> RawTable:
    """A delimited text file in the mapping's encoding; blank rows are passed over."""
    try:
        with path.open(encoding=mapping.encoding, newline="") as handle:
            rows = csv.reader(handle, delimiter=mapping.delimiter)
            return _tabulate(path.name, ((rows.line_num, row) for row in rows), mapping)
    except UnicodeDecodeError:
        raise ReadError(_wrong_encoding(path, mapping)) from None
    except LookupError:
        raise ReadError(
            f"Kopplingsfilen {mapping.id}: okänd teckenkodning '{mapping.encoding}'. "
            "Skriv utf-8-sig eller latin-1."
        ) from None
    except csv.Error as error:
        raise ReadError(
            f"{path.name}: filen går inte att dela i kolumner ({error}). "
            "Kontrollera citattecken och avgränsare."
        ) from None


def read_xlsx(path: Path, mapping: Mapping, max_bytes: int) -> RawTable:
    """One sheet of a workbook. A formula stays a formula, so that it is refused; it is never a value."""
    import zipfile

    import openpyxl

    if not zipfile.is_zipfile(path):
        raise ReadError(
            f"{path.name}: filen är ingen XLSX-arbetsbok. "
            "Spara den som Excel-arbetsbok (.xlsx) och försök igen."
        )
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > max_bytes:
            raise ReadError(
                f"{path.name}: arbetsboken blir för stor när den packas upp. "
                "Spara det blad som behövs som CSV, eller höj gränsen med --max-mb."
            )
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except Exception as error:  # noqa: BLE001 - openpyxl raises many kinds for a damaged workbook
        raise ReadError(
            f"{path.name}: arbetsboken går inte att öppna ({error}). Spara om den i Excel och försök igen."
        ) from None
    try:
        sheet = _sheet(path, book, mapping)
        rows = (
            (number, [_cell_text(cell, mapping) for cell in row])
            for number, row in enumerate(sheet.iter_rows(), 1)
        )
        return _tabulate(path.name, rows, mapping)
    finally:
        book.close()


def read_parquet(path: Path, mapping: Mapping) -> RawTable:
    """A Parquet file; a column named geometry is taken as WKB shapes."""
    import pyarrow.parquet as pq

    try:
        source = pq.ParquetFile(path)
        have = source.schema_arrow.names
        needed = require_columns(path.name, have, mapping)
        shaped = "geometry" in have and mapping.areas is not None
        table = source.read(columns=[*needed, *(["geometry"] if shaped else [])])
    except pa.ArrowInvalid as error:
        raise ReadError(
            f"{path.name}: filen är ingen Parquetfil ({str(error).split('.')[0]}). Hämta den igen."
        ) from None
    columns = {name: table[name].combine_chunks() for name in needed}
    geometry = None
    if shaped:
        geometry = np.array(table["geometry"].cast(pa.binary()).to_pylist(), dtype=object)
    lines = np.arange(1, table.num_rows + 1, dtype=np.int64)
    return RawTable(columns, lines, geometry=geometry, crs=_parquet_crs(source))


# Internals


def _tabulate(file: str, rows: Iterator[Row], mapping: Mapping) -> RawTable:
    header = _header(file, rows, mapping)
    needed = require_columns(file, header, mapping)
    doubled = sorted({name for name in needed if header.count(name) > 1})
    if doubled:
        raise ReadError(
            f"{file}: kolumnen {', '.join(doubled)} finns två gånger i rubrikraden. Ge kolumnerna olika namn."
        )
    places = [header.index(name) for name in needed]
    width, last = len(header), max(places, default=0)
    collected, problems = _Collector(len(needed)), list[Problem]()
    for line, row in rows:
        if len(row) != width and not _fits(row, width, last):
            if not "".join(row).strip():
                continue
            said = f"raden har {len(row)} kolumner men rubrikraden {width}"
            problems.append(Problem(line, "", f"{said}; kontrollera avgränsare och citattecken"))
        elif "".join(row).strip():
            collected.add(line, [row[place] for place in places])
    arrays, lines = collected.finish()
    return RawTable(dict(zip(needed, arrays, strict=True)), lines, problems=problems)


def _fits(row: Sequence[str], width: int, last_needed: int) -> bool:
    """A row may end early only after its last needed column, and may be longer only by empty cells."""
    return len(row) > last_needed and not any(cell.strip() for cell in row[width:])


def _header(file: str, rows: Iterator[Row], mapping: Mapping) -> list[str]:
    """The names on the header row. Rows are counted as the file's lines, so that a reader finds them."""
    for line, row in rows:
        if line >= mapping.header_row:
            header = [cell.strip() for cell in row]
            break
    else:
        raise ReadError(
            f"{file}: filen slutar före rubrikraden (rad {mapping.header_row}). "
            "Rätta header_row i kopplingsfilen."
        )
    better = _better_delimiter(header[0], mapping.delimiter) if len(header) == 1 else None
    if better:
        written = "\\t" if better == "\t" else better
        raise ReadError(
            f"{file}: bara en kolumn hittades på rad {mapping.header_row}. "
            f"Avgränsaren verkar vara {_DELIMITERS[better]}: "
            f'skriv delimiter: "{written}" i kopplingsfilen {mapping.id}.'
        )
    return header


def _better_delimiter(line: str, used: str) -> str | None:
    counts = {mark: line.count(mark) for mark in _DELIMITERS if mark != used}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else None


class _Collector:
    """Rows gathered into Arrow columns batch by batch, so that a large file is never held as Python texts."""

    def __init__(self, width: int) -> None:
        self._chunks: list[list[pa.Array]] = [[] for _ in range(width)]
        self._rows: list[list[str]] = []
        self._lines: list[int] = []

    def add(self, line: int, cells: list[str]) -> None:
        self._rows.append(cells)
        self._lines.append(line)
        if len(self._rows) == _BATCH:
            self._flush()

    def finish(self) -> tuple[list[pa.Array], np.ndarray[Any, np.dtype[np.int64]]]:
        self._flush()
        empty = pa.array([], pa.string())
        arrays = [pa.concat_arrays(chunks) if chunks else empty for chunks in self._chunks]
        return arrays, np.array(self._lines, dtype=np.int64)

    def _flush(self) -> None:
        for chunks, cells in zip(self._chunks, zip(*self._rows, strict=True), strict=False):
            chunks.append(pa.array(cells, pa.string()))
        self._rows = []


def _wrong_encoding(path: Path, mapping: Mapping) -> str:
    line = _undecodable_line(path, mapping.encoding)
    place = f" på rad {line}" if line else ""
    return (
        f"{path.name}: tecknen{place} är inte i teckenkodningen {mapping.encoding}. "
        f"Skriv encoding: latin-1 i kopplingsfilen {mapping.id} (vanligt från äldre Excel), "
        "eller spara om filen som UTF-8."
    )


def _undecodable_line(path: Path, encoding: str) -> int | None:
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return number
    return None


def _sheet(path: Path, book: Any, mapping: Mapping) -> Any:
    if mapping.sheet is None:
        return book[book.sheetnames[0]]
    if mapping.sheet not in book.sheetnames:
        raise ReadError(
            f"{path.name}: bladet '{mapping.sheet}' finns inte. Bladen är: {', '.join(book.sheetnames)}."
        )
    return book[mapping.sheet]


def _cell_text(cell: Any, mapping: Mapping) -> str:
    """A workbook cell as the text a CSV in the mapping's dialect would have held."""
    content = cell.value
    if content is None:
        return ""
    if cell.data_type == "f":
        return "=" + str(content).removeprefix("=")
    if isinstance(content, bool):
        return str(content)
    if isinstance(content, float):
        text = str(int(content)) if content.is_integer() else repr(content)
        return text.replace(".", mapping.decimal)
    if isinstance(content, datetime | date):
        return content.date().isoformat() if isinstance(content, datetime) else content.isoformat()
    return str(content)


def _parquet_crs(source: Any) -> str:
    """The coordinate system that a GeoParquet file declares, as EPSG:n, or '' when it declares none."""
    import json

    raw = (source.schema_arrow.metadata or {}).get(b"geo")
    if raw is None:
        return ""
    columns = json.loads(raw).get("columns", {})
    identity = ((columns.get("geometry") or {}).get("crs") or {}).get("id") or {}
    return f"{identity['authority']}:{identity['code']}" if identity else ""
