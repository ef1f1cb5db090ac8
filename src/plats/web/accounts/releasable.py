"""What can be released to another organisation. An app registers its kinds in ``AppConfig.ready()``::

    register_releasable("document", label=_("Handlingar"), find=queries.find_to_release)

`find(user, public_id)` returns the object's title and the organisation that owns it, or None when this person may not
release it or there is none. A release of a kind without an object is of everything of that kind the giver owns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Find = Callable[[Any, UUID], tuple[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Releasable:
    """A kind of object that organisations own and may release: its kind, its name in the plural, how one is found."""

    kind: str
    label: Any
    find: Find
    url: Callable[[UUID], str] | None = None


_registered: dict[str, Releasable] = {}


def register_releasable(
    kind: str, *, label: Any, find: Find, url: Callable[[UUID], str] | None = None
) -> None:
    """Let an app say that its objects can be released, and where one is read; the same kind again replaces it."""
    _registered[kind] = Releasable(kind, label, find, url)


def releasable(kind: str) -> Releasable | None:
    """The kind, or None when nobody has registered it."""
    return _registered.get(kind)


def releasable_kinds() -> list[Releasable]:
    """Every kind, in order of its name in the code."""
    return [_registered[kind] for kind in sorted(_registered)]


def forget_releasable(kind: str) -> None:
    """Take a kind away again: for tests that have put one there."""
    _registered.pop(kind, None)
