"""Making a backup while people work.

The order is what makes it hold together: first the database at one moment, then the files that its rows name (a file is
there before its row), and last the journal of what has been erased. A file that is erased in between is missing from
the archive, and the journal in the same archive says why.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from plats import __version__
from plats.web.common.presence import staying
from plats.web.operations.backup import postgres, sqlite, stamps
from plats.web.operations.backup.contents import (
    DATABASE_MEMBERS,
    ERASURES,
    pinned_figures,
    plain_files,
    unknown_names,
    whole_lines,
)
from plats.web.operations.backup.database import SQLITE, Database, State
from plats.web.operations.backup.manifest import Manifest
from plats.web.operations.backup.remains import judge_owner, work_folder
from plats.web.operations.backup.writing import ArchiveWriter, new_archive

Tell = Callable[[str], None]
_POLITENESS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that stands on disk, whole."""

    archive: Path
    manifest: Manifest
    seconds: float
    left_out: list[str]


def back_up(
    *, home: Path, database: Database, municipality: str, target: Path | None, tell: Tell = lambda _: None
) -> Made:
    """Write an archive of the installation to `target`: a file, a folder, or nothing for PLATS_HOME/backups.

    Raises BackupError, and leaves no file, when something cannot be read or the archive was not what was written.
    """
    judge_owner(home)
    started = time.perf_counter()
    made_at = datetime.now(UTC)
    archive = archive_path(target or home / "backups", municipality, made_at)
    with staying(home), work_folder(home, "backup") as work:
        tell("databasen")
        copied = work / "database"
        state = _dumped(database, copied)
        with new_archive(archive, made_at.isoformat()) as writer:
            writer.add(DATABASE_MEMBERS[database.kind], copied)
            copied.unlink()
            tell("siffror och filer")
            _add_home(writer, home, work)
            manifest = writer.finish(_manifest(made_at, municipality, database, state))
            tell("läser tillbaka och prövar")
    seconds = time.perf_counter() - started
    stamps.note(home, stamps.BACKUP, archive=archive, seconds=seconds)
    return Made(archive, manifest, seconds, unknown_names(home))


def step_aside() -> None:
    """Let those who work go first: for a process that does nothing but a backup."""
    # A service that may not set its own priority has been given one.
    with suppress(OSError):
        os.nice(_POLITENESS)


def archive_path(target: Path, municipality: str, made_at: datetime) -> Path:
    """The archive's file: `target` itself, or in the folder `target` a name that sorts by time."""
    if target.suffix == ".tar":
        return target
    return target / f"plats-{municipality}-{made_at:%Y-%m-%dT%H%M%S}Z.tar"


def remove_old(folder: Path, municipality: str, *, keep: int) -> list[Path]:
    """Remove all but the newest `keep` archives that were named by us. Returns those removed."""
    ours = sorted(folder.glob(f"plats-{municipality}-????-??-??T??????Z.tar"))
    gone = ours[: max(0, len(ours) - keep)]
    for path in gone:
        path.unlink()
    return gone


# Internals


def _dumped(database: Database, target: Path) -> State:
    if database.kind == SQLITE:
        return sqlite.dump(database, target)
    return postgres.dump(database, target)


def _add_home(writer: ArchiveWriter, home: Path, work: Path) -> None:
    for name, path in pinned_figures(home, work / "figures"):
        writer.add(f"home/{name}", path)
    for name, path in plain_files(home):
        try:
            writer.add(f"home/{name}", path)
        except FileNotFoundError:
            # Erased since the list was made; the journal, which comes last, says so.
            continue
    journal = work / ERASURES
    journal.write_bytes(whole_lines(home / ERASURES))
    writer.add(f"home/{ERASURES}", journal)


def _manifest(made_at: datetime, municipality: str, database: Database, state: State) -> Manifest:
    return Manifest(
        made_at=made_at.isoformat(),
        version=__version__,
        municipality=municipality,
        database=database.kind,
        database_version=state.version,
        migrations=state.migrations,
        audit_sequence=state.audit_sequence,
        audit_hash=state.audit_hash,
        members=(),
    )
