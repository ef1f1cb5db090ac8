"""How often one may ask: so many requests a minute from one network, counted in this process.

A network, not an address: what is kept in memory says where from and not who, and only until the minute is over. A
site with several processes lets through as many times the limit as it has processes; a limit that all of them share
would cost a write to the database for each read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from plats.catalog.load import catalog

WINDOW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one network may still do in this minute."""

    limit: int
    used: int
    seconds_left: int

    @property
    def is_over(self) -> bool:
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """The headers that tell it, after the IETF's draft on rate limits."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.seconds_left),
        }
        return told | ({"Retry-After": str(self.seconds_left)} if self.is_over else {})


class Counter:
    """Counts requests by network, minute by minute. Nothing is remembered from the minute before."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._started = clock()
        self._used: dict[str, int] = {}

    def ask(self, network: str, limit: int) -> Allowance:
        """Count one request, and say what is left."""
        with self._lock:
            now = self._clock()
            if now - self._started >= WINDOW_SECONDS:
                self._started, self._used = now, {}
            used = self._used[network] = self._used.get(network, 0) + 1
            left = WINDOW_SECONDS - (now - self._started)
        return Allowance(limit, used, max(1, round(left)))


requests = Counter()
"""The counter of this process."""


def requests_per_minute() -> int:
    """The decided number: ``catalog/parameters/api/limits.yaml``."""
    return catalog().parameter("api", "limits", timezone.localdate()).whole("requests_per_minute")
