"""The command, run in this process against a home folder of the test's own or the shared one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plats.cli.main import main
from plats.web.places.tests.loaded import huddinge_home

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def huddinge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder with Huddinge's derived figures; only verbs that read may be run on it."""
    return huddinge_home(tmp_path_factory)


@pytest.fixture
def plats(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `plats` with these words, by default in an empty home folder."""

    def run(*words: str | Path, home: Path = tmp_path / "var", municipality: str = "0126") -> Result:
        monkeypatch.setenv("PLATS_HOME", str(home))
        monkeypatch.setenv("PLATS_MUNICIPALITY", municipality)
        return CliRunner().invoke(main, [str(word) for word in words])

    return run


def told(result: Result, code: int = 0) -> str:
    """All that was said; the exit code must be this, and no traceback."""
    assert result.exit_code == code, result.output + repr(result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.output


def as_json(result: Result, code: int = 0) -> Any:
    """What was printed for programs: one JSON object and nothing else."""
    told(result, code)
    return json.loads(result.stdout)
