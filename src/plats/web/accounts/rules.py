"""Pure decisions about people and organisations: which role fits where, and who may give it. Knows no row."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from enum import StrEnum

from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.roles import ROLES, Administrator, DataProtectionOfficer, PartnerLead, Registrar

APPOINTED = frozenset({Administrator.id, DataProtectionOfficer.id, Registrar.id})
"""Roles that reach beyond one organisation, or answer for its archive: only the administrator gives them."""

WHOLE = APPOINTED | {PartnerLead.id}
"""Roles that answer for all of an organisation: never held for some places only."""


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


# Invitations

INVITATION_DAYS = 14
LONGEST_INVITATION_DAYS = 60


class InvitationState(StrEnum):
    """Where an invitation stands; only an open one can be taken."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def digest_of(token: str) -> str:
    """What is kept of an invitation's secret. The secret has 256 random bits: no salt is needed, and none helps."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_state(
    *, accepted_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime
) -> InvitationState:
    """Taken and withdrawn are for ever; else the clock decides. At the moment it expires it is no longer open."""
    if accepted_at is not None:
        return InvitationState.TAKEN
    if revoked_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED


# Releases

LONGEST_RELEASE_YEARS = 1

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
"""Always authorities, bound by offentlighets- och sekretesslagen (OSL)."""

EITHER = frozenset({OrganisationKind.HOUSING_COMPANY, OrganisationKind.SCHOOL})
"""Bound by OSL when the municipality owns them (OSL 2:2-3), not when they are private. The kind does not say which."""

_PRIVATE = frozenset(OrganisationKind) - AUTHORITIES
_BOUND = AUTHORITIES | EITHER

# Who may give on a ground, and to whom. Values of LegalBasis, which lives beside the table that stores it.
_BETWEEN: dict[str, tuple[frozenset[OrganisationKind], frozenset[OrganisationKind]]] = {
    "public": (frozenset(OrganisationKind), frozenset(OrganisationKind)),
    "duty": (_BOUND, _BOUND),  # 10:28: another authority
    "general_clause": (_BOUND, _BOUND),  # 10:27: an authority
    "necessary": (_BOUND, frozenset(OrganisationKind)),  # 10:2: anyone, where the giver's own work needs it
    "consent": (_BOUND, frozenset(OrganisationKind)),  # 10:1 and 12:2
    "agreement": (_PRIVATE, frozenset(OrganisationKind)),  # an authority cannot agree secrecy away
}


def basis_fits(basis: str, *, giver: str, taker: str) -> bool:
    """Whether a legal ground can be used between organisations of these kinds. An unknown ground fits nobody."""
    givers, takers = _BETWEEN.get(basis, (frozenset(), frozenset()))
    return giver in givers and taker in takers


def latest_release_day(first: date) -> date:
    """The last day a release that begins on this day may have. One that begins on 29 February ends on the 28th."""
    year = first.year + LONGEST_RELEASE_YEARS
    try:
        return first.replace(year=year)
    except ValueError:
        return first.replace(year=year, day=28)
