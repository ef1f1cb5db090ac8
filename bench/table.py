"""The engine's table: what was measured, beside the peer, what was required, and the machine's own limit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from bench.measure import ROOT, Timed, busy, timed

ROWS = ROOT / "var" / "bench" / "engine.json"


@dataclass(frozen=True)
class Row:
    """One work: our seconds, the peer's (None where none finishes), and the ratio that was required of us.

    `bound` is what the machine itself needs (memory read once, random numbers drawn), in seconds, with `bound_why`.
    `scaled` says that the peer ran fewer draws and its time was multiplied.
    """

    work: str
    ours: float
    peer: float | None = None
    peer_name: str = ""
    required: float | None = None
    limit_seconds: float | None = None
    ours_mb: float | None = None
    peer_mb: float | None = None
    bound: float | None = None
    bound_why: str = ""
    scaled: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as fast as the peer."""
        return self.peer / self.ours if self.peer is not None else None

    @property
    def holds(self) -> bool:
        """Whether what was required is met, as a ratio or as seconds."""
        fast = self.required is None or (self.ratio is not None and self.ratio >= self.required)
        return fast and (self.limit_seconds is None or self.ours <= self.limit_seconds)


def measured(ours: Callable[[], object], *, runs: int = 5) -> Timed:
    """The median of a few runs after one that is not counted, so that nothing is compiled or read from disk in it."""
    ours()
    return timed(ours, runs=runs)[0]


def told(row: Row) -> int:
    """Print the row, keep it for the table, and answer 1 when what was required is not met."""
    beside = "" if row.peer is None else f"   {row.peer_name} {row.peer:9.4f} s   {row.ratio:,.0f} gånger"
    asked = [f"krav {row.required:g} gånger"] if row.required is not None else []
    asked += [f"gräns {row.limit_seconds:g} s"] if row.limit_seconds is not None else []
    memory = (
        ""
        if row.ours_mb is None
        else f"   minne {row.ours_mb:,.0f} MB"
        + (f" mot {row.peer_mb:,.0f}" if row.peer_mb is not None else "")
    )
    bound = "" if row.bound is None else f"   maskinens gräns {row.bound:.4f} s ({row.bound_why})"
    print(
        f"{row.work:<58} {row.ours:9.4f} s{beside}   {', '.join(asked)}  {'ok' if row.holds else 'NÅR INTE'}"
        f"{memory}{bound}{'   ' + row.scaled if row.scaled else ''}; {busy()}"
    )
    keep(row)
    return int(not row.holds)


def keep(row: Row) -> None:
    """Put the row in var/bench/engine.json, in the place of an older one about the same work."""
    rows = json.loads(ROWS.read_text(encoding="utf-8")) if ROWS.exists() else {}
    rows[row.work] = asdict(row) | {"ratio": row.ratio, "holds": row.holds, "machine": busy()}
    ROWS.parent.mkdir(parents=True, exist_ok=True)
    ROWS.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def peer(package: str) -> str:
    """The peer by name and version."""
    return f"{package} {version(package)}"


def held_mb() -> float:
    """The most memory that this process has held, in MB.

    What arrays take is not seen from inside Python, and what the system tells of a child begins at what its parent
    held: so a process of its own says it of itself.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
