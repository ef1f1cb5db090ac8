"""What the chain's numbers are called when someone reads it. It keeps numbers; those who know the names say them.

In an app's ``AppConfig.ready()``::

    register_namer("user", names=account_names, find=accounts_called)
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

Names = Callable[[Collection[str]], dict[str, str]]
Find = Callable[[str], list[str]]
Everyone = Callable[[], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Namer:
    """Who knows what objects of a kind are called, and which go by a name or an address."""

    names: Names
    find: Find
    everyone: Everyone | None = None


_namers: dict[str, Namer] = {}


def register_namer(kind: str, *, names: Names, find: Find, everyone: Everyone | None = None) -> None:
    """Say who knows the names of a kind, and all of them where they are few enough to choose from; the same kind again
    replaces it."""
    _namers[kind] = Namer(names, find, everyone)


def names_of(kind: str, numbers: Collection[str]) -> dict[str, str]:
    """The names of those that still exist, by number. One question for all of them."""
    namer = _namers.get(kind)
    return namer.names(numbers) if namer is not None and numbers else {}


def numbers_called(kind: str, text: str) -> list[str]:
    """The numbers of those that go by this name or address; none when nobody knows the kind."""
    namer = _namers.get(kind)
    return namer.find(text) if namer is not None else []


def names_of_all(kind: str) -> list[tuple[str, str]]:
    """Number and name of all there are, by name; none of a kind that is too many to choose from."""
    namer = _namers.get(kind)
    return namer.everyone() if namer is not None and namer.everyone is not None else []


def named_kinds() -> frozenset[str]:
    """Kinds whose objects have names to show. Those of other kinds are shown by number: a title is a value."""
    return frozenset(_namers)
