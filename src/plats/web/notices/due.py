"""What is due, and when. An app registers in ``AppConfig.ready()`` who knows::

    register_due(due_goals)   # due_goals(user, first, last) -> list[Due]

A due day is a calendar day where the municipality lies (Europe/Stockholm), never a moment: it is the same day before
and after the clocks are changed, and in a calendar program anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from plats.vocabulary.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that is due.

    key      its own name for ever: a calendar knows by it that a day has been moved
    message  what, to the one who is signed in
    neutral  what, in words that may lie in anyone's calendar program: no organisation, no person, no object
    """

    key: str
    day: date
    message: Message
    neutral: Message
    url: str = ""


Provider = Callable[[Any, date, date], list[Due]]
_providers: list[Provider] = []


def register_due(provider: Provider) -> None:
    """Let an app say what is due; the same one again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def forget_due(provider: Provider) -> None:
    """Take one away again: for tests that have put it there."""
    _providers.remove(provider)


def due_between(user: Any, first: date, last: date) -> list[Due]:
    """What is due for this person on these days, both counted, in order."""
    found = [
        one for provider in _providers for one in provider(user, first, last) if first <= one.day <= last
    ]
    return sorted(found, key=lambda one: (one.day, one.key))


def day_of(moment: datetime) -> date:
    """The day a moment falls on where the municipality lies."""
    return timezone.localtime(moment).date()
