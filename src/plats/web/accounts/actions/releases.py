"""Releases: an organisation lets another see something of its own, and takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import locked, require
from plats.web.accounts.models import Organisation, Release, User
from plats.web.accounts.permissions import RELEASE_WRITE
from plats.web.accounts.releasable import Releasable, releasable
from plats.web.accounts.rules import basis_fits, latest_release_day
from plats.web.audit.recording import recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTerms:
    """What is shared: a kind, or one object of it (None: everything of the kind); why, on what ground, until when."""

    what: str
    object_id: UUID | None = None
    purpose: str
    legal_basis: str
    valid_until: date


class ReleaseError(Exception):
    """A release that cannot be changed; the message says why."""


def create_release(
    *, by: User, from_organisation: Organisation, to_organisation: Organisation, terms: ReleaseTerms
) -> Release:
    """Share something of one's organisation. Raises ValidationError, field by field; nothing is shared then."""
    require(by, from_organisation, RELEASE_WRITE)
    kind = releasable(terms.what)
    with recorded(by=by, act="release.create", organisation=from_organisation) as record:
        giver, taker = _locked_pair(from_organisation, to_organisation)
        release = Release(
            from_organisation=giver,
            to_organisation=taker,
            what=terms.what,
            object_id=terms.object_id,
            title=_title(by, kind, giver, terms),
            purpose=terms.purpose.strip(),
            legal_basis=terms.legal_basis,
            valid_until=terms.valid_until,
            created_by=by,
        )
        _refuse_unfit(release)
        release.save()
        record.created(release)
    return release


def revoke_release(*, by: User, release: Release, reason: str) -> None:
    """Take a release back, at once. Raises ValidationError without a reason, ReleaseError when it is already over."""
    require(by, release.from_organisation, RELEASE_WRITE)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför delningen återkallas.")})
    with recorded(
        by=by, act="release.revoke", organisation=release.from_organisation, reason=reason
    ) as record:
        record.watch(release)
        release.refresh_from_db()
        if not release.is_in_force:
            raise ReleaseError(_("Delningen gäller inte längre."))
        release.revoked_at, release.revoked_by = timezone.now(), by
        release.revoke_reason = reason.strip()
        release.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])


# Internals


def _locked_pair(giver: Organisation, taker: Organisation) -> tuple[Organisation, Organisation]:
    """Both as they are now, kept open until the act is done."""
    # In one order always, so that two who share with each other at once do not stop.
    now = {one.pk: locked(one) for one in sorted((giver, taker), key=lambda one: one.pk)}
    return now[giver.pk], now[taker.pk]


def _title(by: User, kind: Releasable | None, giver: Organisation, terms: ReleaseTerms) -> str:
    """The object's title, or the kind's name in Swedish. Raises when it is not the giver's, or not theirs, to share."""
    if kind is None:
        raise ValidationError({"what": _("Det slaget går inte att dela.")})
    if terms.object_id is None:
        # Someone whose role is for some places only cannot share what lies in the others.
        if by.grants.places_by_organisation(RELEASE_WRITE.id).get(giver.pk) is not None:
            raise ValidationError({"what": _("Din roll gäller vissa platser. Dela ett objekt i taget.")})
        with translation.override("sv"):
            return str(kind.label)
    found = kind.find(by, terms.object_id)
    if found is None or found[1] != giver:
        raise ValidationError({"what": _("Det finns inget sådant i organisationen att dela.")})
    return str(found[0])[:200]


def _refuse_unfit(release: Release) -> None:
    giver, taker = release.from_organisation, release.to_organisation
    wrong: dict[str, Any] = {}
    today = timezone.localdate()
    same = Release.objects.in_force().overlapping(release).order_by("valid_until").last()
    if same is not None:
        wrong["to_organisation"] = _(
            "Det delas redan med %(name)s till och med %(day)s. Återkalla den delningen först om villkoren ska ändras."
        ) % {"name": taker, "day": same.valid_until}
    if giver == taker:
        wrong["to_organisation"] = _("Välj en annan organisation än den som delar.")
    elif taker.closed_at is not None or giver.closed_at is not None:
        wrong["to_organisation"] = _("Organisationen är avslutad.")
    if not basis_fits(release.legal_basis, giver=giver.kind, taker=taker.kind):
        wrong["legal_basis"] = _("Den grunden gäller inte mellan de här organisationerna. Välj en annan.")
    if not release.purpose:
        wrong["purpose"] = _("Skriv vad uppgifterna ska användas till.")
    if not today <= release.valid_until <= latest_release_day(today):
        wrong["valid_until"] = _("Välj en dag från i dag till och med %(day)s.") % {
            "day": latest_release_day(today).isoformat()
        }
    if wrong:
        raise ValidationError(wrong)
    release.full_clean(exclude=["created_by", "revoked_by"])
