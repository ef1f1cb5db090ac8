"""An invitation to hold a role. What is sent is a secret; what is kept is its hash."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models.organisation import Organisation, Unit
from plats.web.accounts.roles import ROLES, role_choices
from plats.web.accounts.rules import InvitationState, invitation_state
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing


class InvitationQuerySet(RecordedQuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither taken, withdrawn nor out of date."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now())

    def visible_to(self, user: Any) -> InvitationQuerySet:
        """Those to organisations that this person may invite to; who sees one may also withdraw it."""
        grants = user.grants
        if grants.everywhere("member.invite_all"):
            return self
        return self.filter(organisation__in=grants.organisation_ids("member.invite"))


class Invitation(Recorded):
    """Whoever holds the secret and the address may take the role, once, before it expires."""

    object_kind = "invitation"
    secret_fields = frozenset({"token_digest"})

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(_("hemlighetens hash"), max_length=64, unique=True)
    email = models.EmailField(_("e-postadress"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet")
    )
    role = models.CharField(_("roll"), max_length=32, choices=role_choices)
    place_keys = models.JSONField(_("platser"), default=list, blank=True)
    may_write = models.BooleanField(_("får skriva"), default=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("inbjuden av"),
    )
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("gäller till"))
    accepted_at = models.DateTimeField(_("antagen"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("antagen av"),
    )
    revoked_at = models.DateTimeField(_("återkallad"), null=True, blank=True)

    # The names of its places, where a list has asked for them.
    place_names: list[str] | None = None

    objects: ClassVar[Any] = models.Manager.from_queryset(InvitationQuerySet)()

    processing = Processing(
        purpose=_("Bjuda in den som ska arbeta i systemet."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som bjuds in"),
        data=_("E-postadress i tjänsten, organisation, roll"),
        personal=("email",),
        retention="invitation",
        secrecy={"email": "OSL 21:3"},
    )

    class Meta:
        verbose_name = _("inbjudan")
        verbose_name_plural = _("inbjudningar")
        ordering = ("-created_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="invitation_is_taken_or_withdrawn",
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_is_made",
                condition=models.Q(expires_at__gt=models.F("created_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.role_name}"

    @property
    def state(self) -> InvitationState:
        """Where it stands now."""
        return invitation_state(
            accepted_at=self.accepted_at,
            revoked_at=self.revoked_at,
            expires_at=self.expires_at,
            now=timezone.now(),
        )

    @property
    def role_name(self) -> str:
        role = ROLES.get(self.role)
        return str(role.display_name) if role else self.role
