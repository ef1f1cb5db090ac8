"""kill -9 of real workers in the middle of jobs. Fifty rounds: python -m bench kill-jobs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.kill_jobs_loop import kill_jobs_loop
from tests.databases import database_of

ROUNDS = 3


def test_killed_workers_leave_no_job_stuck_and_none_ends_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    for name, value in database_of(home).items():
        monkeypatch.setenv(name, value)
    tally = kill_jobs_loop(home, ROUNDS)
    assert tally.killed == ROUNDS
    assert tally.stuck == 0
    assert tally.ended_twice == 0
    assert tally.overlaps == 0
    assert tally.done + tally.failed == tally.jobs == tally.finish_entries
    assert tally.chain_whole
    assert tally.is_sound
