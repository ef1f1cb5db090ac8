"""Killed anywhere, a run neither brings back what it erased nor erases what it did not."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plats.web.places.tests.loaded import made_once
from plats.web.retention.tests.killed import POINTS
from tests.databases import copy_database, surroundings


def program(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plats.web.retention.tests.killed", *words],
        env=surroundings(home), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def run(home: Path, *words: str) -> dict[str, Any]:
    done = program(home, *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout else {}


def copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    copy_database(source, target)
    return target


def _make(home: Path) -> None:
    home.mkdir()
    run(home, "make")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "retention", _make)


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_neither_brings_back_nor_takes_more(template: Path, tmp_path: Path, point: str) -> None:
    home = copied(template, tmp_path / "home")
    assert program(home, f"erase={point}").returncode == -signal.SIGKILL
    killed = run(home, "tell")
    # What is erased has its tombstone, and nothing else has.
    assert killed["living"] + killed["buried"] == 3
    _judge_restored(copied(template, tmp_path / "restored"), home, killed, point)
    after = run(home, "erase,tell")
    assert (after["living"], after["buried"], after["findings"]) == (0, 3, [])
    assert set(after["ends"]) <= {"done", "void"}


# Internals


def _judge_restored(restored: Path, home: Path, killed: dict[str, Any], point: str) -> None:
    """The database is lost right after the kill, and that of the evening before is put back beside the journal."""
    shutil.copy(home / "erasures.jsonl", restored / "erasures.jsonl")
    after = run(restored, "again,tell")
    assert after["living"] <= killed["living"], "Something that was erased has come back."
    assert after["living"] + after["buried"] == 3
    assert after["findings"] == []
    # The line of a batch that was rolled back names what is due, so to erase that is right. Without a line nothing is.
    if point in ("before the line", "half the line"):
        assert after["living"] == 3
