"""Which database the site's own rows lie in: SQLite in the home folder, or the one DATABASE_URL names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    "timeout": 20,
}
# A process has four threads; the pool keeps one connection open and lends at most these. Without it each thread would
# hold one of its own for ever, and a handful of processes would be told "too many clients".
_POOL = {"min_size": 1, "max_size": 8, "timeout": 10}
_POSTGRES_OPTIONS = ("sslmode", "sslrootcert", "connect_timeout", "application_name")


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`; without one, SQLite in the home folder."""
    scheme = urlsplit(url).scheme
    if not url:
        return _sqlite(str(home / "site.sqlite3"))
    if scheme == "sqlite":
        return _sqlite(_sqlite_path(url))
    if scheme in ("postgres", "postgresql"):
        return _postgres(url)
    # Only the scheme is repeated: the rest of the address may hold a password.
    raise ImproperlyConfigured(
        f"DATABASE_URL börjar med '{scheme}:', som inte stöds. Skriv sqlite:///sökväg eller "
        "postgres://användare:lösenord@värd/databas, eller ta bort DATABASE_URL för SQLite i PLATS_HOME."
    )


# Internals


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": dict(_SQLITE_OPTIONS),
        "CONN_MAX_AGE": 600,
    }


def _sqlite_path(url: str) -> str:
    path = unquote(urlsplit(url).path).removeprefix("/")
    if not path:
        raise ImproperlyConfigured(
            "DATABASE_URL saknar sökväg. Skriv till exempel sqlite:///var/site.sqlite3."
        )
    return path


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured(
            "DATABASE_URL saknar databasens namn. Skriv till exempel postgres://plats@värd/plats."
        )
    more = dict(parse_qsl(parts.query))
    # The folder of a server's socket has no place before the path of an address.
    host = more.pop("host", "") or parts.hostname or ""
    unknown = sorted(set(more) - set(_POSTGRES_OPTIONS))
    if unknown:
        raise ImproperlyConfigured(
            f"DATABASE_URL har tillägget {unknown[0]}, som inte stöds. "
            f"Efter frågetecknet får stå: host, {', '.join(_POSTGRES_OPTIONS)}."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {**more, "pool": dict(_POOL)},
        # The pool keeps connections open; Django keeps none beside it.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }
