"""Small made-up stores for the tests: two municipalities, the nation, and cells in every state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from plats.facts.schema import TABLES
from plats.facts.versions import FactStore, Version

EMPTY: dict[str, Any] = {"sex": "total", "age": "total", "reason": "", "coverage": 1.0}


def rows(table: str, *given: dict[str, Any]) -> pa.Table:
    """A table of the store's schema; columns that are not given are null."""
    schema = TABLES[table]
    full = [{name: one.get(name) for name in schema.names} for one in given]
    return pa.Table.from_pylist(full, schema=schema)


def indicator(area: str, value: float | None, state: str = "value", **more: Any) -> dict[str, Any]:
    """A row of the indicators table: a share in RegSO 2020 unless said otherwise."""
    row = {
        **EMPTY,
        "indicator": "employed_share",
        "division": "regso",
        "edition": "2020",
        "area": area,
        "municipality": area[:4],
        "period": "2022",
        "state": state,
        "shown": state,
        "value": value,
        "method": "share/1",
        "lineage": "chain",
    }
    return row | more


def put(store: FactStore, **tables: pa.Table) -> Version:
    """One version of the store with these tables replaced."""
    with store.begin(note="test") as draft:
        for name, table in tables.items():
            draft.put(name, table)
        return draft.commit()


def store_in(folder: Path) -> FactStore:
    """A store with one figure."""
    store = FactStore(folder)
    put(store, indicators=rows("indicators", indicator("0126R001", 0.6)))
    return store
