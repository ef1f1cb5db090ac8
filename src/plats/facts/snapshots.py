"""Snapshots: the raw files, frozen and named by their own hash, with where they came from.

A figure on a page can always be followed back to the very bytes it was read from.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from plats.facts.files import flush_to_disk, write_atomically

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file came from. Texts are shown to readers as they are."""

    agency: str
    title: str
    table: str
    address: str
    licence: str
    retrieved: str
    note: str = ""
    suppression: str = "none"
    """The disclosure rule the source asks for when its figures leave the house (catalog/parameters/disclosure)."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One frozen file."""

    sha256: str
    size: int
    name: str
    provenance: Provenance


class SnapshotError(Exception):
    """A snapshot that is not there or not what its name says."""


class Snapshots:
    """The folder of frozen files."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "snapshots"

    def put(self, path: Path, name: str, provenance: Provenance) -> Snapshot:
        """Freeze a copy of the file at `path`. The same bytes twice are one snapshot; the first provenance stands,
        but a disclosure rule that is asked for later is added: protection is never lost by an earlier import."""
        self.folder.mkdir(parents=True, exist_ok=True)
        sha256, temporary = self._copy(path)
        target = self.path(sha256)
        temporary.replace(target)
        record = target.with_suffix(".json")
        if not record.exists() or self._asks_for_more(sha256, provenance):
            content = {
                "sha256": sha256,
                "size": target.stat().st_size,
                "name": name,
                "provenance": asdict(provenance),
            }
            write_atomically(record, json.dumps(content, ensure_ascii=False, indent=1))
        return self.get(sha256)

    def get(self, sha256: str) -> Snapshot:
        """The snapshot with this hash."""
        record = self.path(sha256).with_suffix(".json")
        if not record.exists():
            raise SnapshotError(
                f"Den frysta filen {sha256[:12]} finns inte i {self.folder}. Läs in källan igen med plats import."
            )
        content = json.loads(record.read_text(encoding="utf-8"))
        return Snapshot(
            content["sha256"], content["size"], content["name"], Provenance(**content["provenance"])
        )

    def path(self, sha256: str) -> Path:
        return self.folder / sha256

    def all(self) -> Iterator[Snapshot]:
        """Every snapshot, in hash order."""
        for record in sorted(self.folder.glob("*.json")):
            yield self.get(record.stem)

    def verify(self, sha256: str) -> bool:
        """Whether the bytes still are what the name says."""
        return self.path(sha256).exists() and file_hash(self.path(sha256)) == sha256

    def _asks_for_more(self, sha256: str, provenance: Provenance) -> bool:
        """Whether this provenance asks for a disclosure rule that the record does not have."""
        return provenance.suppression not in ("none", self.get(sha256).provenance.suppression)

    def _copy(self, path: Path) -> tuple[str, Path]:
        """Copy in blocks while hashing, so that a large file is read once and never held whole."""
        temporary = self.folder / f".{os.getpid()}.{path.name}.tmp"
        digest = hashlib.sha256()
        with path.open("rb") as source, temporary.open("wb") as target:
            while block := source.read(_BLOCK):
                digest.update(block)
                target.write(block)
        flush_to_disk(temporary)
        return digest.hexdigest(), temporary


def file_hash(path: Path) -> str:
    """The sha256 of a file, read in blocks."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
