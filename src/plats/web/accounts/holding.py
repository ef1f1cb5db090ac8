"""How a role is held: what must be true of it, and how it is written. Called inside acts that have been allowed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import NotAllowedError, locked, require
from plats.web.accounts.models import Membership, MembershipPlace, Organisation, Unit, User
from plats.web.accounts.permissions import MEMBER_END, MEMBER_END_ALL, MEMBER_INVITE, MEMBER_INVITE_ALL
from plats.web.accounts.rules import APPOINTED, WHOLE, role_fits, roles_to_give
from plats.web.audit.recording import Record
from plats.web.common.permissions import Permission
from plats.web.common.territory import place_choices


@dataclass(frozen=True, slots=True)
class Terms:
    """Within what a role is held: a unit, some places, until a day. Nothing said is no limit."""

    unit: Unit | None = None
    place_keys: Collection[str] = ()
    last_day: date | None = None


def may_give(by: User | None, organisation: Organisation, role: str) -> None:
    """Go on if `by` may let people in here, and give them this role."""
    require(by, organisation, MEMBER_INVITE, MEMBER_INVITE_ALL)
    everywhere = by is None or by.may(MEMBER_INVITE_ALL)
    if role_fits(role, organisation.kind) and role not in roles_to_give(
        organisation.kind, everywhere=everywhere
    ):
        raise NotAllowedError(f"{role} is given by the administrator only")


def changing_takes(role: str) -> tuple[Permission, ...]:
    """Either of the permissions by which the terms of a role may be changed."""
    return (MEMBER_INVITE_ALL,) if role in APPOINTED else (MEMBER_INVITE, MEMBER_INVITE_ALL)


def ending_takes(role: str) -> tuple[Permission, ...]:
    """Either of the permissions by which a role may be taken from someone: who gives it also takes it."""
    return (MEMBER_END_ALL,) if role in APPOINTED else (MEMBER_END, MEMBER_END_ALL)


def add_membership(record: Record, membership: Membership, terms: Terms) -> Membership:
    """Save a new membership on these terms, inside an act that has been allowed."""
    organisation = locked(membership.organisation)  # so that it is neither closed nor changed meanwhile
    refuse_unfit(organisation, membership.role, terms)
    membership.unit, membership.last_day = terms.unit, terms.last_day
    _end_lapsed(record, membership)
    if _same(membership).exists():
        raise ValidationError({"role": _("Personen har redan den rollen här.")})
    membership.save()
    record.created(membership)
    put_places(record, membership, terms.place_keys)
    return membership


def refuse_unfit(organisation: Organisation, role: str, terms: Terms) -> None:
    """Raise, field by field, when a role cannot be held on these terms in this organisation."""
    wrong: dict[str, Any] = {}
    if organisation.closed_at is not None:
        wrong["organisation"] = _("Organisationen är avslutad.")
    if not role_fits(role, organisation.kind):
        wrong["role"] = _("Rollen kan inte innehas i en organisation av det slaget.")
    unit = terms.unit
    if unit is not None and (unit.organisation_id != organisation.pk or unit.closed_at is not None):
        wrong["unit"] = _("Enheten hör inte till organisationen, eller är avslutad.")
    if terms.last_day is not None and terms.last_day < timezone.localdate():
        wrong["last_day"] = _("Sista dagen har redan varit. Välj i dag eller senare.")
    if terms.place_keys and role in WHOLE:
        wrong["places"] = _("Rollen svarar för hela organisationen och kan inte gälla vissa platser.")
    elif unknown := _unknown_places(terms.place_keys):
        wrong["places"] = _("Okänd plats: %(places)s. Välj i listan.") % {"places": ", ".join(unknown)}
    if wrong:
        raise ValidationError(wrong)


def put_places(record: Record, membership: Membership, place_keys: Collection[str]) -> bool:
    """Let the role be held for these places and no others. Returns whether anything changed."""
    held = {one.place_key: one for one in membership.places.all()}
    for key in sorted(held.keys() - set(place_keys)):
        record.removed(held[key])
        held[key].delete()
    for key in sorted(set(place_keys) - held.keys()):
        place = MembershipPlace(membership=membership, place_key=key)
        place.save()
        record.created(place)
    return held.keys() != set(place_keys)


# Internals


def _unknown_places(place_keys: Collection[str]) -> list[str]:
    """Places that no role can be held for: a role for an unknown place would reach nothing."""
    return sorted(set(place_keys) - {key for key, _name in place_choices()}) if place_keys else []


def _same(membership: Membership) -> Any:
    return Membership.objects.filter(
        user=membership.user,
        organisation=membership.organisation,
        unit=membership.unit,
        role=membership.role,
        ended_at__isnull=True,
    )


def _end_lapsed(record: Record, membership: Membership) -> None:
    """A role whose last day has passed stands in no one's way: it is ended when it is given anew."""
    for lapsed in _same(membership).filter(last_day__lt=timezone.localdate()):
        record.watch(lapsed)
        lapsed.ended_at = timezone.now()
        lapsed.ended_by = record.by
        lapsed.save(update_fields=["ended_at", "ended_by"])
