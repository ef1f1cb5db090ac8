"""Which places lie in which: a role may be held for some places only, and a kommundel holds its areas.

`places` registers who knows; apps below it ask here and know no place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

Covering = Callable[[Collection[str]], frozenset[int]]
Choices = Callable[[], list[tuple[str, Any]]]

_covering: list[Covering] = []
_choices: list[Choices] = []


def register_territory(*, covering: Covering, choices: Choices) -> None:
    """Say who knows: which place ids lie in places by key ('regso/varby-gard'), and which keys there are to choose."""
    _covering[:] = [covering]
    _choices[:] = [choices]


def covered_place_ids(keys: Collection[str]) -> frozenset[int]:
    """The ids of the places that these keys name, and of those that mostly lie in them. None when nobody knows."""
    return _covering[0](keys) if _covering and keys else frozenset()


def place_choices() -> list[tuple[str, Any]]:
    """Keys and names of the places a role can be held for."""
    return _choices[0]() if _choices else []
