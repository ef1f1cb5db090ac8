"""Reads: what is new, due and told to one who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from plats.web.accounts.models import User
from plats.web.notices.due import Due, due_between
from plats.web.notices.kinds import NoticeKind, notice_kinds
from plats.web.notices.models import CalendarFeed, Notice, NoticePreference, SeenUpTo
from plats.web.notices.news import NewsItem, news_since
from plats.web.notices.rules import CALENDAR_HORIZON, FIRST_LOOK, HORIZON, OVERLAP, is_new

MOST_SHOWN = 50
_NOTICE_KEY = "notice/"


@dataclass(frozen=True, slots=True)
class News:
    """What is new to someone at a moment. `since` is what they have seen until; `latest` are the names that go with
    'seen', so that what comes meanwhile stays new."""

    items: list[NewsItem]
    since: datetime
    at: datetime
    latest: list[str]


def news(user: User) -> News:
    """Everything that is new to this person. One query for how far they have seen, one for notices, and those of the
    providers."""
    at = timezone.now()
    seen = SeenUpTo.objects.visible_to(user).first()
    # Someone new has joined what was there: only what has come since they did is news.
    until = seen.until if seen else max(user.created_at, at - FIRST_LOOK)
    known = [item for item in news_since(user, until - OVERLAP) if item.at <= at]
    found = [item for item in known if _is_new(item, until, seen)]
    items = sorted([*found, *_unread(user)], key=lambda item: (item.at, item.key), reverse=True)
    # Those that are no news too: pressing 'seen' must not make them new.
    latest = [item.key for item in known if item.at > at - OVERLAP]
    return News(items, until, at, latest)


def shown_notices(items: list[NewsItem]) -> list[str]:
    """The numbers of the notices among what is shown."""
    return [item.key.removeprefix(_NOTICE_KEY) for item in items if item.key.startswith(_NOTICE_KEY)]


def unread_count(user: User) -> int:
    """How many notices this person has not read: for the frame of every page. One query."""
    count: int = Notice.objects.visible_to(user).unread().count()
    return count


def latest_notices(user: User) -> list[Notice]:
    """This person's notices, read and unread, the newest first. One query."""
    return list(Notice.objects.visible_to(user)[:MOST_SHOWN])


def due_soon(user: User) -> list[Due]:
    """What is due from today and a quarter ahead."""
    today = timezone.localdate()
    return due_between(user, today, today + HORIZON)


def due_for_calendar(user: User) -> list[Due]:
    """What a calendar program is told: a month back, so that it does not empty behind one, and a year ahead."""
    today = timezone.localdate()
    return due_between(user, today - (HORIZON / 3), today + CALENDAR_HORIZON)


def calendar_feed(user: User) -> CalendarFeed | None:
    """This person's calendar address, or None. One query."""
    found: CalendarFeed | None = CalendarFeed.objects.visible_to(user).first()
    return found


def feed_by_token(token: str) -> CalendarFeed | None:
    """The calendar that this secret opens. Whoever has the secret may ask; what is in it is asked as its owner."""
    found: CalendarFeed | None = CalendarFeed.objects.opened_by(token).select_related("user").first()
    return found


def preferences(user: User) -> list[tuple[NoticeKind, bool]]:
    """Each kind of notice, and whether this person gets it by mail too. One query."""
    chosen = dict(NoticePreference.objects.visible_to(user).values_list("kind", "by_mail"))
    return [(kind, chosen.get(kind.id, kind.by_mail)) for kind in notice_kinds()]


# Internals


def _is_new(item: NewsItem, until: datetime, seen: SeenUpTo | None) -> bool:
    if seen is None:
        return item.at >= until
    return is_new(item.key, item.at, until=until, known=seen.known)


def _unread(user: User) -> list[NewsItem]:
    notices = Notice.objects.visible_to(user).unread()[:MOST_SHOWN]
    return [
        NewsItem(
            key=f"{_NOTICE_KEY}{one.public_id}",
            at=one.created_at,
            heading=one.kind_label,
            message=one.sentence,
            url=one.address,
        )
        for one in notices
    ]
