"""An organisation's page for the public, and how far the municipality has come with its duties in law."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation, Owned, OwnedQuerySet
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.guard import GuardedCharField, GuardedTextField
from plats.web.common.processing import Processing
from plats.web.partners.kinds import DutyProgress


class PartnerPage(Recorded):
    """What the public reads about an organisation that takes part: functions, never people."""

    object_kind = "partner_page"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="page", verbose_name=_("organisation")
    )
    slug = models.SlugField(_("adress"), max_length=90, unique=True, editable=False)
    about = GuardedTextField(_("om organisationen"), blank=True, validators=[MaxLengthValidator(2000)])
    website = models.URLField(_("webbplats"), max_length=300, blank=True)
    is_public = models.BooleanField(_("publicerad"), default=False)
    revision = models.PositiveIntegerField(_("ändring"), default=1, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "what an organisation does; guarded text"

    class Meta:
        verbose_name = _("partnersida")
        verbose_name_plural = _("partnersidor")
        ordering = ("organisation__name",)

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("partners:partner", args=[self.slug])


class DutyStateQuerySet(OwnedQuerySet["DutyState"]):
    """How far each has come. What a person sees is said by `visible_to`."""


class DutyState(Owned):
    """How far the municipality has come with one duty in law, with what shows it and when it is due again."""

    object_kind = "duty"

    duty = models.CharField(_("skyldighet"), max_length=48)
    progress = models.CharField(
        _("läge"), max_length=12, choices=DutyProgress.choices, default=DutyProgress.UNKNOWN
    )
    done_on = models.DateField(_("gjord"), null=True, blank=True)
    next_due_on = models.DateField(_("nästa gång senast"), null=True, blank=True)
    evidence = GuardedCharField(_("underlag"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(DutyStateQuerySet)()

    processing = Processing(
        purpose=_("Veta hur långt kommunen kommit med det lagen kräver."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som skrivit in läget"),
        data=_("Vem som skrivit"),
        personal=("created_by",),
    )

    class Meta:
        verbose_name = _("skyldighet")
        verbose_name_plural = _("skyldigheter")
        ordering = ("duty",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("organisation", "duty", name="duty_once_per_organisation"),
        ]

    def __str__(self) -> str:
        return self.duty
