"""Restoring an archive into place: all of it or nothing, with nothing erased brought back."""

from __future__ import annotations

import fcntl
import json
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from plats.web.common.presence import alone
from plats.web.operations.backup import postgres, sqlite, swapping
from plats.web.operations.backup.contents import DATABASE_MEMBERS, ERASURES, whole_lines
from plats.web.operations.backup.database import POSTGRESQL, SQLITE, Database
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.manifest import Manifest
from plats.web.operations.backup.reading import read_manifest, verify_archive
from plats.web.operations.backup.remains import judge_owner
from plats.web.operations.backup.settling import RESTORE, Settled, settle

Tell = Callable[[str], None]
_KINDS = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Restored:
    """An installation as an archive had it, made fit to be shown."""

    manifest: Manifest
    settled: Settled
    seconds: dict[str, float]


class Clock:
    """How long each step took."""

    def __init__(self, tell: Tell) -> None:
        self.seconds: dict[str, float] = {}
        self._tell = tell

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self._tell(name)
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 2)


def restore(
    *,
    archive: Path,
    home: Path,
    database: Database,
    journals: Iterable[Path] = (),
    accept_findings: bool = False,
    tell: Tell = lambda _: None,
) -> Restored:
    """Replace the installation in `home` and `database` by the archive's.

    `journals` are more journals of what has been erased, besides the archive's and the one in `home`. Raises
    BackupError, with the old installation as it was, when anything is not as it should be.
    """
    judge_owner(home)
    manifest = read_manifest(archive)
    judge_kind(manifest, database)
    clock = Clock(tell)
    with alone(home) as lock, _no_import(home):
        swapping.clear(home, database)
        number = secrets.token_hex(4)
        new = database.named(swapping.new_database_name(database, number))
        known = noted_sequence(home)
        try:
            staged = swapping.staged_home(home)
            stage(archive, staged, new, clock=clock, like=database.name, note=f"plats restore {number}")
            merge_journals(staged, [home / ERASURES, *journals], tell)
            with clock.step("gör färdigt och prövar loggen"):
                settled = settle(staged, new, manifest, act=RESTORE, known=known, holding=[lock])
                judge_chain(settled, accept=accept_findings)
                finish_file(staged, database)
            with clock.step("byter plats"):
                swapping.carry_out(home, database, swapping.plan_for(home, database, number))
        except BaseException:
            swapping.undo(home, database)
            raise
    return Restored(manifest, settled, clock.seconds)


def judge_kind(manifest: Manifest, database: Database) -> None:
    """A dump of one kind of database is no database of another."""
    if manifest.database != database.kind:
        raise BackupError(
            f"Säkerhetskopian är gjord på {_KINDS.get(manifest.database, manifest.database)} och installationen har "
            f"{_KINDS[database.kind]}. Ändra DATABASE_URL så att de stämmer överens. Ingenting har ändrats."
        )


def stage(archive: Path, staged: Path, new: Database, *, clock: Clock, like: str, note: str) -> None:
    """Unpack an archive, every byte judged, into the home folder `staged` and the database `new`."""
    unpacked = staged.with_name("unpacked")
    _judge_room(archive, staged)
    with clock.step("läser hela kopian och packar upp"):
        unpacked.mkdir(parents=True, mode=0o700)
        verify_archive(archive, into=unpacked)
        (unpacked / "home").rename(staged)
    with clock.step("databasen"):
        member = unpacked / DATABASE_MEMBERS[new.kind]
        if new.kind == SQLITE:
            sqlite.judge(member)
            member.rename(staged / "site.sqlite3")
        else:
            postgres.load(member, new, like=like, note=note)
    shutil.rmtree(unpacked)


def merge_journals(staged: Path, journals: Iterable[Path], tell: Tell = lambda _: None) -> None:
    """Put together what the archive knows to be erased and what has been erased since; each line once.

    A journal that another key was used for is another installation's: it says nothing about what the archive holds.
    """
    target = staged / ERASURES
    known = _key_beside(target)
    lines = whole_lines(target).splitlines(keepends=True)
    for path in journals:
        more = whole_lines(path).splitlines(keepends=True)
        if more and _key_beside(path) != known:
            tell(f"{path} hör till en annan installation och används inte")
        else:
            lines += more
    target.write_bytes(b"".join(dict.fromkeys(lines)))


def judge_chain(settled: Settled, *, accept: bool) -> None:
    """An audit chain that is not whole was not whole when the backup was made. Someone must decide to use it."""
    if settled.findings and not accept:
        raise BackupError(
            f"Granskningsloggen i säkerhetskopian är inte hel: {settled.findings[0]} Ingenting har ändrats. Använd en "
            "annan kopia, eller --accept-broken-log om ni beslutat att använda den ändå."
        )


def finish_file(staged: Path, database: Database) -> None:
    """On SQLite: one file with everything in it."""
    if database.kind == SQLITE:
        sqlite.settle(staged / "site.sqlite3")


def noted_sequence(home: Path) -> int:
    """How far the audit chain had come by the note outside the database; 0 when there is none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return int(json.loads((home / "audit" / "anchor.json").read_text(encoding="ascii"))["sequence"])
    return 0


# Internals


def _key_beside(journal: Path) -> bytes:
    """The key of the installation that a journal lies in; b'' where the environment gives it to all."""
    with suppress(FileNotFoundError):
        return (journal.parent / "audit_key").read_bytes()
    return b""


@contextmanager
def _no_import(home: Path) -> Iterator[None]:
    """Nobody imports or derives figures meanwhile: the store's own lock."""
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("En inläsning eller härledning pågår. Vänta tills den är klar.") from None
        yield


def _judge_room(archive: Path, staged: Path) -> None:
    staged.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    needed, free = archive.stat().st_size, shutil.disk_usage(staged.parent).free
    if free < needed * 1.1:
        raise BackupError(
            f"Det behövs {needed * 1.1 / 1e9:.1f} GB ledigt i {staged.parent.parent} och finns {free / 1e9:.1f} GB. "
            "Frigör utrymme och försök igen. Ingenting har ändrats."
        )
