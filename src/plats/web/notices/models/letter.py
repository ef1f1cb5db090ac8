"""The outbox: a letter is a row before it is mail."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.common.processing import Processing


class LetterQuerySet(models.QuerySet["Letter"]):
    def unsent(self) -> LetterQuerySet:
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def due(self, now: datetime) -> LetterQuerySet:
        """Those to send now, the one that has waited longest first."""
        return self.unsent().filter(next_try_at__lte=now).order_by("next_try_at", "pk")


class Letter(models.Model):
    """One letter to one person: that there is something new, never what. Written in the transaction it tells of.

    No act of anyone: what it tells of has its own entry in the audit chain.
    """

    # Also the letter's Message-ID, so that one sent twice is known by the program that reads it.
    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="letters",
        verbose_name=_("mottagare"),
    )
    created_at = models.DateTimeField(_("skapat"), default=timezone.now, editable=False)
    tries = models.PositiveSmallIntegerField(_("försök"), default=0)
    next_try_at = models.DateTimeField(_("nästa försök"), default=timezone.now)
    # Set while someone sends it: what is told then needs a letter of its own.
    claimed_at = models.DateTimeField(_("under sändning sedan"), null=True, blank=True)
    sent_at = models.DateTimeField(_("skickat"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("uppgivet"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(LetterQuerySet)()

    processing = Processing(
        purpose=_("Säga till den som arbetar i systemet att det finns något nytt."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som arbetar i systemet"),
        data=_("Vem brevet är till och när det skickades; inget om vad det gäller"),
        personal=("recipient",),
        retention="notice",
    )

    class Meta:
        verbose_name = _("brev")
        verbose_name_plural = _("brev")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="letter_is_sent_or_given_up",
                condition=models.Q(sent_at__isnull=True) | models.Q(given_up_at__isnull=True),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="letter_to_send",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
