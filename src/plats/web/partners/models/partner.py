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
from plats.web.partners.numbers import check_phone


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


class PartnerContact(Recorded):
    """A function that the public may turn to, for what and when. Never a person."""

    object_kind = "partner_contact"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        PartnerPage, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("partnersida")
    )
    function = GuardedCharField(
        _("funktion"),
        max_length=150,
        help_text=_("En funktion, inte en person: Trygghetssamordnaren."),
    )
    matter = GuardedCharField(_("vänd dig hit om"), max_length=200, blank=True)
    opening_hours = GuardedCharField(_("kontakten är öppen"), max_length=200, blank=True)
    # The number and address of a function, which the guard would take for a person's.
    phone = models.CharField(_("funktionens telefon"), max_length=30, blank=True, validators=[check_phone])
    email = models.EmailField(_("funktionens e-postadress"), blank=True)
    revision = models.PositiveIntegerField(_("ändring"), default=1, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    processing = Processing(
        purpose=_("Låta invånarna nå rätt funktion hos en partner."),
        legal_basis="GDPR 6.1 e",
        subjects=_("Kontaktfunktioner; en funktions adress kan gå till en person"),
        data=_("Funktion, telefon, e-postadress"),
        personal=("phone", "email"),
    )

    class Meta:
        verbose_name = _("partners kontakt")
        verbose_name_plural = _("partners kontakter")
        ordering = ("page", "function", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("page", "function"),
                name="partner_contact_function_once",
                violation_error_message=_("Funktionen finns redan på sidan. Ändra den i stället."),
                violation_error_code="unique_function",
            ),
        ]

    def __str__(self) -> str:
        return self.function


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
        retention="steering",
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
