"""PostgreSQL with its own programs: a dump at one moment, a database made from it, and two names that change places."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from plats.web.operations.backup.database import Database, State, no_tables, read_state
from plats.web.operations.backup.errors import BackupError

_DEBIAN = Path("/usr/lib/postgresql")
_MAINTENANCE = "postgres"
_TRIES = 20
_BETWEEN_SECONDS = 0.25
_ENVIRONMENT = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "application_name": "PGAPPNAME",
}


def dump(database: Database, target: Path) -> State:
    """Dump the database into `target` and return the state that the dump has.

    The state is read in the transaction whose view of the rows the dump borrows: what is written meanwhile is in
    neither.
    """
    with connected(database) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        try:
            state = read_state(
                lambda text: connection.execute(text.encode()).fetchall(), _version(connection)
            )
        except psycopg.errors.UndefinedTable:
            raise no_tables() from None
        ((snapshot,),) = connection.execute("SELECT pg_export_snapshot()").fetchall()
        words = ["--format=custom", "--compress=1", "--no-owner", "--no-acl", f"--snapshot={snapshot}"]
        _run(database, _release_of(connection), "pg_dump", *words, f"--file={target}")
    target.chmod(0o600)
    judge(target)
    return state


def judge(dumped: Path) -> None:
    """See that a dump has a table of contents that can be read."""
    done = subprocess.run(
        [program("pg_restore"), "--list", str(dumped)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"Kopian av databasen går inte att läsa: {_last_line(done.stderr)}")


def load(dumped: Path, into: Database, *, like: str, note: str) -> None:
    """Make the database `into` as `create` does, and fill it from a dump."""
    create(into, like=like, note=note)
    with connected(into) as connection:
        release = _release_of(connection)
    _run(into, release, "pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction",
         f"--dbname={into.name}", str(dumped))  # fmt: skip


def create(new: Database, *, like: str, note: str) -> None:
    """Make an empty database with the locale of the one called `like`. The note stays on it, whatever it is called."""
    with connected(new.named(_MAINTENANCE), autocommit=True) as server:
        _create(server, new.name, like)
        server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(new.name), note))


def change_places(current: Database, *, new: str, old: str) -> None:
    """The database `new` takes the name of the current one, which becomes `old`: both in one transaction.

    Whoever is connected is thrown out: nobody may be left writing in the old one.
    """
    with connected(current.named(_MAINTENANCE), autocommit=True) as server:
        for _ in range(_TRIES):
            if _changed_places(server, current.name, new, old):
                return
            time.sleep(_BETWEEN_SECONDS)
    raise BackupError(
        "Databasen används av andra program. Stanna dem och försök igen. Ingenting har ändrats."
    )


def drop(database: Database, name: str) -> None:
    """Remove a database if it is there, whoever is connected to it."""
    with connected(database.named(_MAINTENANCE), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def note_on(database: Database) -> str:
    """What `load` wrote on the database; '' when there is nothing, or no such database."""
    with connected(database.named(_MAINTENANCE), autocommit=True) as server:
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database.name],
        ).fetchone()
    return str(found[0] or "") if found else ""


def drop_idle(database: Database, names: list[str]) -> None:
    """Remove those of the databases that nobody is connected to."""
    with connected(database.named(_MAINTENANCE), autocommit=True) as server:
        for name in names:
            with suppress(psycopg.errors.ObjectInUse):
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def leftovers(database: Database, kinds: str) -> list[str]:
    """Databases beside this one that a killed restore or drill has left: 'new|old', 'drill'."""
    pattern = rf"^{re.escape(database.name[:40])}_({kinds})_[0-9a-f]{{8}}$"
    with connected(database.named(_MAINTENANCE), autocommit=True) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [pattern]).fetchall()
    return sorted(name for (name,) in found)


def holds_tables(database: Database) -> bool:
    """Whether there is a database with a site's rows in it."""
    with connected(database.named(_MAINTENANCE), autocommit=True) as server:
        if not exists(server, database.name):
            return False
    with connected(database, autocommit=True) as connection:
        return connection.execute("SELECT to_regclass('django_migrations')").fetchone() != (None,)


def exists(server: psycopg.Connection[Any], name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def program(name: str, release: int = 0) -> str:
    """PostgreSQL's own program of the server's release, else the newest that Debian has, else the one on the path.

    A newer one reads an older server, but what it writes may hold settings that the server does not know.
    """
    given = os.environ.get("PLATS_POSTGRES_BIN")
    found_by_debian = sorted(_DEBIAN.glob("*/bin"), key=lambda one: (_release(one) == release, _release(one)))
    folders = [Path(given)] if given else found_by_debian[::-1]
    found = next((folder / name for folder in folders if (folder / name).exists()), None)
    path = str(found) if found else shutil.which(name)
    if path is None:
        raise BackupError(
            f"Programmet {name} finns inte. Installera paketet postgresql-client, serverns version."
        )
    return path


@contextmanager
def connected(database: Database, *, autocommit: bool = False) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own, outside Django's pool."""
    given = {
        "user": database.user,
        "password": database.password,
        "host": database.host,
        "port": database.port,
    }
    kept: dict[str, Any] = {name: value for name, value in given.items() if value} | dict(database.options)
    try:
        connection = psycopg.connect(dbname=database.name, autocommit=autocommit, **kept)
    except psycopg.OperationalError as error:
        raise BackupError(f"Databasen {database.name} svarar inte: {_last_line(str(error))}") from error
    with connection:
        yield connection


# Internals


def _create(server: psycopg.Connection[Any], name: str, like: str) -> None:
    (locale, *_) = server.execute(
        "SELECT datcollate, datctype FROM pg_database WHERE datname IN (%s, current_database()) "
        "ORDER BY datname = %s DESC",
        [like, like],
    ).fetchall()
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}")
    try:
        server.execute(statement.format(sql.Identifier(name), *locale))
    except psycopg.errors.InsufficientPrivilege:
        raise BackupError(
            "Databasens konto får inte skapa databaser, och en återställning görs i en ny som sedan byter namn. "
            "Kör ALTER ROLE ... CREATEDB som databasens administratör. Ingenting har ändrats."
        ) from None


def _changed_places(server: psycopg.Connection[Any], current: str, new: str, old: str) -> bool:
    """Whether it could be done now: someone who connects in the same moment makes it wait."""
    try:
        with server.transaction():
            _throw_out(server, [current, new])
            if exists(server, current):
                _rename(server, current, old)
            _rename(server, new, current)
    except psycopg.errors.ObjectInUse:
        return False
    return True


def _throw_out(server: psycopg.Connection[Any], names: list[str]) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s) AND pid <> pg_backend_pid()",
        [names],
    )


def _rename(server: psycopg.Connection[Any], name: str, to: str) -> None:
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))


def _release_of(connection: psycopg.Connection[Any]) -> int:
    return connection.info.server_version // 10_000


def _version(connection: psycopg.Connection[Any]) -> str:
    return connection.info.parameter_status("server_version") or ""


def _run(database: Database, release: int, name: str, *words: str) -> None:
    """Run a program of PostgreSQL's. The password goes by the environment: everyone on the machine sees arguments."""
    surroundings = os.environ | {
        variable: value
        for variable, value in {
            "PGDATABASE": database.name,
            "PGUSER": database.user,
            "PGPASSWORD": database.password,
            "PGHOST": database.host,
            "PGPORT": database.port,
            **{_ENVIRONMENT[option]: value for option, value in database.options.items()},
        }.items()
        if value
    }
    done = subprocess.run(
        [program(name, release), *words], env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{name} gick inte: {_last_line(done.stderr)}")


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "inget svar"


def _release(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdecimal() else 0
