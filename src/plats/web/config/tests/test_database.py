from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from plats.web.config.database import database_settings


def test_without_an_address_the_database_is_a_file_in_the_home_folder(tmp_path: Path) -> None:
    database = database_settings("", tmp_path)
    assert database["NAME"] == str(tmp_path / "site.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("url", "name"), [("sqlite:///a/b.db", "a/b.db"), ("sqlite:////srv/b.db", "/srv/b.db")]
)
def test_a_sqlite_address_says_its_file(url: str, name: str) -> None:
    assert database_settings(url, Path())["NAME"] == name


def test_an_unknown_database_is_refused_with_what_to_write_and_without_the_password() -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        database_settings("mysql://user:hemligt@host/name", Path())
    assert "postgres://" in str(error.value)
    assert "hemligt" not in str(error.value)


def test_postgres_is_read_from_the_address() -> None:
    database = database_settings("postgres://user:a%40b@host:5433/plats?sslmode=verify-full", Path())
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("user", "a@b", "host")
    assert (database["PORT"], database["NAME"]) == ("5433", "plats")
    assert database["OPTIONS"]["sslmode"] == "verify-full"


def test_postgres_behind_a_socket_is_named_by_its_folder() -> None:
    database = database_settings("postgres://plats@/plats?host=/run/Postgres", Path())
    assert (database["HOST"], database["USER"], database["NAME"]) == ("/run/Postgres", "plats", "plats")


def test_connections_to_postgres_are_lent_from_a_pool_and_bounded() -> None:
    """Connections kept by each thread had the server refuse the ones that came after."""
    database = database_settings("postgres:///plats", Path())
    assert database["CONN_MAX_AGE"] == 0
    assert 1 <= database["OPTIONS"]["pool"]["max_size"] <= 10


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("postgres://user:hemligt@host/", "databasens namn"),
        ("postgres://user:hemligt@host/plats?sslmod=require", "sslmode"),
        ("sqlite:///", "sökväg"),
    ],
)
def test_an_address_that_lacks_something_says_what(url: str, advice: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=advice) as error:
        database_settings(url, Path())
    assert "hemligt" not in str(error.value)
