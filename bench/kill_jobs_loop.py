"""kill -9 of workers in the middle of jobs: no job is left running, none ends twice, no two attempts run at once.

A steady worker runs all the time. Each round has another beside it, waits until that one has taken a job, and kills it
at a random moment of the job's length; the steady one finds the job and runs it again. At the end everything is read.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.kill_jobs_child import STEP_SECONDS, STEPS

SEED = 20261127
ROOT = Path(__file__).parents[1]
TIME_LIMIT = 120
JOBS_A_ROUND = 3
"""How many jobs are queued when both workers are ready, so that each has one."""


@dataclass
class Tally:
    """What the kills hit, and what was left when all was run."""

    killed: int = 0
    too_late: int = 0  # the worker had no job when the signal came
    jobs: int = 0
    done: int = 0
    failed: int = 0
    stuck: int = 0
    finish_entries: int = 0
    ended_twice: int = 0
    overlaps: int = 0
    worked_twice: int = 0
    chain_whole: bool = False
    killed_at: dict[int, float] = field(default_factory=dict)  # pid -> when

    @property
    def is_sound(self) -> bool:
        """Every job has ended, once; no two attempts ran at the same time; every end is on record."""
        nothing_wrong = self.stuck == self.ended_twice == self.overlaps == 0
        return (
            nothing_wrong and self.finish_entries == self.jobs == self.done + self.failed and self.chain_whole
        )


def kill_jobs_loop(
    home: Path, rounds: int, *, seed: int = SEED, tell: Callable[[str], None] = lambda _: None
) -> Tally:
    """Kill `rounds` workers in the middle of a job, and read what became of all jobs."""
    home.mkdir(parents=True, exist_ok=True)
    moments = random.Random(seed)  # noqa: S311 - moments to kill at, not secrets
    _run("prepare", home)
    tally, queued = Tally(), 0
    with _process(home, "queue") as queue, _process(home, "work") as steady:
        _wait_until_ready(home, steady)
        while tally.killed < rounds:
            with _process(home, "work") as doomed:
                _wait_until_ready(home, doomed)
                _queue(queue, queued)
                queued += JOBS_A_ROUND
                after = moments.uniform(0, STEPS * STEP_SECONDS)
                _kill_in_a_job(home, doomed, after, tally)
            tell(
                f"{tally.killed:3d}  dödad efter {after:.2f} s; {_unfinished(home, queued)} jobb kvar att göra"
            )
        _wait_until_quiet(home, steady, queued)
    _run("work", home, "--once")
    return _judged(home, tally)


# Internals


def _kill_in_a_job(home: Path, doomed: subprocess.Popen[str], after: float, tally: Tally) -> None:
    """Kill the worker some time after it has begun a job; count it when it then had one."""
    deadline = time.monotonic() + 10
    while not _holds_a_job(home, doomed.pid):
        if time.monotonic() > deadline:
            tally.too_late += 1  # the steady one was faster to all of them
            return
        time.sleep(0.005)
    time.sleep(after)
    doomed.send_signal(signal.SIGKILL)
    doomed.wait(timeout=TIME_LIMIT)
    tally.killed_at[doomed.pid] = time.monotonic()
    if _holds_a_job(home, doomed.pid):
        tally.killed += 1
    else:
        tally.too_late += 1


def _wait_until_ready(home: Path, worker: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + TIME_LIMIT
    while not any(line["pid"] == worker.pid for line in _ledger(home)):
        assert worker.poll() is None, f"En arbetare startade inte: {(home / 'work.log').read_text()[-3000:]}"
        assert time.monotonic() < deadline, "En arbetare blev aldrig klar att arbeta."
        time.sleep(0.02)


def _queue(queue: subprocess.Popen[str], first: int) -> None:
    assert queue.stdin is not None
    assert queue.stdout is not None
    queue.stdin.write(f"{first} {JOBS_A_ROUND}\n")
    queue.stdin.flush()
    assert queue.stdout.readline().strip() == "queued"


def _ledger(home: Path) -> list[dict[str, Any]]:
    path = home / "ledger.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _holds_a_job(home: Path, pid: int) -> bool:
    """Whether the last this worker noted is that it has begun a job."""
    mine = [line["event"] for line in _ledger(home) if line["pid"] == pid]
    return bool(mine) and mine[-1] == "begun"


def _unfinished(home: Path, queued: int) -> int:
    return queued - len({line["job"] for line in _ledger(home) if line["event"] == "worked"})


def _wait_until_quiet(home: Path, steady: subprocess.Popen[str], queued: int) -> None:
    deadline = time.monotonic() + TIME_LIMIT
    while _unfinished(home, queued) and time.monotonic() < deadline:
        assert steady.poll() is None, "Den arbetare som inte dödades är inte igång."
        # One that has failed for good after three kills is never worked.
        if time.monotonic() - max((line["at"] for line in _ledger(home)), default=0) > 8:
            return
        time.sleep(0.1)


def _judged(home: Path, tally: Tally) -> Tally:
    told = json.loads(_run("told", home))
    states = Counter(job["state"] for job in told["jobs"])
    ends = Counter(number for _act, number in told["ends"])
    ledger = _ledger(home)
    worked = Counter(line["job"] for line in ledger if line["event"] == "worked")
    tally.jobs = len(told["jobs"])
    tally.done, tally.failed = states["done"], states["failed"]
    tally.stuck = tally.jobs - tally.done - tally.failed + told["queued"]
    tally.finish_entries = len(told["ends"])
    tally.ended_twice = sum(count > 1 for count in ends.values())
    tally.worked_twice = sum(count > 1 for count in worked.values())
    tally.overlaps = _overlaps(ledger, tally.killed_at)
    tally.chain_whole = told["chain_whole"]
    return tally


def _overlaps(ledger: list[dict[str, Any]], killed_at: dict[int, float]) -> int:
    """How often an attempt began before the one before it on the same job had worked or been killed."""
    begun = [line for line in ledger if line["event"] == "begun"]
    worked = {(line["job"], line["attempt"]): line["at"] for line in ledger if line["event"] == "worked"}
    count = 0
    for one in begun:
        for other in begun:
            if one["job"] == other["job"] and one["attempt"] < other["attempt"]:
                over = worked.get((one["job"], one["attempt"]), killed_at.get(one["pid"], float("inf")))
                count += other["at"] < over
    return count


def _run(act: str, home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench.kill_jobs_child", act, str(home), *words],
        cwd=ROOT,
        env=_surroundings(),
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    assert done.returncode == 0, f"{act} avbröts:\n{done.stderr[-3000:]}"
    return done.stdout


@contextmanager
def _process(home: Path, act: str) -> Iterator[subprocess.Popen[str]]:
    """One that runs beside; stopped when the block is left, unless it is dead already."""
    command = [sys.executable, "-m", "bench.kill_jobs_child", act, str(home)]
    pipe = subprocess.PIPE if act == "queue" else None
    with (home / f"{act}.log").open("a") as log:
        child = subprocess.Popen(
            command, cwd=ROOT, env=_surroundings(), stdin=pipe, stdout=pipe or log, stderr=log, text=True
        )
    try:
        yield child
    finally:
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()
        if child.poll() is None:
            child.terminate()
            child.wait(timeout=TIME_LIMIT)


def _surroundings() -> dict[str, str]:
    """What a test run has put in the environment is not for these."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PLATS_", "DJANGO_"))}
