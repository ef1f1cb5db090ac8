"""Versions: never changed, one pointer, and a killed or failing writer leaves the last good one."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from plats.facts.schema import SORT_KEYS, TABLES
from plats.facts.tests.stores import indicator, put, rows, store_in
from plats.facts.versions import EmptyStoreError, FactStore, StoreError


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    store = FactStore(tmp_path)
    assert not store.has_data()
    with pytest.raises(EmptyStoreError, match="Kör plats init först"):
        store.current()
    with pytest.raises(EmptyStoreError):
        store.current_id()


def test_every_table_has_an_order(tmp_path: Path) -> None:
    assert TABLES.keys() == SORT_KEYS.keys()
    for name, keys in SORT_KEYS.items():
        assert set(keys) <= set(TABLES[name].names)


def test_a_version_reads_back_sorted_and_unread_tables_are_empty(tmp_path: Path) -> None:
    store = FactStore(tmp_path)
    version = put(
        store, indicators=rows("indicators", indicator("0126R002", 0.7), indicator("0126R001", 0.6))
    )
    assert version.table("indicators").column("area").to_pylist() == ["0126R001", "0126R002"]
    assert version.table("sites") == TABLES["sites"].empty_table()
    assert version.problems() == []


def test_a_table_of_another_shape_is_refused(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    before = store.current_id()
    with pytest.raises(KeyError), store.begin(note="fel") as draft:
        draft.put("indicators", pa.table({"area": ["0126R001"]}))
    assert store.current_id() == before


def test_a_version_never_changes_and_the_next_one_builds_on_it(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    first = store.current()
    bytes_before = {path.name: path.read_bytes() for path in first.path.iterdir()}
    second = put(store, indicators=rows("indicators", indicator("0126R001", 0.5)))
    assert {path.name: path.read_bytes() for path in first.path.iterdir()} == bytes_before
    assert store.current().id == second.id != first.id
    assert second.manifest["base"] == first.id
    assert [version.id for version in store.versions()] == [first.id, second.id]


def test_an_unchanged_table_is_a_hard_link(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    first = store.current()
    second = put(store, percentiles=TABLES["percentiles"].empty_table())
    assert second.file("indicators").stat().st_ino == first.file("indicators").stat().st_ino
    assert second.manifest["tables"]["indicators"] == first.manifest["tables"]["indicators"]


@pytest.mark.parametrize("where", [10, -1])
def test_a_flipped_byte_is_found(tmp_path: Path, where: int) -> None:
    version = store_in(tmp_path).current()
    content = bytearray(version.file("indicators").read_bytes())
    content[where] ^= 1
    version.file("indicators").write_bytes(content)
    assert version.problems() == [
        f"Tabellen indicators i version {version.id} är inte den som skrevs. Läs in igen med plats init."
    ]


def test_a_removed_table_is_found(tmp_path: Path) -> None:
    version = store_in(tmp_path).current()
    version.file("indicators").unlink()
    assert len(version.problems()) == 1


def test_a_second_writer_is_refused_and_the_first_is_not_disturbed(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with store.begin(note="första") as draft:
        with (
            pytest.raises(StoreError, match=r"En annan inläsning .* Vänta"),
            FactStore(tmp_path).begin(note="andra"),
        ):
            pass
        draft.put("indicators", rows("indicators", indicator("0126R001", 0.1)))
        version = draft.commit()
    assert store.current_id() == version.id
    assert put(store).problems() == []


def fail_half_way(store: FactStore) -> None:
    with store.begin(note="misslyckas") as draft:
        draft.put("indicators", rows("indicators", indicator("0126R001", 0.1)))
        raise ZeroDivisionError


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    before = sorted(path.name for path in (tmp_path / "versions").iterdir())
    with pytest.raises(ZeroDivisionError):
        fail_half_way(store)
    assert sorted(path.name for path in (tmp_path / "versions").iterdir()) == before
    assert store.current().table("indicators").column("value").to_pylist() == [0.6]


def test_a_draft_that_is_not_committed_is_not_seen(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    before = store.current_id()
    with store.begin(note="ångrad") as draft:
        draft.put("indicators", rows("indicators", indicator("0126R001", 0.1)))
        assert draft.read("indicators").column("value").to_pylist() == [0.1]
        assert store.current().table("indicators").column("value").to_pylist() == [0.6]
    assert store.current_id() == before


def test_the_next_writer_clears_what_a_killed_one_left(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    remains = [
        tmp_path / "versions" / ".draft-0badc0de",
        tmp_path / ".current.999.tmp",
        tmp_path / "snapshots" / ".999.tabell.csv.tmp",
    ]
    remains[0].mkdir()
    remains[2].parent.mkdir()
    for path in (remains[0] / "indicators.parquet", *remains[1:]):
        path.write_bytes(b"half")
    put(store)
    assert not [path for path in remains if path.exists()]


def test_a_version_renamed_but_not_pointed_at_does_not_stop_the_next(tmp_path: Path) -> None:
    # Killed between the two last steps: the folder is in place, the pointer still on the one before.
    store = store_in(tmp_path)
    first = store.current_id()
    put(store, indicators=rows("indicators", indicator("0126R001", 0.5)))
    (tmp_path / "current").write_text(first + "\n", encoding="utf-8")
    assert store.current().problems() == []
    third = put(store, indicators=rows("indicators", indicator("0126R001", 0.4)))
    assert third.manifest["base"] == first
    assert store.current_id() == third.id
    assert len({version.id for version in store.versions()}) == 3


def test_a_pointer_to_nothing_says_what_to_do(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    (tmp_path / "current").write_text("000099-feedbeef\n", encoding="utf-8")
    with pytest.raises(StoreError, match="000099-feedbeef som inte finns"):
        store.current()


def test_prune_never_removes_the_current_one_or_those_referred_to(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    made = [store.current_id(), *(put(store).id for _ in range(4))]
    (tmp_path / "current").write_text(made[1] + "\n", encoding="utf-8")
    gone = store.prune(keep_newest=1, referred=frozenset({made[2]}))
    assert gone == [made[0], made[3]]
    assert [version.id for version in store.versions()] == [made[1], made[2], made[4]]
    # A hard-linked table lives as long as one version has it.
    assert store.current().problems() == []
    assert store.current().table("indicators").num_rows == 1


def test_what_was_done_is_in_the_manifest(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with store.begin(note="härledning") as draft:
        draft.record({"act": "derive", "cells": 7})
        manifest = draft.commit().manifest
    assert (manifest["note"], manifest["events"]) == ("härledning", [{"act": "derive", "cells": 7}])
    assert manifest["tables"]["indicators"]["rows"] == 1
