"""How long a job is kept, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation
from pytest_django import Settings

from plats.catalog.load import catalog
from plats.vocabulary.messages import Message
from plats.web.accounts.tests.world import World, make_world
from plats.web.jobs.kinds import JobResult, Progress
from plats.web.jobs.models import Job
from plats.web.jobs.tests.probes import Probe, start, work
from plats.web.retention.planning import make_plan
from plats.web.retention.running import retain

HERE = ZoneInfo("Europe/Stockholm")
ENDED = date(2026, 10, 25)  # the clock goes back that night


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=HERE)


@pytest.fixture
def lasting_world(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[World]:
    """In real transactions, with a home of its own: files go when the erasure is certain."""
    settings.PLATS_HOME = tmp_path
    with translation.override("sv"):
        yield make_world()


def _kept() -> timedelta:
    return timedelta(days=catalog().retention_rules["job"].days(ENDED))


def test_a_job_is_erased_with_its_files_when_its_days_have_passed(lasting_world: World, probe: Probe) -> None:
    def run(progress: Progress) -> JobResult:
        path = progress.folder / "rapport.pdf"
        path.write_bytes(b"%PDF-")
        return JobResult(summary=Message("En fil."), files=(path,))

    probe.runs = [run]
    with time_machine.travel(noon(ENDED), tick=False):
        job = start(lasting_world.analyst)
        work()
        waiting = start(lasting_world.analyst)
    for offset, is_due in ((-1, False), (0, True), (1, True)):
        with time_machine.travel(noon(ENDED + _kept() + timedelta(days=offset)), tick=False):
            due = [one for one in make_plan(decision="KS-2026/1").items if one.kind == "job"]
            assert bool(due) is is_due
    assert job.folder.exists()
    with time_machine.travel(noon(ENDED + _kept()), tick=False):
        retain(by=None, plan=make_plan(decision="KS-2026/1"))
    assert list(Job.objects.all()) == [waiting], "One that has not ended is kept."
    assert not job.folder.exists()
