"""Pure decisions about people and organisations: which role fits where, and who may give it. Knows no row."""

from __future__ import annotations

from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.roles import ROLES, Administrator, DataProtectionOfficer, Registrar

APPOINTED = frozenset({Administrator.id, DataProtectionOfficer.id, Registrar.id})
"""Roles that reach beyond one organisation, or answer for its archive: only the administrator gives them."""


def role_fits(role: str, kind: str) -> bool:
    """Whether the role may be held in an organisation of this kind. A role that no longer exists fits nowhere."""
    known = ROLES.get(role)
    return known is not None and kind in known.held_in


def roles_to_give(kind: str, *, everywhere: bool) -> list[str]:
    """The roles that someone who lets people in may give in an organisation of this kind.

    `everywhere` is for the one who may let in people to every organisation: the administrator.
    """
    return [role for role in ROLES if role_fits(role, kind) and (everywhere or role not in APPOINTED)]


def same_name(one: str, other: str) -> bool:
    """Whether two names are one to a reader: capitals and blanks tell nothing apart."""
    return tidy_name(one).casefold() == tidy_name(other).casefold()


def tidy_name(name: str) -> str:
    """A name without blanks around it, and with one blank between its words."""
    return " ".join(name.split())


AUTHORITIES = frozenset(
    {
        OrganisationKind.COMMITTEE,
        OrganisationKind.DEPARTMENT,
        OrganisationKind.POLICE,
        OrganisationKind.RESCUE_SERVICE,
        OrganisationKind.PROBATION,
        OrganisationKind.REGION,
        OrganisationKind.STATE_AGENCY,
    }
)
"""Always bound by offentlighets- och sekretesslagen."""
