"""What a role can let someone do: acts on kinds of objects. Each app declares its own in ``permissions.py``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Reach(StrEnum):
    """Whose objects a permission is about."""

    OWN = "own"
    """Those of the organisation in which the role is held, and what others have released to it."""
    EVERYWHERE = "everywhere"
    """Those of every organisation: for the few who look after the system itself."""


@dataclass(frozen=True, slots=True)
class Permission:
    """One act on one kind of object, such as 'document.read'.

    writes     needs the account's writing switch
    sensitive  asks for a sign-in that is strong and fresh
    """

    id: str
    label: Any
    reach: Reach = Reach.OWN
    writes: bool = False
    sensitive: bool = False

    @property
    def kind(self) -> str:
        return self.id.split(".")[0]

    @property
    def act(self) -> str:
        return self.id.split(".")[1]


_permissions: dict[str, Permission] = {}


def register_permission(permission: Permission) -> Permission:
    """Make a permission known; two with the same id are an error."""
    known = _permissions.get(permission.id)
    if known is not None and known != permission:
        raise ValueError(f"Behörigheten {permission.id} finns redan med annat innehåll. Välj ett annat id.")
    _permissions[permission.id] = permission
    return permission


def permission(permission_id: str) -> Permission:
    """The permission with this id; KeyError when no app has declared it."""
    return _permissions[permission_id]


def permissions() -> list[Permission]:
    """Every permission, by id."""
    return [_permissions[one] for one in sorted(_permissions)]
