"""Traces of signing in: sessions and failed attempts."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import SignedInSession, SignInLock
from plats.web.retention.registry import RetainedTraces, day_of, register_retained


def past_sessions() -> Any:
    """Ended, or not used: how long one may lie unused is far shorter than it is kept."""
    return SignedInSession.objects.annotate(event_on=day_of(Coalesce("ended_at", "last_seen_at")))


def expired_browser_sessions() -> Any:
    """What the browser's cookie pointed at. The framework leaves it when it has expired."""
    return Session.objects.annotate(event_on=day_of("expire_date"))


def failed_sign_ins() -> Any:
    return SignInLock.objects.filter(last_failed_at__isnull=False).annotate(event_on=day_of("last_failed_at"))


def register() -> None:
    for one in (
        RetainedTraces("session", "session", _("sessioner"), past_sessions),
        RetainedTraces("browser_session", "session", _("webbläsarsessioner"), expired_browser_sessions),
        RetainedTraces("sign_in_lock", "sign_in_lock", _("inloggningsspärrar"), failed_sign_ins),
    ):
        register_retained(one)
