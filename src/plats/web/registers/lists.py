"""What has been erased and what falls due, as rows of a page and of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from plats.web.audit.names import names_of
from plats.web.audit.recording import SYSTEM
from plats.web.registers.queries import DueLine, kind_label
from plats.web.retention.models import Tombstone


@dataclass(frozen=True, slots=True)
class Stone:
    """A tombstone as the page shows it."""

    stone: Tombstone
    kind: str
    who: str


def shown(stones: list[Tombstone]) -> list[Stone]:
    """The tombstones with the words for their kinds and the names of those who erased. One query."""
    names = names_of("user", {one.actor for one in stones})
    return [Stone(one, kind_label(one.kind), _who(one.actor, names)) for one in stones]


def due_header() -> list[str]:
    return [
        gettext("Slag"),
        gettext("Nummer"),
        gettext("Antal"),
        gettext("Regel"),
        gettext("Händelsens dag"),
        gettext("Gallras från"),
    ]


def due_rows(lines: Iterable[DueLine]) -> Iterator[list[Any]]:
    for one in lines:
        yield [one.kind, one.object_id, one.count, one.rule, one.event_on, one.due_on]


def erased_header() -> list[str]:
    return [
        gettext("Slag"),
        gettext("Nummer"),
        gettext("Antal"),
        gettext("Regel"),
        gettext("Händelsens dag"),
        gettext("Gallras från"),
        gettext("Gallrad"),
        gettext("Beslut"),
        gettext("Kontots nummer"),
    ]


def erased_rows(stones: Iterable[Tombstone]) -> Iterator[list[Any]]:
    for one in stones:
        erased = timezone.localtime(one.erased_at).strftime("%Y-%m-%d %H:%M")
        yield [
            kind_label(one.kind), one.object_id, one.count, one.rule, one.event_on, one.due_on, erased, one.decision,
            one.actor,
        ]  # fmt: skip


# Internals


def _who(actor: str, names: dict[str, str]) -> str:
    if actor == SYSTEM:
        return gettext("Systemet")
    return names.get(actor) or gettext("Konto %(number)s") % {"number": actor[:8]}
