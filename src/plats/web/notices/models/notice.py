"""What someone is told, and which of it they also want by mail."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.vocabulary.messages import Message
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing
from plats.web.notices.kinds import notice_kind
from plats.web.notices.links import localised
from plats.web.notices.messages import from_json
from plats.web.notices.models.letter import Letter


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> NoticeQuerySet:
        """One's own, nobody else's."""
        return self.filter(recipient=user) if user.is_authenticated and user.may_read else self.none()

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing told to one person.

    Written by the program as part of an act that has its own entry in the audit chain, and marked as read by the one
    it is for: so it is not `Recorded`.
    """

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notices",
        verbose_name=_("mottagare"),
    )
    kind = models.CharField(_("slag"), max_length=32)
    text = models.JSONField(_("text"))
    url = models.CharField(_("adress"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("skapat"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("läst"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mejlat"), null=True, blank=True)
    letter = models.ForeignKey(
        Letter,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("brev"),
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(NoticeQuerySet)()

    processing = Processing(
        purpose=_("Säga till den som arbetar i systemet vad som hänt med det som är deras."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som arbetar i systemet"),
        data=_("Vem meddelandet är till, vad det gäller utan personuppgifter, när det lästes"),
        personal=("recipient", "read_at"),
        retention="notice",
    )

    class Meta:
        verbose_name = _("meddelande")
        verbose_name_plural = _("meddelanden")
        ordering = ("-created_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["recipient", "-created_at"], name="notice_of_recipient"),
            models.Index(
                fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> Message:
        """What is told."""
        return from_json(self.text)

    @property
    def address(self) -> str:
        """The page it is about, in the reader's language; '' when it is about none."""
        return localised(self.url)

    @property
    def kind_label(self) -> str:
        """The kind's name in the reader's language; its id if the kind is gone."""
        try:
            return str(notice_kind(self.kind).label)
        except KeyError:
            return self.kind


class NoticePreferenceQuerySet(RecordedQuerySet["NoticePreference"]):
    def visible_to(self, user: Any) -> NoticePreferenceQuerySet:
        """One's own, nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class NoticePreference(Recorded):
    """Whether someone wants a kind of notice by mail. In the site it always shows."""

    object_kind = "notice_preference"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_preferences",
        verbose_name=_("användare"),
    )
    kind = models.CharField(_("slag"), max_length=32)
    by_mail = models.BooleanField(_("även som e-post"))

    objects: ClassVar[Any] = models.Manager.from_queryset(NoticePreferenceQuerySet)()

    processing = Processing(
        purpose=_("Skicka e-post bara om det som någon vill ha e-post om."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som arbetar i systemet"),
        data=_("Slag av meddelande, ja eller nej"),
        personal=("user", "by_mail"),
    )

    class Meta:
        verbose_name = _("val för meddelanden")
        verbose_name_plural = _("val för meddelanden")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_preference_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.by_mail}"
