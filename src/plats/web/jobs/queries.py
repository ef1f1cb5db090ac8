"""Reads about jobs, each through a gate: what is not visible is None."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.db.models import Count

from plats.web.accounts.models import Organisation, User
from plats.web.jobs.models import Job
from plats.web.jobs.permissions import START
from plats.web.jobs.states import State

MOST_SHOWN = 50


def latest_jobs(user: User) -> list[Job]:
    """The latest jobs this person may see, those under way among them. One query."""
    return list(Job.objects.visible_to(user).select_related("started_by")[:MOST_SHOWN])


def job(user: User, public_id: UUID) -> Job | None:
    """One that this person may see."""
    found: Job | None = (
        Job.objects.visible_to(user)
        .select_related("started_by", "organisation")
        .filter(public_id=public_id)
        .first()
    )
    return found


def job_to_cancel(user: User, public_id: UUID) -> Job | None:
    """One that this person may cancel."""
    found: Job | None = (
        Job.objects.changeable_by(user).select_related("organisation").filter(public_id=public_id).first()
    )
    return found


def job_file(job: Job, name: str) -> Path | None:
    """A file that the job has made, by one of the names its result says."""
    return job.folder_of(job.attempts) / name if name in job.file_names else None


def organisation_to_start_for(user: User) -> Organisation | None:
    """The organisation in whose name this person starts jobs; None for one who may in several, or in none."""
    mine = user.grants.organisation_ids(START.id)
    found: Organisation | None = Organisation.objects.visible_to(user).filter(pk__in=mine[:1]).first()
    return found if len(mine) == 1 else None


def counts_by_state() -> dict[str, int]:
    """How many jobs there are in each state, nobody's in particular: for those who watch the installation."""
    counts = dict.fromkeys(State.values, 0)
    # order_by(): the model's own order would split the groups.
    found = Job.objects.order_by().values("state").annotate(number=Count("pk"))
    return counts | {row["state"]: row["number"] for row in found}
