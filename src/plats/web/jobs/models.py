"""Jobs: what was asked for, by whom, how far it has come and what it came to."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.vocabulary.messages import Message
from plats.web.accounts.models import Organisation
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing
from plats.web.jobs.kinds import job_kind
from plats.web.jobs.rules import MAX_ATTEMPTS, per_cent
from plats.web.jobs.states import ENDED, OPEN, State
from plats.web.notices.links import localised
from plats.web.notices.messages import from_json


class JobQuerySet(RecordedQuerySet["Job"]):
    def visible_to(self, user: Any) -> JobQuerySet:
        """One's own; everyone's, for those who look after the system."""
        if user.grants.everywhere("job.read_all"):
            return self
        return self.filter(started_by=user) if user.grants.organisation_ids("job.read") else self.none()

    def changeable_by(self, user: Any) -> JobQuerySet:
        """Those this person may cancel."""
        if user.grants.everywhere("job.cancel_all"):
            return self
        return self.filter(started_by=user) if user.grants.organisation_ids("job.cancel") else self.none()

    def held(self, number: int, attempt: int) -> JobQuerySet:
        """The job, locked, while this attempt has it; nothing once it has been taken from it. The fence: whatever an
        attempt writes, it writes to what this gives."""
        return self.select_for_update().filter(pk=number, state=State.RUNNING, attempts=attempt)


class Job(Recorded):
    """A piece of long work beside the site.

    That it is started, cancelled, done or failed are acts with their entries. How far it has come is not: the worker
    writes those fields by itself, several times a minute.
    """

    object_kind = "job"
    unrecorded_fields = frozenset(
        {
            "state",
            "attempts",
            "handed_back",
            "worker",
            "task_id",
            "heartbeat_at",
            "started_at",
            "progress_text",
            "progress_done",
            "progress_total",
        }
    )

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("slag"), max_length=32)
    title = models.JSONField(_("vad"))
    parameters = models.JSONField(_("val"), default=dict, blank=True)
    # Null: started by the clock or at the command line.
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("startat av"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    alone = models.BooleanField(_("ett i taget"), default=False)
    state = models.CharField(_("läge"), max_length=16, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(_("beställt"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("påbörjat"), null=True, blank=True)
    finished_at = models.DateTimeField(_("avslutat"), null=True, blank=True)
    cancel_requested_at = models.DateTimeField(_("ska avbrytas"), null=True, blank=True)

    # What the worker writes. `attempts` only grows: it is the fence between one attempt and the next.
    task_id = models.UUIDField(_("köplats"), null=True, blank=True)
    worker = models.CharField(_("arbetare"), max_length=32, blank=True)
    attempts = models.PositiveIntegerField(_("försök"), default=0)
    handed_back = models.PositiveIntegerField(_("återlämnat"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("högst antal försök"), default=MAX_ATTEMPTS)
    heartbeat_at = models.DateTimeField(_("livstecken"), null=True, blank=True)
    progress_text = models.JSONField(_("nu"), null=True, blank=True)
    progress_done = models.PositiveIntegerField(_("gjort"), default=0)
    progress_total = models.PositiveIntegerField(_("av"), default=0)

    result = models.JSONField(_("resultat"), null=True, blank=True)
    error = models.JSONField(_("fel"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(JobQuerySet)()

    processing = Processing(
        purpose=_("Köra långa arbeten bredvid webbplatsen och visa den som startade dem hur det går."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som arbetar i systemet"),
        data=_("Vem som startade vad och när; val och resultat utan personuppgifter"),
        personal=("started_by",),
        retention="job",
    )

    class Meta:
        verbose_name = _("jobb")
        verbose_name_plural = _("jobb")
        ordering = ("-created_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["started_by", "-created_at"], name="job_of_user"),
            models.Index(fields=["state", "heartbeat_at"], name="job_by_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="job_state_is_known", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(
                name="job_ends_when_it_has_ended",
                condition=models.Q(state__in=sorted(OPEN), finished_at__isnull=True)
                | models.Q(state__in=sorted(ENDED), finished_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(alone=True, state__in=sorted(OPEN)),
                name="job_that_is_alone_is_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Message:
        """What is done, as a sentence in the reader's language."""
        return from_json(self.title)

    @property
    def kind_label(self) -> str:
        """The kind's name; its id if the kind is gone."""
        kind = job_kind(self.kind)
        return str(kind.label) if kind else self.kind

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_being_cancelled(self) -> bool:
        """Someone has asked for it to end, and the worker has not come to where it can."""
        return self.is_open and self.cancel_requested_at is not None

    @property
    def progress_said(self) -> Message | None:
        """What the worker is doing now."""
        return from_json(self.progress_text) if self.progress_text else None

    @property
    def per_cent(self) -> int:
        return per_cent(self.progress_done, self.progress_total)

    @property
    def summary(self) -> Message | None:
        """What it came to, when it is done."""
        return from_json(self.result["summary"]) if self.result else None

    @property
    def result_url(self) -> str:
        return localised(self.result["url"]) if self.result else ""

    @property
    def explanation(self) -> Message | None:
        """What went wrong and what to do, when it failed."""
        return from_json(self.error) if self.error else None

    @property
    def file_names(self) -> list[str]:
        """The files it made, that are still there."""
        names = self.result["files"] if self.result else []
        return [name for name in names if (self.folder_of(self.attempts) / name).is_file()]

    @property
    def folder(self) -> Path:
        """Where the files of all its attempts are."""
        return Path(settings.PLATS_HOME) / "reports" / "jobs" / str(self.public_id)

    def folder_of(self, attempt: int) -> Path:
        """Each attempt has a folder of its own: one that is taken over cannot spoil what the next one makes."""
        return self.folder / str(attempt)
