"""Plans and their versions: what has been adopted is frozen, a change is a new version."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.web.common.guard import GuardedCharField
from plats.web.common.processing import Processing
from plats.web.goals.kinds import PlanKind, VersionState
from plats.web.goals.models.frozen import Freezing, FreezingQuerySet
from plats.web.partners.models import Steering, SteeringQuerySet


class PlanQuerySet(SteeringQuerySet["Plan"]):
    """Plans. What a person sees of them is said by `visible_to`."""


class Plan(Steering):
    """A plan of an organisation: the council's goals and budget, a committee's plan, a strategy. What it says stands in
    its versions."""

    object_kind = "plan"

    title = GuardedCharField(_("rubrik"), max_length=200)
    kind = models.CharField(_("slag"), max_length=12, choices=PlanKind.choices)

    objects: ClassVar[Any] = models.Manager.from_queryset(PlanQuerySet)()

    processing = Processing(
        purpose=_("Visa vilka mål som antagits, av vem och när."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som skrivit planen"),
        data=_("Vem som skrivit"),
        personal=("created_by",),
        retention="steering",
    )

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planer")
        ordering = ("kind", "title")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("goals:plan", args=[self.slug])


class PlanVersion(Freezing):
    """A plan as it was written once."""

    object_kind = "plan_version"
    state_field = "state"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("läge"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    # Empty: the source does not say. Who adopts a draft here must say the day; what is only told of may lack it.
    starts_on = models.DateField(_("gäller från"), null=True, blank=True)
    ends_on = models.DateField(_("gäller till och med"))
    adopted_on = models.DateField(_("antagen"), null=True, blank=True)
    adopted_by = GuardedCharField(_("antagen av"), max_length=150, blank=True)
    case_number = GuardedCharField(_("diarienummer"), max_length=40, blank=True)
    revision = models.PositiveIntegerField(_("ändring"), default=1, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(FreezingQuerySet)()

    no_personal_data = "which organ adopted what, and when; guarded text"

    class Meta:
        verbose_name = _("planversion")
        verbose_name_plural = _("planversioner")
        ordering = ("plan", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("plan", "number", name="plan_version_number_once"),
            models.UniqueConstraint("plan", condition=models.Q(state="draft"), name="plan_has_one_draft"),
            models.UniqueConstraint(
                "plan", condition=models.Q(state="adopted"), name="plan_has_one_adopted_version"
            ),
            models.CheckConstraint(
                name="plan_version_ends_after_it_starts",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"
