"""An agreement between partners: who, for how long, about what, and what is to be done."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.guard import GuardedCharField, GuardedTextField
from plats.web.common.processing import Processing
from plats.web.partners.kinds import ActivityState, FocusTopic
from plats.web.partners.models.steering import Handled, SteeringQuerySet
from plats.web.partners.rules import Term, term_on


class AgreementQuerySet(SteeringQuerySet["Agreement"]):
    """Agreements. What a person sees of them is said by `visible_to`."""


class Agreement(Handled):
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
        subjects=_("De som skrivit in eller handlägger överenskommelsen"),
        data=_("Vem som skrivit och vem som handlägger"),
        personal=("created_by", "handler"),
        retention="steering",
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

    @property
    def term(self) -> Term:
        """Whether it is coming, in force or expired today."""
        return term_on(timezone.localdate(), starts_on=self.starts_on, ends_on=self.ends_on)


class AgreementParty(Recorded):
    """One of those who have agreed."""

    object_kind = "agreement_party"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="parties", verbose_name=_("överenskommelse")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    function = GuardedCharField(
        _("företräds av"),
        max_length=150,
        blank=True,
        help_text=_("En funktion, inte en person: lokalpolisområdeschefen."),
    )
    joined_on = models.DateField(_("med från"), null=True, blank=True)
    left_on = models.DateField(_("med till och med"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("ändring"), default=1, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "an organisation that has agreed, and the function that speaks for it; guarded text"

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        ordering = ("organisation__name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("agreement", "organisation", name="agreement_party_once"),
            models.CheckConstraint(
                name="agreement_party_leaves_after_it_joins",
                condition=models.Q(joined_on=None)
                | models.Q(left_on=None)
                | models.Q(left_on__gte=models.F("joined_on")),
                violation_error_message=_("Parten lämnar innan den kom med. Välj en senare dag."),
            ),
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
    revision = models.PositiveIntegerField(_("ändring"), default=1, editable=False)

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
    revision = models.PositiveIntegerField(_("ändring"), default=1, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "what is to be done and by which organisation; guarded text"

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        ordering = ("focus_area", "due_on", "pk")

    def __str__(self) -> str:
        return self.what

    @property
    def agreement(self) -> Agreement:
        return self.focus_area.agreement


class AgreementFollowUp(Recorded):
    """What the parties saw when they looked at how their agreement had gone, and when they look again."""

    object_kind = "agreement_follow_up"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="follow_ups", verbose_name=_("överenskommelse")
    )
    followed_on = models.DateField(_("följdes upp"))
    outcome = GuardedTextField(_("vad uppföljningen visade"), validators=[MaxLengthValidator(4000)])
    evidence = GuardedCharField(_("underlag"), max_length=300, blank=True)
    evidence_url = models.URLField(_("underlagets adress"), max_length=300, blank=True)
    next_on = models.DateField(_("nästa uppföljning"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("ändring"), default=1, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "what organisations saw of their own work; guarded text"

    class Meta:
        verbose_name = _("uppföljning av överenskommelse")
        verbose_name_plural = _("uppföljningar av överenskommelser")
        ordering = ("agreement", "-followed_on", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="agreement_follow_up_comes_again_later",
                condition=models.Q(next_on=None) | models.Q(next_on__gt=models.F("followed_on")),
                violation_error_message=_("Nästa uppföljning kommer efter den här. Välj en senare dag."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.followed_on}"
