from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from plats.web.common.presence import OccupiedError, alone, staying


def test_many_may_be_there_together_and_one_alone(tmp_path: Path) -> None:
    with staying(tmp_path), staying(tmp_path), pytest.raises(OccupiedError, match="Stanna"), alone(tmp_path):
        pass
    with alone(tmp_path):
        with pytest.raises(OccupiedError, match="återställning pågår"), staying(tmp_path):
            pass
        with pytest.raises(OccupiedError), alone(tmp_path):
            pass
    with staying(tmp_path):
        pass


def test_an_error_inside_is_not_taken_for_an_occupied_folder(tmp_path: Path) -> None:
    with pytest.raises(BlockingIOError), alone(tmp_path):
        raise BlockingIOError


def test_who_is_killed_is_gone(tmp_path: Path) -> None:
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with alone(tmp_path):
            os.write(tell, b"x")
            signal.pause()
    assert os.read(ready, 1) == b"x"
    with pytest.raises(OccupiedError), staying(tmp_path):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with staying(tmp_path):
        pass


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    with staying(tmp_path / "new" / "home"):
        assert (tmp_path / "new" / "home" / "in_use").stat().st_mode & 0o077 == 0
