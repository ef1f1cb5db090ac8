"""Doing something over and over beside the work, in a thread with its own connection to the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType

from django.db import close_old_connections, connection

_log = logging.getLogger(__name__)


def renew_connection() -> None:
    """Let go of a connection that has become too old or has broken, as Django does between two requests. Never of one
    that someone is in a transaction on."""
    if not connection.in_atomic_block:
        close_old_connections()


class Repeating:
    """Calls `act` every so often until the block is left. A call that fails is logged, and the next one is made."""

    def __init__(self, name: str, every: timedelta, act: Callable[[], object]) -> None:
        self._every = every.total_seconds()
        self._act = act
        self._over = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        # Waited for: what it writes must not come after what the block's end writes.
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._over.wait(self._every):
                renew_connection()
                try:
                    self._act()
                except Exception:  # noqa: BLE001  whatever broke, the next time may go well
                    _log.exception("%s failed; it is tried again", self._thread.name)
        finally:
            connection.close()
