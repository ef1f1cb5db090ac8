"""Cancelling: at once for one that waits, at its next word for one that runs."""

from __future__ import annotations

import pytest

from plats.web.accounts.tests.world import World
from plats.web.jobs.actions import JobsError, cancel_job
from plats.web.jobs.kinds import Progress
from plats.web.jobs.models import Job
from plats.web.jobs.performing import perform
from plats.web.jobs.states import State
from plats.web.jobs.stopping import Stopping
from plats.web.jobs.tests.probes import Probe, acts, changed, read, start, taken, work
from plats.web.jobs.worker import Worker
from plats.web.notices.models import Notice


def test_a_job_that_waits_is_cancelled_at_once_and_never_run(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    cancel_job(by=world.analyst, job=job)
    assert read(job).state == State.CANCELLED
    assert work() == 0
    assert probe.calls == 0
    assert acts(job) == ["job.start", "job.cancel"]
    assert not Notice.objects.exists()  # they know


def test_a_job_that_runs_ends_at_its_next_word(world: World, probe: Probe) -> None:
    reached = []

    def run(progress: Progress) -> None:
        (progress.folder / "halv").write_text("x")
        progress("ett", 1, 3)
        cancel_job(by=world.analyst, job=Job.objects.get())
        reached.append("after cancel")
        progress("två", 2, 3)
        reached.append("after the next word")

    probe.runs = [run]
    job = start(world.analyst)
    work()
    assert reached == ["after cancel"]
    assert read(job).state == State.CANCELLED
    assert read(job).progress_done == 1
    assert not job.folder.exists()
    assert acts(job) == ["job.start", "job.cancel", "job.stop"]


def test_a_run_that_takes_every_exception_for_a_fault_to_live_with_still_ends(
    world: World, probe: Probe
) -> None:
    def run(progress: Progress) -> None:
        cancel_job(by=world.analyst, job=Job.objects.get())
        for step in range(3):
            try:
                progress("steg", step, 3)
            except Exception:  # noqa: BLE001, S112
                continue

    probe.runs = [run]
    job = start(world.analyst)
    work()
    assert read(job).state == State.CANCELLED


def test_a_job_that_was_done_before_it_could_be_cancelled_is_done(world: World, probe: Probe) -> None:
    def run(_: Progress) -> None:
        cancel_job(by=world.analyst, job=Job.objects.get())

    probe.runs = [run]
    job = start(world.analyst)
    work()
    assert read(job).state == State.DONE


def test_what_has_ended_cannot_be_cancelled(world: World, probe: Probe) -> None:
    job = start(world.analyst)
    seen = read(job)
    work()
    with pytest.raises(JobsError, match="redan avslutat"):
        cancel_job(by=world.analyst, job=seen)
    assert acts(job) == ["job.start", "job.finish"]


def test_a_worker_that_is_to_stop_hands_its_job_back_and_it_is_no_failed_attempt(
    world: World, probe: Probe
) -> None:
    stopping = Stopping()

    def run(progress: Progress) -> None:
        progress("ett", 1, 3)
        stopping.ask()
        progress("två", 2, 3)
        raise AssertionError("The job went on.")

    probe.runs = [run] * 5 + [lambda _: None]
    job = start(world.analyst)
    for round_ in range(1, 6):
        stopping.asked.clear()
        assert perform(taken(), stopping) == "handed back"
        assert (read(job).state, read(job).attempts, read(job).handed_back) == (
            State.QUEUED,
            round_,
            round_,
        )
    assert work() == 1
    assert read(job).state == State.DONE
    assert acts(job) == ["job.start", "job.finish"]


def test_a_job_gets_its_time_before_it_is_handed_back(world: World, probe: Probe) -> None:
    stopping = Stopping(grace_seconds=1000)

    def run(progress: Progress) -> None:
        stopping.ask()
        progress("ett", 1, 2)
        stopping.ask()  # asked again: now
        progress("två", 1, 2)
        raise AssertionError("The job went on.")

    probe.runs = [run]
    job = start()
    assert perform(taken(), stopping) == "handed back"
    assert read(job).progress_done == 1


def test_a_job_that_may_not_be_run_twice_is_not_handed_back(world: World, probe: Probe) -> None:
    changed(probe, retries=False)
    stopping = Stopping()
    stopping.ask()
    job = start()
    probe.runs = [lambda progress: progress("ett", 1, 1)]
    assert perform(taken(), stopping) == "done"
    assert read(job).state == State.DONE


def test_a_worker_that_was_asked_to_stop_takes_no_more(world: World, probe: Probe) -> None:
    stopping = Stopping()

    def run(_: Progress) -> None:
        stopping.ask()

    probe.runs = [run]
    start(number=1)
    start(number=2)
    assert Worker(stopping).run_once() == 1
    assert Job.objects.filter(state=State.QUEUED).count() == 1
