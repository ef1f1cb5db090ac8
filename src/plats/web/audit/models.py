"""The chain's rows. Nobody writes them but `recording`, and nothing removes them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from plats.web.common.processing import Processing

HEX = 64


class ChainQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> ChainQuerySet:
        """All of it, for those who watch over what is done; none of it for others."""
        return self if user.is_authenticated and user.grants.everywhere("audit.read") else self.none()


class AuditEntry(models.Model):
    """One act, chained to the one before. Nothing here says what the values were.

    Actor, organisation and object are identifiers and no foreign keys: the chain outlives what it is about.
    """

    sequence = models.BigIntegerField(_("löpnummer"), primary_key=True)
    at = models.DateTimeField(_("tidpunkt"), db_index=True)
    actor = models.CharField(_("vem"), max_length=64, db_index=True)
    organisation = models.CharField(_("organisation"), max_length=64, blank=True, db_index=True)
    act = models.CharField(_("händelse"), max_length=64)
    kind = models.CharField(_("slag"), max_length=64, blank=True)
    object_id = models.CharField(_("objekt"), max_length=64, blank=True, db_index=True)
    fields = models.TextField(_("fält"), blank=True)
    # Chained and never erased, so never personal: a decision's number, the entries it erased.
    note = models.TextField(_("anteckning"), blank=True)
    request_id = models.CharField(_("anrop"), max_length=32, blank=True)
    digest = models.CharField(_("värdenas hash"), max_length=HEX)
    previous = models.CharField(_("föregående hash"), max_length=HEX)
    hash = models.CharField(_("hash"), max_length=HEX)

    objects: ClassVar[Any] = models.Manager.from_queryset(ChainQuerySet)()

    processing = Processing(
        purpose=_("Visa i efterhand vem som gjort och sett vad, så att fel och missbruk upptäcks."),
        legal_basis="GDPR 6.1 c och e, artikel 32",
        subjects=_("De som arbetar i systemet"),
        data=_("Kontots nummer, tidpunkt, händelse, objektets nummer"),
        personal=("actor",),
    )

    class Meta:
        verbose_name = _("loggpost")
        verbose_name_plural = _("loggposter")
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.sequence} {self.act}"


class AuditValues(models.Model):
    """The values an entry's digest was made from. May be erased by decision; the chain stays whole without them."""

    sequence = models.BigIntegerField(_("löpnummer"), primary_key=True)
    salt = models.CharField(_("salt"), max_length=32, blank=True)
    reason = models.TextField(_("skäl"), blank=True)
    values = models.TextField(_("värden"), blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(ChainQuerySet)()

    processing = Processing(
        purpose=_("Visa vad som ändrades från och till, så länge uppgiften får finnas."),
        legal_basis="GDPR 6.1 c och e, artikel 32",
        subjects=_("De som arbetar i systemet och de som nämns i det som ändrats"),
        data=_("Värden före och efter en ändring, skäl"),
        personal=("reason", "values"),
        retention="audit_values",
    )

    class Meta:
        verbose_name = _("loggpostens värden")
        verbose_name_plural = _("loggposters värden")

    def __str__(self) -> str:
        return str(self.sequence)


class AuditHead(models.Model):
    """The last entry. One row, and the lock that puts writers in line."""

    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    sequence = models.BigIntegerField(_("löpnummer"), default=0)
    hash = models.CharField(_("hash"), max_length=HEX, blank=True)

    no_personal_data = "numbers and hashes"

    class Meta:
        verbose_name = _("loggens ände")
        verbose_name_plural = _("loggens ändar")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="audit_head_is_one", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return str(self.sequence)
