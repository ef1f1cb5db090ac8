"""Timing and telling, shared by the comparisons."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
NO_SHARED = "Mappen ../shared/data finns inte bredvid projektet; den här mätningen behöver den."


@dataclass(frozen=True)
class Timed:
    """The best and the median of a few runs, in seconds."""

    best: float
    median: float


def timed(work: Callable[[], Result], *, runs: int = 3) -> tuple[Timed, Result]:
    """Run the work a few times; the last result is returned."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - started)
    return Timed(min(seconds), statistics.median(seconds)), result


def run_apart(command: list[str], home: Path | None = None) -> tuple[float, float, str]:
    """Run a command of its own: seconds on the clock, seconds of computing, and what it printed.

    On a busy machine only the second says anything.
    """
    before, started = os.times(), time.perf_counter()
    environment = os.environ | ({"PLATS_HOME": str(home)} if home else {})
    said = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment
    ).stdout
    after = os.times()
    computing = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, computing, said


def against_peer(title: str, ours: Timed, peer: Timed, *, name: str, limit: float = 1.0) -> int:
    """Print one row of the table; 1 when we are slower than the limit allows."""
    ratio = ours.best / peer.best
    verdict = "ok" if ratio <= limit else "FÖR LÅNGSAMT"
    print(
        f"{title:<42} {ours.best:8.3f} s   {name} {peer.best:8.3f} s   kvot {ratio:5.2f} (högst {limit:.2f})  {verdict}"
    )
    return int(ratio > limit)


def against_limit(title: str, value: float, limit: float, unit: str) -> int:
    """Print one row of the table; 1 when the value is above the limit."""
    verdict = "ok" if value <= limit else "ÖVER GRÄNSEN"
    print(f"{title:<42} {value:8.2f} {unit}   gräns {limit:.2f} {unit}  {verdict}")
    return int(value > limit)


def our_python() -> str:
    """The Python that plats is run with: without the peers' libraries, some of which others look for."""
    own = ROOT / ".venv" / "bin" / "python"
    return str(own) if own.exists() else sys.executable


def busy() -> str:
    """How loaded the machine is: a time measured beside other work says little."""
    return f"last {os.getloadavg()[0]:.1f} på {os.cpu_count()} kärnor"
