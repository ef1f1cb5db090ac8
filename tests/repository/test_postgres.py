"""Both databases are tested, and in CI neither can be left out."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, text

SCRIPT = ROOT / "scripts" / "postgres.sh"


def test_the_suite_runs_on_sqlite_and_then_on_postgresql() -> None:
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", text(ROOT / "Makefile"), re.MULTILINE)
    assert recipe is not None
    first, second = recipe[1].strip().splitlines()
    assert first.startswith("env -u DATABASE_URL ")
    assert second.strip().startswith("scripts/postgres.sh try ")


def test_in_ci_what_needs_a_browser_or_postgresql_is_not_left_out() -> None:
    script = text(ROOT / ".ci" / "run")
    exported = " ".join(re.findall(r"^export (.+)$", script, re.MULTILINE))
    assert {"PLATS_REQUIRE_JOURNEYS=1", "PLATS_REQUIRE_POSTGRES=1"} <= set(exported.split())
    assert "postgresql" in script


@pytest.mark.parametrize(("required", "code"), [("", 0), ("1", 1)])
def test_without_its_programs_the_run_is_left_out_or_fails(tmp_path: Path, required: str, code: int) -> None:
    surroundings = {"PLATS_POSTGRES_BIN": str(tmp_path), "PLATS_REQUIRE_POSTGRES": required}
    mark = tmp_path / "ran"
    done = subprocess.run(
        [SCRIPT, "try", "touch", mark],
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert "Install the package postgresql" in done.stderr
    assert not mark.exists()


@pytest.mark.skipif(
    subprocess.run([SCRIPT, "present"], capture_output=True, check=False).returncode != 0,
    reason="PostgreSQL's programs are not here",
)
def test_the_servers_folder_is_gone_afterwards_however_the_command_ends(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    done = subprocess.run(
        [SCRIPT, "run", "sh", "-c", f'echo "$DATABASE_URL" > {seen}; exit 7'],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 7
    url = seen.read_text(encoding="utf-8").strip()
    assert url.startswith("postgres://")
    assert not Path(url.partition("host=")[2]).exists()
