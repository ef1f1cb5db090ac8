"""What an operator does with a site that is running: ask doctor, take a backup, practise, and not restore over it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plats.web.operations.backup.contents import unknown_names
from tests.databases import surroundings

pytestmark = pytest.mark.journey
PLATS = str(Path(sys.executable).with_name("plats"))
MINUTES = 5 * 60


def plats(home: Path, *words: str | Path, code: int = 0) -> str:
    done = subprocess.run(
        [PLATS, *map(str, words)],
        env=surroundings(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=MINUTES,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_everything_in_a_home_that_serves_is_in_a_backup_or_made_anew(home: Path, site: str) -> None:
    """But for what the journeys put there themselves: the server's output and the letters."""
    assert set(unknown_names(home)) <= {"serve.log", "letters"}


def test_doctor_finds_nothing_wrong_with_the_example_installation(home: Path, site: str) -> None:
    told = json.loads(plats(home, "doctor", "--json"))
    assert [one for one in told["findings"] if one["severity"] == "error"] == []


def test_a_backup_is_taken_and_practised_beside_the_site_and_not_restored_over_it(
    home: Path, site: str, tmp_path: Path
) -> None:
    archive = tmp_path / "kopia.tar"
    plats(home, "backup", archive)
    assert "Övningen gick bra" in plats(home, "restore", "--drill", archive)
    assert "Stanna tjänsterna" in plats(home, "restore", archive, "--yes", code=1)
