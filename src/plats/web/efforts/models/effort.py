"""Efforts: who does what, where, for whom, against which problem, for which goal, with what."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.guard import GuardedCharField, GuardedTextField
from plats.web.common.processing import Processing
from plats.web.efforts.kinds import EffortKind, EffortState, FactorKind, Moment, PreventionLevel, Sex
from plats.web.efforts.rules import WHOLE
from plats.web.goals.models import Goal
from plats.web.partners.models import Steering, SteeringQuerySet
from plats.web.places.models import Place


class EffortQuerySet(SteeringQuerySet["Effort"]):
    """Efforts. An effort has several places: a role held for some places reaches those with one among them."""

    def _lying_in(self, places: Collection[int]) -> models.Q:
        return models.Q(pk__in=EffortPlace.objects.filter(place__in=places).values("effort"))


class Effort(Steering):
    """Something that is done, against a problem and its cause."""

    object_kind = "effort"

    title = GuardedCharField(_("rubrik"), max_length=200)
    summary = GuardedTextField(_("vad som görs"), blank=True, validators=[MaxLengthValidator(4000)])
    kind = models.CharField(_("slag"), max_length=20, choices=EffortKind.choices)
    level = models.CharField(
        _("för vem"), max_length=12, choices=PreventionLevel.choices, default=PreventionLevel.UNKNOWN
    )
    moment = models.CharField(_("när"), max_length=8, choices=Moment.choices, default=Moment.UNKNOWN)
    state = models.CharField(
        _("läge"), max_length=12, choices=EffortState.choices, default=EffortState.UNKNOWN
    )
    starts_on = models.DateField(_("från"), null=True, blank=True)
    ends_on = models.DateField(_("till och med"), null=True, blank=True)
    problem = GuardedTextField(_("problem"), validators=[MaxLengthValidator(2000)])
    cause = GuardedTextField(_("orsak"), validators=[MaxLengthValidator(2000)])
    factor_kind = models.CharField(_("faktor"), max_length=10, choices=FactorKind.choices, blank=True)
    factor = GuardedCharField(_("skydds- eller riskfaktor"), max_length=200, blank=True)
    age_from = models.PositiveSmallIntegerField(_("ålder från"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("ålder till"), null=True, blank=True)
    sex = models.CharField(_("kön"), max_length=6, choices=Sex.choices, default=Sex.ALL)
    group_size = models.PositiveIntegerField(_("målgruppens storlek"), null=True, blank=True)
    effect_indicator = models.CharField(_("indikator för effekt"), max_length=64, blank=True)
    effect = GuardedTextField(_("väntad effekt"), blank=True, validators=[MaxLengthValidator(2000)])
    effect_size = models.FloatField(_("effektens storlek"), null=True, blank=True)
    effect_year = models.PositiveSmallIntegerField(_("effekten syns år"), null=True, blank=True)
    follow_up = GuardedTextField(_("så följs det upp"), blank=True, validators=[MaxLengthValidator(2000)])
    goals: Any = models.ManyToManyField(
        Goal, through="EffortGoal", related_name="efforts", verbose_name=_("mål")
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(EffortQuerySet)()

    processing = Processing(
        purpose=_("Visa vad som görs, var, av vem och mot vilket problem."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som skrivit in insatsen"),
        data=_("Vem som skrivit"),
        personal=("created_by",),
        retention="steering",
    )

    class Meta:
        verbose_name = _("insats")
        verbose_name_plural = _("insatser")
        ordering = ("title",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="effort_ends_after_it_starts",
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="effort_ages_are_in_order",
                condition=models.Q(age_to__isnull=True)
                | models.Q(age_from__isnull=True)
                | models.Q(age_to__gte=models.F("age_from")),
            ),
            models.CheckConstraint(
                name="effort_answers_a_problem", condition=~models.Q(problem="") & ~models.Q(cause="")
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"], name="effort_of_owner_by_state"),
            models.Index(fields=["kind", "state"], name="effort_by_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("efforts:effort", args=[self.slug])


class EffortGoal(Recorded):
    """That an effort is for a goal."""

    object_kind = "effort_goal"

    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="goal_links", verbose_name=_("insats")
    )
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="effort_links", verbose_name=_("mål")
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "that an effort is for a goal"

    class Meta:
        verbose_name = _("insats för mål")
        verbose_name_plural = _("insatser för mål")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("effort", "goal", name="effort_once_per_goal"),
        ]

    def __str__(self) -> str:
        return f"{self.effort_id} {self.goal_id}"


class EffortPlace(Recorded):
    """Where an effort is, and how much of it. An unknown share is empty."""

    object_kind = "effort_place"

    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="places", verbose_name=_("insats")
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("plats"))
    share_millionths = models.PositiveIntegerField(_("andel i miljondelar"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "where an effort is"

    class Meta:
        verbose_name = _("insatsens plats")
        verbose_name_plural = _("insatsens platser")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("effort", "place", name="effort_once_per_place"),
            models.CheckConstraint(
                name="effort_share_is_at_most_whole",
                condition=models.Q(share_millionths__isnull=True) | models.Q(share_millionths__lte=WHOLE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effort_id} {self.place_id}"

    @property
    def percent(self) -> float | None:
        """The share, 0-100; None when it is not known."""
        return None if self.share_millionths is None else self.share_millionths * 100 / WHOLE

    @property
    def decimals(self) -> int:
        """With how many decimals the share is written: those it has, two at most."""
        share = self.share_millionths or 0
        return 0 if share % 10_000 == 0 else 1 if share % 1_000 == 0 else 2


class EffortPartner(Recorded):
    """An organisation that takes part in another's effort."""

    object_kind = "effort_partner"

    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="partners", verbose_name=_("insats")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    part = GuardedCharField(_("del i insatsen"), max_length=200, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "that an organisation takes part; guarded text"

    class Meta:
        verbose_name = _("medverkande")
        verbose_name_plural = _("medverkande")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("effort", "organisation", name="effort_partner_once"),
        ]

    def __str__(self) -> str:
        return f"{self.effort_id} {self.organisation_id}"


class EffortResource(Recorded):
    """What an effort takes one year, perhaps in one place: money, hours, seats. What is not known is empty."""

    object_kind = "effort_resource"

    effort = models.ForeignKey(
        Effort, on_delete=models.CASCADE, related_name="resources", verbose_name=_("insats")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plats")
    )
    source = GuardedCharField(_("finansiering"), max_length=150, blank=True)
    amount_ore = models.BigIntegerField(_("belopp i öre"), null=True, blank=True)
    hours = models.PositiveIntegerField(_("timmar"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("antal platser"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "an amount"

    class Meta:
        verbose_name = _("resurs")
        verbose_name_plural = _("resurser")
        ordering = ("effort", "year", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="effort_amount_is_not_negative",
                condition=models.Q(amount_ore__isnull=True) | models.Q(amount_ore__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effort_id} {self.year}"
