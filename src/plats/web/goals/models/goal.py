"""Goals, what they say in each version of a plan, their targets, budget lines and follow-up."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.guard import GuardedCharField, GuardedTextField
from plats.web.common.processing import Processing
from plats.web.goals.kinds import FollowUpPeriod, GoalLevel, GoalStatus, TargetDirection, TargetScope
from plats.web.goals.models.frozen import Freezing, FreezingQuerySet
from plats.web.goals.models.plan import PlanVersion
from plats.web.partners.models import Steering, SteeringQuerySet
from plats.web.places.models import Place


class GoalQuerySet(SteeringQuerySet["Goal"]):
    """Goals. What a person sees of them is said by `visible_to`."""


class Goal(Steering):
    """What endures of a goal: efforts and follow-ups point here, its address stays. `title` is the newest wording."""

    object_kind = "goal"

    title = GuardedCharField(_("mål"), max_length=300)

    objects: ClassVar[Any] = models.Manager.from_queryset(GoalQuerySet)()

    processing = Processing(
        purpose=_("Visa vad kommunen vill uppnå och hur det går."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som skrivit målet"),
        data=_("Vem som skrivit"),
        personal=("created_by",),
        retention="steering",
    )

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("goals:goal", args=[self.slug])


class GoalVersion(Freezing):
    """A goal as a plan's version words it, with its parent there."""

    object_kind = "goal_version"
    state_field = "plan_version__state"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="versions", verbose_name=_("mål"))
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="goals", verbose_name=_("planversion")
    )
    parent = models.ForeignKey(
        Goal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="below",
        verbose_name=_("hör till"),
    )
    level = models.CharField(_("nivå"), max_length=16, choices=GoalLevel.choices)
    title = GuardedCharField(_("mål"), max_length=300)
    text = GuardedTextField(_("beskrivning"), blank=True, validators=[MaxLengthValidator(4000)])
    problem = GuardedTextField(_("problem det svarar mot"), blank=True, validators=[MaxLengthValidator(2000)])
    responsible = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig"),
    )
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    objects: ClassVar[Any] = models.Manager.from_queryset(FreezingQuerySet)()

    no_personal_data = "what is to be reached and by which organisation; guarded text"

    class Meta:
        verbose_name = _("målversion")
        verbose_name_plural = _("målversioner")
        ordering = ("plan_version", "position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("goal", "plan_version", name="goal_once_per_plan_version"),
            models.CheckConstraint(
                name="goal_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("goal")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Target(Freezing):
    """An indicator that is to go from a baseline to a target by a year, somewhere."""

    object_kind = "target"
    state_field = "goal_version__plan_version__state"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    goal_version = models.ForeignKey(
        GoalVersion, on_delete=models.CASCADE, related_name="targets", verbose_name=_("mål")
    )
    indicator = models.CharField(_("indikator"), max_length=64)
    scope = models.CharField(_("gäller"), max_length=16, choices=TargetScope.choices)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plats")
    )
    area_type = models.PositiveSmallIntegerField(_("områdestyp"), null=True, blank=True)
    direction = models.CharField(_("riktning"), max_length=4, choices=TargetDirection.choices)
    baseline = models.FloatField(_("utgångsläge"), null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("utgångsår"))
    target = models.FloatField(_("målvärde"))
    target_year = models.PositiveSmallIntegerField(_("målår"))

    objects: ClassVar[Any] = models.Manager.from_queryset(FreezingQuerySet)()

    no_personal_data = "an indicator's value to reach"

    class Meta:
        verbose_name = _("målvärde")
        verbose_name_plural = _("målvärden")
        ordering = ("goal_version", "target_year", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="target_comes_after_its_baseline",
                condition=models.Q(target_year__gt=models.F("baseline_year")),
            ),
            models.CheckConstraint(
                name="target_has_the_place_of_its_scope",
                condition=models.Q(scope="place", place__isnull=False, area_type__isnull=True)
                | models.Q(scope="area_type", place__isnull=True, area_type__isnull=False)
                | models.Q(scope__in=["municipality", "gap"], place__isnull=True, area_type__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.target_year}"


class BudgetLine(Freezing):
    """Money set aside for a goal one year. An amount or a year that is not known is empty."""

    object_kind = "budget_line"
    state_field = "goal_version__plan_version__state"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    goal_version = models.ForeignKey(
        GoalVersion, on_delete=models.CASCADE, related_name="budget_lines", verbose_name=_("mål")
    )
    year = models.PositiveSmallIntegerField(_("år"), null=True, blank=True)
    label = GuardedCharField(_("rad i budgeten"), max_length=200)
    amount_ore = models.BigIntegerField(_("belopp i öre"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(FreezingQuerySet)()

    no_personal_data = "an amount"

    class Meta:
        verbose_name = _("budgetrad")
        verbose_name_plural = _("budgetrader")
        ordering = ("goal_version", models.F("year").asc(nulls_last=True), "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="budget_line_is_not_negative",
                condition=models.Q(amount_ore__isnull=True) | models.Q(amount_ore__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.year or ''}".strip()


class FollowUp(Recorded):
    """How a goal stood after a period, why, and what was changed."""

    object_kind = "follow_up"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="follow_ups", verbose_name=_("mål"))
    year = models.PositiveSmallIntegerField(_("år"))
    period = models.CharField(_("period"), max_length=4, choices=FollowUpPeriod.choices)
    status = models.CharField(_("status"), max_length=12, choices=GoalStatus.choices)
    reason = GuardedTextField(_("skäl"), validators=[MaxLengthValidator(2000)])
    changed = GuardedTextField(_("vad som ändras"), blank=True, validators=[MaxLengthValidator(2000)])

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "how a goal stands; guarded text"

    class Meta:
        verbose_name = _("uppföljning")
        verbose_name_plural = _("uppföljningar")
        ordering = ("goal", "-year", "-period")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("goal", "year", "period", name="follow_up_once_per_period"),
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.year} {self.period}"
