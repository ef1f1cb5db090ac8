"""The site's database as backup and restore see it: which it is, what state it is in, how it is copied and put back.

Knows Django's settings for a database but starts no Django: a restore works on databases that the running program is
not set up for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from plats.web.operations.backup.errors import BackupError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_QUERY = "SELECT app, name FROM django_migrations ORDER BY id", "SELECT sequence, hash FROM audit_audithead"
Ask = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Where the rows lie. On SQLite `name` is a path."""

    kind: str
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Database:
        """From Django's settings for a database."""
        if settings["ENGINE"].endswith("sqlite3"):
            return cls(kind=SQLITE, name=str(settings["NAME"]))
        options = {name: str(value) for name, value in settings["OPTIONS"].items() if name != "pool"}
        return cls(
            kind=POSTGRESQL,
            name=settings["NAME"],
            user=settings["USER"],
            password=settings["PASSWORD"],
            host=settings["HOST"],
            port=settings["PORT"],
            options=options,
        )

    @property
    def path(self) -> Path:
        """The file, on SQLite."""
        return Path(self.name)

    def named(self, name: str) -> Database:
        """Another database on the same server."""
        return replace(self, name=name)

    @property
    def url(self) -> str:
        """What DATABASE_URL says for it."""
        if self.kind == SQLITE:
            return f"sqlite:///{quote(self.name)}"
        who = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        # A socket's folder goes after the question mark: before the path it would be read as a host's name.
        host = "" if self.host.startswith("/") else self.host
        port = f":{self.port}" if self.port and host else ""
        more = dict(self.options) | ({"host": self.host} if self.host and not host else {})
        return f"postgres://{who}@{host}{port}/{quote(self.name, safe='')}" + (
            f"?{urlencode(more)}" if more else ""
        )


@dataclass(frozen=True, slots=True)
class State:
    """Which form the rows have, and where the audit chain ends."""

    migrations: tuple[str, ...]
    audit_sequence: int
    audit_hash: str
    version: str


def read_state(ask: Ask, version: str) -> State:
    """The state of the database that `ask` answers for."""
    migrations, head = _QUERY
    ends = ask(head)
    sequence, last = ends[0] if ends else (0, "")
    names = tuple(f"{app}.{name}" for app, name in ask(migrations))
    return State(names, int(sequence), str(last), version)


def no_tables() -> BackupError:
    """The error of a database that has not been set up."""
    return BackupError("Databasen har inga tabeller. Kör plats init först.")
