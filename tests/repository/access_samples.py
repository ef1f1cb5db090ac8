"""For each address that is about an object: one of one's own organisation, and one of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.repository.access_world import World

Arguments = Callable[[World], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sample:
    """The address's arguments for an object of one's own organisation, and for one of another (None: no object).

    `shared` says why the other organisation's object opens where it does; '' when it must not.
    """

    own: Arguments = lambda _: {}
    other: Arguments | None = None
    shared: str = ""


SAMPLES: dict[str, Sample] = {}
