"""The fence between attempts: one that has lost its job writes nothing, whatever it tries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.forms.models import model_to_dict

from plats.vocabulary.messages import Message
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.jobs.attempts import Attempt, LostError
from plats.web.jobs.kinds import JobResult, Progress
from plats.web.jobs.models import Job
from plats.web.jobs.performing import perform
from plats.web.jobs.reaping import reap
from plats.web.jobs.states import State
from plats.web.jobs.taking import take_next
from plats.web.jobs.tests.probes import Probe, acts, dead, read, start, taken
from plats.web.notices.models import Notice

NOTHING = {"summary": {"text": "Klart.", "parts": {}}, "url": "", "files": []}
WRITES: dict[str, Callable[[Attempt], None]] = {
    "beat": Attempt.beat,
    "tell": lambda one: one.tell(Message("sent"), 1, 2),
    "finish": lambda one: one.finish(NOTHING),
    "fail": lambda one: one.fail(Message("fel")),
    "cancel": Attempt.cancel,
    "hand back": Attempt.hand_back,
}


def _everything() -> list[dict[str, object]]:
    return [model_to_dict(job) for job in Job.objects.order_by("pk")]


@pytest.mark.parametrize("write", WRITES)
def test_an_attempt_that_was_taken_over_writes_nothing(world: World, probe: Probe, write: str) -> None:
    job = start(world.analyst)
    first = taken("first")
    dead(job)
    reap()
    second = taken("second")
    assert (first.attempt, second.attempt) == (1, 2)
    before, entries = _everything(), AuditEntry.objects.count()
    with pytest.raises(LostError):
        WRITES[write](first)
    assert _everything() == before
    assert AuditEntry.objects.count() == entries
    assert not Notice.objects.exists()
    second.finish(NOTHING)
    assert read(job).state == State.DONE


@pytest.mark.parametrize("write", WRITES)
def test_an_attempt_writes_nothing_to_a_job_that_has_ended(world: World, probe: Probe, write: str) -> None:
    job = start(world.analyst)
    attempt = taken()
    attempt.finish(NOTHING)
    before = _everything()
    with pytest.raises(LostError):
        WRITES[write](attempt)
    assert _everything() == before
    assert acts(job) == ["job.start", "job.finish"]
    assert Notice.objects.count() == 1


def test_a_sleeper_that_wakes_up_stops_at_its_next_word(world: World, probe: Probe) -> None:
    """The first worker is frozen in the midst of the job; another runs it to its end; then the first wakes up."""
    done_by_sleeper = []

    def asleep(progress: Progress) -> JobResult:
        progress("före", 1, 3)
        dead(Job.objects.get())
        reap()
        perform(taken("second"))
        progress("efter", 2, 3)
        done_by_sleeper.append("more")
        return JobResult(summary=Message("sovarens"))

    probe.runs = [asleep, lambda _: JobResult(summary=Message("den andras"))]
    job = start(world.analyst)
    assert perform(taken("first")) == "lost"
    assert done_by_sleeper == []
    assert (str(read(job).summary), read(job).attempts) == ("den andras", 2)
    assert acts(job) == ["job.start", "job.finish"]


def test_a_sleeper_that_has_nothing_more_to_say_does_not_end_the_job(world: World, probe: Probe) -> None:
    def asleep(progress: Progress) -> JobResult:
        (progress.folder / "fil").write_text("sovarens")
        dead(Job.objects.get())
        reap()
        return JobResult(summary=Message("sovarens"), files=(progress.folder / "fil",))

    probe.runs = [asleep]
    job = start()
    assert perform(taken()) == "lost"
    assert read(job).state == State.QUEUED
    assert read(job).result is None


def test_a_job_is_taken_by_one_worker_only(world: World, probe: Probe) -> None:
    start()
    assert take_next("one") is not None
    assert take_next("two") is None


def test_a_task_whose_job_has_ended_is_thrown_away(world: World, probe: Probe) -> None:
    from plats.web.jobs.queue import enqueue

    start()
    taken().finish(NOTHING)
    enqueue(Job.objects.get().public_id)
    assert take_next("one") is None
    assert read(Job.objects.get()).attempts == 1
