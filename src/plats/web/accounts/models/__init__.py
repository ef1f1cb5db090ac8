"""People, organisations, and what ties them together."""

from __future__ import annotations

from plats.web.accounts.models.factor import SecondFactor
from plats.web.accounts.models.identity import LinkedIdentity
from plats.web.accounts.models.invitation import Invitation
from plats.web.accounts.models.membership import Membership, MembershipPlace
from plats.web.accounts.models.organisation import Organisation, Unit
from plats.web.accounts.models.owned import Owned, OwnedQuerySet
from plats.web.accounts.models.release import LegalBasis, Release
from plats.web.accounts.models.session import Ending, Method, SignedInSession
from plats.web.accounts.models.sign_in import SignInLock
from plats.web.accounts.models.user import User, UserManager

__all__ = [
    "Ending",
    "Invitation",
    "LegalBasis",
    "LinkedIdentity",
    "Membership",
    "MembershipPlace",
    "Method",
    "Organisation",
    "Owned",
    "OwnedQuerySet",
    "Release",
    "SecondFactor",
    "SignInLock",
    "SignedInSession",
    "Unit",
    "User",
    "UserManager",
]
