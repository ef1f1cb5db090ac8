"""Due days as iCalendar (RFC 5545), for calendar programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from plats import __version__
from plats.web.common.language import language
from plats.web.notices.due import Due
from plats.web.notices.links import absolute

FETCH_EVERY = timedelta(hours=12)


def as_ics(due: Iterable[Due], *, made_at: datetime) -> bytes:
    """The calendar. The same days give the same bytes, so that a program that has them need not fetch them again.

    Whole days (VALUE=DATE) and no moments: a day is the same day in every time zone and on the night the clocks are
    changed. Neutral words only, and no link but to one's own page: the calendar may lie anywhere.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Platsperspektiv//{__version__}//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Platsperspektiv: datum att hålla"))
    calendar.add("refresh-interval", vDuration(FETCH_EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(FETCH_EVERY))
    for one in due:
        calendar.add_component(_event(one, made_at))
    return bytes(calendar.to_ical())


# Internals


def _event(due: Due, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{due.key.replace('/', '-')}@{urlsplit(settings.PLATS_SITE_URL).hostname}")
    # When the feed was made, not now: a stamp that moves would make every fetch a new calendar.
    event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", due.neutral.say(_, language()))
    event.add("url", absolute(reverse("notices:mine")))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
