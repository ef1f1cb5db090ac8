"""A worker beside the site, for one who runs both with one command."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import Any

STOP_SECONDS = 10


class WorkerBeside:
    """A child process that runs the jobs. It ends with the site however the site ends: it reads a pipe that only the
    site's processes hold open."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "plats.cli", "work", "--with-parent", "--grace", "0"],
            stdin=subprocess.PIPE,
        )

    def stop(self, _server: Any = None) -> None:
        """Ask it to stop, and wait a while: the job under way goes back to the queue at its next word of progress."""
        if self._child is not None:
            self._child.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(timeout=STOP_SECONDS)
