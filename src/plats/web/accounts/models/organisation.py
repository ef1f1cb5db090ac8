"""Those who work together, and the units within them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.kinds import MUNICIPAL, OrganisationKind
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.guard import GuardedCharField
from plats.web.common.processing import Processing


class OrganisationQuerySet(RecordedQuerySet["Organisation"]):
    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """Which organisations take part is no secret to those who do; who works there is (see `Membership`)."""
        return self if user.is_authenticated and user.may_read else self.none()

    def changeable_by(self, user: Any) -> OrganisationQuerySet:
        """One's own; all, for those who look after the system."""
        if user.grants.everywhere("organisation.change_all"):
            return self
        return self.filter(pk__in=user.grants.organisation_ids("organisation.change"))

    def inviting(self, user: Any) -> OrganisationQuerySet:
        """Those to which this person may invite others."""
        if user.grants.everywhere("member.invite_all"):
            return self
        return self.filter(pk__in=user.grants.organisation_ids("member.invite"))

    def open(self) -> OrganisationQuerySet:
        return self.filter(closed_at__isnull=True)


class Organisation(Recorded):
    """A committee, an authority, a company or an association. It owns its rows."""

    object_kind = "organisation"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("namn"), max_length=150)
    kind = models.CharField(_("slag"), max_length=24, choices=OrganisationKind.choices)
    contact_function = GuardedCharField(
        _("kontakt"),
        max_length=150,
        blank=True,
        help_text=_("En funktion, inte en person: Trygghetssamordnaren."),
    )
    contact_email = models.EmailField(_("funktionens e-postadress"), blank=True)
    is_example = models.BooleanField(_("exempel"), default=False)
    revision = models.PositiveIntegerField(_("ändring"), default=1)
    created_at = models.DateTimeField(_("upplagd"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("upplagd av"),
    )
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(OrganisationQuerySet)()

    processing = Processing(
        purpose=_("Veta vilka organisationer som samverkar och vem man vänder sig till."),
        legal_basis="GDPR 6.1 e",
        subjects=_("Kontaktfunktioner; en funktions adress kan gå till en person"),
        data=_("Funktion, e-postadress"),
        personal=("contact_email",),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="organisation_name_is_one"),
            models.CheckConstraint(
                name="organisation_kind_is_known", condition=models.Q(kind__in=OrganisationKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_municipal(self) -> bool:
        """A part of the municipality itself."""
        return self.kind in MUNICIPAL


class UnitQuerySet(RecordedQuerySet["Unit"]):
    def visible_to(self, user: Any) -> UnitQuerySet:
        return self if user.is_authenticated and user.may_read else self.none()

    def changeable_by(self, user: Any) -> UnitQuerySet:
        """Those of organisations that this person may change."""
        return self.filter(organisation__in=Organisation.objects.changeable_by(user))

    def open(self) -> UnitQuerySet:
        return self.filter(closed_at__isnull=True)


class Unit(Recorded):
    """A part of an organisation: a district office, a school, a department."""

    object_kind = "unit"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="units", verbose_name=_("organisation")
    )
    name = GuardedCharField(_("namn"), max_length=150)
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(UnitQuerySet)()

    no_personal_data = "the name of a unit"

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ("organisation__name", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("organisation", Lower("name"), name="unit_name_is_one_in_organisation"),
        ]

    def __str__(self) -> str:
        return self.name
