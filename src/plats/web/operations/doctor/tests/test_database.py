from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import OperationalError, connection, connections
from django.utils import timezone

from plats.web.audit.key import Anchor, reset_anchor
from plats.web.audit.models import AuditEntry, AuditHead
from plats.web.audit.recording import append
from plats.web.operations.doctor import database
from plats.web.operations.doctor.database import (
    AuditEnd,
    AuditKey,
    Clock,
    DatabaseAnswers,
    DatabaseVersion,
    Migrations,
    WriteAheadLog,
)
from plats.web.operations.doctor.tests.conftest import said, severities

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entries(home: Path) -> None:
    for number in range(3):
        append(by=None, act="test", kind="test", object_id=str(number))


def test_a_database_of_today_with_a_chain_is_well(entries: None) -> None:
    for check in database.CHECKS:
        assert said(check) == [], check.id


def test_one_without_a_chain_yet_is_well_too(home: Path) -> None:
    for check in (AuditEnd, AuditKey, Clock):
        assert said(check) == []


def test_a_database_that_does_not_answer_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\nDETAIL: host=secret")

    monkeypatch.setattr(connection, "cursor", refuse)
    ((severity, sentence),) = said(DatabaseAnswers)
    assert severity == "error"
    assert "secret" not in sentence


def test_an_old_database_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database.OLDEST, connection.vendor, (99, 1))
    ((severity, sentence),) = said(DatabaseVersion)
    assert severity == "error"
    assert "99.1" in sentence


def test_a_change_that_is_not_made_is_named() -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    try:
        ((severity, sentence),) = said(Migrations)
        assert severity == "error"
        assert "sessions.0001_initial" in sentence
    finally:
        MigrationRecorder(connection).record_applied("sessions", "0001_initial")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_file_that_is_not_in_write_ahead_mode_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own database lies in memory and is never in that mode."""
    monkeypatch.setattr(type(connections["default"]), "is_in_memory_db", lambda _: False)
    assert severities(WriteAheadLog) == ["error"]


def test_an_end_that_has_been_cut_is_found(entries: None) -> None:
    AuditEntry.objects.filter(sequence=3).delete()
    AuditHead.objects.update(sequence=2)
    ((severity, sentence),) = said(AuditEnd)
    assert severity == "error"
    assert "är 3 noterad" in sentence


def test_an_entry_that_was_exchanged_is_found(entries: None) -> None:
    reset_anchor(Anchor(2, "f" * 64))
    assert severities(AuditEnd) == ["error"]


def test_a_note_that_was_removed_is_found(entries: None, home: Path) -> None:
    (home / "audit" / "anchor.json").unlink()
    assert severities(AuditEnd) == ["error"]


def test_another_key_is_found_before_it_writes(entries: None, settings: object) -> None:
    settings.PLATS_AUDIT_KEY = "another key altogether"  # type: ignore[attr-defined]
    assert severities(AuditKey) == ["error"]


@pytest.mark.parametrize(("seconds", "expected"), [(60, []), (-4, []), (-6, ["error"])])
def test_a_clock_that_was_set_back_is_found(entries: None, seconds: int, expected: list[str]) -> None:
    last = AuditEntry.objects.latest("sequence").at
    with time_machine.travel(last + timedelta(seconds=seconds), tick=False):
        found = [severity for severity in severities(Clock) if severity == "error"]
    assert found == expected


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_server_whose_clock_differs_is_told(home: Path) -> None:
    with time_machine.travel(timezone.now() + timedelta(seconds=30), tick=False):
        assert severities(Clock) == ["warning"]
