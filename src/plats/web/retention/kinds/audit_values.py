"""The audit chain's values, by the day they were written; and by entry, when someone has decided so. The entries
themselves stay for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.audit.erasing import with_values
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.permissions import ERASE
from plats.web.retention.planning import Plan, Planned
from plats.web.retention.registry import Erasing, Ripe, register_retained
from plats.web.retention.rules import DecisionError, tidy_decision
from plats.web.retention.running import retain

RULE = "audit_values"


class DaysOfValues:
    """The values of a day's entries, by the day. The numbers of entries are no use: after a restore they are given to
    others, while a day that has passed gets no new entries."""

    kind = "audit_values"
    rule = RULE
    label = _("dagar i granskningsloggen")
    is_trace = False

    def ripe(self, until: date) -> Iterator[Ripe]:
        holding = AuditValues.objects.exclude(values="", reason="").values("sequence")
        old = AuditEntry.objects.filter(at__lt=_midnight_after(until), sequence__in=holding)
        moments = old.order_by("sequence").values_list("at", flat=True).iterator()
        days = {_day_of(at) for at in moments}
        yield from (Ripe(day.isoformat(), day) for day in sorted(days))

    def take(self, number: str, until: date | None = None) -> list[int] | None:
        day = date.fromisoformat(number)
        if until is not None and day > until:
            return None
        start, end = _midnight_after(day - timedelta(days=1)), _midnight_after(day)
        entries = AuditEntry.objects.filter(at__gte=start, at__lt=end).order_by("sequence")
        return with_values(entries.values_list("sequence", flat=True)) or None

    def erase(self, obj: list[int], erasing: Erasing) -> int:
        erasing.values_of(obj)
        return 1


class EntriesByDecision:
    """One entry's values, by its hash, which no other entry ever has. Never due by itself."""

    kind = "audit_entry"
    rule = RULE
    label = _("poster i granskningsloggen")
    is_trace = False

    def ripe(self, until: date) -> Iterator[Ripe]:  # noqa: ARG002
        return iter(())

    def take(self, number: str, until: date | None = None) -> list[int] | None:  # noqa: ARG002
        entries = AuditEntry.objects.filter(hash=number).values_list("sequence", flat=True)
        return with_values(entries) or None

    def erase(self, obj: list[int], erasing: Erasing) -> int:
        erasing.values_of(obj)
        return 1


def erase_entries(*, by: Any, entries: Iterable[int], decision: str) -> int:
    """Erase the values of some entries before their time, by a decision; a restore does not bring them back.

    Returns how many had values. Raises DecisionError without a number, JournalError when the journal is in use.
    """
    decided = tidy_decision(decision)
    if not decided:
        raise DecisionError("Ange beslutets nummer, till exempel KS-2026/123.")
    today = timezone.localdate()
    rows = AuditEntry.objects.filter(sequence__in=with_values(entries)).order_by("sequence")
    items = tuple(
        Planned(EntriesByDecision.kind, min(_day_of(at), today), number, RULE, today)
        for number, at in rows.values_list("hash", "at")
    )
    plan = Plan(today, items, (), decided, {RULE: decided})
    return len(retain(by=by, plan=plan, permission=ERASE).erased)


def register() -> None:
    register_retained(DaysOfValues())
    register_retained(EntriesByDecision())


# Internals


def _day_of(at: datetime) -> date:
    return timezone.localdate(at, timezone.get_default_timezone())


def _midnight_after(day: date) -> datetime:
    """When the day ends where the installation is; the clock may have been moved on it."""
    return timezone.make_aware(
        datetime.combine(day + timedelta(days=1), time.min), timezone.get_default_timezone()
    )
