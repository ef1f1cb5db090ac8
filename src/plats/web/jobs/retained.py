"""How long jobs are kept: the row, its values in the audit chain, and the files it made."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from plats.web.jobs.attempts import clear
from plats.web.jobs.models import Job
from plats.web.retention.registry import Erasing, RetainedRows, day_of, register_retained


def ended_jobs() -> Any:
    """Those that are done, failed or cancelled, by the day they ended."""
    return Job.objects.filter(finished_at__isnull=False).annotate(event_on=day_of("finished_at"))


def erase_job(job: Job, erasing: Erasing) -> None:
    """The row goes with the act, the files once it is certain."""
    erasing.then(lambda: clear(job))
    job.delete()


def register() -> None:
    register_retained(RetainedRows("job", "job", _("jobb"), ended_jobs, erase_job))
