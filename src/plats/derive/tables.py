"""From results to rows: the indicators and lineage tables, column by column."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from plats.derive.figures import HIDDEN, STATES, UNSTABLE
from plats.derive.formulas import Result
from plats.facts.schema import INDICATORS, LINEAGE
from plats.vocabulary.codes import Division, municipality_of

_STATE_NAMES = np.array([str(state) for state in STATES])


@dataclass
class Row:
    """What is added to a result after the formula: intervals, ranks and what may leave the house."""

    low: np.ndarray
    high: np.ndarray
    rank_low: np.ndarray
    rank_high: np.ndarray
    rank_of: np.ndarray
    shown: np.ndarray


@dataclass
class Block:
    """One indicator's result with everything its rows need."""

    indicator: str
    result: Result
    codes: np.ndarray
    municipalities: np.ndarray
    extra: Row
    notes: list[tuple[str, str, str, str]] = field(default_factory=list)  # kind, dataset, snapshot, note


def no_extra(result: Result) -> Row:
    """No intervals, no ranks, everything shown as it is."""
    size = len(result.values)
    nothing, zero = np.full(size, np.nan), np.zeros(size, dtype=np.int32)
    return Row(nothing, nothing.copy(), zero, zero.copy(), zero.copy(), result.states.copy())


def municipalities_of(division: str, codes: np.ndarray, schools: dict[str, str]) -> np.ndarray:
    """Each area's municipality; a school's comes from where it stands."""
    if division == Division.SCHOOL:
        return np.array([schools.get(code, "") for code in codes])
    return np.array([municipality_of(Division(division), code) for code in codes])


def indicator_table(blocks: list[Block], home: str) -> pa.Table:
    """All rows. Areas elsewhere without any figure are left out; the municipality's own keep theirs, with the reason."""
    parts = [_rows(block, home) for block in blocks]
    return pa.concat_tables(parts) if parts else INDICATORS.empty_table()


def lineage_table(blocks: list[Block]) -> pa.Table:
    """The chain behind each block, once per distinct chain."""
    rows: dict[tuple[str, int], dict[str, object]] = {}
    for block in blocks:
        key = lineage_key(block)
        for step, (kind, dataset, snapshot, note) in enumerate(block.notes):
            rows[key, step] = {"lineage": key, "step": step, "kind": kind, "dataset": dataset, "snapshot": snapshot, "note": note}
    return pa.Table.from_pylist(list(rows.values()), schema=LINEAGE)


def lineage_key(block: Block) -> str:
    """A short name of a chain: the same steps always have the same name."""
    return hashlib.sha256(repr(block.notes).encode()).hexdigest()[:16]


# Internals


def _rows(block: Block, home: str) -> pa.Table:
    result, extra = block.result, block.extra
    keep = np.flatnonzero((result.coverage > 0) | (result.states <= UNSTABLE) | (block.municipalities == home))
    size = len(keep)

    def same(text: str) -> pa.Array:
        return pa.repeat(pa.scalar(text), size)

    def numbers(values: np.ndarray) -> pa.Array:
        chosen = values[keep].astype(float)
        return pa.array(chosen, mask=~np.isfinite(chosen))

    def ranks(values: np.ndarray) -> pa.Array:
        chosen = values[keep].astype(np.int32)
        return pa.array(chosen, mask=chosen == 0)

    columns = {
        "indicator": same(block.indicator),
        "division": same(result.layer[0]),
        "edition": same(result.layer[1]),
        "area": pa.array(block.codes[keep].tolist(), pa.string()),
        "municipality": pa.array(block.municipalities[keep].tolist(), pa.string()),
        "period": same(result.period),
        "sex": same(result.sex),
        "age": same(result.age),
        "state": pa.array(_STATE_NAMES[result.states[keep]].tolist(), pa.string()),
        "shown": pa.array(_STATE_NAMES[extra.shown[keep]].tolist(), pa.string()),
        "value": numbers(np.where(result.states <= UNSTABLE, result.values, np.nan)),
        "numerator": numbers(result.numerators),
        "denominator": numbers(result.denominators),
        "low": numbers(extra.low),
        "high": numbers(extra.high),
        "rank_low": ranks(extra.rank_low),
        "rank_high": ranks(extra.rank_high),
        "rank_of": ranks(extra.rank_of),
        "coverage": numbers(result.coverage),
        "reason": pa.array([str(reason) for reason in result.reasons[keep]], pa.string()),
        "method": same(result.method),
        "lineage": same(lineage_key(block)),
    }
    return pa.table(columns, schema=INDICATORS)


def hidden_at_exit(block: Block) -> int:
    """How many of a block's figures the disclosure rule hides."""
    return int(np.sum((block.extra.shown == HIDDEN) & (block.result.states != HIDDEN)))
