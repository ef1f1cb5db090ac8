"""The database of a home that a test makes: the file in it, or one of its own on the server the tests run on."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

# What names a test database is the home's folder, so that every process of one home finds the same.
_LETTERS = 16


def on_postgres() -> bool:
    """Whether the tests run on PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a program that is run on a home of its own: without what the test run has put there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLATS_", "DJANGO_"))}
    return kept | {"PLATS_HOME": str(home)} | database_of(home) | more


def database_of(home: Path) -> dict[str, str]:
    """DATABASE_URL of the home's own database, made when it is not there; nothing on SQLite."""
    if not on_postgres():
        return {}
    name = _name(home)
    with psycopg.connect(_address("plats"), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}".encode())
    return {"DATABASE_URL": _address(name)}


def copy_database(source: Path, target: Path) -> None:
    """Give a copied home a copy of the rows too. On SQLite they came along with the folder."""
    if not on_postgres():
        return
    # Not CREATE DATABASE ... TEMPLATE: the site that shows the source has connections to it.
    copied = subprocess.run(
        ["pg_dump", "--format=custom", database_of(source)["DATABASE_URL"]], check=True, capture_output=True
    ).stdout
    into = ["pg_restore", "--exit-on-error", "--dbname", database_of(target)["DATABASE_URL"]]
    subprocess.run(into, check=True, input=copied)


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a home's database answers."""
    if on_postgres():
        with psycopg.connect(_address(_name(home))) as database:
            return list(database.execute(sql.encode()).fetchall())
    site = sqlite3.connect(home / "site.sqlite3")
    try:
        return site.execute(sql).fetchall()
    finally:
        site.close()


# Internals


def _name(home: Path) -> str:
    return f"home_{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:_LETTERS]}"


def _address(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
