"""How far someone has seen what is new."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plats.web.common.processing import Processing


class SeenUpToQuerySet(models.QuerySet["SeenUpTo"]):
    def visible_to(self, user: Any) -> SeenUpToQuerySet:
        """One's own, nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class SeenUpTo(models.Model):
    """The moment until which someone has said 'seen'. Moves only when they say so, and only to what they were shown."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="seen_up_to",
        verbose_name=_("användare"),
    )
    until = models.DateTimeField(_("sett till"))
    # What was seen of the last minutes, by name: see rules.OVERLAP.
    known = models.JSONField(_("sett i slutet"), default=list)

    objects: ClassVar[Any] = models.Manager.from_queryset(SeenUpToQuerySet)()

    processing = Processing(
        purpose=_("Visa vad som är nytt sedan sist."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som arbetar i systemet"),
        data=_("Tidpunkt"),
        personal=("user", "until"),
    )

    class Meta:
        verbose_name = _("sett till")
        verbose_name_plural = _("sett till")

    def __str__(self) -> str:
        return self.until.isoformat()
