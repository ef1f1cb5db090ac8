"""Dead workers' jobs are found, tried again or ended; never left running, never run by two."""

from __future__ import annotations

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from plats.web.accounts.tests.world import World
from plats.web.jobs import rules
from plats.web.jobs.actions import cancel_job
from plats.web.jobs.models import Job
from plats.web.jobs.reaping import Reaped, reap
from plats.web.jobs.states import State
from plats.web.jobs.taking import take_next
from plats.web.jobs.tests.probes import Probe, acts, changed, dead, read, silence, start, taken, work
from plats.web.notices.models import Notice


def test_a_living_workers_job_is_left_alone(world: World, probe: Probe) -> None:
    with time_machine.travel("2026-11-27T12:00:00Z", tick=False):
        job = start()
        taken()
        silence(job, rules.DEAD_AFTER.total_seconds())
        assert reap() == Reaped()
        assert read(job).state == State.RUNNING


def test_a_dead_workers_job_is_queued_and_run_again(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    taken("dead")
    dead(job)
    assert reap() == Reaped(queued=1)
    assert read(job).state == State.QUEUED
    assert DBTaskResult.objects.count() == 1
    assert work() == 1
    assert (read(job).state, read(job).attempts) == (State.DONE, 2)
    assert acts(job) == ["job.start", "job.finish"]
    assert not DBTaskResult.objects.exists()


def test_any_worker_that_starts_finds_it(world: World, probe: Probe) -> None:
    job = start()
    taken("dead")
    dead(job)
    assert work() == 1
    assert read(job).state == State.DONE


def test_the_third_death_is_the_last(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    for _ in range(3):
        assert read(job).state == State.QUEUED
        taken()
        dead(job)
        reap()
    failed = read(job)
    assert failed.state == State.FAILED
    assert str(failed.explanation).startswith("Arbetaren dog")
    assert acts(job) == ["job.start", "job.fail"]
    assert not DBTaskResult.objects.exists()
    assert str(Notice.objects.get(recipient=world.analyst).sentence).endswith("misslyckades.")


def test_a_kind_that_is_not_tried_again_fails_at_once(world: World, probe: Probe) -> None:
    changed(probe, retries=False)
    job = start()
    taken()
    dead(job)
    assert reap() == Reaped(failed=1)
    assert read(job).state == State.FAILED


def test_a_dead_workers_job_that_was_to_be_cancelled_is_cancelled(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    taken()
    cancel_job(by=world.analyst, job=read(job))
    assert read(job).state == State.RUNNING
    dead(job)
    assert reap() == Reaped(cancelled=1)
    assert read(job).state == State.CANCELLED
    assert acts(job) == ["job.start", "job.cancel", "job.stop"]


def test_a_second_reaper_finds_nothing(world: World, probe: Probe) -> None:
    job = start()
    taken()
    dead(job)
    assert reap().any
    assert reap() == Reaped()
    assert take_next("one") is not None
    assert take_next("two") is None


def test_a_worker_that_beats_while_the_reaper_looks_keeps_its_job(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of silent jobs is read without a lock; each is judged again under one."""
    from plats.web.jobs import reaping

    job = start()
    attempt = taken()
    dead(job)
    judge = reaping._take

    def beats_first(*given: object) -> None:
        attempt.beat()
        judge(*given)

    monkeypatch.setattr(reaping, "_take", beats_first)
    assert reap() == Reaped()
    attempt.finish(attempt.content_of(None))
    assert read(job).state == State.DONE


def test_files_of_a_job_that_failed_are_removed(
    world: World, probe: Probe, django_capture_on_commit_callbacks: object
) -> None:
    changed(probe, retries=False)
    job = start()
    attempt = taken()
    attempt.folder.mkdir(parents=True)
    (attempt.folder / "halv.pdf").write_bytes(b"%")
    dead(job)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        reap()
    assert not job.folder.exists()


@pytest.mark.parametrize("lost", ["gone", "taken by someone else"])
def test_a_job_that_waits_without_a_place_in_the_queue_gets_one(
    world: World, probe: Probe, lost: str
) -> None:
    """A copy of the database may hold the one table a moment before the other."""
    job = start()
    if lost == "gone":
        DBTaskResult.objects.all().delete()
    else:
        DBTaskResult.objects.get().claim("a worker of another make")
    assert reap() == Reaped(queued=1)
    assert work() == 1
    assert read(job).state == State.DONE
    assert Job.objects.count() == 1
