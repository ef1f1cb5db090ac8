"""A process that dies while it stores files leaves rows with whole files, or no row."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.databases import surroundings

PROGRAM = [sys.executable, "-m", "plats.web.documents.tests.storing"]
ROUNDS = 4


def run(home: Path, what: str) -> list[str]:
    done = subprocess.run(
        [*PROGRAM, what], env=surroundings(home), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def acknowledged_before_the_kill(home: Path, after_seconds: float) -> list[str]:
    """Let it store, and kill it with no warning; returns what it had said was stored."""
    program = subprocess.Popen(
        [*PROGRAM, "store"], env=surroundings(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    first = program.stdout.readline()
    assert first, program.stderr.read() if program.stderr else ""
    _wait(program, after_seconds)
    program.kill()
    rest, _errors = program.communicate(timeout=60)
    return [first.strip(), *(line for line in rest.splitlines() if len(line) == 64)]


def test_no_acknowledged_file_is_lost_and_no_row_has_half_a_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "prepare")
    draw = random.Random(20261127)  # noqa: S311  the same moments each time
    said: list[str] = []
    for _ in range(ROUNDS):
        said += acknowledged_before_the_kill(home, draw.uniform(0.0, 0.25))
    *rows, chain = run(home, "judge")
    found = dict(reversed(row.split()) for row in rows)
    assert set(found.values()) == {"whole"}
    assert set(said) <= set(found)
    assert len(said) >= ROUNDS
    assert chain == "chain whole"


# Internals


def _wait(program: subprocess.Popen[str], seconds: float) -> None:
    """Let it work for a while; it does not end by itself."""
    started = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(timeout=seconds)
    assert time.monotonic() - started < 60
