"""Organisations and their units: taken up, changed and closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import locked, require, require_everywhere
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.leaving import LeavingError, lock_administrators, refuse_closing
from plats.web.accounts.models import Invitation, Membership, Organisation, Release, Unit, User
from plats.web.accounts.permissions import ORGANISATION_CHANGE, ORGANISATION_CHANGE_ALL, ORGANISATION_CREATE
from plats.web.accounts.rules import role_fits, same_name, tidy_name
from plats.web.audit.recording import Record, recorded

CONTACT_FIELDS = ("contact_function", "contact_email")
"""What an organisation may change about itself; its name and kind are the administrator's."""


def create_organisation(
    *,
    by: User | None,
    name: str,
    kind: str,
    contact_function: str = "",
    contact_email: str = "",
    is_example: bool = False,
) -> Organisation:
    """Take up an organisation. Raises ValidationError, field by field, when the name is taken or a field is wrong."""
    require_everywhere(by, ORGANISATION_CREATE)
    organisation = Organisation(kind=kind, is_example=is_example, created_by=by)
    wanted = {"name": name, "contact_function": contact_function, "contact_email": contact_email}
    with recorded(by=by, act="organisation.create") as record:
        _put(organisation, wanted)
        organisation.save()
        record.created(organisation)
    return organisation


def change_organisation(
    *, by: User | None, organisation: Organisation, revision: int, wanted: Mapping[str, Any]
) -> Organisation:
    """Change the fields that are wanted. Raises ConflictError when someone else has changed it since `revision`.

    Name and kind take the permission to change every organisation. Raises ValidationError, field by field.
    """
    require(by, organisation, ORGANISATION_CHANGE, ORGANISATION_CHANGE_ALL)
    if not wanted.keys() <= set(CONTACT_FIELDS):
        require_everywhere(by, ORGANISATION_CHANGE_ALL)
    with recorded(by=by, act="organisation.change", organisation=organisation) as record:
        current = locked_at_revision(organisation, revision, wanted)
        _refuse_closed(current)
        record.watch(current)
        _put(current, wanted)
        current.revision += 1
        current.save()
    return current


def close_organisation(*, by: User | None, organisation: Organisation, reason: str) -> None:
    """Close an organisation: its memberships end, its invitations and releases are withdrawn. It keeps its rows.

    Raises LeavingError while something in it has nobody to go on with it, or the last administrator is in it.
    """
    require_everywhere(by, ORGANISATION_CHANGE_ALL)
    with recorded(by=by, act="organisation.close", organisation=organisation, reason=reason) as record:
        lock_administrators()
        record.watch(organisation)
        organisation.refresh_from_db()
        if organisation.closed_at is not None:
            raise LeavingError(_("Organisationen är redan avslutad."))
        refuse_closing(organisation)
        _end_all(record, organisation)
        organisation.closed_at = timezone.now()
        organisation.revision += 1
        organisation.save(update_fields=["closed_at", "revision"])


def add_unit(*, by: User | None, organisation: Organisation, name: str) -> Unit:
    """Add a unit. Raises ValidationError when the organisation has one by that name."""
    require(by, organisation, ORGANISATION_CHANGE, ORGANISATION_CHANGE_ALL)
    with recorded(by=by, act="unit.add", organisation=organisation) as record:
        _refuse_closed(locked(organisation))
        unit = Unit(organisation=organisation)
        _name_unit(unit, name)
        unit.save()
        record.created(unit)
    return unit


def rename_unit(*, by: User | None, unit: Unit, name: str) -> None:
    """Give a unit another name. Raises ValidationError when it is taken in the organisation."""
    require(by, unit.organisation, ORGANISATION_CHANGE, ORGANISATION_CHANGE_ALL)
    with recorded(by=by, act="unit.rename", organisation=unit.organisation) as record:
        _refuse_closed(locked(unit.organisation))
        record.watch(unit)
        _name_unit(unit, name)
        unit.save(update_fields=["name"])


def close_unit(*, by: User | None, unit: Unit) -> None:
    """Close a unit. Raises LeavingError while someone still holds a role in it: move or end those first."""
    require(by, unit.organisation, ORGANISATION_CHANGE, ORGANISATION_CHANGE_ALL)
    with recorded(by=by, act="unit.close", organisation=unit.organisation) as record:
        locked(unit.organisation)
        record.watch(unit)
        if unit.memberships.current().exists():
            raise LeavingError(
                _("Någon har ännu en roll i enheten. Flytta eller avsluta de medlemskapen först.")
            )
        unit.closed_at = timezone.now()
        unit.save(update_fields=["closed_at"])


# Internals


def _put(organisation: Organisation, wanted: Mapping[str, Any]) -> None:
    """Set the fields, tidied, and judge the whole. Raises ValidationError, field by field."""
    for name, value in wanted.items():
        setattr(organisation, name, tidy_name(value))
    organisation.contact_email = organisation.contact_email.lower()
    others = Organisation.objects.exclude(pk=organisation.pk)
    _refuse_taken_name(organisation.name, others.values_list("name", flat=True))
    organisation.full_clean(exclude=["created_by"])  # empty at the command line
    if organisation.pk is not None and "kind" in wanted:
        _refuse_kind(organisation)


def _refuse_kind(organisation: Organisation) -> None:
    """A kind in which a role that someone holds, or is invited to, could not be held."""
    held = Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
    offered = Invitation.objects.open().filter(organisation=organisation)
    roles = {one.role: one.role_name for rows in (held, offered) for one in rows.order_by("pk")}
    unfit = [name for role, name in sorted(roles.items()) if not role_fits(role, organisation.kind)]
    if unfit:
        raise ValidationError(
            {
                "kind": _("Där kan ingen vara %(roles)s. Avsluta de rollerna först.")
                % {"roles": ", ".join(unfit)}
            }
        )


def _refuse_taken_name(name: str, taken: Iterable[str]) -> None:
    """Names are one however they are written; å, ä and ö too, which not every database can fold."""
    if any(same_name(name, one) for one in taken):
        raise ValidationError(
            {"name": _("Namnet är redan taget. Välj ett annat, eller öppna den som finns.")}
        )


def _refuse_closed(organisation: Organisation) -> None:
    if organisation.closed_at is not None:
        raise ValidationError(_("Organisationen är avslutad och ändras inte mer."))


def _name_unit(unit: Unit, name: str) -> None:
    unit.name = tidy_name(name)
    others = Unit.objects.filter(organisation=unit.organisation_id).exclude(pk=unit.pk)
    _refuse_taken_name(unit.name, others.values_list("name", flat=True))
    unit.full_clean()


def _end_all(record: Record, organisation: Organisation) -> None:
    """Withdraw and end what ties others to an organisation that closes."""
    now = timezone.now()
    for invitation in Invitation.objects.open().filter(organisation=organisation).order_by("pk"):
        record.watch(invitation)
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
    for membership in Membership.objects.filter(organisation=organisation, ended_at__isnull=True).order_by(
        "pk"
    ):
        record.watch(membership)
        membership.ended_at, membership.ended_by = now, record.by
        membership.save(update_fields=["ended_at", "ended_by"])
    releases = Release.objects.filter(revoked_at__isnull=True, valid_until__gte=timezone.localdate())
    for release in releases.between(organisation).order_by("pk"):
        record.watch(release)
        release.revoked_at, release.revoked_by = now, record.by
        release.revoke_reason = _("Organisationen har avslutats.")
        release.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
