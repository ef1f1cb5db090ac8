"""Rows of a file turned into rows of one of the store's tables, with the faults found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.sources.files.figures import FORMULA
from plats.sources.files.mapping import AreaText, Text
from plats.sources.files.raw import RawTable, as_text
from plats.vocabulary.codes import CodeError, parse_code


@dataclass(slots=True)
class Faults:
    """What is wrong, per row of the file; a row with a fault gives no rows at all."""

    said: dict[int, list[str]] = field(default_factory=dict)

    def add(self, row: int | np.integer[Any], reason: str) -> None:
        reasons = self.said.setdefault(int(row), [])
        if reason not in reasons:
            reasons.append(reason)

    def add_all(self, found: dict[int, str], column: str) -> None:
        for row, reason in found.items():
            self.add(row, f"kolumn {column}: {reason}")


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows in the shape of a store table; `source` says which row of the file each came from."""

    target: str
    table: pa.Table
    source: npt.NDArray[np.int64]
    raw: RawTable
    faults: Faults
    keys: pa.Array  # what each row of the file is called in messages: its area code, its site, its pair


def text_of(raw: RawTable, text: Text, faults: Faults) -> pa.Array:
    """The text of each row, padded and translated as the mapping says."""
    import pyarrow.compute as pc

    if text.value is not None:
        return constant(text.value, raw.rows)
    name = str(text.column)
    found = as_text(raw.column(name))
    if text.pad:
        # An empty cell stays empty: zeros are restored to a code, never made up.
        found = pc.if_else(pc.equal(found, ""), "", pc.utf8_lpad(found, text.pad, "0"))
    if text.codes:
        found = _translated(found, text, name, faults)
    return _without_formulas(found, name, faults)


def codes_of(raw: RawTable, text: AreaText, faults: Faults) -> pa.Array:
    """The area code of each row; a code without its division's form is a fault."""
    found = text_of(raw, text, faults)
    encoded = found.dictionary_encode()
    wrong: dict[int, str] = {}
    for place, code in enumerate(encoded.dictionary.to_pylist()):
        reason = _why_no_code(text, code)
        if reason:
            wrong[place] = reason
    if wrong:
        indices = encoded.indices.to_numpy()
        for row in np.flatnonzero(np.isin(indices, list(wrong))):
            faults.add(row, wrong[int(indices[row])])
    return found


def constant(value: str | None, rows: int) -> pa.Array:
    """One text for all rows."""
    return pa.nulls(rows, pa.string()) if value is None else pa.repeat(pa.scalar(value, pa.string()), rows)


def assemble(schema: pa.Schema, columns: dict[str, Any], rows: int) -> pa.Table:
    """A table of the schema; a column given as one text is that text for all rows."""
    arrays = [
        constant(columns[name], rows).cast(schema.field(name).type)
        if isinstance(columns[name], str) or columns[name] is None
        else columns[name]
        for name in schema.names
    ]
    return pa.Table.from_arrays(
        [_cast(array, field.type) for array, field in zip(arrays, schema, strict=True)], schema=schema
    )


def without_faults(rows: TableRows) -> TableRows:
    """The same rows without those whose row in the file has a fault."""
    if not rows.faults.said:
        return rows
    keep = ~np.isin(rows.source, list(rows.faults.said))
    return TableRows(
        rows.target, rows.table.filter(pa.array(keep)), rows.source[keep], rows.raw, rows.faults, rows.keys
    )


# Internals


def _cast(array: Any, kind: pa.DataType) -> pa.Array:
    made = array if isinstance(array, pa.Array | pa.ChunkedArray) else pa.array(array, kind)
    return made if made.type == kind else made.cast(kind)


def _translated(found: pa.Array, text: Text, name: str, faults: Faults) -> pa.Array:
    codes = text.codes
    values = found.to_pylist()
    for row, value in enumerate(values):
        if value not in codes:
            faults.add(
                row, f"kolumn {name}: '{value}' står inte i kopplingsfilens codes; de är {', '.join(codes)}"
            )
    return pa.array([codes.get(value, value) for value in values], pa.string())


def _without_formulas(found: pa.Array, name: str, faults: Faults) -> pa.Array:
    import pyarrow.compute as pc

    for row in np.flatnonzero(pc.starts_with(found, "=").to_numpy(zero_copy_only=False)):
        faults.add(row, f"kolumn {name}: {FORMULA}")
    return found


def _why_no_code(text: AreaText, code: str) -> str:
    if code.startswith("="):
        return ""  # already said: a formula
    try:
        parse_code(text.division, code)
    except CodeError as error:
        return str(error).rstrip(".") if code else f"områdeskoden är tom i kolumn {text.column}"
    return ""
