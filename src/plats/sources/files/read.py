"""Reading a file into rows with line numbers, whatever its format; each error says what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.sources.files.errors import ReadError
from plats.sources.files.mapping import Format, Mapping
from plats.sources.files.raw import RawTable, as_text

MAX_BYTES = 200_000_000
_MEGABYTE = 1_000_000


def read(path: Path, mapping: Mapping, *, max_bytes: int = MAX_BYTES) -> RawTable:
    """The rows of the file that the mapping asks for.

    Raises `ReadError` for a file that is absent, empty, too large, in the wrong encoding or format, or that
    lacks a column the mapping names. Single rows that cannot be read become problems of the table.
    """
    from plats.sources.files import formats

    _check_size(path, max_bytes)
    chosen = mapping.format_of(path)
    if chosen is Format.CSV:
        table = formats.read_csv(path, mapping)
    elif chosen is Format.XLSX:
        table = formats.read_xlsx(path, mapping, max_bytes)
    elif chosen is Format.PARQUET:
        table = formats.read_parquet(path, mapping)
    else:
        from plats.sources.files.shapes import read_shapes

        table = read_shapes(path, mapping)
    if table.rows == 0 and not table.problems:
        raise ReadError(
            f"{path.name}: filen har inga rader under rubrikraden. Kontrollera header_row i kopplingsfilen."
        )
    return _chosen_rows(table, mapping)


# Internals


def _check_size(path: Path, max_bytes: int) -> None:
    if not path.is_file():
        raise ReadError(f"Filen {path} finns inte. Kontrollera sökvägen.")
    size = path.stat().st_size
    if size == 0:
        raise ReadError(f"{path.name}: filen är tom. Hämta den igen.")
    if size > max_bytes:
        raise ReadError(
            f"{path.name}: filen är {size / _MEGABYTE:.0f} MB och gränsen är {max_bytes / _MEGABYTE:.0f} MB. "
            "Dela filen, ta bort kolumner som inte behövs, eller höj gränsen med --max-mb."
        )


def _chosen_rows(table: RawTable, mapping: Mapping) -> RawTable:
    """Rows before the end mark that have what is required and pass the filter."""
    keep = np.ones(table.rows, dtype=bool)
    if mapping.end_column:
        keep &= _before_first_empty(table.column(mapping.end_column))
    for name in mapping.require:
        keep &= _filled(table.column(name))
    for name, wanted in mapping.filter.items():
        values = [wanted] if isinstance(wanted, str) else wanted
        keep &= np.isin(np.asarray(as_text(table.column(name)).to_pylist(), dtype=object), values)
    return table if keep.all() else table.take(keep)


def _filled(array: pa.Array) -> npt.NDArray[np.bool_]:
    import pyarrow.compute as pc

    filled: npt.NDArray[np.bool_] = pc.not_equal(as_text(array), "").to_numpy(zero_copy_only=False)
    return filled


def _before_first_empty(array: pa.Array) -> npt.NDArray[np.bool_]:
    filled = _filled(array)
    end = len(filled) if filled.all() else int(np.argmin(filled))
    return np.arange(len(filled)) < end
