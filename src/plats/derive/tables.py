"""From results to rows: the indicators and lineage tables, column by column."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from plats.derive.figures import HIDDEN, STATES, UNSTABLE
from plats.derive.formulas import Result
from plats.facts.schema import INDICATORS, LINEAGE
from plats.vocabulary.codes import Division, municipality_of

Chain = list[tuple[str, str, str, str]]
"""The steps behind a figure: kind, dataset, snapshot, note."""

_STATE_NAMES = pa.array([str(state) for state in STATES])


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
    notes: Chain = field(default_factory=list)


def no_extra(result: Result) -> Row:
    """No intervals, no ranks, everything shown as it is."""
    size = len(result.values)
    nothing, zero = np.full(size, np.nan), np.zeros(size, dtype=np.int32)
    return Row(nothing, nothing.copy(), zero, zero.copy(), zero.copy(), result.states.copy())


def municipalities_of(division: str, codes: np.ndarray, schools: dict[str, str]) -> np.ndarray:
    """Each area's municipality; a school's comes from where it stands."""
    if division == Division.SCHOOL:
        return np.array([schools.get(code, "") for code in codes])
    # An area code begins with its municipality's, if it carries one: cutting all codes at once is what makes it fast.
    length = len(municipality_of(Division(division), "0" * 8))
    return codes.astype(f"<U{length}") if length else np.full(len(codes), "")


def indicator_table(blocks: list[Block], home: str) -> pa.Table:
    """All rows. Areas elsewhere without any figure are left out; the municipality's own keep theirs, with reason."""
    if not blocks:
        return INDICATORS.empty_table()
    kept = [_kept(block, home) for block in blocks]
    block_of_row = np.repeat(np.arange(len(blocks), dtype=np.int32), [len(at) for at in kept])

    def joined(arrays: Iterable[np.ndarray]) -> np.ndarray:
        return np.concatenate([array[at] for array, at in zip(arrays, kept, strict=True)])

    columns = _stated_once(blocks, block_of_row) | _stated_per_area(blocks, joined)
    return pa.table({name: columns[name] for name in INDICATORS.names}, schema=INDICATORS)


def lineage_table(chains: Iterable[Chain]) -> pa.Table:
    """Each distinct chain once."""
    rows: dict[tuple[str, int], dict[str, object]] = {}
    for chain in chains:
        key = lineage_key_of(chain)
        for step, (kind, dataset, snapshot, note) in enumerate(chain):
            rows[key, step] = {
                "lineage": key,
                "step": step,
                "kind": kind,
                "dataset": dataset,
                "snapshot": snapshot,
                "note": note,
            }
    return pa.Table.from_pylist(list(rows.values()), schema=LINEAGE)


def lineage_key_of(chain: Chain) -> str:
    """A short name of a chain: the same steps always have the same name."""
    return hashlib.sha256(repr(chain).encode()).hexdigest()[:16]


# Internals


def _kept(block: Block, home: str) -> np.ndarray:
    """Indexes of the areas that get a row."""
    result = block.result
    return np.flatnonzero(
        (result.coverage > 0) | (result.states <= UNSTABLE) | (block.municipalities == home)
    )


def _stated_once(blocks: list[Block], block_of_row: np.ndarray) -> dict[str, pa.Array]:
    """The columns that say the same in every row of a block."""

    def spread(texts: list[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(block_of_row, pa.array(texts)).cast(pa.string())

    return {
        "indicator": spread([block.indicator for block in blocks]),
        "division": spread([block.result.layer[0] for block in blocks]),
        "edition": spread([block.result.layer[1] for block in blocks]),
        "period": spread([block.result.period for block in blocks]),
        "sex": spread([block.result.sex for block in blocks]),
        "age": spread([block.result.age for block in blocks]),
        "method": spread([block.result.method for block in blocks]),
        "lineage": spread([lineage_key_of(block.notes) for block in blocks]),
    }


def _stated_per_area(
    blocks: list[Block], joined: Callable[[Iterable[np.ndarray]], np.ndarray]
) -> dict[str, pa.Array]:
    """The columns that differ from area to area."""
    results, extras = [block.result for block in blocks], [block.extra for block in blocks]
    states = joined(result.states for result in results)
    values = np.where(states <= UNSTABLE, joined(result.values for result in results), np.nan)
    return {
        "area": pa.array(joined(block.codes for block in blocks)),
        "municipality": pa.array(joined(block.municipalities for block in blocks)),
        "state": _state_names(states),
        "shown": _state_names(joined(extra.shown for extra in extras)),
        "value": _numbers(values),
        "numerator": _numbers(joined(result.numerators for result in results)),
        "denominator": _numbers(joined(result.denominators for result in results)),
        "low": _numbers(joined(extra.low for extra in extras)),
        "high": _numbers(joined(extra.high for extra in extras)),
        "rank_low": _ranks(joined(extra.rank_low for extra in extras)),
        "rank_high": _ranks(joined(extra.rank_high for extra in extras)),
        "rank_of": _ranks(joined(extra.rank_of for extra in extras)),
        "coverage": _numbers(joined(result.coverage for result in results)),
        "reason": pa.array(joined(result.reasons for result in results), pa.string()),
    }


def _state_names(numbered: np.ndarray) -> pa.Array:
    return pa.DictionaryArray.from_arrays(numbered, _STATE_NAMES).cast(pa.string())


def _numbers(values: np.ndarray) -> pa.Array:
    numbers = values.astype(float)
    return pa.array(numbers, mask=~np.isfinite(numbers))


def _ranks(values: np.ndarray) -> pa.Array:
    return pa.array(values.astype(np.int32), mask=values == 0)


def hidden_at_exit(block: Block) -> int:
    """How many of a block's figures the disclosure rule hides."""
    return int(np.sum((block.extra.shown == HIDDEN) & (block.result.states != HIDDEN)))
