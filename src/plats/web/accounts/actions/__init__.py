"""What is done to accounts, organisations and releases. Each action is one transaction with its audit entries."""

from __future__ import annotations

from plats.web.accounts.actions.invitations import (
    InvitationError,
    Offer,
    accept_as,
    accept_as_new,
    invite,
    send_again,
    withdraw,
)
from plats.web.accounts.actions.leaving import (
    close_account,
    end_membership,
    reopen_account,
    transfer_responsibility,
)
from plats.web.accounts.actions.memberships import change_terms, create_membership
from plats.web.accounts.actions.organisations import (
    add_unit,
    change_organisation,
    close_organisation,
    close_unit,
    create_organisation,
    rename_unit,
)
from plats.web.accounts.actions.releases import ReleaseError, ReleaseTerms, create_release, revoke_release
from plats.web.accounts.actions.users import May, build_user, create_user, set_switches
from plats.web.accounts.holding import Terms
from plats.web.accounts.leaving import Handover, LeavingError

__all__ = [
    "Handover",
    "InvitationError",
    "LeavingError",
    "May",
    "Offer",
    "ReleaseError",
    "ReleaseTerms",
    "Terms",
    "accept_as",
    "accept_as_new",
    "add_unit",
    "build_user",
    "change_organisation",
    "change_terms",
    "close_account",
    "close_organisation",
    "close_unit",
    "create_membership",
    "create_organisation",
    "create_release",
    "create_user",
    "end_membership",
    "invite",
    "rename_unit",
    "reopen_account",
    "revoke_release",
    "send_again",
    "set_switches",
    "transfer_responsibility",
    "withdraw",
]
