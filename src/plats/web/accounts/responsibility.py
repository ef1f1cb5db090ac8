"""What someone answers for and must hand over before leaving, so that nothing is left without anyone.

An app says in ``AppConfig.ready()`` what its people answer for::

    register_responsibility(
        "document",
        label=_("Handlingar"),
        permission=permissions.WRITE,
        held_by=lambda user, organisation: list of Held,
        transfer=actions.transfer_documents,   # transfer(by=, from_user=, to_user=, organisation=)
    )

`held_by` lists what the person answers for in the organisation; `permission` is what whoever takes over must hold
there; `transfer` hands all of it over, inside the act of leaving.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from plats.web.common.permissions import Permission


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that someone answers for: what it is called, and where it is shown ('' when nowhere)."""

    title: str
    url: str = ""


class Transfer(Protocol):
    def __call__(self, *, by: Any, from_user: Any, to_user: Any, organisation: Any) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """A kind of thing that someone answers for."""

    kind: str
    label: Any
    permission: Permission
    held_by: Callable[[Any, Any], list[Held]]
    transfer: Transfer


_registered: dict[str, Responsibility] = {}


def register_responsibility(
    kind: str,
    *,
    label: Any,
    permission: Permission,
    held_by: Callable[[Any, Any], list[Held]],
    transfer: Transfer,
) -> None:
    """Let an app say what its people answer for; the same kind again replaces it."""
    _registered[kind] = Responsibility(
        kind=kind, label=label, permission=permission, held_by=held_by, transfer=transfer
    )


def responsibilities() -> list[Responsibility]:
    """Every kind, in order of its name in the code."""
    return [_registered[kind] for kind in sorted(_registered)]


def forget_responsibility(kind: str) -> None:
    """Take a kind away again: for tests that have put one there."""
    _registered.pop(kind, None)
