"""An agreement between partners: who, for how long, about what, and what is to be done."""

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
from plats.web.partners.kinds import ActivityState, FocusTopic
from plats.web.partners.models.steering import Steering, SteeringQuerySet


class AgreementQuerySet(SteeringQuerySet["Agreement"]):
    """Agreements. What a person sees of them is said by `visible_to`."""


class Agreement(Steering):
    """A cooperation agreement. Its state (coming, in force, expired) follows from its days."""

    object_kind = "agreement"

    title = GuardedCharField(_("rubrik"), max_length=200)
    purpose = GuardedTextField(_("syfte"), blank=True, validators=[MaxLengthValidator(4000)])
    starts_on = models.DateField(_("gäller från"))
    ends_on = models.DateField(_("gäller till och med"))
    decided_on = models.DateField(_("beslutad"), null=True, blank=True)
    decided_by = GuardedCharField(_("beslutad av"), max_length=150, blank=True)
    renew_by = models.DateField(_("förnyas senast"), null=True, blank=True)
    renews = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("förnyar"),
    )
    follow_up = GuardedTextField(_("uppföljning"), blank=True, validators=[MaxLengthValidator(4000)])

    objects: ClassVar[Any] = models.Manager.from_queryset(AgreementQuerySet)()

    processing = Processing(
        purpose=_("Visa vilka som samverkar om vad och hur länge."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som skrivit in överenskommelsen"),
        data=_("Vem som skrivit"),
        personal=("created_by",),
    )

    class Meta:
        verbose_name = _("samverkansöverenskommelse")
        verbose_name_plural = _("samverkansöverenskommelser")
        ordering = ("-starts_on", "title")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="agreement_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:agreement", args=[self.slug])


class AgreementParty(Recorded):
    """One of those who have agreed."""

    object_kind = "agreement_party"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="parties", verbose_name=_("överenskommelse")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "an organisation that has agreed"

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        ordering = ("organisation__name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("agreement", "organisation", name="agreement_party_once"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class FocusArea(Recorded):
    """Something that the parties give priority to, with its own plan of activities."""

    object_kind = "focus_area"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="focus_areas", verbose_name=_("överenskommelse")
    )
    topic = models.CharField(_("ämne"), max_length=24, choices=FocusTopic.choices)
    text = GuardedTextField(_("beskrivning"), blank=True, validators=[MaxLengthValidator(2000)])
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "what partners have agreed to give priority to; guarded text"

    class Meta:
        verbose_name = _("fokusområde")
        verbose_name_plural = _("fokusområden")
        ordering = ("agreement", "position", "pk")

    def __str__(self) -> str:
        return str(self.get_topic_display())


class Activity(Recorded):
    """Something to be done within a focus area."""

    object_kind = "activity"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    focus_area = models.ForeignKey(
        FocusArea, on_delete=models.CASCADE, related_name="activities", verbose_name=_("fokusområde")
    )
    what = GuardedCharField(_("vad"), max_length=300)
    responsible = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig"),
    )
    due_on = models.DateField(_("klar senast"), null=True, blank=True)
    state = models.CharField(
        _("läge"), max_length=12, choices=ActivityState.choices, default=ActivityState.UNKNOWN
    )
    evidence = GuardedCharField(_("underlag"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "what is to be done and by which organisation; guarded text"

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        ordering = ("focus_area", "due_on", "pk")

    def __str__(self) -> str:
        return self.what
