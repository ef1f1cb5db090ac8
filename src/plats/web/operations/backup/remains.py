"""Work in folders and files that a killed process may leave: the next one tells those from another's by a lock."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plats.web.operations.backup.errors import BackupError


@contextmanager
def work_folder(home: Path, name: str) -> Iterator[Path]:
    """A folder of one's own in the home folder, gone afterwards; what killed ones have left goes too."""
    for left in home.glob(f".{name}-*"):
        remove_if_left(left)
    while True:
        folder = Path(tempfile.mkdtemp(dir=home, prefix=f".{name}-"))
        handle = os.open(folder, os.O_RDONLY)
        if claim(handle, folder):
            break
        os.close(handle)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def claim(handle: int, path: Path) -> bool:
    """Hold what has just been made, as long as the handle is open. False when someone took it for left in between."""
    fcntl.flock(handle, fcntl.LOCK_EX)
    return path.exists()


def remove_if_left(path: Path) -> None:
    """Remove a file or folder whose maker is gone."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def judge_owner(home: Path) -> None:
    """Files made by another account than the service's are files that the service cannot read."""
    if home.exists() and home.stat().st_uid != os.geteuid():
        raise BackupError(
            f"{home} ägs av ett annat konto än det du kör som. Kör kommandot som det kontot, "
            f"till exempel: runuser -u {home.owner()} -- plats backup."
        )
