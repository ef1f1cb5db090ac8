"""Pure decisions about agreements, commitments and duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

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


def count_by_state(states: Iterable[str]) -> list[tuple[CommitmentState, int]]:
    """How many there are in each state, every state told, also those that none are in."""
    counted = Counter(states)
    return [(state, counted[state.value]) for state in CommitmentState]
