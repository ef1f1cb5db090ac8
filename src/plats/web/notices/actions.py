"""Writes: telling someone, marking as seen, choosing about mail, and the calendar's secret address."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from plats.vocabulary.messages import Message
from plats.web.accounts.models import User
from plats.web.audit.recording import recorded
from plats.web.notices.kinds import notice_kind
from plats.web.notices.links import neutral
from plats.web.notices.messages import as_json
from plats.web.notices.models import CalendarFeed, Letter, Notice, NoticePreference, SeenUpTo
from plats.web.notices.rules import OVERLAP, digest_of


@transaction.atomic
def notify(
    *, by: User | None, recipients: Iterable[User], message: Message, kind: str, url: str = ""
) -> list[Notice]:
    """Tell people something, as part of the act it is about. Whoever did it (`by`) is not told of it.

    `message` is a Swedish literal with its parts apart and no personal data; `url` a page of ours. Those who want the
    kind by mail get a letter that says only that there is something new: a row now, and mail once the act is safe.
    """
    told = {one.pk: one for one in recipients if one.pk and one != by}
    if not told:
        return []
    wanted = notice_kind(kind)
    chosen = dict(
        NoticePreference.objects.filter(kind=kind, user__in=told.values()).values_list("user", "by_mail")
    )
    notices = [
        Notice(
            recipient=one,
            kind=kind,
            text=as_json(message),
            url=neutral(url) if url else "",
            letter=_letter_to(one) if chosen.get(number, wanted.by_mail) else None,
        )
        for number, one in sorted(told.items())
    ]
    return list(Notice.objects.bulk_create(notices))


@transaction.atomic
def mark_seen(*, by: User, until: datetime, known: Collection[str], notices: Collection[UUID]) -> None:
    """One has seen what a page showed at a moment: these of its last minutes, and these notices. Nothing else.

    Never moves back, and never ahead of the clock: then what is still to come would be taken for seen.
    """
    now = timezone.now()
    moment = min(until, now)
    Notice.objects.visible_to(by).unread().filter(public_id__in=notices).update(read_at=now)
    seen, _made = SeenUpTo.objects.select_for_update().get_or_create(user=by, defaults={"until": moment})
    if moment >= seen.until:
        before = seen.known if seen.until > moment - OVERLAP else []
        seen.until, seen.known = moment, sorted({*before, *known})
        seen.save()


def choose_mail(*, by: User, choices: Mapping[str, bool]) -> None:
    """Say which kinds of notices one wants by mail. What is as it was leaves no entry."""
    known = {one.kind: one for one in NoticePreference.objects.visible_to(by)}
    usual = {kind: known[kind].by_mail if kind in known else notice_kind(kind).by_mail for kind in choices}
    changed = {kind: wanted for kind, wanted in choices.items() if wanted != usual[kind]}
    if not changed:
        return
    with recorded(by=by, act="notice_preference.choose") as record:
        for kind, wanted in changed.items():
            preference = known.get(kind)
            if preference is None:
                record.created(NoticePreference.objects.create(user=by, kind=kind, by_mail=wanted))
            else:
                record.watch(preference)
                preference.by_mail = wanted
                preference.save(update_fields=["by_mail"])


def open_calendar(*, by: User) -> str:
    """Make a secret calendar address, or a new one in place of the old, which is dead at once. Returns the secret,
    which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    with recorded(by=by, act="calendar_feed.open") as record:
        feed = CalendarFeed.objects.select_for_update().filter(user=by).first()
        if feed is None:
            record.created(CalendarFeed.objects.create(user=by, token_digest=digest_of(token)))
        else:
            record.watch(feed)
            feed.token_digest, feed.created_at = digest_of(token), timezone.now()
            feed.save(update_fields=["token_digest", "created_at"])
    return token


def close_calendar(*, by: User) -> None:
    """Take the calendar address away. Without one there is nothing to do."""
    feed = CalendarFeed.objects.filter(user=by).first()
    if feed is not None:
        with recorded(by=by, act="calendar_feed.close") as record:
            record.removed(feed)
            feed.delete()


# Internals


def _letter_to(recipient: User) -> Letter:
    """The letter that waits to be sent to them, or a new one: ten things at once are one letter."""
    waiting: Any = (
        Letter.objects.unsent()
        .filter(recipient=recipient, claimed_at__isnull=True)
        .select_for_update()
        .order_by("pk")
        .first()
    )
    return waiting or Letter.objects.create(recipient=recipient)
