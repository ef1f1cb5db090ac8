"""Columns of a Parquet or CSV file as arrays, and arrays as a file: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import compute, csv

KINDS = (".parquet", ".csv")


class TableError(Exception):
    """A file that cannot be read or written as asked; the message says what to do."""


def columns_of(path: Path) -> list[str]:
    """The names of the file's columns, in the file's order."""
    require_kind(path)
    return list(_table(path, None).column_names if path.suffix == ".csv" else _schema(path).names)


def read_numbers(
    path: Path, names: Sequence[str], where: tuple[str, float] | None = None
) -> npt.NDArray[np.float64]:
    """The named columns beside each other, shape (rows, names): an empty cell is NaN, what is no number is refused.

    `where` names a column and the value that it has on the rows that are wanted, such as a year: of a Parquet file the
    others are not held in memory.
    """
    known = _known(path, [*names, where[0]] if where else names)
    table = _table(path, known, where=where)
    return np.column_stack([_numbers(path, table, name) for name in names]) if names else np.empty((0, 0))


def read_text(path: Path, name: str) -> npt.NDArray[np.str_]:
    """One column as text, such as the code of an area: whole numbers without decimals, leading zeros kept."""
    column = _table(path, _known(path, [name]), texts=[name]).column(name)
    if column.null_count:
        raise TableError(
            f"{path.name}: kolumnen {name} saknar värde på {column.null_count} rader. Fyll i dem."
        )
    return np.asarray(column.cast(pa.string()).to_pylist(), dtype=np.str_)


def write_table(
    path: Path, columns: Mapping[str, npt.NDArray[np.generic] | Sequence[object] | pa.Array]
) -> None:
    """Write the columns beside each other. A file that is there is replaced when the new one is whole, never before."""
    require_kind(path)
    table = pa.table(
        {
            name: values if isinstance(values, pa.Array) else pa.array(np.asarray(values))
            for name, values in columns.items()
        }
    )
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        write = csv.write_csv if path.suffix == ".csv" else pq.write_table
        write(table, str(partial))
        partial.replace(path)
    except OSError as error:
        raise TableError(
            f"{path} kunde inte skrivas: {error.strerror or error}. Inget är ändrat; "
            "gör plats på disken eller välj en annan mapp."
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def require_kind(path: Path) -> None:
    """Refuse a file whose name does not say that it is a Parquet or CSV file."""
    if path.suffix not in KINDS:
        raise TableError(f"{path.name}: filen ska heta .parquet eller .csv.")


def require_apart(target: Path, *sources: Path | None) -> None:
    """Refuse to write over a file that is read."""
    if target.exists() and any(source is not None and target.samefile(source) for source in sources):
        raise TableError(f"{target}: det är filen som läses. Skriv till en annan.")


def _known(path: Path, names: Sequence[str]) -> list[str]:
    there = columns_of(path)
    missing = [name for name in names if name not in there]
    if missing:
        raise TableError(
            f"{path.name}: kolumnen {', '.join(missing)} finns inte. Där finns: {', '.join(there)}."
        )
    return list(dict.fromkeys(names))


def _schema(path: Path) -> pa.Schema:
    try:
        return pq.read_schema(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise TableError(f"{path}: kan inte läsas som Parquet ({error}).") from error


def _table(
    path: Path,
    names: list[str] | None,
    texts: Sequence[str] = (),
    where: tuple[str, float] | None = None,
) -> pa.Table:
    rows = where and compute.field(where[0]) == where[1]
    try:
        if path.suffix == ".parquet":
            return pq.read_table(path, columns=names, filters=rows)
        kept = csv.ConvertOptions(include_columns=names or [], column_types=dict.fromkeys(texts, pa.string()))
        table = csv.read_csv(path, convert_options=kept)
        return table.filter(rows) if where else table
    except (OSError, pa.ArrowInvalid) as error:
        raise TableError(f"{path}: kan inte läsas ({error}).") from error


def _numbers(path: Path, table: pa.Table, name: str) -> npt.NDArray[np.float64]:
    column = table.column(name)
    if pa.types.is_null(column.type):
        return np.full(len(column), np.nan)
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise TableError(f"{path.name}: kolumnen {name} ska vara tal, men innehåller {column.type}.")
    return np.asarray(column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)
