"""A long computation in parts: each kept as soon as it is made, so that one that is broken off goes on from there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
from pyarrow import csv

from plats.engine.tables import TableError, read_numbers, require_kind, write_table

Columns = Mapping[str, Any]

_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder where the parts of one computation lie until all are there."""

    folder: Path
    names: tuple[str, ...]

    def is_whole(self, name: str) -> bool:
        """Whether the part is there, byte for byte as it was written."""
        path = self._path(name)
        try:
            noted = self._noted(name).read_text(encoding="utf-8")
            return noted == hash_of(path)
        except OSError:
            return False

    def missing(self) -> list[str]:
        """The parts that remain to be made, in their order."""
        return [name for name in self.names if not self.is_whole(name)]

    def write(self, name: str, columns: Columns) -> None:
        """Keep a part. It counts as made when its sum is noted, which is done last."""
        try:
            write_table(self._path(name), columns)
            _write_whole(self._noted(name), hash_of(self._path(name)))
        except (TableError, OSError) as error:
            done = len(self.names) - len(self.missing())
            raise TableError(
                f"{error} Av {len(self.names)} delar är {done} klara; de ligger kvar i {self.folder}. Gör plats och "
                "kör samma kommando igen, så räknas bara resten."
            ) from error

    def numbers(self, name: str, column: str) -> npt.NDArray[np.float64]:
        """A column of a part that has been made."""
        return read_numbers(self._path(name), [column])[:, 0]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a part that has been made, each by its columns' names."""
        rows: list[dict[str, Any]] = pq.read_table(self._path(name)).to_pylist()
        return rows

    def give_up(self) -> None:
        """Remove the folder, unless some part in it is whole."""
        if len(self.missing()) == len(self.names):
            shutil.rmtree(self.folder, ignore_errors=True)

    def join(self, target: Path, only: Sequence[str] | None = None) -> int:
        """Put the parts, or only some of them, together in one file, in their order, and remove them all. Returns how
        many rows it has.

        The file has the same bytes whichever parts were made in which run.
        """
        require_kind(target)
        partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
        try:
            rows = _join(
                [self._path(name) for name in only or self.names], partial, as_csv=target.suffix == ".csv"
            )
            partial.replace(target)
        except OSError as error:
            raise TableError(
                f"{target} kunde inte skrivas: {error.strerror or error}. Alla delar är klara och ligger kvar i "
                f"{self.folder}. Gör plats på disken och kör samma kommando igen."
            ) from error
        finally:
            partial.unlink(missing_ok=True)
        shutil.rmtree(self.folder)
        return rows

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def _noted(self, name: str) -> Path:
        return self.folder / f"{name}.sha256"


def open_parts(target: Path, fingerprint: str, names: Sequence[str]) -> Parts:
    """The parts of the computation that ends in that file: those that are there from before, if they are of the same.

    What lies there of another computation (another input, other questions) is removed: it can be of no use.
    """
    folder = target.with_name(f".{target.name}.parts")
    manifest = json.dumps({"fingerprint": fingerprint, "parts": list(names)}, ensure_ascii=False)
    try:
        if folder.exists() and _read(folder / _MANIFEST) != manifest:
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(folder / _MANIFEST, manifest)
    except OSError as error:
        raise TableError(
            f"{folder} kan inte skrivas: {error.strerror or error}. Välj en annan mapp för resultatet."
        ) from error
    return Parts(folder, tuple(names))


def fingerprint_of(source: Path, asked: Mapping[str, Any]) -> str:
    """What a computation is known by: the bytes of its input, and what was asked."""
    try:
        told = {"source": hash_of(source), "asked": asked}
    except OSError as error:
        raise TableError(f"{source}: kan inte läsas ({error.strerror or error}).") from error
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def hash_of(path: Path) -> str:
    """The sha256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Internals


def _join(paths: Iterable[Path], target: Path, *, as_csv: bool) -> int:
    """One part in memory at a time."""
    rows = 0
    writer: Any = None
    make = csv.CSVWriter if as_csv else pq.ParquetWriter
    try:
        for path in paths:
            table = pq.read_table(path)
            writer = writer or make(str(target), table.schema)
            writer.write_table(table)
            rows += table.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


def _write_whole(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
