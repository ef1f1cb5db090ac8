"""A copy of the SQLite database as it was at one moment, made while others write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from plats.facts.files import flush_to_disk
from plats.web.operations.backup.database import Database, State, no_tables, read_state
from plats.web.operations.backup.errors import BackupError

SIDE_FILES = ("-wal", "-shm", "-journal")
_WAIT_SECONDS = 20
_FLUSH_EVERY_SECONDS = 0.05


def dump(database: Database, target: Path) -> State:
    """Copy the database into `target` and return the copy's state.

    VACUUM INTO reads in one transaction, which in write-ahead logging keeps nobody from writing. Pages that were let go
    are left out, so what has been erased is not in the copy.
    """
    if not database.path.exists():
        raise no_tables()
    with closing(sqlite3.connect(database.path, timeout=_WAIT_SECONDS, isolation_level=None)) as source:
        try:
            with _flushed_meanwhile(target):
                source.execute("VACUUM INTO ?", [str(target)])
        except sqlite3.DatabaseError as error:
            raise _damaged(error) from error
    target.chmod(0o600)
    return judge(target)


def judge(path: Path) -> State:
    """The state of a database file, after seeing that it is whole."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        try:
            (answer,) = copy.execute("PRAGMA quick_check").fetchone()
            if answer != "ok":
                raise _damaged(answer)
            return read_state(lambda sql: copy.execute(sql).fetchall(), sqlite3.sqlite_version)
        except sqlite3.OperationalError as error:
            raise no_tables() from error
        except sqlite3.DatabaseError as error:
            raise _damaged(error) from error


def settle(path: Path) -> None:
    """Fold the write-ahead log into the file, so that the file alone is the database."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # A copy of a file in this mode takes the mode along; without it there is nothing beside the file to forget.
        database.execute("PRAGMA journal_mode=DELETE")


# Internals


@contextmanager
def _flushed_meanwhile(path: Path) -> Iterator[None]:
    """Flush a growing file to disk again and again: all of it at once would make everyone who writes wait."""
    done = Event()
    flusher = Thread(target=_flush_until, args=(path, done), daemon=True)
    flusher.start()
    try:
        yield
    finally:
        done.set()
        flusher.join()


def _flush_until(path: Path, done: Event) -> None:
    while not done.wait(_FLUSH_EVERY_SECONDS):
        with suppress(FileNotFoundError):
            flush_to_disk(path)


def _damaged(what: object) -> BackupError:
    return BackupError(f"Databasen är skadad ({what}). Återställ den senaste hela säkerhetskopian.")
