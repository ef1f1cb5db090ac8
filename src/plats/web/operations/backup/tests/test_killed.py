"""A few kills in each run; the full numbers are `python -m bench kill-writes` and `kill-backups`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import surroundings

ROOT = Path(__file__).resolve().parents[6]


@pytest.mark.parametrize(("name", "rounds"), [("kill-writes", 4), ("kill-backups", 2)])
def test_kill_9_loses_nothing_that_was_acknowledged_and_leaves_nothing_half(
    tmp_path: Path, name: str, rounds: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", name, str(rounds)],
        cwd=ROOT,
        env=surroundings(tmp_path / name),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{rounds} " in done.stdout
