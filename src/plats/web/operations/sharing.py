"""Counts are kept in files that the processes share, so that one of them can answer for all.

    PLATS_HOME/run/metrics/web/     the processes of `plats serve`
    PLATS_HOME/run/metrics/worker/  those of `plats work`

The files mean nothing after a restart of the machine and are in no backup. Knows neither Django nor prometheus-client:
the environment variable must stand before the latter is imported.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_OF_PROCESS = re.compile(r"_(\d+)\.db$")
_PROC = Path("/proc")


class Kind(StrEnum):
    """What a process of ours does."""

    WEB = "web"
    WORK = "worker"


def share_counts(home: Path, kind: Kind) -> None:
    """From now on this process and its children count in files. Called before Django is set up."""
    folder = _folder(home, kind)
    folder.mkdir(parents=True, exist_ok=True)
    # A start begins anew, as a counter may; what another running server counts is left alone.
    for path in folder.glob("*.db"):
        if not _is_running(_process_of(path)):
            path.unlink(missing_ok=True)
    os.environ[_VARIABLE] = str(folder)


def are_shared() -> bool:
    """Whether this process counts in files."""
    return _VARIABLE in os.environ


def count_files(home: Path) -> list[str]:
    """The files of every kind of process, the gone ones too: what they counted has happened."""
    return [str(path) for kind in Kind for path in sorted(_folder(home, kind).glob("*.db"))]


def processes(home: Path) -> dict[Kind, list[int]]:
    """The running processes of each kind."""
    return {kind: sorted(set(_running(home, kind))) for kind in Kind}


# Internals


def _folder(home: Path, kind: Kind) -> Path:
    return home / "run" / "metrics" / kind


def _running(home: Path, kind: Kind) -> Iterator[int]:
    for path in _folder(home, kind).glob("*.db"):
        if _is_running(number := _process_of(path)):
            yield number


def _process_of(path: Path) -> int:
    found = _OF_PROCESS.search(path.name)
    return int(found[1]) if found else 0


def _is_running(number: int) -> bool:
    """Whether the process is there and is one of ours: numbers are used again."""
    with suppress(OSError):
        return b"plats" in (_PROC / str(number) / "cmdline").read_bytes()
    return False
