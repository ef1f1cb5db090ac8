"""Access over files: places where people live and services in, access for each place out.

Straight lines are taken for a block of places at a time, so memory does not grow with the number of pairs, and each
block is kept as soon as it is made: broken off, it goes on from there. A network and a matrix are one block, as large
as their pairs within reach.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.analysis.access.decay import Decay
from plats.analysis.access.kept import Hidden, KeptWeights
from plats.analysis.access.nearest import nearest
from plats.analysis.access.network import network_pairs
from plats.analysis.access.opportunities import cumulative, gravity
from plats.analysis.access.pairs import DistanceKind, Pairs
from plats.analysis.access.results import Access, Reason, as_supply
from plats.analysis.access.straight_line import known_services, metric_points, straight_line_pairs
from plats.analysis.arrays import FloatArray
from plats.engine.access_files import AccessError, amounts_of, ids_of, network_of_file, pairs_of_file
from plats.engine.parts import fingerprint_of, hash_of, open_parts
from plats.engine.tables import TableError, columns_of, read_numbers, read_text, require_apart, require_kind

# Changes when the same input and the same question would give other bytes.
VERSION = "tillgänglighet/2"
METHODS = ("nearest", "cumulative", "gravity", "2sfca", "e2sfca", "3sfca")
REASONS = tuple(reason.name.lower() for reason in Reason)
SHARED = ("2sfca", "e2sfca", "3sfca")
WITH_DECAY = ("gravity", "e2sfca", "3sfca")
# The most pairs that a block of places can have, and the fewest places in one.
_PAIRS_PER_BLOCK, _LEAST_ROWS = 4_000_000, 256

Progress = Callable[[str, int, int], None]
Columns = dict[str, Any]


@dataclass(frozen=True)
class AccessTask:
    """What is asked: the files, the measure and its numbers."""

    demand: Path  # id, x, y; people for the shared measures; need if equity is asked for
    supply: Path  # id, x, y; amount
    out: Path
    method: str
    reach: float
    decay: Decay | None = None
    network: Path | None = None  # from_x, from_y, to_x, to_y, metres; one_way
    matrix: Path | None = None  # demand, supply, minutes or network_metres
    leave_out_hidden: bool = False


def run_access(task: AccessTask, progress: Progress) -> dict[str, Any]:
    """Do what is asked, write the file, and return a summary."""
    try:
        return _Run(task, progress).run()
    except TableError as error:
        raise AccessError(str(error)) from error
    except ValueError as error:
        raise AccessError(str(error)) from error


# Internals


class _Run:
    def __init__(self, task: AccessTask, progress: Progress) -> None:
        _require_choices(task)
        self.task, self.progress = task, progress
        self.homes, self.services = ids_of(task.demand), ids_of(task.supply)
        if not len(self.homes):
            raise AccessError("Filen med platser där folk bor har inga rader.")
        self.columns = columns_of(task.demand)
        self.amounts = amounts_of(task.supply, required=task.method in SHARED)
        self.people = read_numbers(task.demand, ["people"])[:, 0] if task.method in SHARED else None
        self.kind, self.size, self.pairs_of = self._source()
        blocks = [
            slice(at, min(at + self.size, len(self.homes))) for at in range(0, len(self.homes), self.size)
        ]
        self.blocks = {f"{number:05d}": rows for number, rows in enumerate(blocks)}
        self.crowds = {f"crowd-{name}": rows for name, rows in self.blocks.items() if task.method in SHARED}

    def run(self) -> dict[str, Any]:
        self.parts = open_parts(
            self.task.out, _fingerprint(self.task, self.size), [*self.crowds, *self.blocks]
        )
        self.missing = set(self.parts.missing())
        try:
            self._make()
        except ValueError:
            self.parts.give_up()
            raise
        self.parts.join(self.task.out, list(self.blocks))
        return self._summary()

    def _make(self) -> None:
        """Every block that is missing; for the shared measures in two rounds: how many use each service, and what
        that leaves for each."""
        if self.people is None:
            self._told(
                self.task.method, self.blocks, self._nearest if self.task.method == "nearest" else self._plain
            )
            return
        people, amounts = self.people, as_supply(self.amounts, len(self.services))
        self._told(
            "hur många som delar",
            self.crowds,
            lambda rows, pairs: {"crowd": self._kept(people[rows], pairs).crowd(amounts)},
        )
        crowd = np.zeros(len(amounts))
        for name in self.crowds:
            crowd += self.parts.numbers(name, "crowd")
        self._told(
            "vad det ger var och en",
            self.blocks,
            lambda rows, pairs: _answered(self._kept(people[rows], pairs).shared(amounts, crowd)),
        )

    def _told(self, what: str, blocks: dict[str, slice], ask: Callable[[slice, Pairs], Columns]) -> None:
        for name, rows in blocks.items():
            if name in self.missing:
                pairs = self.pairs_of(rows)
                columns = ask(rows, pairs)
                if name in self.blocks:
                    columns = {"id": self.homes[rows], **columns, "distance_kind": self._kinds(rows)}
                    columns["within_reach"] = np.diff(pairs.starts)
                self.parts.write(name, columns)
            self.progress(what, rows.stop, len(self.homes))

    def _nearest(self, _: slice, pairs: Pairs) -> Columns:
        found = nearest(pairs, self.amounts)
        names = [self.services[index] if index >= 0 else None for index in found.supply]
        columns = {"distance": _known(found.distances), "reason": _names(found.reasons)}
        return columns | {"nearest": pa.array(names, pa.string())}

    def _plain(self, _: slice, pairs: Pairs) -> Columns:
        if self.task.decay is None:
            return _answered(cumulative(pairs, self.amounts))
        return _answered(gravity(pairs, self.amounts, decay=self.task.decay))

    def _kinds(self, rows: slice) -> npt.NDArray[np.str_]:
        return np.full(rows.stop - rows.start, str(self.kind))

    def _kept(self, people: FloatArray, pairs: Pairs) -> KeptWeights:
        hidden: Hidden = "exclude" if self.task.leave_out_hidden else "refuse"
        choosing = self.task.method == "3sfca"
        return KeptWeights(pairs, people, decay=self.task.decay, choosing=choosing, hidden=hidden)

    def _source(self) -> tuple[DistanceKind, int, Callable[[slice], Pairs]]:
        """What the distances are, how many places a block has, and the pairs of such a block."""
        task = self.task
        if task.matrix is not None:
            whole = pairs_of_file(
                task.matrix, (self.homes, task.demand), (self.services, task.supply), task.reach
            )
        else:
            homes = metric_points(task.demand.name, read_numbers(task.demand, ["x", "y"]))
            services = known_services(read_numbers(task.supply, ["x", "y"]))
            if task.network is None:
                size = max(_LEAST_ROWS, _PAIRS_PER_BLOCK // max(len(services), 1))
                return (
                    DistanceKind.STRAIGHT_LINE_METRES,
                    size,
                    lambda rows: straight_line_pairs(homes[rows], services, reach=task.reach),
                )
            whole = network_pairs(homes, services, network=network_of_file(task.network), reach=task.reach)
        return whole.kind, len(self.homes), lambda _: whole

    def _summary(self) -> dict[str, Any]:
        reasons = read_text(self.task.out, "reason")
        summary: dict[str, Any] = {
            "method": self.task.method,
            "distance_kind": str(self.kind),
            "reach": self.task.reach,
            "places": len(self.homes),
            "services": len(self.services),
            "pairs": int(read_numbers(self.task.out, ["within_reach"]).sum()),
            "parts": len(self.parts.names),
            "made": len(self.missing),
            "reasons": {name: int((reasons == name).sum()) for name in REASONS},
            "out": str(self.task.out),
        }
        return summary | _equity(self.task, self.columns)


def _fingerprint(task: AccessTask, size: int) -> str:
    others = {
        name: path and hash_of(path) for name, path in (("supply", task.supply), ("network", task.network))
    }
    others["matrix"] = task.matrix and hash_of(task.matrix)
    asked = [task.method, task.reach, repr(task.decay), task.leave_out_hidden, size]
    return fingerprint_of(task.demand, {"version": VERSION, "asked": asked} | others)


def _require_choices(task: AccessTask) -> None:
    require_kind(task.out)
    require_apart(task.out, task.demand, task.supply, task.network, task.matrix)
    if task.method not in METHODS:
        raise AccessError(f"Okänt mått '{task.method}'. Välj bland: {', '.join(METHODS)}.")
    if task.network is not None and task.matrix is not None:
        raise AccessError("Ange ett nät eller en matris, inte båda: avstånden ska komma från ett håll.")
    if task.method in WITH_DECAY and task.decay is None:
        raise AccessError(
            f"{task.method} behöver en vikt för avståndet. Ange till exempel --decay gaussian:1000."
        )
    if task.method not in WITH_DECAY and task.decay is not None:
        raise AccessError(f"{task.method} väger inte avstånd. Ta bort --decay, eller välj e2sfca.")


def _answered(found: Access) -> Columns:
    return {"access": _known(found.values), "reason": _names(found.reasons)}


def _known(values: FloatArray) -> Any:
    """Numbers with an empty cell where there is none."""
    return pa.array(values, mask=np.isnan(values))


def _names(reasons: npt.NDArray[np.int8]) -> npt.NDArray[np.str_]:
    return np.array(REASONS)[reasons]


def _equity(task: AccessTask, columns: list[str]) -> dict[str, Any]:
    """Whether access follows need, where the file says need and people; a distance is no access."""
    from plats.analysis.access.equity import access_by_need, concentration_index

    if task.method == "nearest" or not {"need", "people"} <= set(columns):
        return {}
    values = read_numbers(task.out, ["access"])[:, 0]
    need, people = read_numbers(task.demand, ["need", "people"]).T
    known = ~(np.isnan(values) | np.isnan(need) | np.isnan(people))
    parts = access_by_need(values[known], need[known], people[known])
    return {
        "by_need": {
            "places": int(known.sum()),
            "left_out": int((~known).sum()),
            "fifths": [float(mean) for mean in parts.means],
            "gap": parts.gap,
            "ratio": parts.ratio,
            "concentration_index": concentration_index(values[known], need[known], people[known]),
        }
    }
