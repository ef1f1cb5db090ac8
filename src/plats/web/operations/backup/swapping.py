"""Putting a restored installation in place of the old one, so that a process killed anywhere leaves one or the other.

The restored one lies whole in PLATS_HOME/.restore/new. What is to be done is written in a journal there. One step then
decides: on SQLite that the journal says 'decided', on PostgreSQL that the new database takes the old one's name. Before
it the old installation stands; after it the new one does, and whoever starts next finishes the moving (`recover`).
"""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from plats.facts.files import flush_to_disk, write_atomically
from plats.web.common.presence import OccupiedError, alone
from plats.web.operations.backup import postgres
from plats.web.operations.backup.contents import HOME_MEMBERS
from plats.web.operations.backup.database import POSTGRESQL, Database
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.sqlite import SIDE_FILES

_FOLDER = ".restore"
_JOURNAL = "journal.json"
_DONE = "done.json"
_WAIT_SECONDS = 30
_BETWEEN_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Move:
    """Something that changes places. Without `staged` the old one goes and nothing comes."""

    target: str
    staged: str
    old: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, as the journal says it."""

    number: str
    moves: tuple[Move, ...]
    new_database: str = ""
    old_database: str = ""
    decided: bool = False

    @property
    def note(self) -> str:
        """What stands on the new database, by which it is known again under its new name."""
        return f"plats restore {self.number}"


def folder(home: Path) -> Path:
    """Where a restore works."""
    return home / _FOLDER


def staged_home(home: Path) -> Path:
    """The home folder of the installation that is to be."""
    return folder(home) / "new"


def plan_for(home: Path, database: Database, number: str) -> Plan:
    """What to do with what lies in the staged home now."""
    new, old = staged_home(home), folder(home) / "old"
    moves = [Move(str(home / name), _if_there(new / name), str(old / name)) for name in HOME_MEMBERS]
    if database.kind == POSTGRESQL:
        return Plan(
            number, tuple(moves), new_database_name(database, number), f"{database.name[:40]}_old_{number}"
        )
    # The side files of the old database first: with them beside it the new one would be read wrongly.
    file = database.path
    sides = [Move(f"{file}{side}", "", str(old / f"database{side}")) for side in SIDE_FILES]
    return Plan(number, (*sides, Move(str(file), str(new / "site.sqlite3"), str(old / "database")), *moves))


def new_database_name(database: Database, number: str) -> str:
    """The name of the database that is being restored, before it takes its place."""
    return f"{database.name[:40]}_new_{number}"


def carry_out(home: Path, database: Database, plan: Plan) -> None:
    """Replace the installation by the staged one. Called by one who is alone in the home folder."""
    _judge_places(plan)
    os.sync()
    _write(home, plan)
    if database.kind == POSTGRESQL:
        postgres.change_places(database, new=plan.new_database, old=plan.old_database)
    _decide_and_move(home, database, plan)


def is_interrupted(home: Path) -> bool:
    """Whether a restore of this home folder has begun to change it, or has left what it replaced."""
    return any((home / _FOLDER / name).exists() for name in (_JOURNAL, _DONE))


def undo(home: Path, database: Database) -> None:
    """After an error: what was never decided goes away, what was decided is finished."""
    _recover_alone(home, database)
    if not (folder(home) / _DONE).exists():
        clear(home, database)


def recover(home: Path, database: Database) -> None:
    """Finish or undo what a killed restore has left. Called whenever a program of ours starts; costs one look."""
    if not is_interrupted(home):
        return
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            with alone(home):
                _recover_alone(home, database)
                return
        except OccupiedError:
            # Another start is doing the same, or the restore is alive.
            if time.monotonic() > deadline:
                raise
            time.sleep(_BETWEEN_SECONDS)


def clear(home: Path, database: Database) -> None:
    """Throw away what was staged and never decided. Called by one who is alone in the home folder."""
    if database.kind == POSTGRESQL:
        for name in postgres.leftovers(database, "new|old"):
            postgres.drop(database, name)
    # The note that all is done goes last: as long as it is there, the next one that starts goes on clearing.
    for left in ("new", "old", "unpacked", _JOURNAL):
        _remove(folder(home) / left)
    shutil.rmtree(folder(home), ignore_errors=True)


# Internals


def _recover_alone(home: Path, database: Database) -> None:
    plan = _read(home)
    if plan is None:
        if is_interrupted(home):
            clear(home, database)
        return
    if plan.decided or (database.kind == POSTGRESQL and postgres.note_on(database) == plan.note):
        _decide_and_move(home, database, plan)
    else:
        clear(home, database)


def _decide_and_move(home: Path, database: Database, plan: Plan) -> None:
    _write(home, Plan(plan.number, plan.moves, plan.new_database, plan.old_database, decided=True))
    for move in plan.moves:
        _move(move)
    for touched in {Path(move.target).parent for move in plan.moves}:
        flush_to_disk(touched)
    # The journal goes before what it speaks of: from here on there is nothing left to do but to clear away.
    (folder(home) / _JOURNAL).replace(folder(home) / _DONE)
    clear(home, database)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _move(move: Move) -> None:
    """Once or again after a kill: each step looks at what is there."""
    target, old = Path(move.target), Path(move.old)
    if move.staged and not os.path.lexists(move.staged):
        return
    old.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(target):
        if os.path.lexists(old):
            # Both: something has been made at the place since, such as a key by a program that only looked.
            old = old.with_name(f"{old.name}.later")
        target.rename(old)
    if move.staged:
        Path(move.staged).rename(target)


def _judge_places(plan: Plan) -> None:
    """Everything can be moved by renaming: same disk, nothing mounted, no links to elsewhere."""
    for move in plan.moves:
        target = Path(move.target)
        away = target.is_symlink() or target.is_mount()
        if away or target.parent.stat().st_dev != Path(move.old).parent.parent.stat().st_dev:
            raise BackupError(
                f"{target} är en länk eller ligger på en annan disk än PLATS_HOME. Återställ till en egen mapp "
                "med --into och flytta sedan. Ingenting har ändrats."
            )


def _if_there(path: Path) -> str:
    return str(path) if path.exists() else ""


def _write(home: Path, plan: Plan) -> None:
    write_atomically(folder(home) / _JOURNAL, json.dumps(asdict(plan)))


def _read(home: Path) -> Plan | None:
    with suppress(FileNotFoundError):
        content = json.loads((folder(home) / _JOURNAL).read_text(encoding="utf-8"))
        return Plan(**(content | {"moves": tuple(Move(**move) for move in content["moves"])}))
    return None
