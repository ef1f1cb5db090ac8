"""The audit chain's values, by the day they were written. The entries themselves stay for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.audit.erasing import with_values
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.retention.registry import Erasing, Ripe, register_retained


class DaysOfValues:
    """The values of a day's entries, by the day. The numbers of entries are no use: after a restore they are given to
    others, while a day that has passed gets no new entries."""

    kind = "audit_values"
    rule = "audit_values"
    label = _("dagar i granskningsloggen")
    is_trace = False

    def ripe(self, until: date) -> Iterator[Ripe]:
        holding = AuditValues.objects.exclude(values="", reason="").values("sequence")
        old = AuditEntry.objects.filter(at__lt=_midnight_after(until), sequence__in=holding)
        moments = old.order_by("sequence").values_list("at", flat=True).iterator()
        days = {timezone.localdate(at, timezone.get_default_timezone()) for at in moments}
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


def register() -> None:
    register_retained(DaysOfValues())


# Internals


def _midnight_after(day: date) -> datetime:
    """When the day ends where the installation is; the clock may have been moved on it."""
    return timezone.make_aware(
        datetime.combine(day + timedelta(days=1), time.min), timezone.get_default_timezone()
    )
