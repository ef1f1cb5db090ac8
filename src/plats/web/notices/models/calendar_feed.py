"""The secret address under which someone's calendar program fetches due days."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing
from plats.web.notices.rules import digest_of


class CalendarFeedQuerySet(RecordedQuerySet["CalendarFeed"]):
    def visible_to(self, user: Any) -> CalendarFeedQuerySet:
        """One's own, nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def opened_by(self, token: str) -> CalendarFeedQuerySet:
        """The one that this secret opens, while the account it belongs to may read."""
        return self.filter(token_digest=digest_of(token), user__is_active=True, user__may_read=True)


class CalendarFeed(Recorded):
    """Whoever has the secret sees which days are due, in neutral words. Made anew or taken away, the old is dead."""

    object_kind = "calendar_feed"
    secret_fields = frozenset({"token_digest"})

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_feed",
        verbose_name=_("användare"),
    )
    token_digest = models.CharField(_("hemlighetens hash"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now)

    objects: ClassVar[Any] = models.Manager.from_queryset(CalendarFeedQuerySet)()

    processing = Processing(
        purpose=_("Låta den som vill se sina datum i sitt kalenderprogram."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som arbetar i systemet"),
        data=_("Hemlig adress som hash, när den gjordes"),
        personal=("user",),
    )

    class Meta:
        verbose_name = _("kalenderadress")
        verbose_name_plural = _("kalenderadresser")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"
