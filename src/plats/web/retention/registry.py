"""What is kept for a time, and how it is erased. An app registers its kinds in ``AppConfig.ready()``::

    register_retained(
        RetainedRows("document", rule="document", label=_("handlingar"), rows=retained.closed, erase=retained.erase)
    )

A rule (catalog/parameters/retention) says for how long; a kind says which of its objects have had their event, and how
one is erased. Erasing leaves no value behind, so it is told by `record.noted` alone, never by `watch` or `removed`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Count, Model
from django.db.models.functions import TruncDate
from django.utils import timezone

from plats.web.audit.recording import Record


@dataclass(frozen=True, slots=True)
class Ripe:
    """Something whose time has come: the number it is found by, the day of its event, how many rows it stands for."""

    number: str
    event_on: date
    count: int = 1


@dataclass
class Erasing:
    """An erasure under way: who, by which decision, and what goes along."""

    record: Record
    by: Any
    decision: str
    parts: list[str] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    afterwards: list[Callable[[], object]] = field(default_factory=list)

    def also(self, number: UUID) -> None:
        """A part of the object, with a number of its own in the audit chain: its values there go too.

        Only numbers that are never given to anything else: a row's key is, after a restore.
        """
        self.parts.append(str(number))

    def values_of(self, entries: Iterable[int]) -> None:
        """Entries of the audit chain whose values go too, whatever they are about."""
        self.entries.extend(entries)

    def then(self, step: Callable[[], object]) -> None:
        """Done when the erasure is certain: what a rolled back transaction could not undo, such as removing a file."""
        self.afterwards.append(step)


class Retained(Protocol):
    """A kind of thing that is kept for a time.

    is_trace  nobody looks it up by its number: erased by the day and counted, and found again by its day alone
    """

    @property
    def kind(self) -> str: ...

    @property
    def rule(self) -> str: ...

    @property
    def label(self) -> Any: ...

    @property
    def is_trace(self) -> bool: ...

    def ripe(self, until: date) -> Iterator[Ripe]:
        """What had its event on this day or before, the oldest first."""

    def take(self, number: str, until: date | None = None) -> Any | None:
        """The object, locked; None when it is gone, or when it has no longer had its event by `until`."""

    def erase(self, obj: Any, erasing: Erasing) -> int:
        """Erase it, inside the act; returns how many rows it stood for."""


@dataclass(frozen=True, slots=True)
class RetainedRows:
    """Rows that have a number of their own. `rows` yields them with `event_on`, a date, annotated."""

    kind: str
    rule: str
    label: Any
    rows: Callable[[], Any]
    erase_one: Callable[[Any, Erasing], object]
    number: str = "public_id"
    is_trace: bool = False

    def ripe(self, until: date) -> Iterator[Ripe]:
        rows = self.rows().filter(event_on__lte=until).order_by("event_on", "pk")
        for number, event_on in rows.values_list(self.number, "event_on").iterator():
            yield Ripe(str(number), event_on)

    def take(self, number: str, until: date | None = None) -> Model | None:
        rows = self.rows() if until is None else self.rows().filter(event_on__lte=until)
        # What is asked for without a day may not have had its event yet: a restored row is as it was.
        source = rows if until is not None else rows.model._base_manager.all()
        found: Model | None = source.select_for_update(of=("self",)).filter(**{self.number: number}).first()
        return found

    def erase(self, obj: Any, erasing: Erasing) -> int:
        self.erase_one(obj, erasing)
        return 1


@dataclass(frozen=True, slots=True)
class RetainedTraces:
    """Rows that nobody looks up by number: sessions, failed sign-ins. Needs no journal: after a restore their day is
    what it was, so that time alone erases them again."""

    kind: str
    rule: str
    label: Any
    rows: Callable[[], Any]
    is_trace: bool = True

    def ripe(self, until: date) -> Iterator[Ripe]:
        days = self.rows().filter(event_on__lte=until).order_by().values("event_on")
        for event_on, count in (
            days.annotate(rows=Count("pk")).order_by("event_on").values_list("event_on", "rows")
        ):
            yield Ripe(event_on.isoformat(), event_on, count)

    def take(self, number: str, until: date | None = None) -> Any | None:
        day = date.fromisoformat(number)
        rows = self.rows().filter(event_on=day)
        return rows if (until is None or day <= until) and rows.exists() else None

    def erase(self, obj: Any, erasing: Erasing) -> int:  # noqa: ARG002
        keys = list(obj.values_list("pk", flat=True))
        for start in range(0, len(keys), _CHUNK):
            obj.model._base_manager.filter(pk__in=keys[start : start + _CHUNK]).delete()
        return len(keys)


Companion = Callable[[Any, Erasing], object]
Sweep = Callable[[Any], object]

_CHUNK = 500
_retained: dict[str, Retained] = {}
_companions: dict[str, list[Companion]] = {}
_sweeps: dict[str, Sweep] = {}


def register_retained(kind: Retained) -> None:
    """Let an app say what it keeps for a time; the same kind again replaces it."""
    _retained[kind.kind] = kind


def register_companion(kind: str, erase: Companion) -> None:
    """What an app has about another app's objects goes with them: called before an object of the kind is erased."""
    _companions.setdefault(kind, []).append(erase)


def register_sweep(name: str, sweep: Sweep) -> None:
    """Cleaning up that belongs to every run: files that a killed process left. Called with who runs it."""
    _sweeps[name] = sweep


def retained() -> list[Retained]:
    """Every kind that is kept for a time, by name."""
    return [_retained[kind] for kind in sorted(_retained)]


def retained_kind(kind: str) -> Retained | None:
    """The kind, or None when no app has it any more."""
    return _retained.get(kind)


def companions(kind: str) -> Collection[Companion]:
    return tuple(_companions.get(kind, ()))


def sweeps() -> list[Sweep]:
    return [_sweeps[name] for name in sorted(_sweeps)]


def forget_retained(kind: str) -> None:
    """Take a kind away again: for tests that have put one there."""
    _retained.pop(kind, None)
    _companions.pop(kind, None)


def day_of(moment: Any) -> TruncDate:
    """The calendar day of a moment, where the installation is, whoever asks."""
    return TruncDate(moment, tzinfo=timezone.get_default_timezone())
