"""What has happened to an effort: states, decisions, the check on what it does to children; and how to reach it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.guard import GuardedCharField, GuardedTextField
from plats.web.documents.models import StoredFile
from plats.web.documents.rules import check_case_number, size_in_words
from plats.web.efforts.kinds import ChildQuestion, EffortState
from plats.web.efforts.models.effort import Effort
from plats.web.places.models import Place


class EffortStatus(Recorded):
    """A state an effort came into, and why."""

    object_kind = "effort_status"

    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="states", verbose_name=_("insats")
    )
    state = models.CharField(_("läge"), max_length=12, choices=EffortState.choices)
    since = models.DateField(_("sedan"), default=timezone.localdate)
    reason = GuardedCharField(_("skäl"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "a state; guarded text"

    class Meta:
        verbose_name = _("insatsens läge")
        verbose_name_plural = _("insatsens lägen")
        ordering = ("effort", "-since", "-pk")

    def __str__(self) -> str:
        return f"{self.effort_id} {self.state}"


class EffortDecision(Recorded):
    """A decision about an effort."""

    object_kind = "effort_decision"

    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("insats")
    )
    decided_on = models.DateField(_("beslutad"))
    decided_by = GuardedCharField(_("beslutad av"), max_length=150)
    what = GuardedCharField(_("beslut"), max_length=300)
    case_number = GuardedCharField(
        _("diarienummer"), max_length=40, blank=True, db_index=True, validators=[check_case_number]
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "which organ decided what; guarded text"

    class Meta:
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        ordering = ("effort", "-decided_on", "-pk")

    def __str__(self) -> str:
        return self.what


class ChildImpact(Recorded):
    """One question of the check on what an effort does to children, and its answer."""

    object_kind = "child_impact"

    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="child_impact", verbose_name=_("insats")
    )
    question = models.CharField(_("fråga"), max_length=48, choices=ChildQuestion.choices)
    answer = GuardedTextField(_("svar"), validators=[MaxLengthValidator(2000)])

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "what an effort does to children in general; guarded text"

    class Meta:
        verbose_name = _("barnkonsekvens")
        verbose_name_plural = _("barnkonsekvenser")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("effort", "question", name="child_impact_question_once"),
        ]

    def __str__(self) -> str:
        return self.question


class ServiceReach(Recorded):
    """How one reaches an effort in a place: when it is open, whom one calls, in which languages."""

    object_kind = "service_reach"

    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="services", verbose_name=_("insats")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plats")
    )
    where = GuardedCharField(_("var"), max_length=200, blank=True)
    opening_hours = GuardedCharField(_("öppettider"), max_length=300, blank=True)
    contact_function = GuardedCharField(_("kontakt"), max_length=150, blank=True)
    # The number and address of a function, which the guard would take for a person's.
    phone = models.CharField(_("funktionens telefon"), max_length=30, blank=True)
    website = models.URLField(_("webbplats"), max_length=300, blank=True)
    languages = GuardedCharField(_("språk"), max_length=200, blank=True)
    without_appointment = models.BooleanField(_("första kontakt utan tidsbokning"), null=True, blank=True)
    waiting_days = models.PositiveSmallIntegerField(_("väntetid i dagar"), null=True, blank=True)
    easy_text = GuardedTextField(_("på lätt svenska"), blank=True, validators=[MaxLengthValidator(1000)])
    english_text = GuardedTextField(_("på engelska"), blank=True, validators=[MaxLengthValidator(1000)])

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "how a function is reached; guarded text"

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("service")
        ordering = ("effort", "pk")

    def __str__(self) -> str:
        return f"{self.effort_id} {self.place_id}"


class EffortFile(Recorded):
    """A file that belongs to an effort."""

    object_kind = "effort_file"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="files", verbose_name=_("insats")
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("fil"))
    name = GuardedCharField(_("filnamn"), max_length=150)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "a file's name, guarded; its content is accounted for where it is stored"

    class Meta:
        verbose_name = _("insatsens fil")
        verbose_name_plural = _("insatsens filer")
        ordering = ("effort", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def size_in_words(self) -> str:
        return size_in_words(self.file.size)
