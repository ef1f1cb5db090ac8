"""kill -9 at random moments during import and derive: the store stays readable and the next run completes.

Each round starts the work in a process of its own, kills it at a moment drawn from how long a whole run takes,
reads the store, and then lets a run finish. Every fifth round starts from an empty folder.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.kill_child import CHANGED_AREA
from plats.facts.versions import FactStore

SEED = 20261123
FRESH_EVERY = 5
ROOT = Path(__file__).parents[1]
TIME_LIMIT = 120


@dataclass
class Tally:
    """What the kills hit."""

    killed: int = 0
    too_late: int = 0  # the run had finished before the signal
    left: Counter[str] = field(default_factory=Counter)


def kill_loop(
    home: Path,
    rounds: int,
    *,
    seed: int = SEED,
    datasets: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Tally:
    """Kill `rounds` runs, checking the store after each kill and after the run that follows."""
    moments = random.Random(seed)  # noqa: S311 - moments to kill at, not secrets
    lengths = {True: _whole_run(home, 1000, datasets), False: _whole_run(home, 1001, datasets)}
    tell(f"En körning tar {lengths[True]:.1f} s i en tom mapp och {lengths[False]:.1f} s därefter.")
    tally = Tally()
    people = 1001
    while tally.killed < rounds:
        fresh = tally.killed % FRESH_EVERY == 0
        if fresh:
            shutil.rmtree(home)
        moment = moments.uniform(0, lengths[fresh])
        finished = _killed_run(home, people + 1, datasets, after=moment)
        people += 2
        seen = check(home)
        _whole_run(home, people, datasets)
        check_finished(home, people)
        if finished:
            tally.too_late += 1
            continue
        tally.killed += 1
        tally.left[seen] += 1
        tell(f"{tally.killed:3d}  dödad efter {moment:5.2f} s  {seen}; nästa körning blev klar")
    return tally


def check(home: Path) -> str:
    """What a reader meets after the kill, in words; an error when it is not a whole store."""
    store = FactStore(home)
    if not store.has_data():
        assert not store.versions() or len(store.versions()) == 1, "Versioner utan pekare."
        return "tom mapp, som före första inläsningen"
    version = store.current()
    assert version.problems() == [], version.problems()
    assert version.table("observations").num_rows > 0
    for name in version.manifest["tables"]:
        version.table(name)
    assert all(store.snapshots.verify(one.sha256) for one in store.snapshots.all()), (
        "En frusen fil är skadad."
    )
    return "version läsbar, härledd" if version.file("indicators").exists() else "version läsbar, inläst"


def check_finished(home: Path, people: int) -> None:
    """The run that followed imported its figure, derived from it, and cleared what the killed one left."""
    store = FactStore(home)
    version = store.current()
    assert version.problems() == []
    assert version.manifest["events"][-1]["act"] == "derive"
    for table in ("observations", "indicators"):
        named = "variable" if table == "observations" else "indicator"
        found = [
            row["value"]
            for row in version.table(table).to_pylist()
            if row[named] == "population" and row["area"] == CHANGED_AREA and row["period"] == "2022"
        ]
        assert found == [people], f"{table}: {found}, väntat {people}"
    assert not list((home / "versions").glob(".*")), "Ett utkast ligger kvar."
    assert not list((home / "snapshots").glob(".*")), "En halv frusen fil ligger kvar."
    store.prune(keep_newest=2)


# Internals


def _start(home: Path, people: int, datasets: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.kill_child", str(home), str(people), *datasets]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "ready"
    return child


def _whole_run(home: Path, people: int, datasets: Sequence[str]) -> float:
    """Seconds a run takes from the moment it begins to work."""
    child = _start(home, people, datasets)
    started = time.perf_counter()
    child.communicate(timeout=TIME_LIMIT)
    assert child.returncode == 0, f"Körningen avbröts med {child.returncode}."
    return time.perf_counter() - started


def _killed_run(home: Path, people: int, datasets: Sequence[str], *, after: float) -> bool:
    """Kill a run that many seconds after it begins to work; True when it had already finished."""
    child = _start(home, people, datasets)
    try:
        child.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=TIME_LIMIT)
    assert child.returncode in (0, -signal.SIGKILL), f"Körningen avbröts med {child.returncode}."
    return child.returncode == 0
