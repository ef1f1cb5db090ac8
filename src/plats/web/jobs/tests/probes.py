"""A kind of job that does what a test says, and shorthands for starting and running it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from plats.vocabulary.messages import Message
from plats.web.accounts.models import User
from plats.web.audit.models import AuditEntry
from plats.web.jobs import rules
from plats.web.jobs.actions import start_job
from plats.web.jobs.attempts import Attempt
from plats.web.jobs.kinds import JobKind, JobResult, Progress, job_kind, register_job
from plats.web.jobs.models import Job
from plats.web.jobs.permissions import START
from plats.web.jobs.taking import take_next
from plats.web.jobs.worker import Worker

Run = Callable[[Progress], JobResult | None]


class ProbeForm(forms.Form):
    number = forms.IntegerField(label="Nummer", min_value=1)


@dataclass
class Probe:
    """`runs` are called in turn, the last one again and again; `calls` counts them."""

    id: str = "probe"
    runs: list[Run] = field(default_factory=lambda: [lambda _progress: None])
    calls: int = 0

    def run(self, progress: Progress, **_parameters: Any) -> JobResult | None:
        self.calls += 1
        return self.runs[min(self.calls, len(self.runs)) - 1](progress)


def probe_kind(probe: Probe) -> JobKind:
    return JobKind(
        id=probe.id,
        label="Prov",
        explanation="Ett prov.",
        run=probe.run,
        permission=START,
        describe=lambda parameters: Message("Prov {number}", number=str(parameters.get("number", ""))),
        form=ProbeForm,
    )


def changed(probe: Probe, **fields: Any) -> None:
    """The kind with other terms: retries=False, alone=True."""
    register_job(replace(probe_kind(probe), **fields))


def start(by: User | None = None, **parameters: Any) -> Job:
    kind = job_kind("probe")
    assert kind is not None
    return start_job(by=by, kind=kind, parameters=parameters or {"number": 1})


def taken(worker: str = "one") -> Attempt:
    """The next job, taken as a worker takes it."""
    attempt = take_next(worker)
    assert attempt is not None
    return attempt


def silence(job: Job, seconds: float) -> None:
    """Let the job's worker have been silent this long."""
    job.refresh_from_db()
    job.heartbeat_at = timezone.now() - timedelta(seconds=seconds)
    job.save(update_fields=["heartbeat_at"])


def dead(job: Job) -> None:
    silence(job, rules.DEAD_AFTER.total_seconds() + 1)


def work() -> int:
    return Worker().run_once()


def read(job: Job) -> Job:
    found: Job = Job.objects.get(pk=job.pk)
    return found


def acts(job: Job) -> list[str]:
    """What the audit chain says was done to the job, in order."""
    entries = AuditEntry.objects.filter(kind="job", object_id=str(job.public_id)).order_by("sequence")
    return list(entries.values_list("act", flat=True))
