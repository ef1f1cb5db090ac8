"""Work in a child process that may be killed. A fork starts in a millisecond with everything imported."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

_BLOCK = 1 << 16


class Child:
    """A child at work. What it tells comes as lines."""

    def __init__(self, work: Callable[[Callable[[str], None]], object]) -> None:
        self._read, write = os.pipe()
        self._rest = b""
        self.lines: list[str] = []
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._read)
            _work_and_leave(work, write)
        os.close(write)

    def listen(self, seconds: float, *, until: str = "") -> bool:
        """Gather lines for so long, or until a line is the one asked for. False when the child is done."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not select.select([self._read], [], [], left)[0]:
                return True
            block = os.read(self._read, _BLOCK)
            if not block:
                return False
            *whole, self._rest = (self._rest + block).split(b"\n")
            self.lines += [line.decode() for line in whole]
            if until and until in self.lines:
                return True
        return True

    def kill(self) -> bool:
        """kill -9, and gather what it told before; False when it had finished already."""
        os.kill(self.pid, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def wait(self) -> int:
        """Gather what is left to gather; returns the exit code."""
        while self.listen(60):
            pass
        os.close(self._read)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def in_a_fork(work: Callable[[], Any]) -> Any:
    """Do the work in a child and return what it returned, which must go as JSON."""
    child = Child(lambda tell: tell(json.dumps(work())))
    code = child.wait()
    assert code == 0, f"The child ended with {code}."
    return json.loads(child.lines[-1])


# Internals


def _work_and_leave(work: Callable[[Callable[[str], None]], object], write: int) -> None:
    code = 1
    try:
        work(lambda line: _tell(write, line))
        code = 0
    except BaseException:  # noqa: BLE001  a child must never return into its parent's stack
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _tell(write: int, line: str) -> None:
    os.write(write, f"{line}\n".encode())
