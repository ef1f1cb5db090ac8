"""Whether someone may write rows of a kind, or this row: asked by every act before it does anything."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.models import Organisation, User
from plats.web.partners.models import Steering


def require_may_write(by: User | None, organisation: Organisation, act: str) -> None:
    """Go on if `by` may do the act in the organisation, or if it is the command line."""
    if by is not None and organisation.pk not in by.grants.organisation_ids(act):
        raise NotAllowedError(f"{by.public_id}: {act}")


def require_may_change(by: User | None, row: Steering) -> None:
    """Go on if `by` may change the row, or if it is the command line."""
    if by is not None and not type(row).objects.changeable_by(by).filter(pk=row.pk).exists():  # type: ignore[attr-defined]
        raise NotAllowedError(f"{by.public_id}: {row.object_kind}.write {row.public_id}")


def require_place(by: User | None, organisation: Organisation, act: str, place: Any) -> None:
    """Whoever's role is for some places writes about one of those. Raises ValidationError."""
    held = None if by is None else by.grants.places_by_organisation(act).get(organisation.pk)
    if held is not None and (place is None or place.pk not in held):
        raise ValidationError({"place": _("Välj en av de platser som din roll gäller för.")})
