"""Pure decisions about letters, news and due days. Knows no row."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

# Letters

LEASE = timedelta(minutes=5)
"""How long the one who sends a letter has it alone. One that is killed lets go of it by the clock."""

MOST_TRIES = 20
"""With the waits below four days: an address that has not answered by then will not."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after this many tries that failed; None when there is to be no more."""
    if tries >= MOST_TRIES:
        return None
    return min(_FIRST_WAIT * int(2 ** (tries - 1)), _LONGEST_WAIT)


# News

FIRST_LOOK = timedelta(days=14)
"""What someone who has never pressed 'seen' is shown: a new account is not met by all that ever happened."""

OVERLAP = timedelta(minutes=10)
"""A row is dated when its act begins and is there to see when it ends. What was seen is remembered by name this far
back, so that what ended after the page was made is not taken for seen."""


def is_new(key: str, at: datetime, *, until: datetime, known: Collection[str]) -> bool:
    """Whether something is new to one who has seen what there was until a moment, these by name in its last minutes."""
    return at > until or (at > until - OVERLAP and key not in known)


# Due days

HORIZON = timedelta(days=90)
"""How far ahead the page tells of due days; the calendar tells of a year."""

CALENDAR_HORIZON = timedelta(days=366)


# The calendar's secret


def digest_of(token: str) -> str:
    """What is kept of a calendar's secret. It has 256 random bits: no salt is needed, and none helps."""
    return hashlib.sha256(token.encode()).hexdigest()
