"""What is done to accounts, organisations and releases. Each action is one transaction with its audit entries."""

from __future__ import annotations

from plats.web.accounts.actions.users import May, create_user, set_switches

__all__ = ["May", "create_user", "set_switches"]
