"""Writes: starting and cancelling. What the worker writes is in `attempts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from plats.vocabulary.personal import find_personal
from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import recorded
from plats.web.jobs.attempts import clear, end
from plats.web.jobs.kinds import JobKind
from plats.web.jobs.models import Job
from plats.web.jobs.queue import enqueue
from plats.web.jobs.states import OPEN, State
from plats.web.notices.messages import as_json


class JobsError(Exception):
    """A job that cannot be started or cancelled; the message says why."""


def start_job(
    *, by: User | None, kind: JobKind, parameters: Mapping[str, Any], organisation: Organisation | None = None
) -> Job:
    """Queue a job. The page asks whether `by` may. `by` is None only at the command line and for the clock.

    Raises JobsError when a kind that is alone is under way already.
    """
    _refuse_personal(parameters)
    job = Job(
        kind=kind.id,
        title=as_json(kind.describe(parameters)),
        parameters=dict(parameters),
        started_by=by,
        organisation=organisation,
        alone=kind.alone,
        max_attempts=kind.max_attempts,
    )
    try:
        with recorded(by=by, act="job.start", organisation=organisation) as record:
            job.task_id = enqueue(job.public_id)
            job.save()
            record.created(job)
    except IntegrityError as error:
        if kind.alone and Job.objects.filter(kind=kind.id, state__in=sorted(OPEN)).exists():
            raise JobsError(_("Det görs redan. Vänta tills det är klart.")) from error
        raise
    return job


def cancel_job(*, by: User, job: Job) -> None:
    """Cancel a job: one that waits ends at once, one that runs at its next word of progress.

    Raises JobsError when it has ended already.
    """
    with recorded(by=by, act="job.cancel", organisation=job.organisation) as record:
        # In the order a worker takes them: two that each held one and waited for the other would stop.
        list(DBTaskResult.objects.select_for_update().filter(id__in=[job.task_id]))
        record.watch(job)
        job.refresh_from_db()
        if not job.is_open:
            raise JobsError(_("Jobbet är redan avslutat."))
        job.cancel_requested_at = job.cancel_requested_at or timezone.now()
        if job.state == State.QUEUED:
            end(job, State.CANCELLED)
        else:
            job.save(update_fields=["cancel_requested_at"])
    if not job.is_open:
        clear(job)


# Internals


def _refuse_personal(parameters: Mapping[str, Any]) -> None:
    for name, value in parameters.items():
        if isinstance(value, str) and find_personal(value):
            raise ValueError(f"Valet {name} pekar ut en person. Ett jobb får inga personuppgifter.")
