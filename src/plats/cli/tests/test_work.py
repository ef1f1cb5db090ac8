"""`plats work`, as real processes: what it runs, how it stops, and that it goes with the site."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.databases import copy_database, rows, surroundings

TIME_LIMIT = 120
_START = """
import sys
from plats.cli.output import set_up_django
set_up_django()
from plats.vocabulary.messages import Message
from plats.web.jobs.actions import start_job
from plats.web.jobs.kinds import JobKind
from plats.web.jobs.permissions import START
kind = JobKind(id="derive", label="", explanation="", run=None, permission=START, describe=lambda _: Message("Räkna"))
start_job(by=None, kind=kind, parameters={})
"""


def plats(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plats.cli", *words],
        env=surroundings(home),
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )


@pytest.fixture(scope="module")
def tables(huddinge: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with figures and tables. Copy it, never write to it."""
    home = tmp_path_factory.mktemp("work") / "home"
    shutil.copytree(huddinge, home)
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env=surroundings(home, DJANGO_SETTINGS_MODULE="plats.web.config.settings"),
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return home


@pytest.fixture
def prepared(tables: Path, tmp_path: Path) -> Path:
    """A home of the test's own with figures and tables."""
    home = tmp_path / "home"
    shutil.copytree(tables, home)
    copy_database(tables, home)
    return home


def start(home: Path) -> None:
    subprocess.run([sys.executable, "-c", _START], env=surroundings(home), check=True, timeout=TIME_LIMIT)


def states(home: Path) -> list[tuple[Any, ...]]:
    return rows(home, "SELECT state, attempts, handed_back FROM jobs_job ORDER BY id")


@contextmanager
def working(home: Path, *words: str, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    with (home / "work.log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "plats.cli", "work", *words],
            env=surroundings(home),
            stdout=log,
            stderr=log,
            **more,
        )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait(timeout=TIME_LIMIT)


def wait_until(what: Callable[[], bool], child: subprocess.Popen[bytes], home: Path) -> None:
    """Looks again and again at what other processes do; their own end ends the wait."""
    deadline = time.monotonic() + TIME_LIMIT
    while not what():
        assert time.monotonic() < deadline, (home / "work.log").read_text()
        try:
            child.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        assert what(), (home / "work.log").read_text()


def test_without_tables_it_says_what_to_do(tmp_path: Path) -> None:
    done = plats(tmp_path / "new", "work", "--once")
    assert done.returncode == 1
    assert "Kör plats init först" in done.stderr


def test_once_runs_what_is_queued_and_ends(prepared: Path) -> None:
    start(prepared)
    start(prepared)
    done = plats(prepared, "work", "--once", "--json")
    assert done.returncode == 0, done.stderr
    assert '"jobs": 2' in done.stdout
    assert states(prepared) == [("done", 1, 0), ("done", 1, 0)]
    assert done.stderr.count("(derive) done") == 2


def test_reap_tells_what_it_found(prepared: Path) -> None:
    start(prepared)
    done = plats(prepared, "work", "--reap", "--json")
    assert (done.returncode, done.stdout.split()) == (
        0,
        ["{", '"queued":', "0,", '"failed":', "0,", '"cancelled":', "0", "}"],
    )
    assert states(prepared) == [("queued", 0, 0)]


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_stop_hands_its_job_back_and_another_does_it(
    prepared: Path, asked: signal.Signals
) -> None:
    start(prepared)
    with working(prepared, "--grace", "0") as child:
        wait_until(lambda: states(prepared) == [("running", 1, 0)], child, prepared)
        child.send_signal(asked)
        assert child.wait(timeout=TIME_LIMIT) == 0
    # Handed back, or done: the signal may come after its last word of progress.
    assert states(prepared) in ([("queued", 1, 1)], [("done", 1, 0)])
    plats(prepared, "work", "--once")
    assert states(prepared)[0][0] == "done"


def test_a_worker_that_is_given_time_finishes_its_job(prepared: Path) -> None:
    start(prepared)
    with working(prepared, "--grace", "100") as child:
        wait_until(lambda: states(prepared) == [("running", 1, 0)], child, prepared)
        child.terminate()
        assert child.wait(timeout=TIME_LIMIT) == 0
    assert states(prepared) == [("done", 1, 0)]


def test_a_worker_beside_the_site_ends_when_the_site_is_killed(prepared: Path) -> None:
    """The other end of its standard in is held by the site alone."""
    reading, writing = os.pipe()
    with working(prepared, "--with-parent", "--grace", "0", stdin=reading) as child:
        os.close(reading)
        start(prepared)
        wait_until(lambda: states(prepared) == [("done", 1, 0)], child, prepared)
        assert child.poll() is None
        os.close(writing)
        assert child.wait(timeout=TIME_LIMIT) == 0


def test_a_restore_waits_for_no_one_and_a_worker_does_not_start_in_its_midst(prepared: Path) -> None:
    from plats.web.common.presence import alone

    with alone(prepared):
        done = plats(prepared, "work", "--once")
    assert done.returncode == 1
    assert "återställning pågår" in done.stderr
