"""What is done to accounts, organisations and releases. Each action is one transaction with its audit entries."""

from __future__ import annotations

from plats.web.accounts.actions.memberships import create_membership
from plats.web.accounts.actions.organisations import create_organisation
from plats.web.accounts.actions.users import May, create_user, set_switches
from plats.web.accounts.holding import Terms

__all__ = [
    "May",
    "Terms",
    "create_membership",
    "create_organisation",
    "create_user",
    "set_switches",
]
