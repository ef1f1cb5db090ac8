"""A job from start to end."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from plats.vocabulary.messages import Message
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.audit.recorded_models import RecordingError
from plats.web.common.templatetags.plats import say
from plats.web.jobs import actions
from plats.web.jobs.kinds import JobError, JobResult, Progress, forget_job, job_kind
from plats.web.jobs.models import Job
from plats.web.jobs.queue import NotOurWorkerError, run_job
from plats.web.jobs.states import State
from plats.web.jobs.tests.probes import Probe, acts, changed, read, start, work
from plats.web.notices.models import Notice


def test_a_started_job_waits_in_the_queue_and_is_on_record(world: World, probe: Probe) -> None:
    job = start(world.analyst, number=7)
    assert job.state == State.QUEUED
    assert str(job.name) == "Prov 7"
    assert DBTaskResult.objects.filter(id=job.task_id, queue_name="jobs").count() == 1
    entry = AuditEntry.objects.get(act="job.start")
    assert (entry.actor, entry.object_id) == (str(world.analyst.public_id), str(job.public_id))
    assert probe.calls == 0


def test_a_worker_runs_it_to_its_end_and_tells_the_one_who_started_it(world: World, probe: Probe) -> None:
    probe.runs = [lambda _: JobResult(summary=Message("{count} rader.", count="3"), url="/omraden/")]
    job = start(world.analyst)
    assert work() == 1
    done = read(job)
    assert (done.state, done.attempts, str(done.summary), done.result_url) == (
        State.DONE,
        1,
        "3 rader.",
        "/omraden/",
    )
    assert done.created_at <= done.started_at <= done.finished_at
    assert not DBTaskResult.objects.exists()
    assert acts(job) == ["job.start", "job.finish"]
    notice = Notice.objects.get(recipient=world.analyst)
    assert notice.url == f"/jobb/{job.public_id}/"
    assert say(notice.sentence) == "Jobbet ”Prov 1” är klart."
    with translation.override("en"):
        assert say(notice.sentence) == "The job “Prov 1” is done."
        assert notice.address == f"/en/jobb/{job.public_id}/"


def test_jobs_are_run_in_the_order_they_were_started(world: World, probe: Probe) -> None:
    first, second = start(number=1), start(number=2)
    assert work() == 2
    assert read(first).finished_at < read(second).started_at


def test_progress_is_kept_and_is_no_entry_in_the_chain(world: World, probe: Probe) -> None:
    seen = []

    def run(progress: Progress) -> None:
        progress("första", 1, 4)
        seen.append(Job.objects.get())
        progress(Message("klart"), 4, 4)

    probe.runs = [run]
    job = start()
    work()
    assert (str(seen[0].progress_said), seen[0].progress_done, seen[0].per_cent) == ("första", 1, 25)
    assert read(job).per_cent == 100
    assert acts(job) == ["job.start", "job.finish"]


def test_what_a_job_says_is_wrong_is_told_to_people(world: World, probe: Probe) -> None:
    def run(_: Progress) -> None:
        raise JobError(Message("Filen {name} saknas. Läs in den igen.", name="a.csv"))

    probe.runs = [run]
    job = start(world.analyst)
    work()
    failed = read(job)
    assert (failed.state, str(failed.explanation)) == (
        State.FAILED,
        "Filen a.csv saknas. Läs in den igen.",
    )
    assert acts(job) == ["job.start", "job.fail"]
    assert str(Notice.objects.get().sentence) == "Jobbet ”Prov 1” misslyckades."


def test_an_error_nobody_foresaw_is_told_without_its_words_and_stops_no_other_job(
    world: World, probe: Probe, caplog: pytest.LogCaptureFixture
) -> None:
    def run(_: Progress) -> None:
        raise KeyError("Anna Andersson")

    probe.runs = [run, lambda _: None]
    broken, whole = start(world.analyst), start(world.analyst)
    with caplog.at_level(logging.ERROR):
        assert work() == 2
    assert "Försök igen" in str(read(broken).explanation)
    assert "Anna" not in str(read(broken).explanation)
    assert read(whole).state == State.DONE
    assert str(broken.public_id) in caplog.text


def test_a_job_of_a_kind_that_is_gone_fails_with_words(world: World, probe: Probe) -> None:
    job = start()
    forget_job("probe")
    work()
    assert read(job).state == State.FAILED
    assert "känner inte till" in str(read(job).explanation)


def test_files_are_those_of_the_attempt_that_ended(world: World, probe: Probe) -> None:
    def run(progress: Progress) -> JobResult:
        path = progress.folder / "rapport.pdf"
        path.write_bytes(b"%PDF-")
        return JobResult(summary=Message("Klart."), files=(path,))

    probe.runs = [run]
    job = start()
    left = job.folder_of(0)
    left.mkdir(parents=True)
    (left / "halv.pdf").write_bytes(b"%")
    work()
    done = read(job)
    assert done.file_names == ["rapport.pdf"]
    assert [path.name for path in done.folder.iterdir()] == ["1"]


def test_a_file_outside_the_jobs_folder_is_no_result(world: World, probe: Probe, tmp_path: Path) -> None:
    outside = tmp_path / "secret"
    outside.write_text("x")
    probe.runs = [lambda _: JobResult(summary=Message("Klart."), files=(outside,))]
    job = start()
    work()
    assert read(job).state == State.FAILED
    assert read(job).file_names == []


def test_a_result_that_points_out_a_person_is_no_result(world: World, probe: Probe) -> None:
    probe.runs = [lambda _: JobResult(summary=Message("Om {who}.", who="19121212-1212"))]
    job = start()
    work()
    assert read(job).state == State.FAILED
    assert "1212" not in str(read(job).explanation)


def test_parameters_that_point_out_a_person_are_refused(world: World, probe: Probe) -> None:
    with pytest.raises(ValueError, match="pekar ut en person"):
        start(world.analyst, number="19121212-1212")
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_of_a_kind_that_is_alone_there_is_one_at_a_time(world: World, probe: Probe) -> None:
    changed(probe, alone=True)
    start(world.analyst)
    with pytest.raises(actions.JobsError, match="Vänta"):
        start(world.people["economist"])
    work()
    start(world.people["economist"])
    assert Job.objects.count() == 2
    assert DBTaskResult.objects.count() == 1


def test_a_job_is_not_changed_past_the_record(world: World, probe: Probe) -> None:
    job = start()
    job.result = {"summary": {}}
    with pytest.raises(RecordingError):
        job.save()
    with pytest.raises(RecordingError):
        Job.objects.update(parameters={})


def test_another_worker_than_ours_is_told_off(world: World, probe: Probe) -> None:
    job = start()
    with pytest.raises(NotOurWorkerError):
        run_job.call(str(job.public_id))
    assert read(job).state == State.QUEUED


def test_what_a_job_is_called_does_not_change_with_its_kind(world: World, probe: Probe) -> None:
    job = start(number=3)
    kind = job_kind("probe")
    assert kind is not None
    changed(probe, label="Annat", describe=lambda _: Message("Annat"))
    assert str(read(job).name) == "Prov 3"
    assert read(job).kind_label == "Annat"
