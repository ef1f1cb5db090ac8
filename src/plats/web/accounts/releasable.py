"""What can be released to another organisation. An app registers its kinds in ``AppConfig.ready()``::

    register_releasable("document", label=_("Handlingar"), find=queries.find_to_release)

`find(user, public_id)` returns the object's title and the organisation that owns it, or None when this person may not
release it or there is none. A release of a kind without an object is of everything of that kind the giver owns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID


class ReleaseLike(Protocol):
    """What is read of a release here, whose table lies above."""

    what: str
    object_id: Any
    title: str


R = TypeVar("R", bound=ReleaseLike)
Find = Callable[[Any, UUID], tuple[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Releasable:
    """A kind of object that organisations own and may release: its kind, its name in the plural, how one is found."""

    kind: str
    label: Any
    find: Find
    url: Callable[[UUID], str] | None = None
    seen: Callable[[Any, Collection[UUID]], Collection[UUID]] | None = None


_registered: dict[str, Releasable] = {}


def register_releasable(
    kind: str,
    *,
    label: Any,
    find: Find,
    url: Callable[[UUID], str] | None = None,
    seen: Callable[[Any, Collection[UUID]], Collection[UUID]] | None = None,
) -> None:
    """Let an app say that its objects can be released, where one is read, and which of some a person sees; the same
    kind again replaces it."""
    _registered[kind] = Releasable(kind, label, find, url, seen)


def releasable(kind: str) -> Releasable | None:
    """The kind, or None when nobody has registered it."""
    return _registered.get(kind)


def releasable_kinds() -> list[Releasable]:
    """Every kind, in order of its name in the code."""
    return [_registered[kind] for kind in sorted(_registered)]


def hide_unseen_titles(user: Any, releases: Sequence[R]) -> Sequence[R]:
    """Call objects that this person does not see by their kind alone, in place: that something is shared is no secret
    to the organisations, what it is called may be. One query for each kind."""
    for kind in {one.what for one in releases if one.object_id is not None}:
        found = _registered.get(kind)
        of_kind = [one for one in releases if one.what == kind and one.object_id is not None]
        numbers = [one.object_id for one in of_kind]
        seen = set(found.seen(user, numbers)) if found and found.seen else set()
        for one in of_kind:
            if one.object_id not in seen:
                one.title = str(found.label) if found else kind
    return releases


def forget_releasable(kind: str) -> None:
    """Take a kind away again: for tests that have put one there."""
    _registered.pop(kind, None)
