"""Sending what waits in the outbox. Called by `plats work`, beside the jobs; several may call it at once.

A letter is sent at least once: the row says 'sent' after the mail server has taken it, so that one who is killed in
between leaves it to be sent again. It then has the same Message-ID, by which a mail program knows that it is the same.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import BadHeaderError, get_connection
from django.db import transaction
from django.utils import timezone

from plats.web.notices.letters import compose
from plats.web.notices.models import Letter, Notice
from plats.web.notices.rules import LEASE, wait_after

_log = logging.getLogger(__name__)

MOST_AT_ONCE = 100


@dataclass
class Sending:
    """What came of a round."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def send_waiting() -> Sending:
    """Send the letters whose time has come. One that cannot be sent waits longer each time, and stops no other."""
    outcome = Sending()
    if not settings.PLATS_MAIL_READY:
        return outcome  # they wait until someone has said which mail server there is
    for _ in range(MOST_AT_ONCE):
        letter = _claimed(timezone.now())
        if letter is None or not _send(letter, outcome):
            break
    return outcome


# Internals


@transaction.atomic
def _claimed(now: datetime) -> Letter | None:
    """The letter that has waited longest, ours alone for a while."""
    letter: Letter | None = (
        Letter.objects.due(now)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .first()
    )
    if letter is not None:
        letter.tries += 1
        letter.claimed_at, letter.next_try_at = now, now + LEASE
        letter.save(update_fields=["tries", "claimed_at", "next_try_at"])
    return letter


def _send(letter: Letter, outcome: Sending) -> bool:
    """Send it. Returns whether there is use in sending more now: not when the mail server is away."""
    recipient = letter.recipient
    if not (recipient.is_active and recipient.may_read):
        _give_up(letter, outcome)  # a closed account gets no mail
        return True
    try:
        with get_connection() as mail_server:
            mail_server.send_messages([compose(letter)])
    except (BadHeaderError, ValueError, UnicodeError):
        # The address itself is wrong, and will be tomorrow too. It is not repeated in the log.
        _log.warning("Letter %s has an address that cannot be written to", letter.public_id)
        _give_up(letter, outcome)
    except OSError as error:  # smtplib's own errors are of this kind too
        _log.warning("Letter %s was not sent: %s", letter.public_id, type(error).__name__)
        _try_later(letter, outcome)
        # What it answered is about this letter; that it did not answer is about all.
        return isinstance(error, SMTPResponseException | SMTPRecipientsRefused)
    else:
        _note_sent(letter)
        outcome.sent += 1
    return True


@transaction.atomic
def _note_sent(letter: Letter) -> None:
    now = timezone.now()
    letter.sent_at, letter.claimed_at = now, None
    letter.save(update_fields=["sent_at", "claimed_at"])
    Notice.objects.filter(letter=letter).update(mailed_at=now)


def _try_later(letter: Letter, outcome: Sending) -> None:
    wait = wait_after(letter.tries)
    if wait is None:
        _log.error("Letter %s is given up after %s tries", letter.public_id, letter.tries)
        _give_up(letter, outcome)
        return
    letter.claimed_at, letter.next_try_at = None, timezone.now() + wait
    letter.save(update_fields=["claimed_at", "next_try_at"])
    outcome.failed += 1


def _give_up(letter: Letter, outcome: Sending) -> None:
    letter.given_up_at, letter.claimed_at = timezone.now(), None
    letter.save(update_fields=["given_up_at", "claimed_at"])
    outcome.given_up += 1
