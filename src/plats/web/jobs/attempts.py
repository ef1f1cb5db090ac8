"""One attempt to run a job, and everything it may write. Each write asks first whether the job is still its own.

The fence is the attempt's number. When a worker has been silent too long its job is given to another, under the next
number; should the first one wake up, all it writes falls on the fence, and it stops at its next word of progress.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from plats.vocabulary.messages import Message
from plats.web.audit.recording import recorded
from plats.web.jobs.kinds import JobResult
from plats.web.jobs.models import Job
from plats.web.jobs.queue import enqueue, leave_queue
from plats.web.jobs.states import State
from plats.web.notices.actions import notify
from plats.web.notices.links import neutral
from plats.web.notices.messages import as_json, both_languages

NOTICE_KIND = "job"


class StoppedError(BaseException):
    """The work is to end now. No `Exception`, so that nothing in the midst of it takes it for a fault to live with."""


class CancelledError(StoppedError):
    """Someone has cancelled the job."""


class HandedBackError(StoppedError):
    """The worker is to stop and leaves the job for another."""


class LostError(StoppedError):
    """The job has been given to another attempt, or has been ended: this one has nothing more to say."""


@dataclass(frozen=True)
class Attempt:
    """A job while one worker has it."""

    number: int
    public_id: UUID
    kind: str
    parameters: Mapping[str, Any]
    attempt: int
    folder: Path
    lost: Event = field(default_factory=Event)

    @classmethod
    def of(cls, job: Job) -> Attempt:
        return cls(
            job.pk, job.public_id, job.kind, dict(job.parameters), job.attempts, job.folder_of(job.attempts)
        )

    @transaction.atomic
    def beat(self) -> None:
        """Say that the worker lives. Raises LostError when the job is no longer its own."""
        job = self._held()
        job.heartbeat_at = timezone.now()
        job.save(update_fields=["heartbeat_at"])

    def is_to_be_cancelled(self) -> bool:
        """Whether someone has asked for the job to end. One query. Raises LostError when it is no longer its own."""
        found = Job.objects.filter(pk=self.number, state=State.RUNNING, attempts=self.attempt)
        asked = list(found.values_list("cancel_requested_at", flat=True))
        if not asked:
            raise LostError
        return asked[0] is not None

    @transaction.atomic
    def tell(self, text: Message, done: int, total: int) -> None:
        """Write how far the work has come, which is a sign of life too."""
        job = self._held()
        job.progress_text, job.progress_done, job.progress_total = as_json(text), done, total
        job.heartbeat_at = timezone.now()
        job.save(update_fields=["progress_text", "progress_done", "progress_total", "heartbeat_at"])

    @transaction.atomic
    def hand_back(self) -> None:
        """Leave the job to another worker: this one is to stop. It is no failed attempt."""
        job = self._held()
        job.handed_back += 1
        requeue(job)

    def content_of(self, result: JobResult | None) -> dict[str, Any]:
        """The result as the row keeps it. Raises ValueError when a file is not in the attempt's folder, when the page
        is not ours, or when a text points out a person."""
        kept = result or JobResult(summary=Message("Klart."))
        return {
            "summary": as_json(kept.summary),
            "url": neutral(kept.url) if kept.url else "",
            "files": [one.relative_to(self.folder).as_posix() for one in kept.files],
        }

    def finish(self, content: dict[str, Any]) -> None:
        """The job is done, with this result."""
        with recorded(by=None, act="job.finish") as record:
            job = self._held()
            record.organisation = job.organisation
            record.watch(job)
            job.result = content
            end(job, State.DONE)
        # The folders of attempts that came to nothing go with them.
        for one in job.folder.glob("*"):
            if one != self.folder:
                shutil.rmtree(one, ignore_errors=True)

    def fail(self, error: Message) -> None:
        """The job could not be done; the message says to people why and what to do."""
        with recorded(by=None, act="job.fail") as record:
            job = self._held()
            record.organisation = job.organisation
            record.watch(job)
            job.error = as_json(error)
            end(job, State.FAILED)
        clear(job)

    def cancel(self) -> None:
        """The work has stopped, as someone asked."""
        with recorded(by=None, act="job.stop") as record:
            job = self._held()
            record.organisation = job.organisation
            record.watch(job)
            end(job, State.CANCELLED)
        clear(job)

    def _held(self) -> Job:
        """The job, locked and still this attempt's own. Called in a transaction."""
        job = Job.objects.held(self.number, self.attempt).first()
        if job is None:
            self.lost.set()
            raise LostError
        return job


def requeue(job: Job) -> None:
    """Put a job that was running in the queue again. Called in a transaction that holds its row."""
    leave_queue(job.task_id)
    job.state, job.worker, job.heartbeat_at = State.QUEUED, "", None
    job.task_id = enqueue(job.public_id)
    job.save(update_fields=["state", "worker", "heartbeat_at", "task_id", "handed_back"])


def end(job: Job, state: State) -> None:
    """End a job, and tell the one who started it. Called in the act that ends it, which holds its row."""
    leave_queue(job.task_id)
    job.state, job.finished_at, job.task_id = state, timezone.now(), None
    job.save()
    if job.started_by is not None and state is not State.CANCELLED:
        told = {
            State.DONE: Message("Jobbet ”{job}” är klart.", job=both_languages(job.name)),
            State.FAILED: Message("Jobbet ”{job}” misslyckades.", job=both_languages(job.name)),
        }
        notify(
            by=None,
            recipients=[job.started_by],
            message=told[state],
            kind=NOTICE_KIND,
            url=reverse("jobs:job", kwargs={"public_id": job.public_id}),
        )


def clear(job: Job) -> None:
    """Remove the files of a job that came to nothing."""
    shutil.rmtree(job.folder, ignore_errors=True)
