"""A session of someone who is signed in: since when, from where, and whether it has ended."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.common.processing import Processing


class Method(models.TextChoices):
    """By what someone showed who they are."""

    PASSWORD = "password", _("lösenord")
    TOTP = "totp", _("lösenord och kod från app")
    RECOVERY_CODE = "recovery_code", _("lösenord och återställningskod")
    PASSKEY = "passkey", _("nyckel")
    PASSWORD_AND_PASSKEY = "password_and_passkey", _("lösenord och nyckel")
    OIDC = "oidc", _("kommunens inloggning")
    OTHER = "other", _("annat sätt")


class Ending(models.TextChoices):
    """Why a session ended."""

    SIGNED_OUT = "signed_out", _("utloggning")
    REVOKED = "revoked", _("avslutad från en annan session")
    PASSWORD_CHANGED = "password_changed", _("lösenordet byttes")
    RESTORED = "restored", _("inloggningen återställdes")
    IDLE = "idle", _("ingen aktivitet")
    TOO_OLD = "too_old", _("längsta tid")
    REPLACED = "replaced", _("ny inloggning i samma webbläsare")


class SignedInSessionQuerySet(models.QuerySet["SignedInSession"]):
    def visible_to(self, user: Any) -> SignedInSessionQuerySet:
        """One's own, nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def open(self) -> SignedInSessionQuerySet:
        """Those nobody has ended. Whether time has ended them is judged by `signin.sessions`."""
        return self.filter(ended_at__isnull=True)


class SignedInSession(models.Model):
    """One sign-in in one browser. The browser's session holds this row's number; a row that has ended ends it at the
    next request. Opening and ending are acts with their entries; that it was seen is not."""

    object_kind = "session"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="signed_in_sessions",
        verbose_name=_("användare"),
    )
    started_at = models.DateTimeField(_("från"), default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField(_("senast"), default=timezone.now)
    ended_at = models.DateTimeField(_("avslutad"), null=True, blank=True)
    ending = models.CharField(_("skäl"), max_length=24, choices=Ending.choices, blank=True)
    method = models.CharField(_("sätt"), max_length=24, choices=Method.choices, default=Method.OTHER)
    # Where from, coarsely: enough to know one's own and to see a stranger's, and no more.
    network = models.CharField(_("nät"), max_length=50, blank=True)
    browser = models.CharField(_("webbläsare"), max_length=60, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(SignedInSessionQuerySet)()

    processing = Processing(
        purpose=_("Låta den som loggat in se och avsluta sina sessioner, och upptäcka en främmande."),
        legal_basis="GDPR 6.1 c och e, artikel 32",
        subjects=_("De som arbetar i systemet"),
        data=_("Tid, sätt att logga in, nät utan sista delen av adressen, webbläsarens namn"),
        personal=("user", "network", "browser", "started_at", "last_seen_at"),
        retention="session",
    )

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessioner")
        ordering = ("-last_seen_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "ended_at"], name="session_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.browser or self.public_id}"
