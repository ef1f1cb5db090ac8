"""How a worker is asked to stop: it takes no more jobs, and the one under way gets a while to end by itself."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Event


@dataclass
class Stopping:
    """Whether someone has asked, and until when the job under way may go on."""

    grace_seconds: float = 0.0
    asked: Event = field(default_factory=Event)
    _until: float = 0.0

    def ask(self) -> None:
        """Stop after the job under way. Asked again: stop at its next word of progress."""
        self._until = time.monotonic() if self.asked.is_set() else time.monotonic() + self.grace_seconds
        self.asked.set()

    @property
    def is_over(self) -> bool:
        """Whether the job under way has had its time."""
        return self.asked.is_set() and time.monotonic() >= self._until

    def wait(self, seconds: float) -> bool:
        """Wait this long, or until someone asks. Returns whether someone has."""
        return self.asked.wait(seconds)
