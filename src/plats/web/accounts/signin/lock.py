"""Stopping the one who guesses: failures are counted per address, whether an account has it or not.

An attempt counts as failed from the moment it is made, and is forgiven when it turns out right. So a hundred guesses
sent at once are a hundred guesses, and not one that all of them were in time for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from plats.web.accounts.models import SignInLock
from plats.web.audit.recording import recorded

FAILURES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=4)
"""Long enough to make guessing hopeless; short enough that whoever locks others out on purpose must go on all day."""
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt under way. Refused at once while the address is locked."""

    digest: str
    refused_until: datetime | None = None
    locks_until: datetime | None = None

    @property
    def is_refused(self) -> bool:
        return self.refused_until is not None

    def failed(self, *, act: str, by: Any = None, user: Any = None, note: str = "") -> None:
        """It was wrong, and goes on record: which account, when there is one; never the address that was written."""
        number = str(user.public_id) if user is not None else ""
        with recorded(by=by, act=act) as record:
            record.noted(kind="user", object_id=number, note=note)
        if self.locks_until is not None:
            with recorded(by=None, act="sign_in.lock") as record:
                record.noted(kind="user", object_id=number)

    def passed_step(self) -> None:
        """Right so far, more is to come: this attempt is forgiven, earlier failures are not."""
        row = SignInLock.objects.filter(pk=self.digest)
        row.update(failures=F("failures") - 1)
        if self.locks_until is not None:
            row.update(locked_until=None)

    def succeeded(self) -> None:
        """All the way in: the failures before it are forgotten."""
        SignInLock.objects.filter(pk=self.digest).delete()


def attempt(address: str) -> Attempt:
    """Begin an attempt for an address."""
    digest = digest_of(address)
    now = timezone.now()
    with transaction.atomic():
        row, _ = SignInLock.objects.select_for_update().get_or_create(pk=digest)
        if row.locked_until is not None and row.locked_until > now:
            return Attempt(digest, refused_until=row.locked_until)
        if row.last_failed_at is not None and now - row.last_failed_at >= FORGOTTEN_AFTER:
            row.failures = 0
        row.failures += 1
        row.last_failed_at = now
        row.locked_until = now + lock_length(row.failures) if row.failures >= FAILURES_BEFORE_LOCK else None
        row.save()
    return Attempt(digest, locks_until=row.locked_until)


def forgive(address: str) -> None:
    """Forget the failures for an address: its owner has been given a new start."""
    SignInLock.objects.filter(pk=digest_of(address)).delete()


def lock_length(failures: int) -> timedelta:
    """How long this many failures lock: a quarter of an hour, then twice as long for each one more."""
    doublings = min(failures - FAILURES_BEFORE_LOCK, 10)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def digest_of(address: str) -> str:
    """The keyed hash an address is counted under."""
    return salted_hmac("plats.sign_in_lock", address.strip().lower(), algorithm="sha256").hexdigest()
