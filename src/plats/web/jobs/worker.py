"""The worker: takes jobs one at a time, and does the chores of the installation beside them."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError

from plats.web.jobs import rules
from plats.web.jobs.attempts import Attempt
from plats.web.jobs.performing import perform
from plats.web.jobs.reaping import reap
from plats.web.jobs.repeating import Repeating, renew_connection
from plats.web.jobs.stopping import Stopping
from plats.web.jobs.taking import take_next
from plats.web.notices.outbox import send_waiting

_log = logging.getLogger(__name__)


@dataclass
class Worker:
    """One worker. Several may run, in as many processes as there are.

    `tell` is called with the job's number and its end in a word.
    """

    stopping: Stopping = field(default_factory=Stopping)
    tell: Callable[[Attempt, str, float], None] = lambda *_: None
    id: str = field(default_factory=lambda: secrets.token_hex(8))

    def run(self) -> None:
        """Work until someone asks it to stop."""
        chores()
        # Two threads: a mail server that does not answer must not keep the reaper waiting.
        with (
            Repeating("reaper", rules.CHORES_EVERY, reap),
            Repeating("letters", rules.CHORES_EVERY, send_waiting),
        ):
            while not self.stopping.asked.is_set():
                if not self._one():
                    self.stopping.wait(rules.POLL_EVERY.total_seconds())

    def run_once(self) -> int:
        """Do the chores and what is queued, and end. Returns how many jobs were run."""
        count = 0
        chores()
        while not self.stopping.asked.is_set() and self._one():
            count += 1
        send_waiting()  # what the jobs have told
        return count

    def _one(self) -> bool:
        """Run the next job; whether there was one. A database that is away is waited for."""
        renew_connection()
        try:
            attempt = take_next(self.id)
            if attempt is None:
                return False
            started = time.monotonic()
            ended = perform(attempt, self.stopping)
        except DatabaseError:
            _log.exception("The database did not answer; the worker waits and tries again")
            return False
        self.tell(attempt, ended, time.monotonic() - started)
        return True


def chores() -> None:
    """What is done beside the jobs: dead workers' jobs, letters that wait."""
    try:
        reap()
        send_waiting()
    except DatabaseError:
        _log.exception("The chores could not be done; they are tried again")
