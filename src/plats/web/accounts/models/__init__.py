"""People, organisations, and what ties them together."""

from __future__ import annotations

from plats.web.accounts.models.invitation import Invitation
from plats.web.accounts.models.membership import Membership, MembershipPlace
from plats.web.accounts.models.organisation import Organisation, Unit
from plats.web.accounts.models.owned import Owned, OwnedQuerySet
from plats.web.accounts.models.release import LegalBasis, Release
from plats.web.accounts.models.sign_in import SignInLock
from plats.web.accounts.models.user import User, UserManager

__all__ = [
    "Invitation",
    "LegalBasis",
    "Membership",
    "MembershipPlace",
    "Organisation",
    "Owned",
    "OwnedQuerySet",
    "Release",
    "SignInLock",
    "Unit",
    "User",
    "UserManager",
]
