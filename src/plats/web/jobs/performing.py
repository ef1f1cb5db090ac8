"""Running a job that has been taken: progress, signs of life, and how it ends."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, OperationalError
from django.utils import translation

from plats.vocabulary.messages import Message
from plats.web.jobs import rules
from plats.web.jobs.attempts import Attempt, CancelledError, HandedBackError, LostError
from plats.web.jobs.kinds import JobError, JobKind, job_kind
from plats.web.jobs.repeating import Repeating
from plats.web.jobs.stopping import Stopping

_log = logging.getLogger(__name__)


@dataclass
class AttemptProgress:
    """What a job calls as it works. Each call sees whether the work is to go on."""

    attempt: Attempt
    stopping: Stopping
    may_hand_back: bool
    _written_at: float = 0.0

    @property
    def folder(self) -> Path:
        """The attempt's own folder, made when it is asked for."""
        self.attempt.folder.mkdir(parents=True, exist_ok=True)
        return self.attempt.folder

    def __call__(self, text: str | Message, done: int, total: int) -> None:
        if self.attempt.lost.is_set():
            raise LostError
        if self.may_hand_back and self.stopping.is_over:
            raise HandedBackError
        said = text if isinstance(text, Message) else Message("{text}", text=text)
        try:
            self._ask_and_tell(said, done, total)
        except OperationalError:
            # A database that is busy or away for a while is no reason to drop the work. Whether the job has been given
            # to another meanwhile is the heartbeat's to see.
            _log.warning("Progress of job %s could not be written", self.attempt.public_id)

    def _ask_and_tell(self, said: Message, done: int, total: int) -> None:
        if self.attempt.is_to_be_cancelled():
            raise CancelledError
        now = time.monotonic()
        if done >= total or now - self._written_at >= rules.PROGRESS_EVERY.total_seconds():
            self.attempt.tell(said, done, total)
            self._written_at = now


def perform(attempt: Attempt, stopping: Stopping | None = None) -> str:
    """Run the job to its end and write how it went. Returns the end in a word, for the log.

    Raises DatabaseError when the end cannot be written: the job is then found by the reaper.
    """
    kind = job_kind(attempt.kind)
    try:
        # In Swedish whoever started it: what it says is kept with its parts apart, and files have their own languages.
        with translation.override("sv"):
            return _performed(attempt, kind, stopping or Stopping())
    except LostError:
        _log.warning("Job %s was taken from attempt %s", attempt.public_id, attempt.attempt)
        return "lost"


# Internals


def _performed(attempt: Attempt, kind: JobKind | None, stopping: Stopping) -> str:
    if kind is None:
        attempt.fail(
            Message("Den här versionen av programmet känner inte till slaget av jobb. Beställ ett nytt.")
        )
        return "failed"
    progress = AttemptProgress(attempt, stopping, kind.retries)
    try:
        with _beating(attempt):
            content = attempt.content_of(kind.run(progress, **attempt.parameters))
    except CancelledError:
        attempt.cancel()
        return "cancelled"
    except HandedBackError:
        attempt.hand_back()
        return "handed back"
    except DatabaseError:
        _log.exception("Job %s lost the database", attempt.public_id)
        attempt.fail(Message("Databasen svarade inte. Försök igen om en stund."))
        return "failed"
    except Exception as error:  # noqa: BLE001  whatever broke is told, and the next job is run
        _log.exception("Job %s failed", attempt.public_id)
        attempt.fail(_told(error))
        return "failed"
    attempt.finish(content)
    return "done"


@contextmanager
def _beating(attempt: Attempt) -> Iterator[None]:
    """Say that we live for as long as the work goes on, from a thread with a connection of its own."""
    last = [time.monotonic()]

    def beat() -> None:
        # Silent for so long that another may have the job: then we stop, whether or not we can ask.
        if time.monotonic() - last[0] > rules.DEAD_AFTER.total_seconds():
            attempt.lost.set()
        with suppress(LostError):
            attempt.beat()
            last[0] = time.monotonic()

    with Repeating("heartbeat", rules.BEAT, beat):
        yield


def _told(error: Exception) -> Message:
    """What people are told: the program's own foreseen errors by their sentence, others by what to do."""
    if isinstance(error, JobError):
        return error.message
    if type(error).__module__.startswith("plats.") and str(error):
        return Message("{text}", text=str(error))
    return Message("Något gick fel hos oss. Försök igen; blir det fel igen, säg till den som sköter driften.")
