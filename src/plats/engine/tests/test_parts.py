"""A computation in parts: what is there is not made again, what is broken is, and the end is the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from plats.engine.parts import fingerprint_of, open_parts
from plats.engine.tables import TableError

NAMES = ["a", "b", "c"]
PARTS = {
    name: {"n": np.arange(number, number + 3), "x": np.array([0.1, np.nan, number])}
    for number, name in enumerate(NAMES)
}


def unbroken(target: Path) -> bytes:
    parts = open_parts(target, "same", NAMES)
    for name in NAMES:
        parts.write(name, PARTS[name])
    assert parts.join(target) == 9
    return target.read_bytes()


@pytest.mark.parametrize("kind", ["parquet", "csv"])
@pytest.mark.parametrize("order", [["a", "b", "c"], ["c", "a", "b"]])
@pytest.mark.parametrize("made_before", [0, 1, 2, 3])
def test_a_run_that_was_broken_off_ends_in_the_same_bytes(
    tmp_path: Path, kind: str, order: list[str], made_before: int
) -> None:
    expected = unbroken(tmp_path / f"whole.{kind}")
    target = tmp_path / f"broken.{kind}"
    first = open_parts(target, "same", NAMES)
    for name in order[:made_before]:
        first.write(name, PARTS[name])
    again = open_parts(target, "same", NAMES)
    assert again.missing() == [name for name in NAMES if name not in order[:made_before]]
    for name in again.missing():
        again.write(name, PARTS[name])
    again.join(target)
    assert target.read_bytes() == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"broken.{kind}", f"whole.{kind}"]


def test_the_rows_stand_in_the_order_of_the_parts(tmp_path: Path) -> None:
    unbroken(tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet")["n"].to_pylist() == [0, 1, 2, 1, 2, 3, 2, 3, 4]


def test_a_part_that_is_cut_or_changed_is_made_again(tmp_path: Path) -> None:
    parts = open_parts(tmp_path / "out.parquet", "same", NAMES)
    for name in NAMES:
        parts.write(name, PARTS[name])
    cut, changed = parts.folder / "a.parquet", parts.folder / "c.parquet"
    cut.write_bytes(cut.read_bytes()[:-1])
    changed.write_bytes(b"X" + changed.read_bytes()[1:])
    assert parts.missing() == ["a", "c"]


def test_a_part_whose_sum_was_never_noted_is_made_again(tmp_path: Path) -> None:
    """Killed between the part and its sum."""
    parts = open_parts(tmp_path / "out.parquet", "same", NAMES)
    parts.write("b", PARTS["b"])
    (parts.folder / "b.sha256").unlink()
    assert parts.missing() == NAMES


@pytest.mark.parametrize(("fingerprint", "names"), [("other", NAMES), ("same", ["a", "b"])])
def test_parts_of_another_computation_are_of_no_use(
    tmp_path: Path, fingerprint: str, names: list[str]
) -> None:
    open_parts(tmp_path / "out.parquet", "same", NAMES).write("a", PARTS["a"])
    assert open_parts(tmp_path / "out.parquet", fingerprint, names).missing() == names


def test_two_results_in_a_folder_do_not_share_parts(tmp_path: Path) -> None:
    open_parts(tmp_path / "one.parquet", "same", NAMES).write("a", PARTS["a"])
    assert open_parts(tmp_path / "two.parquet", "same", NAMES).missing() == NAMES
    assert open_parts(tmp_path / "one.parquet", "same", NAMES).missing() == ["b", "c"]


def test_a_disk_that_fills_up_keeps_the_parts_that_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = open_parts(tmp_path / "out.parquet", "same", NAMES)
    parts.write("a", PARTS["a"])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("plats.engine.tables.pq.write_table", full)
        with pytest.raises(TableError, match=r"No space left on device.*Av 3 delar är 1 klara") as told:
            parts.write("b", PARTS["b"])
        assert str(parts.folder) in str(told.value)
    assert parts.missing() == ["b", "c"]
    for name in parts.missing():
        parts.write(name, PARTS[name])
    target = tmp_path / "out.parquet"
    target.write_bytes(b"from before")
    with monkeypatch.context() as patch:
        patch.setattr("plats.engine.parts.pq.ParquetWriter", full)
        with pytest.raises(TableError, match="Alla delar är klara och ligger kvar"):
            parts.join(target)
    assert target.read_bytes() == b"from before"
    parts.join(target)
    assert target.read_bytes() == unbroken(tmp_path / "whole.parquet")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TableError, match="Välj en annan mapp"):
        open_parts(tmp_path / "file" / "out.parquet", "same", NAMES)


def test_the_fingerprint_is_of_the_bytes_and_of_what_was_asked(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("x\n1\n")
    first = fingerprint_of(source, {"k": [50], "cell": 100})
    assert fingerprint_of(source, {"cell": 100, "k": [50]}) == first
    assert fingerprint_of(source, {"k": [51], "cell": 100}) != first
    source.write_text("x\n2\n")
    assert fingerprint_of(source, {"k": [50], "cell": 100}) != first
    with pytest.raises(TableError, match="kan inte läsas"):
        fingerprint_of(tmp_path / "gone.csv", {})
