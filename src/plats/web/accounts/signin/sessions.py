"""Sessions: opened at sign-in; ended by time, by their owner or by a new password; dead from the next request."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils import timezone

from plats.web.accounts.models import Ending, Method, SignedInSession, User
from plats.web.accounts.signin.browsers import browser_words
from plats.web.audit.recording import recorded
from plats.web.common.client_address import client_network

ABSOLUTE = timedelta(hours=12)
"""A session lives no longer than a working day, however much it is used."""
SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that a session is in use."""
NUMBER = "plats_session"
OVER = "plats_session_over"
METHOD_OF_REQUEST = "plats_sign_in_method"


def idle_limit() -> timedelta:
    """How long a session may lie unused."""
    return timedelta(minutes=settings.PLATS_IDLE_MINUTES)


def open_on_sign_in(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:  # noqa: ARG001
    """Called by Django whenever someone signs in, by whichever way: no sign-in without its row."""
    if request is None:
        return
    row = SignedInSession.objects.create(
        user=user,
        method=getattr(request, METHOD_OF_REQUEST, Method.OTHER),
        network=client_network(request),
        browser=browser_words(request.META.get("HTTP_USER_AGENT", "")),
    )
    request.session[NUMBER] = str(row.public_id)


def row_of(request: HttpRequest) -> SignedInSession | None:
    """The row of the session at hand; None when it has none, and then it is not to be trusted."""
    number = request.session.get(NUMBER)
    found: SignedInSession | None = (
        SignedInSession.objects.visible_to(request.user).filter(public_id=number).first() if number else None
    )
    return found


def ending_of(row: SignedInSession, now: datetime) -> Ending | None:
    """Why this session is over, or None while it lives."""
    if row.ended_at is not None:
        return Ending(row.ending)
    if now - row.started_at >= ABSOLUTE:
        return Ending.TOO_OLD
    if now - row.last_seen_at >= idle_limit():
        return Ending.IDLE
    return None


def note_seen(row: SignedInSession, now: datetime) -> None:
    """The session is in use; written at most once a minute."""
    if now - row.last_seen_at >= SEEN_EVERY:
        SignedInSession.objects.filter(pk=row.pk).update(last_seen_at=now)


def living(user: User) -> list[SignedInSession]:
    """The account's sessions that would still open a page, the latest used first."""
    now = timezone.now()
    return [row for row in SignedInSession.objects.visible_to(user).open() if ending_of(row, now) is None]


def end_at_request(request: HttpRequest, row: SignedInSession | None, ending: Ending) -> None:
    """The session turns out to be over: note it, forget everything it held, and say why on the next page."""
    if row is not None and row.ended_at is None:
        _end(SignedInSession.objects.filter(pk=row.pk), ending)
    logout(request)
    request.session[OVER] = ending.value


def end_one(*, by: User, number: Any) -> bool:
    """End one of one's own sessions; False when there is no such living session."""
    row = SignedInSession.objects.visible_to(by).open().filter(public_id=number).first()
    if row is None:
        return False
    with recorded(by=by, act="session.revoke") as record:
        _end(SignedInSession.objects.filter(pk=row.pk), Ending.REVOKED)
        record.noted(kind="session", object_id=str(row.public_id))
    return True


def end_others(*, by: User | None, user: User, kept: Any, ending: Ending) -> int:
    """End every session of an account but the one with the number `kept`; how many there were."""
    rows = list(SignedInSession.objects.visible_to(user).open().exclude(public_id=kept))
    if not rows:
        return 0
    with recorded(by=by, act="session.revoke") as record:
        _end(SignedInSession.objects.filter(pk__in=[row.pk for row in rows]), ending)
        for row in rows:
            record.noted(kind="session", object_id=str(row.public_id), note=ending.value)
    return len(rows)


def close(request: HttpRequest, ending: Ending) -> SignedInSession | None:
    """Note that the session at hand ends; returns its row."""
    row = row_of(request)
    if row is not None:
        _end(SignedInSession.objects.filter(pk=row.pk), ending)
    return row


# Internals


def _end(rows: Any, ending: Ending) -> None:
    rows.filter(ended_at__isnull=True).update(ended_at=timezone.now(), ending=ending)
