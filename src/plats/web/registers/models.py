"""What has been handed out: the masked version, and the protocol of how it was masked."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing


class HandoutQuerySet(RecordedQuerySet["Handout"]):
    def visible_to(self, user: Any) -> HandoutQuerySet:
        """Those of organisations in which this person hands out."""
        mine = user.grants.organisation_ids("handout.make") if user.is_authenticated else []
        return self.filter(organisation__in=mine)


class Handout(Recorded):
    """A record as it was handed out. Who asked for it is not kept: that is nobody's business (TF 2:18).

    content   [{label, text}], masked; never in the audit chain, since what may be handed out may still be personal
    protocol  {piece: {label, how, section, places}} of what was masked
    """

    object_kind = "handout"
    secret_fields = frozenset({"content"})

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    kind = models.CharField(_("slag"), max_length=64)
    object_id = models.UUIDField(_("objekt"), db_index=True)
    case_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    content = models.JSONField(_("maskad version"))
    protocol = models.JSONField(_("protokoll"), default=dict, blank=True)
    made_at = models.DateTimeField(_("utlämnad"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("utlämnad av")
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(HandoutQuerySet)()

    processing = Processing(
        purpose=_("Visa vad som lämnats ut ur en handling, vad som maskats och på vilken grund."),
        legal_basis="GDPR 6.1 c; tryckfrihetsförordningen 2 kap.",
        subjects=_("Den som lämnat ut, och de som nämns i det som fick lämnas ut"),
        data=_("Maskad text, vad som maskats och med vilket stöd, kontots nummer, tid"),
        personal=("content", "made_by"),
        retention="handout",
        recipients=_("Den som begärt handlingen"),
    )

    class Meta:
        verbose_name = _("utlämnande")
        verbose_name_plural = _("utlämnanden")
        ordering = ("-made_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-made_at"], name="handout_latest_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.made_at:%Y-%m-%d}".strip()
