"""A scheduler or a worker as a process of its own: `cluster_process.py scheduler | worker [FOLDER]`.

A worker reads the scheduler's address when it is ready for it, so that the processes start beside each other.

A worker that is given a folder stops in its second part, with the first done, and says so by opening the pipe
`working` there; it never comes further.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from distributed import Scheduler, Worker

from plats.analysis.kernels.disks import warm
from plats.engine import cluster

HERE = "tcp://127.0.0.1"
answer_alone = cluster._answer_alone


async def schedule() -> None:
    async with Scheduler(host=HERE, port=0, dashboard=False) as scheduler:
        sys.stdout.write(f"{scheduler.address}\n")
        sys.stdout.flush()
        await scheduler.finished()


async def work() -> None:
    warm()
    address = sys.stdin.readline().strip()
    async with Worker(address, host=HERE, nthreads=1, dashboard=False, death_timeout=30) as worker:
        sys.stdout.write("there\n")
        sys.stdout.flush()
        await worker.finished()


def stop_in_the_second(folder: Path) -> None:
    begun: list[str] = []

    def stopping(grid, question, task):
        begun.append(task.name)
        if len(begun) == 2:
            # Opens when the test has opened its end to read, and is held open: the test reads who works, and kills.
            with (folder / "working").open("w") as pipe:
                pipe.write(f"{os.getpid()}\n")
                pipe.flush()
                (folder / "never").read_text()
        return answer_alone(grid, question, task)

    cluster._answer_alone = stopping
    stopping.__module__, stopping.__qualname__ = cluster.__name__, "_answer_alone"


if __name__ == "__main__":
    role, *more = sys.argv[1:]
    if more:
        stop_in_the_second(Path(more[0]))
    asyncio.run(schedule() if role == "scheduler" else work())
