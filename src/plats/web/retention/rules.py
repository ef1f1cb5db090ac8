"""When something is due: pure arithmetic on calendar days, where the installation is.

A thing whose event was on day E and is kept N days is there through day E+N-1 and due from day E+N.
"""

from __future__ import annotations

from datetime import date, timedelta

from plats.vocabulary.personal import find_personal

LONGEST_DECISION = 60


class DecisionError(ValueError):
    """A decision's number that cannot stand in the audit chain. The message says why."""


def due_on(event_on: date, days: int) -> date:
    """The first day it is to be erased."""
    return event_on + timedelta(days=days)


def last_ripe_event(as_of: date, days: int) -> date:
    """Events on this day or before it are due on the day `as_of`."""
    return as_of - timedelta(days=days)


def tidy_decision(text: str) -> str:
    """The decision's number as it is kept for ever; '' when none was given. Raises DecisionError."""
    tidied = " ".join(text.split())
    if len(tidied) > LONGEST_DECISION:
        raise DecisionError(
            f"Beslutets nummer är längre än {LONGEST_DECISION} tecken. Skriv diarienumret: KS-2026/123."
        )
    if find_personal(tidied):
        raise DecisionError("Beslutets nummer innehåller en personuppgift. Skriv diarienumret: KS-2026/123.")
    return tidied
