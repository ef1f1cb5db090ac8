"""What an account may do, and where: its roles in organisations, for places, spelt out as permissions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plats.web.accounts.roles import permission_ids
from plats.web.accounts.rules import role_fits
from plats.web.common.permissions import Permission, Reach, permission
from plats.web.common.territory import covered_place_ids

if TYPE_CHECKING:
    from plats.web.accounts.models.user import User

Places = frozenset[int] | None
"""The ids of the places a role is held for; None for every place and for what has no place."""


@dataclass(frozen=True, slots=True)
class Grants:
    """Permission id -> organisation id -> places. `in_places` and the switches decide together what is allowed."""

    may_read: bool = False
    may_write: bool = False
    held: Mapping[str, Mapping[int, Places]] = field(default_factory=dict)

    def may(self, wanted: Permission, organisation: Any = None) -> bool:
        """Whether the act is allowed at all, or in this organisation (a row or its id)."""
        if not self._switch(wanted):
            return False
        organisations = self.held.get(wanted.id, {})
        if organisation is None or wanted.reach is Reach.EVERYWHERE:
            return bool(organisations)
        return getattr(organisation, "pk", organisation) in organisations

    def everywhere(self, permission_id: str) -> bool:
        """Whether a permission that reaches every organisation is held. False for one nobody has declared."""
        wanted = _known(permission_id)
        return wanted is not None and wanted.reach is Reach.EVERYWHERE and self.may(wanted)

    def organisation_ids(self, permission_id: str) -> list[int]:
        """The organisations in which the permission is held, for some place at least."""
        return sorted(self.places_by_organisation(permission_id))

    def places_by_organisation(self, permission_id: str) -> Mapping[int, Places]:
        """The organisations in which the permission is held, each with the places it is held for."""
        wanted = _known(permission_id)
        return self.held.get(permission_id, {}) if wanted is not None and self._switch(wanted) else {}

    def _switch(self, wanted: Permission) -> bool:
        return self.may_write if wanted.writes else self.may_read


def load_grants(user: User) -> Grants:
    """Read the account's roles: one query, and one more when a role is held for some places only."""
    if not (user.is_active and user.may_read):
        return Grants()
    held: dict[str, dict[int, Places]] = {}
    for membership in user.memberships.current().select_related("organisation").prefetch_related("places"):
        if not role_fits(membership.role, membership.organisation.kind):
            continue  # however the row came there, a role gives nothing where it cannot be held
        keys = [one.place_key for one in membership.places.all()]
        places = covered_place_ids(keys) if keys else None
        for permission_id in permission_ids(membership.role):
            organisations = held.setdefault(permission_id, {})
            organisations[membership.organisation_id] = _either(
                organisations.get(membership.organisation_id, frozenset()), places
            )
    return Grants(may_read=user.may_read, may_write=user.may_write, held=held)


# Internals


def _either(one: Places, other: Places) -> Places:
    """Two roles in one organisation: what either of them reaches."""
    return None if one is None or other is None else one | other


def _known(permission_id: str) -> Permission | None:
    try:
        return permission(permission_id)
    except KeyError:
        return None
