"""kill -9 between the mail server's yes and our note of it: the letter is sent again, and known by its number."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.databases import rows, surroundings

CHILD = "plats.web.notices.tests.outbox_child"
TIME_LIMIT = 120


def _run(act: str, home: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-m", CHILD, act, str(home)],
        env=surroundings(home),
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr[-3000:]
    return done.returncode


def _numbers(home: Path) -> list[str]:
    """The Message-ID of each letter in the folder, in the order they came."""
    text = "".join(path.read_text() for path in sorted((home / "mail").iterdir()))
    return re.findall(r"^Message-ID: (<.+>)$", text, re.MULTILINE)


def test_a_letter_is_never_lost_and_one_sent_twice_has_one_number(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert _run("prepare", home) == 0
    assert rows(home, "SELECT tries FROM notices_letter") == [(0,)]
    assert _run("die", home) == -signal.SIGKILL
    assert len(_numbers(home)) == 1
    assert rows(home, "SELECT tries, sent_at FROM notices_letter") == [(1, None)]
    assert _run("send", home) == 0
    first, second = _numbers(home)
    assert first == second
    assert rows(home, "SELECT COUNT(*) FROM notices_letter WHERE sent_at IS NOT NULL") == [(1,)]
    assert rows(home, "SELECT COUNT(*) FROM notices_notice WHERE mailed_at IS NOT NULL") == [(1,)]
    assert _run("send", home) == 0
    assert len(_numbers(home)) == 2, "What is noted as sent is not sent again."
