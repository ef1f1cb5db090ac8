"""Reads of the chain, for the one who watches: lines without values, and one entry with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext

from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.names import named_kinds, names_of, numbers_called
from plats.web.audit.reads import DENIED, READ
from plats.web.audit.recording import SYSTEM
from plats.web.audit.values import Change, changes_in
from plats.web.audit.verify import ERASING_ACT, read_erasing
from plats.web.audit.words import field_words, kind_words, verb_of

PAGE_LENGTH = 50
CHANGES = "changes"
_SHORT = 8
_MOST_FIELDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the log is narrowed to. `before` is the number that the page ends before: the log grows while one reads."""

    actor: str = ""
    object_id: str = ""
    act: str = ""
    kind: str = ""
    organisation: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the log shows it: numbers with their names where there still are any, and no value."""

    sequence: int
    at: datetime
    who: str
    verb: str
    kind: str
    object_id: str
    object_name: str
    organisation: str
    fields: list[str]
    note: str
    about_entry: bool = False  # the object is an entry of the log itself

    @property
    def fields_words(self) -> str:
        """The first of the fields; a new object has all of them, and a line has room for a few."""
        more = len(self.fields) - _MOST_FIELDS
        if more <= 1:
            return ", ".join(self.fields)
        shown = ", ".join(self.fields[:_MOST_FIELDS])
        return gettext("%(shown)s och %(n)s till") % {"shown": shown, "n": more}

    @property
    def object_words(self) -> str:
        """The object's name, or the beginning of its number."""
        if self.object_name or len(self.object_id) <= 2 * _SHORT:
            return self.object_name or self.object_id
        return f"{self.object_id[:_SHORT]}…"


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, the latest first, and the number to go on before; None when these are the first ever written."""

    lines: list[Line]
    older: int | None


@dataclass(frozen=True, slots=True)
class Looker:
    """Someone who has looked at an object, or been refused it."""

    who: str
    times: int
    first: datetime
    last: datetime
    denied: bool


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """One entry with its values. `erased_by` is the decision by which they are gone; '' while they are there."""

    line: Line
    entry: AuditEntry
    reason: str
    changes: list[Change] = field(default_factory=list)
    erased_by: str = ""


def list_entries(user: Any, filters: Filters) -> Page:
    """A page of the log. Four queries: the entries, and the names of people, organisations and objects."""
    rows = _narrowed(AuditEntry.objects.visible_to(user), filters).order_by("-sequence")
    found = list(rows[: PAGE_LENGTH + 1])
    shown = found[:PAGE_LENGTH]
    return Page(_lines(shown), shown[-1].sequence if len(found) > PAGE_LENGTH else None)


def lookers(user: Any, object_id: str) -> list[Looker]:
    """Who has looked at an object and who was refused it, the latest first. Two queries."""
    rows = AuditEntry.objects.visible_to(user).filter(object_id=object_id, act__in=(READ, DENIED)).order_by()
    counted = rows.values("actor", "act").annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    found = list(counted.order_by("-last", "actor"))
    names = names_of("user", {one["actor"] for one in found})
    return [
        Looker(_who(one["actor"], names), one["times"], one["first"], one["last"], one["act"] == DENIED)
        for one in found
    ]


def kinds_of(user: Any, object_id: str) -> list[str]:
    """What the entries about an object say it is, pages that refused it left out."""
    kinds = AuditEntry.objects.visible_to(user).filter(object_id=object_id).order_by("kind")
    return [
        kind_words(one) for one in kinds.values_list("kind", flat=True).distinct() if one and ":" not in one
    ]


def find_entry(user: Any, sequence: int) -> AuditEntry | None:
    """The entry with this number, without its values."""
    entry: AuditEntry | None = AuditEntry.objects.visible_to(user).filter(pk=sequence).first()
    return entry


def open_entry(user: Any, entry: AuditEntry) -> OpenedEntry:
    """The entry with its values: whoever calls this has noted who opens it."""
    line = _lines([entry])[0]
    side: AuditValues | None = AuditValues.objects.visible_to(user).filter(pk=entry.pk).first()
    if side is None or not side.salt:
        return OpenedEntry(line, entry, "", erased_by=_decision(user, entry.pk) or gettext("okänt beslut"))
    return OpenedEntry(line, entry, side.reason, changes_in(entry.kind, side.values))


# Internals


def _narrowed(rows: Any, filters: Filters) -> Any:
    wanted = Q()
    for name in ("object_id", "kind", "organisation"):
        if value := getattr(filters, name):
            wanted &= Q(**{name: value})
    if filters.actor:
        numbers = [*numbers_called("user", filters.actor), filters.actor]
        wanted &= Q(actor__in=numbers)
    if filters.since is not None:
        wanted &= Q(at__gte=_midnight(filters.since))
    if filters.until is not None:
        wanted &= Q(at__lt=_midnight(filters.until + timedelta(days=1)))
    if filters.before is not None:
        wanted &= Q(sequence__lt=filters.before)
    return rows.filter(wanted & _with_act(filters.act))


def _with_act(act: str) -> Q:
    if act == CHANGES:
        return ~Q(act__in=(READ, DENIED)) & ~Q(act__startswith="sign_in.") & ~Q(act__startswith="session.")
    if act.endswith("."):
        return Q(act__startswith=act)
    return Q(act=act) if act else Q()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


def _lines(entries: list[AuditEntry]) -> list[Line]:
    people = names_of("user", {one.actor for one in entries})
    organisations = names_of("organisation", {one.organisation for one in entries} - {""})
    objects = {
        kind: names_of(kind, {one.object_id for one in entries if one.kind == kind} - {""})
        for kind in named_kinds() & {one.kind for one in entries}
    }
    return [
        Line(
            sequence=one.sequence,
            at=one.at,
            who=_who(one.actor, people),
            verb=verb_of(one.act),
            kind=kind_words(one.kind),
            object_id=one.object_id,
            object_name=objects.get(one.kind, {}).get(one.object_id, ""),
            organisation=organisations.get(one.organisation, one.organisation[:_SHORT]),
            fields=field_words(one.kind, one.fields),
            note=one.note,
            about_entry=one.kind == "audit" and one.object_id.isdigit(),
        )
        for one in entries
    ]


def _who(actor: str, names: dict[str, str]) -> str:
    if actor == SYSTEM:
        return gettext("Systemet")
    return names.get(actor) or gettext("Konto %(number)s") % {"number": actor[:_SHORT]}


def _decision(user: Any, sequence: int) -> str:
    """By which decision an entry's values were erased: the latest that names it."""
    notes = (
        AuditEntry.objects.visible_to(user)
        .filter(act=ERASING_ACT, sequence__gt=sequence)
        .order_by("-sequence")
    )
    for note in notes.values_list("note", flat=True).iterator():
        decision, ranges = read_erasing(note)
        if any(start <= sequence <= end for start, end in ranges):
            return decision
    return ""
