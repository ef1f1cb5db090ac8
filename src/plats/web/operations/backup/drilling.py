"""A restore drill: the archive made into an installation in a folder of its own, judged, timed and thrown away."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plats.facts.versions import FactStore
from plats.web.operations.backup import postgres, stamps
from plats.web.operations.backup.contents import ERASURES
from plats.web.operations.backup.database import POSTGRESQL, Database
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.manifest import Manifest
from plats.web.operations.backup.reading import read_manifest
from plats.web.operations.backup.remains import judge_owner, work_folder
from plats.web.operations.backup.restoring import (
    Clock,
    judge_chain,
    judge_kind,
    merge_journals,
    noted_sequence,
    stage,
)
from plats.web.operations.backup.settling import DRILL, Settled, settle

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill showed: how long each step took, and the whole."""

    manifest: Manifest
    settled: Settled
    seconds: dict[str, float]
    total: float


def drill(
    *,
    archive: Path,
    home: Path,
    database: Database,
    journals: Iterable[Path] = (),
    tell: Tell = lambda _: None,
) -> Drilled:
    """Restore the archive beside the installation, which goes on working, and see that the result is whole.

    Raises BackupError when the archive would not have become a whole installation. Leaves only a note of the time.
    """
    judge_owner(home)
    started = time.perf_counter()
    manifest = read_manifest(archive)
    judge_kind(manifest, database)
    clock = Clock(tell)
    with work_folder(home, "drill") as work, _database_beside(database) as new:
        staged = work / "new"
        stage(archive, staged, new, clock=clock, like=database.name, note="plats drill")
        merge_journals(staged, [home / ERASURES, *journals], tell)
        with clock.step("gör färdigt och prövar loggen"):
            settled = settle(staged, new, manifest, act=DRILL, known=noted_sequence(home))
            judge_chain(settled, accept=False)
        with clock.step("prövar siffror och filer"):
            _judge_figures(staged)
    total = round(time.perf_counter() - started, 2)
    stamps.note(home, stamps.DRILL, archive=archive, seconds=total)
    return Drilled(manifest, settled, clock.seconds, total)


# Internals


@contextmanager
def _database_beside(database: Database) -> Iterator[Database]:
    """The name of a database that is not there yet, and is not there afterwards either."""
    new = database.named(f"{database.name[:40]}_drill_{secrets.token_hex(4)}")
    if database.kind != POSTGRESQL:
        yield new
        return
    postgres.drop_idle(database, postgres.leftovers(database, "drill"))
    try:
        yield new
    finally:
        postgres.drop(database, new.name)


def _judge_figures(home: Path) -> None:
    """The figures as the store itself judges them: the archive's hashes say that they are what they were."""
    store = FactStore(home)
    if not store.has_data():
        return
    problems = store.current().problems()
    problems += [
        f"Den frysta filen {one.name} är ändrad."
        for one in store.snapshots.all()
        if not store.snapshots.verify(one.sha256)
    ]
    if problems:
        raise BackupError(f"Siffrorna i säkerhetskopian är inte hela: {problems[0]}")
