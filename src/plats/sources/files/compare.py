"""New rows against the rows the store has: by key, whole columns at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.sources.files.mapping import Mapping
from plats.sources.files.rows import TableRows

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
# A crosswalk is replaced from-area by from-area: a pair that is gone from the file must not stay and add to the rest.
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
    """The rows to write, the fate of each, the store's rows that give way, and the first thousand revisions."""

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
    import pyarrow.compute as pc

    key, content = KEYS[rows.target], CONTENT[rows.target]
    mine, theirs = _joined(rows.table, key), _joined(existing, key)
    places = pc.index_in(mine, value_set=theirs)
    found = places.is_valid().to_numpy(zero_copy_only=False)
    where = pc.fill_null(places, -1).to_numpy(zero_copy_only=False)
    table = _inherited(rows.table, existing, where) if rows.target == "areas" else rows.table
    differs = np.zeros(table.num_rows, dtype=bool)
    at = where[found]
    old, new = _joined(existing.take(at), content), _joined(table.filter(pa.array(found)), content)
    differs[found] = pc.not_equal(old, new).to_numpy(zero_copy_only=False)
    if mapping.on_conflict == "keep":
        differs[found] &= pc.equal(existing["dataset"].take(pa.array(at)), mapping.id).to_numpy(
            zero_copy_only=False
        )
    fates = np.where(found, np.where(differs, REVISED, SAME), NEW).astype(np.int8)
    replaced = np.zeros(existing.num_rows, dtype=bool)
    replaced[where[differs]] = True
    revisions = [
        _revision(rows, existing, table, index, int(where[index]))
        for index in np.flatnonzero(differs)[:REVISIONS_SAID]
    ]
    return Comparison(
        table, fates, replaced, _outdated(rows.target, table, existing, theirs, mine), revisions
    )


def refuse_duplicates(rows: TableRows) -> None:
    """Two rows with one key are both refused: nothing says which is right."""
    keys = _joined(rows.table, KEYS[rows.target]).dictionary_encode()
    if len(keys.dictionary) == len(keys):
        return
    indices = keys.indices.to_numpy()
    order = np.argsort(indices, kind="stable")
    lines = rows.raw.lines
    for group in np.split(order, np.flatnonzero(np.diff(indices[order])) + 1):
        if len(group) == 1:
            continue
        sources = [int(rows.source[index]) for index in group]
        where = " och ".join(f"{rows.raw.word} {lines[row]}" for row in dict.fromkeys(sources))
        for row in sources:
            rows.faults.add(row, f"dubblett: {where} har samma nyckel; behåll en av dem")


# Internals


def _joined(table: pa.Table, names: tuple[str, ...]) -> pa.Array:
    """The columns as one text per row, so that rows can be looked up; absent and empty are told apart."""
    import pyarrow.compute as pc

    parts = [pc.fill_null(table[name].cast(pa.string()), "\u2205") for name in names]
    joined = pc.binary_join_element_wise(*parts, "\x1f")
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined


def _outdated(
    target: str, table: pa.Table, existing: pa.Table, theirs: pa.Array, mine: pa.Array
) -> npt.NDArray[np.bool_]:
    """The store's rows of a group that the file brings anew, but that the file no longer has."""
    import pyarrow.compute as pc

    group = _GROUPS.get(target)
    if group is None:
        return np.zeros(existing.num_rows, dtype=bool)
    in_group = pc.is_in(_joined(existing, group), value_set=_joined(table, group))
    still = pc.is_in(theirs, value_set=mine)
    outdated: npt.NDArray[np.bool_] = pc.and_not(in_group, still).to_numpy(zero_copy_only=False)
    return outdated


def _inherited(table: pa.Table, existing: pa.Table, where: npt.NDArray[np.int64]) -> pa.Table:
    """Areas that come without border or name keep those the store has: a list of points never takes a map away."""
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
    before = ", ".join(f"{name} {_said(old[name])}" for name in changed)
    after = ", ".join(f"{name} {_said(new[name])}" for name in changed)
    key = " ".join(str(new[name]) for name in KEYS[rows.target] if new[name])
    origin = "" if old["dataset"] == new["dataset"] else f" (stod i {old['dataset']})"
    return Revision(int(rows.source[index]), key, before, after, f"{key}: {before} blir {after}{origin}")


def _said(content: object) -> str:
    return "inget" if content is None or content == "" else str(content)
