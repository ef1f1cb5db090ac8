"""Organisations and their units: taken up, changed and closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import require_everywhere
from plats.web.accounts.models import Organisation, User
from plats.web.accounts.permissions import ORGANISATION_CREATE
from plats.web.accounts.rules import same_name, tidy_name
from plats.web.audit.recording import recorded


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
    organisation = Organisation(
        name=tidy_name(name),
        kind=kind,
        contact_function=tidy_name(contact_function),
        contact_email=contact_email.strip().lower(),
        is_example=is_example,
        created_by=by,
    )
    with recorded(by=by, act="organisation.create") as record:
        _refuse_taken_name(organisation.name, _names(Organisation.objects.all()))
        organisation.full_clean(exclude=["created_by"])  # empty at the command line
        organisation.save()
        record.created(organisation)
    return organisation


# Internals


def _refuse_taken_name(name: str, taken: Iterable[str]) -> None:
    """Names are one however they are written; å, ä and ö too, which not every database can fold."""
    if any(same_name(name, one) for one in taken):
        raise ValidationError(
            {"name": _("Namnet är redan taget. Välj ett annat, eller öppna den som finns.")}
        )


def _names(rows: Any) -> list[str]:
    return list(rows.values_list("name", flat=True))
