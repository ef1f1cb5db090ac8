"""A release: one organisation lets another see something of its own, on a legal ground, until a day."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models.organisation import Organisation
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.guard import GuardedCharField
from plats.web.common.processing import Processing


class LegalBasis(models.TextChoices):
    """The ground on which something is handed to another organisation."""

    PUBLIC = "public", _("Uppgifterna är offentliga")
    DUTY = "duty", _("Uppgiftsskyldighet i lag (OSL 10:28)")
    GENERAL_CLAUSE = "general_clause", _("Generalklausulen (OSL 10:27)")
    NECESSARY = "necessary", _("Nödvändigt för den egna verksamheten (OSL 10:2)")
    CONSENT = "consent", _("Samtycke från den uppgiften rör (OSL 10:1)")
    AGREEMENT = "agreement", _("Avtal; den som delar är inte en myndighet")


class ReleaseQuerySet(RecordedQuerySet["Release"]):
    def in_force(self) -> ReleaseQuerySet:
        """Begun, not withdrawn and not past their last day. Those of an organisation that closes are withdrawn then."""
        today = timezone.localdate()
        return self.filter(revoked_at__isnull=True, valid_from__lte=today, valid_until__gte=today)

    def overlapping(self, release: Release) -> ReleaseQuerySet:
        """Others by which the same taker sees what this release is about: the object itself, or all of its kind."""
        same = self.filter(
            from_organisation=release.from_organisation,
            to_organisation=release.to_organisation,
            what=release.what,
        ).exclude(pk=release.pk)
        return same.filter(models.Q(object_id__isnull=True) | models.Q(object_id=release.object_id))

    def between(self, organisation: Organisation) -> ReleaseQuerySet:
        """Those that this organisation gives or takes."""
        return self.filter(models.Q(from_organisation=organisation) | models.Q(to_organisation=organisation))

    def visible_to(self, user: Any) -> ReleaseQuerySet:
        """Those given and taken by one's organisations; all, for those who watch over the flows."""
        grants = user.grants
        if grants.everywhere("release.read_all"):
            return self
        mine = grants.organisation_ids("release.read")
        return self.filter(models.Q(from_organisation__in=mine) | models.Q(to_organisation__in=mine))

    def changeable_by(self, user: Any) -> ReleaseQuerySet:
        """Those given by one's organisations: what has been released may be withdrawn."""
        return self.filter(from_organisation__in=user.grants.organisation_ids("release.write"))


class Release(Recorded):
    """What, to whom, on what ground, until when. Withdrawn, it ends at once."""

    object_kind = "release"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    from_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="releases_given", verbose_name=_("delas av")
    )
    to_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="releases_taken", verbose_name=_("delas med")
    )
    what = models.CharField(_("slag"), max_length=32)
    # Empty: everything of this kind that the organisation owns.
    object_id = models.UUIDField(_("objekt"), null=True, blank=True)
    title = models.CharField(_("vad"), max_length=200)
    purpose = GuardedCharField(_("ändamål"), max_length=300)
    legal_basis = models.CharField(_("rättslig grund"), max_length=24, choices=LegalBasis.choices)
    valid_from = models.DateField(_("från"), default=timezone.localdate)
    valid_until = models.DateField(_("till och med"))
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("skapad av"),
    )
    revoked_at = models.DateTimeField(_("återkallad"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("återkallad av"),
    )
    revoke_reason = GuardedCharField(_("skäl"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(ReleaseQuerySet)()

    processing = Processing(
        purpose=_("Visa vad som lämnats till vem, på vilken grund och hur länge."),
        legal_basis="GDPR 6.1 c och e",
        subjects=_("De som beslutat om delning"),
        data=_("Organisationer, vad som delas, grund, tid, vem som beslutat"),
        personal=("created_by", "revoked_by"),
        retention="release",
    )

    class Meta:
        verbose_name = _("delning")
        verbose_name_plural = _("delningar")
        ordering = ("-created_at",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to_organisation", "what", "valid_until"], name="release_taken"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="release_is_between_two",
                condition=~models.Q(from_organisation=models.F("to_organisation")),
            ),
            models.CheckConstraint(
                name="release_ends_after_it_starts",
                condition=models.Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    @property
    def is_in_force(self) -> bool:
        """Whether it holds today, as `in_force` asks the database."""
        return self.revoked_at is None and self.valid_from <= timezone.localdate() <= self.valid_until

    def __str__(self) -> str:
        return f"{self.title}: {self.from_organisation} till {self.to_organisation}"
