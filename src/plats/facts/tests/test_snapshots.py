"""Snapshots: the very bytes, once, with where they came from."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from plats.facts.snapshots import Provenance, SnapshotError, Snapshots

WHERE = Provenance(
    agency="Statistiska centralbyrån (SCB)",
    title="Folkmängd",
    table="000005FF",
    address="https://www.statistikdatabasen.scb.se/",
    licence="CC0 1.0",
    retrieved="2026-11-23",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folkmängd.csv"
    path.write_bytes("område;antal\n0126R001;5120\n".encode("latin-1"))
    return path


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "home")


def test_a_snapshot_is_named_by_its_bytes(file: Path, snapshots: Snapshots) -> None:
    made = snapshots.put(file, file.name, WHERE)
    assert made.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert snapshots.path(made.sha256).read_bytes() == file.read_bytes()
    assert (made.size, made.name, made.provenance) == (file.stat().st_size, "folkmängd.csv", WHERE)
    assert snapshots.verify(made.sha256)


def test_the_same_bytes_twice_are_one_snapshot_and_the_first_provenance_stands(
    file: Path, snapshots: Snapshots
) -> None:
    first = snapshots.put(file, "a.csv", WHERE)
    second = snapshots.put(file, "b.csv", replace(WHERE, retrieved="2027-01-01"))
    assert second == first
    assert list(snapshots.all()) == [first]
    assert sorted(path.name for path in snapshots.folder.iterdir()) == [first.sha256, f"{first.sha256}.json"]


def test_one_changed_byte_is_another_snapshot(file: Path, snapshots: Snapshots) -> None:
    first = snapshots.put(file, file.name, WHERE)
    file.write_bytes(file.read_bytes().replace(b"5120", b"5121"))
    assert snapshots.put(file, file.name, WHERE) != first
    assert len(list(snapshots.all())) == 2


def test_a_snapshot_that_was_changed_is_found_out(file: Path, snapshots: Snapshots) -> None:
    made = snapshots.put(file, file.name, WHERE)
    snapshots.path(made.sha256).write_bytes(b"something else")
    assert not snapshots.verify(made.sha256)
    assert not snapshots.verify("0" * 64)


def test_freezing_again_heals_a_changed_copy(file: Path, snapshots: Snapshots) -> None:
    made = snapshots.put(file, file.name, WHERE)
    snapshots.path(made.sha256).write_bytes(b"something else")
    snapshots.put(file, file.name, WHERE)
    assert snapshots.verify(made.sha256)


def test_an_unknown_snapshot_says_what_to_do(snapshots: Snapshots) -> None:
    with pytest.raises(SnapshotError, match="Läs in källan igen med plats import"):
        snapshots.get("0" * 64)
    assert list(snapshots.all()) == []


def test_a_large_file_is_whole(tmp_path: Path, snapshots: Snapshots) -> None:
    # Larger than the block it is copied in.
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(range(256)) * 10_000)
    made = snapshots.put(path, path.name, WHERE)
    assert snapshots.path(made.sha256).read_bytes() == path.read_bytes()
