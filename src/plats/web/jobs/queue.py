"""The queue: a task of django-tasks for each job that waits or runs. The job's own row says everything else."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task
from django_tasks_db.models import DBTaskResult

QUEUE = "jobs"


class NotOurWorkerError(Exception):
    """Someone else than `plats work` has taken a task from the queue."""


@task(queue_name=QUEUE)
def run_job(job_number: str) -> None:
    """What waits in the queue. `plats work` takes it together with its job, in one transaction, and performs the job.

    A worker of another make would take the task alone: killed just then, it would leave a job that nobody runs.
    """
    raise NotOurWorkerError(f"Jobb {job_number} körs bara av plats work. Stanna den andra arbetaren.")


def enqueue(public_id: UUID) -> UUID:
    """Put the job last in the queue, in the transaction under way. Returns the task's number."""
    return UUID(run_job.enqueue(str(public_id)).id)


def leave_queue(task_id: UUID | None) -> None:
    """Take the task out of the queue: the job has ended, or is queued anew under another number."""
    if task_id is not None:
        DBTaskResult.objects.filter(id=task_id).delete()
