"""Files in and out: exact, whole or not at all, with errors that say what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plats.engine.tables import TableError, columns_of, read_numbers, read_text, write_table

CODES = np.array(["0126R001", "0126R002", "0126R003"])
PEOPLE = np.array([1.0, np.nan, 3.5])


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_what_is_written_is_read_back(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"areas.{kind}"
    write_table(path, {"area": CODES, "people": PEOPLE, "homes": np.array([4, 5, 6])})
    assert columns_of(path) == ["area", "people", "homes"]
    assert read_text(path, "area").tolist() == CODES.tolist()
    np.testing.assert_array_equal(
        read_numbers(path, ["homes", "people"]), np.column_stack([[4, 5, 6], PEOPLE])
    )


def test_a_code_of_digits_keeps_its_leading_zero(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("area,people\n0126,1\n0127,2\n", encoding="utf-8")
    assert read_text(path, "area").tolist() == ["0126", "0127"]


def test_a_missing_column_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "areas.parquet"
    write_table(path, {"people": PEOPLE})
    with pytest.raises(TableError, match=r"kolumnen homes finns inte. Där finns: people"):
        read_numbers(path, ["homes"])


def test_text_is_no_number_and_an_empty_code_is_no_code(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("area,people\nA,mycket\n,2\n", encoding="utf-8")
    with pytest.raises(TableError, match="people ska vara tal"):
        read_numbers(path, ["people"])
    empty = tmp_path / "empty.parquet"
    write_table(empty, {"area": np.array(["A", None], dtype=object)})
    with pytest.raises(TableError, match="saknar värde på 1 rader"):
        read_text(empty, "area")


@pytest.mark.parametrize("name", ["areas.xlsx", "areas"])
def test_other_kinds_of_files_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableError, match=r"\.parquet eller \.csv"):
        write_table(tmp_path / name, {"people": PEOPLE})


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_file_that_is_broken_or_gone_is_told(tmp_path: Path, kind: str) -> None:
    gone = tmp_path / f"gone.{kind}"
    with pytest.raises(TableError, match="kan inte läsas"):
        read_numbers(gone, ["people"])
    broken = tmp_path / f"broken.{kind}"
    broken.write_bytes(b"PAR1 no, this is something else\n\x00,\n1,2,3\n")
    with pytest.raises(TableError, match="kan inte läsas"):
        read_numbers(broken, ["people"])


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "areas.parquet"
    write_table(path, {"people": PEOPLE})
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("plats.engine.tables.pq.write_table", full)
    with pytest.raises(TableError, match=r"No space left on device\. Inget är ändrat"):
        write_table(path, {"people": PEOPLE * 2})
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["areas.parquet"]
