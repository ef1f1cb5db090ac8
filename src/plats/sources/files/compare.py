"""New rows against the rows the store has: by key, whole columns at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.sources.files.mapping import Mapping
from plats.sources.files.rows import TableRows, without_faults
from plats.vocabulary.cells import State

KEYS: dict[str, tuple[str, ...]] = {
    "observations": ("variable", "division", "edition", "area", "period", "sex", "age"),
    "areas": ("division", "edition", "code"),
    "sites": ("dataset", "site"),
    "crosswalks": ("from_division", "from_edition", "from_code", "to_division", "to_edition", "to_code"),
    "percentiles": ("indicator", "division", "period", "percent"),
}
CONTENT: dict[str, tuple[str, ...]] = {
    "observations": ("state", "value", "reason"),
    "areas": ("name", "municipality", "valid_from", "valid_to", "geometry_hash", "x", "y", "approximate"),
    "sites": ("kind", "name", "detail", "x", "y", "municipality"),
    "crosswalks": ("ppm", "method"),
    "percentiles": ("value", "areas"),
}
# A crosswalk is replaced from-area by from-area: a pair that is gone from the file must not stay and add to
# the rest.
_GROUPS: dict[str, tuple[str, ...]] = {
    "crosswalks": ("from_division", "from_edition", "from_code", "to_division", "to_edition"),
}
REVISIONS_SAID = 1000
SAME, NEW, REVISED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Revision:
    """One row whose content changes: what it said and what it says."""

    row: int
    key: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows, the fate of each, the store's rows that give way, and the first thousand revisions."""

    table: pa.Table
    fates: npt.NDArray[np.int8]
    replaced: npt.NDArray[np.bool_]
    outdated: npt.NDArray[np.bool_]
    revisions: list[Revision]

    def merged(self, existing: pa.Table, snapshot: str) -> pa.Table:
        """The store's table after the import; rows that stay the same keep their own dataset and snapshot."""
        written = self.table.filter(pa.array(self.fates != SAME))
        if "snapshot" in written.column_names:
            place = written.column_names.index("snapshot")
            written = written.set_column(
                place, "snapshot", pa.repeat(pa.scalar(snapshot, pa.string()), written.num_rows)
            )
        kept = existing.filter(pa.array(~(self.replaced | self.outdated)))
        return pa.concat_tables([kept, written.cast(kept.schema)])


def compare(rows: TableRows, existing: pa.Table, mapping: Mapping) -> Comparison:
    """The fate of every row against the store's table."""
    near = _near(rows, existing)
    theirs = existing.take(pa.array(near))
    mine_keys, their_keys = _joined(rows.table, KEYS[rows.target]), _joined(theirs, KEYS[rows.target])
    where = _places(mine_keys, their_keys)
    table = _inherited(rows.table, theirs, where) if rows.target == "areas" else rows.table
    differs = _differs(rows.target, table, theirs, where, mapping)
    fates = np.where(where < 0, NEW, np.where(differs, REVISED, SAME)).astype(np.int8)
    replaced, outdated = np.zeros(existing.num_rows, dtype=bool), np.zeros(existing.num_rows, dtype=bool)
    replaced[near[where[differs]]] = True
    outdated[near[_outdated(rows.target, table, theirs, _places(their_keys, mine_keys) >= 0)]] = True
    revisions = [
        _revision(rows, theirs, table, index, int(where[index]))
        for index in np.flatnonzero(differs)[:REVISIONS_SAID]
    ]
    return Comparison(table, fates, replaced, outdated, revisions)


def refuse_duplicates(rows: TableRows) -> None:
    """Two rows with one key are both refused: nothing says which is right."""
    sound = without_faults(rows)
    keys = _joined(sound.table, KEYS[rows.target]).dictionary_encode()
    if len(keys.dictionary) == len(keys):
        return
    indices = keys.indices.to_numpy()
    order = np.argsort(indices, kind="stable")
    lines = rows.raw.lines
    for group in np.split(order, np.flatnonzero(np.diff(indices[order])) + 1):
        if len(group) == 1:
            continue
        sources = list(dict.fromkeys(int(sound.source[index]) for index in group))
        where = " och ".join(f"{rows.raw.word} {lines[row]}" for row in sources)
        for row in sources:
            rows.faults.add(row, f"dubblett: {where} har samma nyckel; behåll en av dem")


# Internals


def _joined(table: pa.Table, names: tuple[str, ...]) -> pa.Array:
    """The columns as one text per row, so that rows can be looked up; absent and empty are told apart."""
    import pyarrow.compute as pc

    parts = [pc.fill_null(table[name].cast(pa.string()), "\u2205") for name in names]
    joined = pc.binary_join_element_wise(*parts, "\x1f")
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined


def _near(rows: TableRows, existing: pa.Table) -> npt.NDArray[np.int64]:
    """Places of the store's rows that share the first part of a key with the file: look only there."""
    import pyarrow.compute as pc

    first = KEYS[rows.target][0]
    shared = pc.is_in(existing[first], value_set=pc.unique(rows.table[first]))
    return np.flatnonzero(shared.to_numpy())


def _places(wanted: pa.Array, among: pa.Array) -> npt.NDArray[np.int64]:
    """Where each text stands among the others; -1 where it does not."""
    import pyarrow.compute as pc

    places = pc.fill_null(pc.index_in(wanted, value_set=among), -1)
    return np.asarray(places.to_numpy(zero_copy_only=False), dtype=np.int64)


def _differs(
    target: str, table: pa.Table, theirs: pa.Table, where: npt.NDArray[np.int64], mapping: Mapping
) -> npt.NDArray[np.bool_]:
    """Which rows say something else than the store's row of the same key, and may.

    Another dataset's row gives way neither to a mapping that keeps what is there, nor to a cell that only
    says that the figure is missing: a source that says nothing takes nothing away.
    """
    found = where >= 0
    at = pa.array(where[found])
    mine, old = table.filter(pa.array(found)), theirs.take(at)
    differs = np.zeros(table.num_rows, dtype=bool)
    changed = _texts(_joined(mine, CONTENT[target])) != _texts(_joined(old, CONTENT[target]))
    foreign = _texts(old["dataset"]) != mapping.id
    if mapping.on_conflict == "keep":
        changed &= ~foreign
    elif target == "observations":
        changed &= ~(foreign & (_texts(mine["state"]) == State.MISSING.value))
    differs[found] = changed
    return differs


def _texts(column: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.object_]:
    return np.asarray(column.to_pylist(), dtype=object)


def _outdated(
    target: str, table: pa.Table, theirs: pa.Table, still: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """The store's rows of a group that the file brings anew, but that the file no longer has."""
    import pyarrow.compute as pc

    group = _GROUPS.get(target)
    if group is None:
        return np.zeros(theirs.num_rows, dtype=bool)
    in_group = pc.is_in(_joined(theirs, group), value_set=_joined(table, group))
    return np.asarray(in_group.to_numpy(zero_copy_only=False), dtype=bool) & ~still


def _inherited(table: pa.Table, existing: pa.Table, where: npt.NDArray[np.int64]) -> pa.Table:
    """Areas that come without border or name keep those the store has: points never take a map away."""
    new: list[dict[str, Any]] = table.to_pylist()
    changed = False
    for row, place in zip(new, where, strict=True):
        if place < 0:
            continue
        old = existing.slice(int(place), 1).to_pylist()[0]
        fields = ["name"] if not row["name"] and old["name"] else []
        if row["geometry"] is None and old["geometry"] is not None:
            fields += ["geometry", "geometry_hash", "x", "y", "approximate"]
        changed = changed or bool(fields)
        row.update({name: old[name] for name in fields})
    return pa.Table.from_pylist(new, schema=table.schema) if changed else table


def _revision(rows: TableRows, existing: pa.Table, table: pa.Table, index: int, place: int) -> Revision:
    old, new = existing.slice(place, 1).to_pylist()[0], table.slice(index, 1).to_pylist()[0]
    changed = [name for name in CONTENT[rows.target] if old[name] != new[name]]
    before = ", ".join(f"{_WORDS.get(name, name)} {_said(name, old)}" for name in changed)
    after = ", ".join(f"{_WORDS.get(name, name)} {_said(name, new)}" for name in changed)
    key = " ".join(str(new[name]) for name in KEYS[rows.target] if new[name])
    origin = "" if old["dataset"] == new["dataset"] else f" (stod i {old['dataset']})"
    return Revision(int(rows.source[index]), key, before, after, f"{key}: {before} blir {after}{origin}")


def _said(name: str, row: dict[str, Any]) -> str:
    content = row[name]
    if content is None or content == "":
        return "inget"
    return str(content)[:8] if name == "geometry_hash" else str(content)


_WORDS = {
    "state": "läge",
    "value": "värde",
    "reason": "skäl",
    "name": "namn",
    "municipality": "kommun",
    "valid_from": "gäller från",
    "valid_to": "gäller till",
    "geometry_hash": "gräns",
    "approximate": "ungefärlig",
    "kind": "slag",
    "detail": "uppgift",
    "ppm": "miljondelar",
    "method": "metod",
    "areas": "antal områden",
}
