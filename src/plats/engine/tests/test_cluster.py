"""A scheduler and workers in processes of their own: the same bytes as one process, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Event, Thread

import pytest

from plats.engine import cluster, contexts
from plats.engine.cluster import ClusterError, answered_by
from plats.engine.contexts import Outcome, Question, contexts_of_file
from plats.engine.tests.countries import QUESTION, country

PROCESS = Path(__file__).with_name("cluster_process.py")


class Processes:
    """A scheduler and workers, each killed at the end."""

    def __init__(self, folder: Path) -> None:
        self.started: list[subprocess.Popen[str]] = []
        self._folder = folder

    def start(self, *words: str | Path) -> None:
        quiet = {"DASK_TEMPORARY_DIRECTORY": str(self._folder), "DASK_LOGGING__DISTRIBUTED": "critical"}
        command = [sys.executable, PROCESS, *words]
        pipe = subprocess.PIPE
        self.started.append(
            subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=os.environ | quiet)
        )

    def said(self, number: int = 0) -> str:
        """The one line that the process says, when it is there."""
        out = self.started[number].stdout
        assert out is not None
        return out.readline().strip()

    @cached_property
    def address(self) -> str:
        """Of the scheduler, which is the only one started."""
        return self.said()

    def join(self, scheduler: str) -> None:
        """Let the workers in, and wait until all are there."""
        for process in self.started:
            assert process.stdin is not None
            process.stdin.write(f"{scheduler}\n")
            process.stdin.flush()
        assert [self.said(number) for number in range(len(self.started))] == ["there"] * len(self.started)

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    made = Processes(tmp_path_factory.mktemp("scheduler"))
    made.start("scheduler")
    yield made
    made.end()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Processes]:
    made = Processes(tmp_path)
    os.mkfifo(tmp_path / "working")
    os.mkfifo(tmp_path / "never")
    yield made
    made.end()


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "PLACES_IN_A_PART", 100)
    monkeypatch.setattr(cluster, "LOOK_SECONDS", 0.2)


def asked(source: Path, target: Path, address: str | None = None, question: Question = QUESTION) -> Outcome:
    run = answered_by(address, patience=20) if address else None
    return contexts_of_file(source, target, question, progress=lambda *_: None, run=run)


def killer_of_who_works(folder: Path, killed: list[int], first_is_kept: Event) -> Thread:
    """Reads who is in the middle of its second part, and kills it when the first has been kept."""

    def kill() -> None:
        with (folder / "working").open() as pipe:
            killed.append(int(pipe.readline()))
            first_is_kept.wait()
            os.kill(killed[0], signal.SIGKILL)

    thread = Thread(target=kill)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("years", "rows", "parts"), [((), 900, 9), ((2021, 2022, 2023), 500 + 550 + 600, 5 + 6 + 6)]
)
def test_a_worker_that_is_killed_at_work_changes_no_byte(
    tmp_path: Path, scheduler: Processes, workers: Processes, years: tuple[int, ...], rows: int, parts: int
) -> None:
    workers.start("worker", tmp_path)
    workers.start("worker")
    source = country(tmp_path / "in.parquet", years)
    question = replace(QUESTION, year="year" if years else None)
    asked(source, tmp_path / "here.parquet", question=question)
    killed: list[int] = []
    kept = Event()
    kept.set()
    killer = killer_of_who_works(tmp_path, killed, kept)
    workers.join(scheduler.address)
    outcome = asked(source, tmp_path / "there.parquet", scheduler.address, question)
    killer.join()
    victim = workers.started[0]
    assert killed == [victim.pid]
    assert victim.wait() == -signal.SIGKILL
    assert (outcome.rows, outcome.made) == (rows, parts)
    assert (tmp_path / "there.parquet").read_bytes() == (tmp_path / "here.parquet").read_bytes()


def test_when_no_worker_is_left_it_is_told_and_what_is_made_is_kept(
    tmp_path: Path, scheduler: Processes, workers: Processes
) -> None:
    workers.start("worker", tmp_path)
    source = country(tmp_path / "in.parquet")
    kept = Event()
    killer = killer_of_who_works(tmp_path, [], kept)

    def progress(_: str, done: int, __: int) -> None:
        if done:
            kept.set()

    workers.join(scheduler.address)
    run = answered_by(scheduler.address, patience=20)
    with pytest.raises(ClusterError, match=r"Alla arbetare i klustret är borta, och 8 delar återstår"):
        contexts_of_file(source, tmp_path / "out.parquet", QUESTION, progress=progress, run=run)
    killer.join()
    assert asked(source, tmp_path / "out.parquet").made == 8


def test_nobody_at_the_address(tmp_path: Path) -> None:
    source = country(tmp_path / "in.parquet")
    run = answered_by("tcp://127.0.0.1:9", patience=0.2)
    with pytest.raises(
        ClusterError, match=r"Ingen schemaläggare med arbetare svarar på tcp://127\.0\.0\.1:9"
    ):
        contexts_of_file(source, tmp_path / "out.parquet", QUESTION, progress=lambda *_: None, run=run)


def test_without_dask_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    source = country(tmp_path / "in.parquet")
    run = answered_by("tcp://127.0.0.1:9")
    with pytest.raises(ClusterError, match=r"plats\[cluster\]"):
        contexts_of_file(source, tmp_path / "out.parquet", QUESTION, progress=lambda *_: None, run=run)
