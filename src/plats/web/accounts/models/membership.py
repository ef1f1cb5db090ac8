"""Who holds which role where."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models.organisation import Organisation, Unit
from plats.web.accounts.roles import ROLES, role_choices
from plats.web.accounts.rules import APPOINTED
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing


class MembershipQuerySet(RecordedQuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        """Those in force today: begun, not ended, and not past their last day."""
        today = timezone.localdate()
        return self.filter(ended_at__isnull=True, organisation__closed_at__isnull=True).filter(
            models.Q(last_day__isnull=True) | models.Q(last_day__gte=today)
        )

    def visible_to(self, user: Any) -> MembershipQuerySet:
        """One's own, and those of organisations whose members one may see."""
        grants = user.grants
        if grants.everywhere("member.read_all"):
            return self
        mine = grants.organisation_ids("member.read")
        return self.filter(models.Q(user=user) | models.Q(organisation__in=mine))

    def changeable_by(self, user: Any) -> MembershipQuerySet:
        """Those whose terms this person may change: where they may let people in, to roles they may give."""
        if user.grants.everywhere("member.invite_all"):
            return self
        mine = user.grants.organisation_ids("member.invite")
        return self.filter(organisation__in=mine).exclude(role__in=APPOINTED)

    def endable_by(self, user: Any) -> MembershipQuerySet:
        """Those this person may end: one's own, and where one may see people off."""
        if user.grants.everywhere("member.end_all"):
            return self
        mine = models.Q(organisation__in=user.grants.organisation_ids("member.end"))
        return self.filter(models.Q(user=user) | (mine & ~models.Q(role__in=APPOINTED)))


class Membership(Recorded):
    """A person holds a role in an organisation, perhaps in one unit of it, perhaps for some places only."""

    object_kind = "membership"
    place_names: list[str] | None = None
    """The names of the places it is held for, put here by queries that know them."""

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("användare"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("enhet"),
    )
    role = models.CharField(_("roll"), max_length=32, choices=role_choices)
    started_at = models.DateTimeField(_("från"), default=timezone.now, editable=False)
    last_day = models.DateField(_("sista dag"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("upplagd av"),
    )
    ended_at = models.DateTimeField(_("avslutat"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("avslutat av"),
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(MembershipQuerySet)()

    processing = Processing(
        purpose=_("Styra vem som får se och göra vad, för vilken organisation."),
        legal_basis="GDPR 6.1 c och e, artikel 32",
        subjects=_("De som arbetar i systemet"),
        data=_("Organisation, enhet, roll, platser, tid"),
        personal=("user", "role", "started_at", "ended_at"),
        retention="membership",
    )

    class Meta:
        verbose_name = _("medlemskap")
        verbose_name_plural = _("medlemskap")
        ordering = ("organisation__name", "role", "user__name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(ended_at__isnull=True, unit__isnull=True),
                name="membership_is_held_once",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "unit", "role"],
                condition=models.Q(ended_at__isnull=True, unit__isnull=False),
                name="membership_is_held_once_in_unit",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role_name}, {self.organisation}"

    @property
    def is_current(self) -> bool:
        """Whether it is in force today, as `current` asks the database."""
        is_over = self.ended_at is not None or self.organisation.closed_at is not None
        return not is_over and (self.last_day is None or self.last_day >= timezone.localdate())

    @property
    def role_name(self) -> str:
        """The role's name in the reader's language; its id if the role is gone."""
        role = ROLES.get(self.role)
        return str(role.display_name) if role else self.role


class MembershipPlace(Recorded):
    """A place that a role is held for. Without any, the role is held for every place."""

    object_kind = "membership_place"

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="places", verbose_name=_("medlemskap")
    )
    place_key = models.CharField(
        _("plats"), max_length=120, help_text=_("Indelning och adress: regso/varby-gard.")
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    no_personal_data = "a place; the person is on the membership"

    class Meta:
        verbose_name = _("plats för medlemskap")
        verbose_name_plural = _("platser för medlemskap")
        ordering = ("place_key",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["membership", "place_key"], name="membership_place_is_one"),
        ]

    def __str__(self) -> str:
        return self.place_key
