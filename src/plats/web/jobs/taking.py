"""Taking a job from the queue: task and job in one transaction, so that no kill leaves one without the other."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plats.web.jobs.attempts import Attempt
from plats.web.jobs.models import Job
from plats.web.jobs.queue import QUEUE
from plats.web.jobs.states import State


def take_next(worker: str) -> Attempt | None:
    """The job that has waited longest, ours from now on; None when none waits.

    Two workers never take the same: on PostgreSQL the row is locked and the other passes over it, on SQLite the whole
    transaction is one at a time.
    """
    while DBTaskResult.objects.ready().filter(queue_name=QUEUE).exists():
        with transaction.atomic():
            task = DBTaskResult.objects.ready().filter(queue_name=QUEUE).get_locked()
            if task is None:
                return None  # another worker has them
            job = Job.objects.select_for_update().filter(task_id=task.id, state=State.QUEUED).first()
            if job is not None:
                task.claim(worker)
                return Attempt.of(_begun(job, worker))
            task.delete()  # nobody's: its job has ended
    return None


# Internals


def _begun(job: Job, worker: str) -> Job:
    now = timezone.now()
    job.state, job.worker, job.heartbeat_at = State.RUNNING, worker, now
    job.attempts += 1
    job.started_at = job.started_at or now
    job.progress_text, job.progress_done, job.progress_total = None, 0, 0
    job.save(
        update_fields=[
            "state",
            "worker",
            "heartbeat_at",
            "attempts",
            "started_at",
            "progress_text",
            "progress_done",
            "progress_total",
        ]
    )
    return job
