"""When a job is dead, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from plats.web.jobs.rules import BEAT, DEAD_AFTER, after_death, is_dead, may_try_again, per_cent
from plats.web.jobs.states import State

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def test_a_worker_is_dead_after_the_limit_and_not_at_it() -> None:
    assert not is_dead(NOW - DEAD_AFTER, NOW)
    assert is_dead(NOW - DEAD_AFTER - TICK, NOW)
    assert is_dead(None, NOW)


def test_a_worker_may_miss_several_beats() -> None:
    assert DEAD_AFTER >= 10 * BEAT


@pytest.mark.parametrize(
    ("retries", "attempts", "handed_back", "again"),
    [
        (True, 1, 0, True),
        (True, 2, 0, True),
        (True, 3, 0, False),
        (True, 3, 1, True),  # one was handed back by a worker that stopped in order
        (True, 13, 10, False),
        (False, 1, 0, False),
    ],
)
def test_a_job_is_tried_three_times_if_its_kind_allows(
    retries: bool, attempts: int, handed_back: int, again: bool
) -> None:
    asked = {"retries": retries, "attempts": attempts, "handed_back": handed_back}
    assert may_try_again(**asked, max_attempts=3) is again


@pytest.mark.parametrize(
    ("cancelled", "again", "state"),
    [
        (True, True, State.CANCELLED),
        (True, False, State.CANCELLED),
        (False, True, State.QUEUED),
        (False, False, State.FAILED),
    ],
)
def test_a_wish_to_cancel_outlives_the_worker(cancelled: bool, again: bool, state: State) -> None:
    assert after_death(cancelled=cancelled, again=again) is state


@pytest.mark.parametrize(
    ("done", "total", "shown"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (2, 3, 66), (3, 3, 100), (999, 1000, 99)]
)
def test_a_hundred_per_cent_is_shown_only_when_all_is_done(done: int, total: int, shown: int) -> None:
    assert per_cent(done, total) == shown
