"""Rows of figures: each column of the mapping becomes one observation per row of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.facts.schema import OBSERVATIONS
from plats.sources.files.figures import REASONS, Figures, read_figures
from plats.sources.files.mapping import AreaText, Column, Mapping
from plats.sources.files.raw import RawTable, as_text
from plats.sources.files.rows import Faults, TableRows, assemble, codes_of, constant, text_of
from plats.vocabulary.periods import PeriodError, parse_period


def observations(raw: RawTable, mapping: Mapping) -> TableRows:
    """The observations in the file: one per row and mapped column.

    A cell without a number whose own period is also empty gives no observation: nothing is said there.
    """
    faults = Faults()
    area = mapping.area
    assert area is not None  # noqa: S101 - the mapping's model has checked it
    codes = codes_of(raw, area, faults)
    shared = _shared_period(raw, mapping, faults)
    parts = [_column(raw, mapping, column, _Frame(area, codes, shared, faults)) for column in mapping.columns]
    table = pa.concat_tables([part for part, _ in parts]).combine_chunks()
    source = np.concatenate([rows for _, rows in parts])
    return TableRows("observations", table, source, raw, faults, codes)


# Internals


@dataclass(frozen=True, slots=True)
class _Frame:
    area: AreaText
    codes: pa.Array
    shared_period: pa.Array | None
    faults: Faults


def _column(
    raw: RawTable, mapping: Mapping, column: Column, frame: _Frame
) -> tuple[pa.Table, npt.NDArray[np.int64]]:
    figures = _figures(raw, mapping, column, frame.faults)
    period = _period(raw, column, frame)
    said = _has_period(period, figures, column, frame.faults)
    columns: dict[str, Any] = {
        "variable": column.variable,
        "division": frame.area.division.value,
        "edition": frame.area.edition,
        "area": frame.codes,
        "period": period,
        "sex": column.sex,
        "age": column.age,
        "state": figures.state,
        "value": _scaled(figures.value, column.scale),
        "reason": figures.reason,
        "dataset": mapping.id,
        "snapshot": "",
    }
    table = assemble(OBSERVATIONS, columns, raw.rows)
    rows = np.arange(raw.rows, dtype=np.int64)
    return (table, rows) if said.all() else (table.filter(pa.array(said)), rows[said])


def _figures(raw: RawTable, mapping: Mapping, column: Column, faults: Faults) -> Figures:
    if column.state is not None:
        nothing = pa.nulls(raw.rows, pa.float64())
        reason = column.reason or REASONS[column.state]
        return Figures(constant(column.state.value, raw.rows), nothing, constant(reason, raw.rows))
    name = str(column.column)
    figures = read_figures(raw.column(name), mapping)
    faults.add_all(figures.errors, name)
    return figures


def _scaled(values: pa.Array, scale: float) -> pa.Array:
    import pyarrow.compute as pc

    return values if scale == 1 else pc.multiply(values, scale)


def _shared_period(raw: RawTable, mapping: Mapping, faults: Faults) -> pa.Array | None:
    if mapping.period is None:
        return None
    return _checked(text_of(raw, mapping.period, faults), str(mapping.period.column or "period"), faults)


def _period(raw: RawTable, column: Column, frame: _Frame) -> pa.Array:
    import pyarrow.compute as pc

    if column.period_column:
        own = _checked(as_text(raw.column(column.period_column)), column.period_column, frame.faults)
        return pc.if_else(pc.equal(own, ""), column.period or "", own)
    if column.period:
        return constant(column.period, raw.rows)
    return constant("", raw.rows) if frame.shared_period is None else frame.shared_period


def _checked(periods: pa.Array, column: str, faults: Faults) -> pa.Array:
    """Every different period is read once; one that cannot be read is a fault on each of its rows."""
    encoded = periods.dictionary_encode()
    indices = encoded.indices.to_numpy()
    for place, text in enumerate(encoded.dictionary.to_pylist()):
        if not text:
            continue
        try:
            parse_period(text)
        except PeriodError as error:
            for row in np.flatnonzero(indices == place):
                faults.add(row, f"kolumn {column}: {str(error).rstrip('.')}")
    return periods


def _has_period(period: pa.Array, figures: Figures, column: Column, faults: Faults) -> npt.NDArray[np.bool_]:
    import pyarrow.compute as pc

    said: npt.NDArray[np.bool_] = pc.not_equal(period, "").to_numpy(zero_copy_only=False)
    numbered = figures.value.is_valid().to_numpy(zero_copy_only=False)
    where = column.period_column or "period"
    for row in np.flatnonzero(~said & numbered):
        hint = f"fyll i {where} eller skriv period: i kopplingsfilen"
        faults.add(row, f"kolumn {column.column}: perioden saknas; {hint}")
    return said
