"""The same parts on several machines: a Dask cluster answers, this process keeps what comes.

The grid of a year goes once to every worker, since any cell may have its nearest people anywhere; the cells to ask
about are divided. A part is the same wherever it is made, so what a dead worker had begun is made again by another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import closing
from importlib import import_module
from typing import Any

from plats.analysis.contexts.grid import PeopleGrid
from plats.engine.contexts import Question, Runner, Task, answer
from plats.engine.parts import Columns
from plats.engine.tables import TableError

# How long no worker may answer before we give up, and how often we look.
PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 1.0


class ClusterError(TableError):
    """The cluster cannot be reached, or cannot go on; the message says what to do."""


def answered_by(address: str, patience: float = PATIENCE_SECONDS) -> Runner:
    """Who answers, when it is the cluster whose scheduler has that address."""

    def run(grid: PeopleGrid, question: Question, tasks: Sequence[Task]) -> Iterator[tuple[str, Columns]]:
        with closing(_connected(address, patience)) as client:
            yield from _gathered(client, grid, question, tasks, patience)

    return run


# Internals


def _distributed() -> Any:
    """Dask distributed, which is there only where it is wanted."""
    try:
        return import_module("distributed")
    except ImportError as error:
        raise ClusterError(
            "Dask saknas. Installera det med: pip install 'plats[cluster]', på varje dator."
        ) from error


def _connected(address: str, patience: float) -> Any:
    try:
        client = _distributed().Client(address, timeout=patience)
        client.wait_for_workers(1, timeout=patience)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"Ingen schemaläggare med arbetare svarar på {address}. Starta dask scheduler och dask worker, och "
            "kontrollera adressen."
        ) from error
    return client


def _gathered(
    client: Any, grid: PeopleGrid, question: Question, tasks: Sequence[Task], patience: float
) -> Iterator[tuple[str, Columns]]:
    """Each part as it comes, in no order."""
    wait = _distributed().wait
    everywhere = client.scatter(grid, broadcast=True)
    waiting = {
        client.submit(
            _answer_alone, everywhere, question, task, pure=False, key=f"plats-{task.name}-{id(grid)}"
        ): task
        for task in tasks
    }
    silent = 0.0
    while waiting:
        try:
            done = wait(list(waiting), timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED").done
        except CancelledError:  # what they are to read is on no worker any more
            raise _nobody_left(len(waiting)) from None
        except TimeoutError:
            silent = 0.0 if client.nthreads() else silent + LOOK_SECONDS
            if silent >= patience:
                raise _nobody_left(len(waiting)) from None
            continue
        silent = 0.0
        for future in done:
            task = waiting.pop(future)
            yield task.name, _result(future, task, len(waiting) + 1)


def _answer_alone(grid: PeopleGrid, question: Question, task: Task) -> Columns:
    """On one thread: a worker has as many tasks at once as it has threads."""
    return answer(grid, question, task, threads=1)


def _result(future: Any, task: Task, left: int) -> Columns:
    try:
        columns: Columns = future.result()
    except _distributed().KilledWorker as error:
        raise ClusterError(
            f"Flera arbetare har dött under del {task.name}; har de för lite minne? De delar som är klara ligger kvar: "
            "kör samma kommando igen."
        ) from error
    except CancelledError:
        raise _nobody_left(left) from None
    return columns


def _nobody_left(left: int) -> ClusterError:
    return ClusterError(
        f"Alla arbetare i klustret är borta, och {left} delar återstår. De som är klara ligger kvar: starta arbetare "
        "och kör samma kommando igen."
    )
