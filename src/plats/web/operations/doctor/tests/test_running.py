from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from plats.web.accounts.models import Membership
from plats.web.accounts.permissions import MEMBER_READ
from plats.web.accounts.responsibility import Held, forget_responsibility, register_responsibility
from plats.web.accounts.tests.world import make_member, make_organisation
from plats.web.audit.recording import unrecorded
from plats.web.documents.models import StoredFile
from plats.web.documents.uploads.storage import path_of
from plats.web.jobs.models import Job
from plats.web.jobs.states import State
from plats.web.operations.backup import stamps
from plats.web.operations.doctor import running
from plats.web.operations.doctor.running import LastBackup, LastDrill, Orphans, Retention, Uploads, Worker
from plats.web.operations.doctor.tests.conftest import said, severities
from plats.web.operations.sharing import Kind

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "processes", lambda _: {Kind.WEB: [], Kind.WORK: [4711]})


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(hours=25), []),
        (timedelta(hours=27), ["warning"]),
        (timedelta(days=9), ["error"]),
    ],
)
def test_a_backup_grows_old(home: Path, age: timedelta, expected: list[str]) -> None:
    (home / "b.tar").write_bytes(b"x")
    with time_machine.travel(NOW - age, tick=False):
        stamps.note(home, stamps.BACKUP, archive=home / "b.tar", seconds=1.0)
    with time_machine.travel(NOW, tick=False):
        assert severities(LastBackup) == expected


def test_no_backup_at_all_is_an_error_in_production(home: Path, settings: Settings) -> None:
    assert severities(LastBackup) == ["warning"]
    settings.PLATS_PRODUCTION = True
    assert severities(LastBackup) == ["error"]


def test_a_drill_is_wanted_every_quarter(home: Path) -> None:
    assert severities(LastDrill) == ["warning"]
    (home / "b.tar").write_bytes(b"x")
    with time_machine.travel(NOW, tick=False):
        stamps.note(home, stamps.DRILL, archive=home / "b.tar", seconds=1.0)
    with time_machine.travel(NOW + timedelta(days=99), tick=False):
        assert severities(LastDrill) == []
    with time_machine.travel(NOW + timedelta(days=101), tick=False):
        assert severities(LastDrill) == ["warning"]


@pytest.mark.django_db
def test_without_a_worker_jobs_lie(home: Path, settings: Settings) -> None:
    assert severities(Worker) == ["warning"]
    settings.PLATS_PRODUCTION = True
    assert severities(Worker) == ["error"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "silent", "age", "expected"),
    [
        (State.RUNNING, timedelta(seconds=59), timedelta(), []),
        (State.RUNNING, timedelta(seconds=61), timedelta(), ["error"]),
        (State.RUNNING, None, timedelta(), ["error"]),
        (State.QUEUED, None, timedelta(minutes=9), []),
        (State.QUEUED, None, timedelta(minutes=11), ["warning"]),
    ],
)
def test_a_job_that_is_stuck_is_found(
    home: Path,
    one_worker: None,
    state: State,
    silent: timedelta | None,
    age: timedelta,
    expected: list[str],
) -> None:
    with unrecorded("test"):
        Job.objects.create(
            kind="derive",
            title={},
            state=state,
            created_at=NOW - age,
            heartbeat_at=NOW - silent if silent is not None else None,
        )
    with time_machine.travel(NOW, tick=False):
        assert severities(Worker) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "expected"), [(730 + 7, []), (730 + 9, ["error"])])
def test_what_should_have_been_erased_a_week_ago_is_found(days: int, expected: list[str]) -> None:
    """Ended memberships are kept for 730 days (catalog/parameters/retention/membership.yaml)."""
    ended = NOW - timedelta(days=days)
    user = make_member(make_organisation("Nämnden (exempel)"), "analyst")
    with unrecorded("test"):
        Membership.objects.filter(user=user).update(started_at=ended, ended_at=ended)
    with time_machine.travel(NOW, tick=False):
        assert severities(Retention) == expected


@pytest.mark.django_db
def test_what_waits_for_a_decision_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from plats.web.retention.planning import Plan, Planned

    late = Planned("document", NOW.date(), "1", "document", NOW.date() - timedelta(days=8))
    monkeypatch.setattr(running, "make_plan", lambda: Plan(NOW.date(), items=(), waiting=(late,)))
    assert severities(Retention) == ["warning"]


@pytest.mark.django_db
def test_what_someone_left_behind_is_counted() -> None:
    organisation = make_organisation("Nämnden (exempel)")
    lead = make_member(organisation, "partner_lead")
    leaver = make_member(organisation, "analyst")
    register_responsibility(
        "test_thing",
        label="saker",
        permission=MEMBER_READ,
        held_by=lambda user, where: [Held("En sak")] if user == leaver and where == organisation else [],
        transfer=lambda **_: None,
    )
    try:
        assert said(Orphans) == []
        with unrecorded("test"):
            Membership.objects.filter(user=leaver).update(ended_at=timezone.now())
        ((severity, sentence),) = said(Orphans)
        assert severity == "warning"
        assert sentence.startswith("1 saker")
    finally:
        forget_responsibility("test_thing")
    assert lead.is_active


@pytest.mark.django_db
def test_an_organisation_that_nobody_leads_is_named() -> None:
    make_member(make_organisation("Föreningen (exempel)", "association"), "reporter")
    ((severity, sentence),) = said(Orphans)
    assert severity == "warning"
    assert "Föreningen (exempel)" in sentence


@pytest.mark.django_db
def test_rows_and_files_that_do_not_agree_are_found(home: Path) -> None:
    digests = [f"{number:064x}" for number in range(3)]
    with unrecorded("test"):
        for digest in digests:
            StoredFile.objects.create(sha256=digest, media_type="application/pdf", size=4)
    for digest in digests:
        path_of(digest).parent.mkdir(parents=True, exist_ok=True)
        path_of(digest).write_bytes(b"%PDF")
    assert said(Uploads) == []
    path_of(digests[0]).unlink()
    path_of(digests[1]).write_bytes(b"%P")
    ((severity, sentence),) = said(Uploads)
    assert severity == "error"
    assert sentence.startswith("2 filer")


@pytest.mark.django_db
def test_a_file_that_no_row_names_counts_after_a_day(home: Path) -> None:
    left = path_of("f" * 64)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")
    assert said(Uploads) == []
    day_before = left.stat().st_mtime - 25 * 60 * 60
    os.utime(left, (day_before, day_before))
    assert severities(Uploads) == ["warning"]
