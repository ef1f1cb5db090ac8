"""What has been erased: a tombstone for each, with nothing in it that says what it was."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing


class TombstoneQuerySet(RecordedQuerySet["Tombstone"]):
    def visible_to(self, user: Any) -> TombstoneQuerySet:
        """All, for those who watch over what is erased."""
        return self if user.is_authenticated and user.grants.everywhere("retention.read") else self.none()


class Tombstone(Recorded):
    """One object that has been erased, or one day's worth of traces: by which rule, when it was due, by which decision.

    Kept for ever: it is how anyone can know that something was erased and not lost.
    """

    object_kind = "tombstone"

    kind = models.CharField(_("slag"), max_length=64)
    # Empty for traces, which are counted by the day.
    object_id = models.CharField(_("objekt"), max_length=64, blank=True)
    count = models.PositiveIntegerField(_("antal"), default=1)
    rule = models.CharField(_("gallringsregel"), max_length=64)
    event_on = models.DateField(_("händelsens dag"))
    due_on = models.DateField(_("gallras från"))
    erased_at = models.DateTimeField(_("gallrad"), default=timezone.now)
    decision = models.CharField(_("beslut"), max_length=120)
    batch = models.UUIDField(_("omgång"), db_index=True)
    actor = models.CharField(_("vem"), max_length=64)

    objects: ClassVar[Any] = models.Manager.from_queryset(TombstoneQuerySet)()

    processing = Processing(
        purpose=_("Visa vad som gallrats, enligt vilken regel och vilket beslut."),
        legal_basis="GDPR 6.1 c, artikel 5.2; arkivlagen (1990:782) 10 §",
        subjects=_("Den som utfört gallringen"),
        data=_("Det gallrades slag och nummer, dagar, beslut, kontots nummer för den som gallrade"),
        personal=("actor",),
    )

    class Meta:
        verbose_name = _("gallrat objekt")
        verbose_name_plural = _("gallrade objekt")
        ordering = ("-erased_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "object_id"], name="tombstone_of_object"),
            models.Index(fields=["-erased_at", "-id"], name="tombstone_latest"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["batch", "kind", "object_id", "event_on"], name="tombstone_is_one_in_batch"
            ),
            models.CheckConstraint(
                name="tombstone_was_not_due_before_its_event",
                condition=models.Q(due_on__gte=models.F("event_on")),
            ),
            models.CheckConstraint(name="tombstone_has_a_decision", condition=~models.Q(decision="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id or self.event_on}"
