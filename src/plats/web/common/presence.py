"""Who is in the home folder: a site or a worker that runs, or someone who must be alone there.

A lock and not a note: a process that is killed lets go of it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held: list[int] = []


class OccupiedError(ValueError):
    """The home folder is in use, or someone must be alone in it."""


def stay(home: Path) -> None:
    """Be in the home folder as long as this process lives, together with others. Called by what serves and works."""
    handle = _opened(home)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OccupiedError(
            f"En återställning pågår i {home}. Vänta tills den är klar och starta sedan igen."
        ) from None
    _held.append(handle)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Be alone in the home folder: nothing serves from it, and nothing can start to."""
    handle = _opened(home)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise OccupiedError(
            f"Webbplatsen eller arbetaren är igång i {home}, eller så pågår en återställning. "
            "Stanna tjänsterna och försök igen."
        ) from None
    finally:
        os.close(handle)


# Internals


def _opened(home: Path) -> int:
    home.mkdir(parents=True, exist_ok=True)
    # Not inherited: a program that we start is not us.
    return os.open(home / "in_use", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
