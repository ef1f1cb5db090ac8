"""The worker: what it does beside the jobs, and that nothing stops it but being asked."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError
from pytest_django import Settings

from plats.web.accounts.tests.world import World
from plats.web.jobs import performing, worker
from plats.web.jobs.attempts import Attempt
from plats.web.jobs.kinds import JobResult, Progress
from plats.web.jobs.repeating import Repeating
from plats.web.jobs.rules import BEAT
from plats.web.jobs.states import State
from plats.web.jobs.stopping import Stopping
from plats.web.jobs.tests.probes import Probe, read, start, taken, work
from plats.web.jobs.worker import Worker
from plats.web.notices.actions import choose_mail
from plats.web.notices.models import Letter


def test_the_letter_about_a_job_is_sent_in_the_same_round(
    world: World, probe: Probe, mailoutbox: list[object]
) -> None:
    choose_mail(by=world.analyst, choices={"job": True})
    start(world.analyst)
    work()
    assert len(mailoutbox) == 1
    assert Letter.objects.get().sent_at is not None


def test_a_database_that_is_away_is_waited_for(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stopping = Stopping()
    job, tries = start(), []
    take = worker.take_next

    def away_twice(name: str) -> Attempt | None:
        tries.append(name)
        if len(tries) <= 2:
            raise OperationalError("the database is locked")
        if len(tries) == 4:
            stopping.ask()
        return take(name)

    monkeypatch.setattr(worker, "take_next", away_twice)
    monkeypatch.setattr(Stopping, "wait", lambda *_: False)
    with caplog.at_level(logging.ERROR):
        Worker(stopping).run()
    assert read(job).state == State.DONE
    assert caplog.text.count("the worker waits") == 2


def test_progress_that_cannot_be_written_does_not_end_the_work(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(progress: Progress) -> JobResult | None:
        with monkeypatch.context() as patch:
            patch.setattr(Attempt, "tell", _away)
            progress("ett", 1, 2)
        progress("två", 2, 2)
        return None

    probe.runs = [run]
    job = start()
    work()
    assert (read(job).state, read(job).progress_done) == (State.DONE, 2)


def test_one_that_has_been_silent_too_long_stops_by_itself(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot ask whether another has the job, so it takes for granted that one has."""
    beats = []
    monkeypatch.setattr(performing, "Repeating", _kept(beats))
    clock = [0.0]
    monkeypatch.setattr(performing.time, "monotonic", lambda: clock[0])

    def run(progress: Progress) -> None:
        clock[0] += performing.rules.DEAD_AFTER.total_seconds() + 1
        with monkeypatch.context() as patch:
            patch.setattr(Attempt, "beat", _away)
            with pytest.raises(OperationalError):
                beats[0]()
        progress("efter", 1, 1)

    probe.runs = [run]
    job = start()
    assert performing.perform(taken()) == "lost"
    assert read(job).state == State.RUNNING  # for the reaper


def test_a_beat_that_reaches_the_database_keeps_the_job(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats = []
    monkeypatch.setattr(performing, "Repeating", _kept(beats))
    before = []

    def run(_: Progress) -> None:
        before.append(read(job).heartbeat_at)
        beats[0]()
        assert read(job).heartbeat_at > before[0]

    probe.runs = [run]
    job = start()
    work()
    assert read(job).state == State.DONE


def test_what_is_repeated_goes_on_after_a_fault_and_ends_with_its_block(
    caplog: pytest.LogCaptureFixture,
) -> None:
    from threading import Event

    calls, third = [], Event()

    def act() -> None:
        calls.append(1)
        if len(calls) == 3:
            third.set()
        raise RuntimeError("broken")

    with Repeating("trial", BEAT / 5000, act):
        assert third.wait(timeout=10)
    count = len(calls)
    assert caplog.text.count("trial failed") == count
    assert len(calls) == count


def test_letters_wait_while_nobody_has_said_which_mail_server(
    world: World, probe: Probe, settings: Settings, mailoutbox: list[object]
) -> None:
    settings.PLATS_MAIL_READY = False
    choose_mail(by=world.analyst, choices={"job": True})
    start(world.analyst)
    work()
    assert mailoutbox == []
    letter = Letter.objects.get()
    assert (letter.tries, letter.sent_at, letter.given_up_at) == (0, None, None)


# Internals


def _away(*_: object) -> None:
    raise OperationalError("the database is away")


def _kept(beats: list[object]) -> type:
    """In place of the thread: what it would have called."""

    class Kept:
        def __init__(self, _name: str, _every: object, act: object) -> None:
            beats.append(act)

        def __enter__(self) -> None:
            pass

        def __exit__(self, *_: object) -> None:
            pass

    return Kept
