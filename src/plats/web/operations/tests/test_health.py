from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from plats.facts.query import Facts
from plats.web.operations.tests.lines import written
from plats.web.operations.tests.people import someone

PARTS = {"database", "migrations", "store", "worker"}
ASK_THE_DATABASE = PARTS - {"store"}


@contextmanager
def database_down() -> Iterator[None]:
    """Every question to the database fails, as when its server is gone."""

    def fails(*_: Any) -> None:
        raise OperationalError('connection to server at "db.exempel.se", port 5432 failed')

    with connection.execute_wrapper(fails):
        yield


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    """Without the database mark a question would fail the test."""
    response = client.get("/halsa/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_ready_says_ok_by_part_and_nothing_more(client: Client, site: Facts) -> None:
    response = client.get("/halsa/redo/")
    assert response.status_code == 200
    assert response.json() == {"ok": True, "checks": dict.fromkeys(PARTS, True)}


def test_without_a_database_the_site_is_alive_and_not_ready(client: Client, site: Facts) -> None:
    with database_down():
        assert client.get("/halsa/").status_code == 200
        response = client.get("/halsa/redo/")
    assert response.status_code == 503
    assert response.json()["checks"] == {part: part not in ASK_THE_DATABASE for part in PARTS}


def test_without_figures_it_is_not_ready(
    client: Client, db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.PLATS_HOME = tmp_path
    response = client.get("/halsa/redo/")
    assert response.status_code == 503
    assert [name for name, ok in response.json()["checks"].items() if not ok] == ["store"]


def test_a_pointer_to_a_version_that_is_gone_is_found(
    client: Client, db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.PLATS_HOME = tmp_path
    (tmp_path / "current").write_text("borttagen")
    assert client.get("/halsa/redo/").json()["checks"]["store"] is False


def test_a_migration_that_has_not_been_run_is_found(client: Client, site: Facts) -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0001_initial")
    response = client.get("/halsa/redo/")
    assert response.status_code == 503
    assert response.json()["checks"] == {part: part != "migrations" for part in PARTS}


@pytest.mark.parametrize("signed_in", [False, True])
def test_strangers_and_those_who_only_work_here_see_no_details(
    client: Client, site: Facts, settings: Settings, tmp_path: Path, signed_in: bool
) -> None:
    if signed_in:
        client.force_login(someone("analyst"))
    settings.PLATS_HOME = tmp_path
    response = client.get("/halsa/redo/")
    assert response.json().keys() == {"ok", "checks"}
    assert str(tmp_path) not in response.content.decode()


def test_the_administrator_sees_what_to_do(client: Client, site: Facts) -> None:
    client.force_login(someone("administrator"))
    MigrationRecorder(connection).record_unapplied("accounts", "0001_initial")
    details = client.get("/halsa/redo/").json()["details"]
    assert details.keys() == PARTS
    assert "accounts.0001_initial" in details["migrations"]
    assert "plats init" in details["migrations"]
    assert "accounts.0001_initial" in client.get("/drift/").content.decode()


def test_the_page_is_for_those_who_run_the_installation(client: Client, site: Facts) -> None:
    assert client.get("/drift/").status_code == 302
    client.force_login(someone("analyst"))
    assert client.get("/drift/").status_code == 403
    client.force_login(someone("administrator"))
    page = client.get("/drift/").content.decode()
    assert "Alla delar fungerar." in page


def test_the_page_stands_when_the_database_does_not_answer_a_question(client: Client, site: Facts) -> None:
    from plats.web.operations import health, status

    with database_down():
        assert dict(status.facts())["Poster i granskningsloggen"] == "går inte att läsa"
        assert {one.id for one in health.checks() if not one.ok} == ASK_THE_DATABASE


def test_what_is_not_ready_is_in_the_log(client: Client, site: Facts) -> None:
    with written() as log, database_down():
        client.get("/halsa/redo/")
    told = [line["message"] for line in log.of("plats.web.operations.health")]
    assert {line.split(":")[1].strip() for line in told} == ASK_THE_DATABASE


def test_it_costs_five_questions(
    client: Client, site: Facts, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One to see that the database answers, two for its migrations, one each for jobs that wait and that run."""
    client.get("/halsa/redo/")
    with django_assert_num_queries(5):
        client.get("/halsa/redo/")


def test_programs_on_this_machine_are_not_sent_to_https(
    client: Client, site: Facts, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    from django.test.client import Client as Fresh

    fresh = Fresh()  # reads the settings of the middleware anew
    assert [fresh.get(path).status_code for path in ("/halsa/", "/halsa/redo/", "/matt/")] == [200, 200, 200]
    assert fresh.get("/tillganglighet/").status_code == 301
