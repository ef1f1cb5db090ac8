"""A worker is missed when a job waits for one, and only then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from plats.web.audit.recording import unrecorded
from plats.web.jobs.models import Job
from plats.web.jobs.rules import DEAD_AFTER
from plats.web.jobs.states import State
from plats.web.operations.health import checks
from plats.web.operations.state_metrics import exposition
from plats.web.operations.status import facts

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIMIT = 2 * DEAD_AFTER
SECOND = timedelta(seconds=1)


def make(state: State, *, waited: timedelta = timedelta(0), silent: timedelta | None = None) -> None:
    with unrecorded("the world of a test"):
        Job.objects.create(
            kind="report",
            title={"text": "Rapport", "values": {}},
            state=state,
            created_at=NOW - waited,
            heartbeat_at=None if silent is None else NOW - silent,
            finished_at=NOW if state in (State.DONE, State.FAILED, State.CANCELLED) else None,
        )


def worker_is_well() -> bool:
    with time_machine.travel(NOW, tick=False):
        return {one.id: one.ok for one in checks()}["worker"]


def test_without_jobs_nobody_misses_a_worker() -> None:
    assert worker_is_well()


@pytest.mark.parametrize(("waited", "well"), [(LIMIT - SECOND, True), (LIMIT, True), (LIMIT + SECOND, False)])
def test_a_job_that_nobody_takes_is_found_when_it_has_waited_too_long(waited: timedelta, well: bool) -> None:
    make(State.QUEUED, waited=waited)
    assert worker_is_well() is well


@pytest.mark.parametrize(("silent", "well"), [(LIMIT - SECOND, True), (LIMIT, True), (LIMIT + SECOND, False)])
def test_a_running_job_without_a_sign_of_life_is_found(silent: timedelta, well: bool) -> None:
    make(State.RUNNING, waited=timedelta(hours=1), silent=silent)
    assert worker_is_well() is well


def test_a_job_may_wait_long_behind_one_that_runs() -> None:
    make(State.RUNNING, waited=timedelta(hours=2), silent=SECOND)
    make(State.QUEUED, waited=timedelta(hours=1))
    assert worker_is_well()


def test_one_silent_worker_is_found_beside_one_that_works() -> None:
    make(State.RUNNING, waited=timedelta(hours=2), silent=SECOND)
    make(State.RUNNING, waited=timedelta(hours=2), silent=timedelta(hours=1))
    assert not worker_is_well()


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_what_has_ended_waits_for_nobody(state: State) -> None:
    make(state, waited=timedelta(days=9), silent=timedelta(days=9))
    assert worker_is_well()


def test_the_metrics_and_the_page_count_jobs_by_state() -> None:
    make(State.DONE)
    make(State.DONE)
    make(State.FAILED)
    text = exposition().decode()
    assert 'plats_jobs{state="done"} 2.0' in text
    assert 'plats_jobs{state="failed"} 1.0' in text
    assert 'plats_jobs{state="running"} 0.0' in text
    assert dict(facts())["Jobb"] == "klart 2, misslyckades 1"
