"""Versions: the store's tables, never changed once written, behind one pointer.

A writer works in a draft folder that nobody sees, renames it into place and then replaces the pointer file
`current`. Killed at any moment it leaves the last good version readable; the next writer clears the remains.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from plats.facts.files import flush_to_disk, write_atomically
from plats.facts.schema import SORT_KEYS, TABLES
from plats.facts.snapshots import Snapshots, file_hash

# Rows per Parquet row group: small enough that one municipality of all Sweden is found without reading the rest.
_ROW_GROUP = 20_000


class StoreError(Exception):
    """The store cannot do what was asked; the message says what to do."""


class EmptyStoreError(StoreError):
    """Nothing has been loaded yet."""


class Version:
    """One immutable set of tables."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name

    @property
    def manifest(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))
        return content

    def file(self, table: str) -> Path:
        """The Parquet file of one table."""
        return self.path / f"{table}.parquet"

    def table(self, name: str) -> pa.Table:
        """One table whole; empty with its schema when nothing has been put there."""
        if not self.file(name).exists():
            return TABLES[name].empty_table()
        return pq.read_table(self.file(name), schema=TABLES[name])

    def problems(self) -> list[str]:
        """What is not as the manifest says; empty when the version is whole."""
        found = []
        for name, entry in self.manifest["tables"].items():
            path = self.file(name)
            if not path.exists() or file_hash(path) != entry["sha256"]:
                found.append(
                    f"Tabellen {name} i version {self.id} är inte den som skrevs. Läs in igen med plats init."
                )
        return found


class Draft:
    """A version being written. Nothing is visible until `commit`."""

    def __init__(self, store: FactStore, folder: Path, base: Version | None, note: str) -> None:
        self.base = base
        self._store = store
        self._folder = folder
        self._note = note
        self._tables: dict[str, pa.Table] = {}
        self._events: list[dict[str, Any]] = []

    def read(self, table: str) -> pa.Table:
        """The table as it stands in this draft."""
        if table in self._tables:
            return self._tables[table]
        if self.base is None:
            return TABLES[table].empty_table()
        return self.base.table(table)

    def put(self, table: str, content: pa.Table) -> None:
        """Replace a table; it is checked against its schema and sorted as readers expect."""
        cast = content.select(TABLES[table].names).cast(TABLES[table])
        self._tables[table] = cast.sort_by([(name, "ascending") for name in SORT_KEYS[table]])

    def record(self, event: dict[str, Any]) -> None:
        """Note in the manifest what was done, such as an import's counts and revisions."""
        self._events.append(event)

    def commit(self) -> Version:
        """Write the tables, put the version in place and point at it."""
        entries = {name: self._write(name) for name in TABLES if self._place(name)}
        manifest = {
            "base": self.base.id if self.base else None,
            "note": self._note,
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
            "tables": entries,
            "events": self._events,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        write_atomically(self._folder / "manifest.json", text)
        return self._store._publish(self._folder, text)  # noqa: SLF001 - the two classes are one mechanism

    def _place(self, name: str) -> bool:
        """Put the table's file in the draft folder: written anew, or linked from the base when unchanged."""
        target = self._folder / f"{name}.parquet"
        if name in self._tables:
            pq.write_table(self._tables[name], target, compression="zstd", row_group_size=_ROW_GROUP)
            flush_to_disk(target)
        elif self.base is not None and self.base.file(name).exists():
            os.link(self.base.file(name), target)
        return target.exists()

    def _write(self, name: str) -> dict[str, Any]:
        path = self._folder / f"{name}.parquet"
        return {
            "sha256": file_hash(path),
            "rows": pq.read_metadata(path).num_rows,
            "bytes": path.stat().st_size,
        }


class FactStore:
    """All versions under one home, and the pointer to the one that is read."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.snapshots = Snapshots(home)
        self._versions = home / "versions"
        self._pointer = home / "current"

    def has_data(self) -> bool:
        return self._pointer.exists()

    def current_id(self) -> str:
        """The id of the version that is read now."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise EmptyStoreError(f"Inga siffror är inlästa i {self.home}. Kör plats init först.") from None

    def current(self) -> Version:
        """The version that is read now."""
        version = Version(self._versions / self.current_id())
        if not (version.path / "manifest.json").exists():
            raise StoreError(
                f"Pekaren anger version {version.id} som inte finns i {self._versions}. "
                "Återställ en säkerhetskopia eller kör plats init."
            )
        return version

    def versions(self) -> list[Version]:
        """Every whole version, oldest first."""
        return [
            Version(path)
            for path in sorted(self._versions.glob("[0-9]*"))
            if (path / "manifest.json").exists()
        ]

    @contextmanager
    def begin(self, note: str) -> Iterator[Draft]:
        """A draft on top of the current version, alone: a second writer is told to wait."""
        self._versions.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError(
                    "En annan inläsning eller härledning pågår i samma mapp. Vänta tills den är klar och försök igen."
                ) from None
            self._clear_remains()
            folder = self._versions / f".draft-{secrets.token_hex(4)}"
            folder.mkdir()
            try:
                yield Draft(self, folder, self.current() if self.has_data() else None, note)
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def prune(self, *, keep_newest: int, referred: frozenset[str] = frozenset()) -> list[str]:
        """Remove old versions that nothing refers to; the current one always stays. Returns what was removed."""
        keep = {version.id for version in self.versions()[-keep_newest:]} | referred | {self.current_id()}
        gone = [version for version in self.versions() if version.id not in keep]
        for version in gone:
            shutil.rmtree(version.path)
        return [version.id for version in gone]

    def _publish(self, folder: Path, manifest: str) -> Version:
        """Rename the draft into place, then move the pointer: the one step that readers see."""
        number = max((int(version.id.split("-")[0]) for version in self.versions()), default=0) + 1
        target = self._versions / f"{number:06d}-{hashlib.sha256(manifest.encode()).hexdigest()[:8]}"
        flush_to_disk(folder)
        folder.rename(target)
        flush_to_disk(self._versions)
        write_atomically(self._pointer, target.name + "\n")
        return Version(target)

    def _clear_remains(self) -> None:
        """Drop what a killed writer left: its drafts and half-copied snapshots. Called with the lock held."""
        for folder in self._versions.glob(".draft-*"):
            shutil.rmtree(folder, ignore_errors=True)
        for remains in [*self.home.glob(".current.*.tmp"), *self.snapshots.folder.glob(".*.tmp")]:
            remains.unlink(missing_ok=True)
