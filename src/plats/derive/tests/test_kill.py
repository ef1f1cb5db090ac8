"""kill -9 during import and derive: every store is readable and the next run completes.

Three rounds with a few tables; `python -m bench kill` runs fifty with all of them.
"""

from __future__ import annotations

from pathlib import Path

from bench.kill_loop import kill_loop

TABLES = ("deso_2018_points", "key_deso_2018_regso_2020", "scb_deso_2022_population")


def test_three_killed_runs_leave_three_readable_stores(tmp_path: Path) -> None:
    tally = kill_loop(tmp_path / "home", 3, datasets=TABLES)
    assert tally.killed == sum(tally.left.values()) == 3
