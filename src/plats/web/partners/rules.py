"""Pure decisions about agreements, commitments and duties."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from plats.web.partners.kinds import CommitmentState


class Term(models.TextChoices):
    """Where a day lies in an agreement's period."""

    COMING = "coming", _("kommande")
    IN_FORCE = "in_force", _("gäller")
    EXPIRED = "expired", _("har gått ut")


def term_on(day: date, *, starts_on: date, ends_on: date) -> Term:
    """Whether an agreement is coming, in force or expired on a day; its first and last day are in force."""
    if day < starts_on:
        return Term.COMING
    return Term.IN_FORCE if day <= ends_on else Term.EXPIRED


def overlap(first: tuple[date, date], second: tuple[date, date]) -> bool:
    """Whether two periods, both days counted, have a day in common."""
    return first[0] <= second[1] and second[0] <= first[1]


def renewed_period(starts_on: date, ends_on: date) -> tuple[date, date]:
    """The period that follows on one, and is as long: in whole months where it is, otherwise in days."""
    first = ends_on + timedelta(days=1)
    if first.day != starts_on.day:
        return first, first + (ends_on - starts_on)
    months = (first.year - starts_on.year) * 12 + first.month - starts_on.month
    number = first.year * 12 + first.month - 1 + months
    # The first day of every month exists; a later one is moved to the month's last when it does not.
    last = monthrange(number // 12, number % 12 + 1)[1]
    return first, date(number // 12, number % 12 + 1, min(first.day, last)) - timedelta(days=1)


def count_by_state(states: Iterable[str]) -> list[tuple[CommitmentState, int]]:
    """How many there are in each state, every state told, also those that none are in."""
    counted = Counter(states)
    return [(state, counted[state.value]) for state in CommitmentState]
