"""Stopping the one who tries links: a secret of 256 bits is not guessed, but nobody needs to be let try all day.

Counted per address on the network, under a keyed hash, in the same table as failed sign-ins. An honest reader comes
nowhere near the limit: only links that open nothing count.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from plats.web.accounts.models import SignInLock
from plats.web.common.client_address import client_address

MISSES_BEFORE_LOCK = 30
WINDOW = timedelta(minutes=15)


def tries_too_often(request: HttpRequest) -> bool:
    """Whether this reader has followed so many links that open nothing that no more are looked up for a while."""
    row = SignInLock.objects.filter(pk=_digest(request)).first()
    return row is not None and row.locked_until is not None and row.locked_until > timezone.now()


def note_miss(request: HttpRequest) -> None:
    """A link that opened nothing."""
    now = timezone.now()
    with transaction.atomic():
        row, _created = SignInLock.objects.select_for_update().get_or_create(pk=_digest(request))
        if row.last_failed_at is not None and now - row.last_failed_at >= WINDOW:
            row.failures = 0
        row.failures += 1
        row.last_failed_at = now
        row.locked_until = now + WINDOW if row.failures >= MISSES_BEFORE_LOCK else None
        row.save()


# Internals


def _digest(request: HttpRequest) -> str:
    return salted_hmac("plats.invitation_misses", client_address(request), algorithm="sha256").hexdigest()
