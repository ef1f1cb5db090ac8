"""Who is in the home folder: a site or a worker that runs, or someone who must be alone there.

A lock and not a note: a process that is killed lets go of it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held: dict[Path, int] = {}


class OccupiedError(ValueError):
    """The home folder is in use, or someone must be alone in it."""


def stay(home: Path) -> None:
    """Be in the home folder as long as this process lives, together with others. Called by what serves and works."""
    if home not in _held:
        _held[home] = _shared(home)


@contextmanager
def staying(home: Path) -> Iterator[None]:
    """Be in the home folder for a while, together with others."""
    handle = _shared(home)
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def alone(home: Path) -> Iterator[int]:
    """Be alone in the home folder: nothing serves from it, and nothing can start to.

    Yields the lock's handle. A program that is started with it keeps the lock for as long as it lives, also when the
    one who started it is killed.
    """
    handle = _opened(home)
    try:
        _lock(
            handle,
            fcntl.LOCK_EX,
            f"Webbplatsen eller arbetaren är igång i {home}, eller så pågår en säkerhetskopiering eller återställning. "
            "Stanna tjänsterna, vänta och försök igen.",
        )
        yield handle
    finally:
        os.close(handle)


# Internals


def _shared(home: Path) -> int:
    handle = _opened(home)
    try:
        _lock(
            handle,
            fcntl.LOCK_SH,
            f"En återställning pågår i {home}. Vänta tills den är klar och försök igen.",
        )
    except OccupiedError:
        os.close(handle)
        raise
    return handle


def _lock(handle: int, how: int, otherwise: str) -> None:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OccupiedError(otherwise) from None


def _opened(home: Path) -> int:
    home.mkdir(parents=True, exist_ok=True)
    # Not inherited: a program that we start is not us.
    return os.open(home / "in_use", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
