"""Pure decisions about jobs: when one is dead, what becomes of it, how often something is written. Knows no row."""

from __future__ import annotations

from datetime import datetime, timedelta

from plats.web.jobs.states import State

BEAT = timedelta(seconds=5)
"""How often a worker says that it lives."""

DEAD_AFTER = timedelta(seconds=60)
"""How long a worker may be silent before its job is taken from it. Twelve beats: a machine under load misses a few."""

PROGRESS_EVERY = timedelta(seconds=0.5)
"""How often progress is written at most; cancelling is looked for at every call."""

CHORES_EVERY = timedelta(seconds=10)
"""How often a worker looks for dead jobs and for letters to send."""

POLL_EVERY = timedelta(seconds=1)
"""How long a worker that found no job waits before it looks again."""

MAX_ATTEMPTS = 3


def is_dead(heartbeat_at: datetime | None, now: datetime) -> bool:
    """Whether a running job's worker has been silent too long. At the limit it has not."""
    return heartbeat_at is None or now - heartbeat_at > DEAD_AFTER


def may_try_again(*, retries: bool, attempts: int, handed_back: int, max_attempts: int) -> bool:
    """Whether a job whose worker has died is tried again. What a stopping worker handed back is no failed attempt."""
    return retries and attempts - handed_back < max_attempts


def after_death(*, cancelled: bool, again: bool) -> State:
    """What becomes of a job whose worker has died: someone's wish to cancel it stands."""
    if cancelled:
        return State.CANCELLED
    return State.QUEUED if again else State.FAILED


def per_cent(done: int, total: int) -> int:
    """How far, as whole per cent: 100 only when all is done."""
    if total <= 0:
        return 0
    return min(100, max(0, 100 * done // total))
