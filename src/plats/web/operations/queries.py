"""What is asked about the installation itself. Each is one question, cheap enough to be asked every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min
from django.utils import timezone

from plats.web.accounts.models import SignInLock
from plats.web.audit.models import AuditHead
from plats.web.jobs.models import Job
from plats.web.jobs.states import State


@dataclass(frozen=True, slots=True)
class OpenJobs:
    """The jobs that are not ended: since when the first has waited, and the signs of life of those that run."""

    waiting_since: datetime | None
    first_sign: datetime | None
    last_sign: datetime | None


def open_jobs() -> OpenJobs:
    """When something was last heard of the jobs, and how long the first has waited. Two questions."""
    waiting = Job.objects.filter(state=State.QUEUED).aggregate(since=Min("created_at"))
    running = Job.objects.filter(state=State.RUNNING).aggregate(
        first=Min("heartbeat_at"), last=Max("heartbeat_at")
    )
    return OpenJobs(waiting["since"], running["first"], running["last"])


def audit_entries() -> int:
    """How many entries the audit chain has: its last number, since none is ever removed."""
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    return head.sequence if head else 0


def sign_in_locks() -> int:
    """How many addresses are locked now."""
    return SignInLock.objects.filter(locked_until__gt=timezone.now()).count()
