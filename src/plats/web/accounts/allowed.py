"""What actions ask before they do anything: whether the one who acts may, and how a row stands now."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from plats.web.accounts.models import Organisation, User
from plats.web.common.permissions import Permission


class NotAllowedError(PermissionDenied):
    """Someone asked for an act that none of their roles carries. The page should not have offered it."""


def require(by: User | None, organisation: Organisation, *either: Permission) -> None:
    """Go on if `by` holds one of the permissions in the organisation. None is the command line, which may all."""
    if by is not None and not any(by.may(one, organisation) for one in either):
        raise NotAllowedError(f"{by.public_id}: {', '.join(one.id for one in either)}")


def require_everywhere(by: User | None, permission: Permission) -> None:
    """Go on if `by` holds a permission that reaches every organisation."""
    if by is not None and not by.may(permission):
        raise NotAllowedError(f"{by.public_id}: {permission.id}")


def locked(obj: Any) -> Any:
    """The row as the database holds it now, kept by this transaction until it ends."""
    return type(obj)._base_manager.select_for_update().get(pk=obj.pk)
