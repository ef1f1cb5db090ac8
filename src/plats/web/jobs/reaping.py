"""The reaper: finds jobs whose worker has died, so that none is for ever running."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from plats.vocabulary.messages import Message
from plats.web.audit.recording import recorded
from plats.web.jobs import rules
from plats.web.jobs.attempts import clear, end, requeue
from plats.web.jobs.kinds import job_kind
from plats.web.jobs.models import Job
from plats.web.jobs.queue import QUEUE
from plats.web.jobs.states import State
from plats.web.notices.messages import as_json

_log = logging.getLogger(__name__)


@dataclass
class Reaped:
    """What a round found."""

    queued: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def any(self) -> bool:
        return bool(self.queued or self.failed or self.cancelled)


def reap() -> Reaped:
    """Take jobs from workers that have been silent too long. Several may call it at once: each job is taken once."""
    reaped, now = Reaped(), timezone.now()
    silent = Q(heartbeat_at__lt=now - rules.DEAD_AFTER) | Q(heartbeat_at__isnull=True)
    for number in Job.objects.filter(silent, state=State.RUNNING).values_list("pk", flat=True):
        _take(number, now, reaped)
    for number in _queued_by_nobody():
        _queue_anew(number, reaped)
    if reaped.any:
        _log.warning(
            "Dead workers' jobs: %s queued anew, %s failed, %s cancelled",
            reaped.queued,
            reaped.failed,
            reaped.cancelled,
        )
    return reaped


# Internals


@transaction.atomic
def _take(number: int, now: datetime, reaped: Reaped) -> None:
    job = Job.objects.select_for_update().filter(pk=number, state=State.RUNNING).first()
    if job is None or not rules.is_dead(job.heartbeat_at, now):
        return  # it has beaten or ended meanwhile
    kind = job_kind(job.kind)
    again = rules.may_try_again(
        retries=kind is not None and kind.retries,
        attempts=job.attempts,
        handed_back=job.handed_back,
        max_attempts=job.max_attempts,
    )
    state = rules.after_death(cancelled=job.cancel_requested_at is not None, again=again)
    if state is State.QUEUED:
        requeue(job)
        reaped.queued += 1
    elif state is State.CANCELLED:
        _end(job, state, "job.stop")
        reaped.cancelled += 1
    else:
        job.error = as_json(
            Message(
                "Arbetaren dog innan jobbet var klart. Beställ det igen; säg till driften om det händer igen."
            )
        )
        _end(job, state, "job.fail")
        reaped.failed += 1


def _end(job: Job, state: State, act: str) -> None:
    with recorded(by=None, act=act, organisation=job.organisation) as record:
        record.watch(job)
        end(job, state)
    transaction.on_commit(lambda: clear(job))


def _queued_by_nobody() -> list[int]:
    """Jobs that wait without standing in the queue: what no worker of ours leaves, but a restored copy may hold."""
    place = DBTaskResult.objects.filter(id=OuterRef("task_id"), queue_name=QUEUE).values("status")[:1]
    waiting = Job.objects.filter(state=State.QUEUED).annotate(place=Subquery(place))
    lost = waiting.filter(Q(place__isnull=True) | ~Q(place=TaskResultStatus.READY))
    return list(lost.values_list("pk", flat=True))


def _waits(task_id: UUID | None) -> bool:
    return (
        task_id is not None
        and DBTaskResult.objects.filter(id=task_id, status=TaskResultStatus.READY).exists()
    )


@transaction.atomic
def _queue_anew(number: int, reaped: Reaped) -> None:
    job = Job.objects.select_for_update().filter(pk=number, state=State.QUEUED).first()
    if job is None or _waits(job.task_id):
        return
    requeue(job)
    reaped.queued += 1
