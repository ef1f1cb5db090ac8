"""Access over files: places where people live and services in, access for each place out.

Straight lines are taken for a block of places at a time, so memory does not grow with the number of pairs. A network
and a matrix are as large as their pairs within reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from plats.analysis.access.decay import Decay
from plats.analysis.access.kept import Hidden, KeptWeights
from plats.analysis.access.nearest import nearest
from plats.analysis.access.network import network_of, network_pairs
from plats.analysis.access.opportunities import cumulative, gravity
from plats.analysis.access.pairs import DistanceKind, Pairs, pairs_from_list
from plats.analysis.access.results import Access, Reason, as_supply
from plats.analysis.access.straight_line import known_services, metric_points, straight_line_pairs
from plats.analysis.arrays import FloatArray
from plats.engine.tables import TableError, columns_of, read_numbers, read_text, require_kind, write_table

METHODS = ("nearest", "cumulative", "gravity", "2sfca", "e2sfca", "3sfca")
SHARED = ("2sfca", "e2sfca", "3sfca")
WITH_DECAY = ("gravity", "e2sfca", "3sfca")
# The most pairs that a block of places can have, and the fewest places in one.
_PAIRS_PER_BLOCK, _LEAST_ROWS = 4_000_000, 256
_KIND_OF_COLUMN = {"minutes": DistanceKind.MINUTES, "network_metres": DistanceKind.NETWORK_METRES}

Progress = Callable[[str, int, int], None]
Blocks = Callable[[], Iterator[tuple[slice, Pairs]]]


class AccessError(ValueError):
    """Files or choices that give no access; the message says what to do."""


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
        self.homes, self.services = _ids(task.demand), _ids(task.supply)
        self.columns = columns_of(task.demand)
        self.amounts = _amounts(task)
        self.people = read_numbers(task.demand, ["people"])[:, 0] if task.method in SHARED else None
        self.kind, self.blocks = self._source()
        self.pairs = 0

    def run(self) -> dict[str, Any]:
        if self.task.method == "nearest":
            values, reasons, extra = self._nearest()
        else:
            values, reasons, extra = self._plain() if self.people is None else self._shared(self.people)
        result = "distance" if self.task.method == "nearest" else "access"
        columns = {"id": self.homes, result: _known(values), "reason": _names(reasons)} | extra
        columns["distance_kind"] = np.full(len(self.homes), str(self.kind))
        write_table(self.task.out, columns)
        return self._summary(values, reasons)

    def _nearest(self) -> tuple[FloatArray, npt.NDArray[np.int8], dict[str, Any]]:
        found = [nearest(pairs, self.amounts) for _, pairs in self._told("närmaste")]
        values, reasons = _joined(found, "distances"), _joined(found, "reasons")
        chosen = _joined(found, "supply")
        names = np.array([self.services[index] if index >= 0 else None for index in chosen], dtype=object)
        return values, reasons, {"nearest": names}

    def _plain(self) -> tuple[FloatArray, npt.NDArray[np.int8], dict[str, Any]]:
        found: list[Access] = []
        for _, pairs in self._told(self.task.method):
            if self.task.decay is None:
                found.append(cumulative(pairs, self.amounts))
            else:
                found.append(gravity(pairs, self.amounts, decay=self.task.decay))
        return _joined(found, "values"), _joined(found, "reasons"), {}

    def _shared(self, people: FloatArray) -> tuple[FloatArray, npt.NDArray[np.int8], dict[str, Any]]:
        """Two rounds over the blocks: how many use each service, and what that leaves for each."""
        amounts = as_supply(self.amounts, len(self.services))
        crowd = np.zeros(len(amounts))
        for rows, pairs in self._told("hur många som delar"):
            crowd += self._kept(people[rows], pairs).crowd(amounts)
        self.pairs = 0
        found = [
            self._kept(people[rows], pairs).shared(amounts, crowd)
            for rows, pairs in self._told("vad det ger var och en")
        ]
        return _joined(found, "values"), _joined(found, "reasons"), {}

    def _kept(self, people: FloatArray, pairs: Pairs) -> KeptWeights:
        hidden: Hidden = "exclude" if self.task.leave_out_hidden else "refuse"
        choosing = self.task.method == "3sfca"
        return KeptWeights(pairs, people, decay=self.task.decay, choosing=choosing, hidden=hidden)

    def _told(self, what: str) -> Iterator[tuple[slice, Pairs]]:
        for rows, pairs in self.blocks():
            self.pairs += len(pairs.supply)
            yield rows, pairs
            self.progress(what, min(rows.stop, len(self.homes)), len(self.homes))

    def _source(self) -> tuple[DistanceKind, Blocks]:
        task = self.task
        if task.matrix is not None:
            whole = _matrix(task, task.matrix, self.homes, self.services)
        else:
            homes = metric_points(task.demand.name, read_numbers(task.demand, ["x", "y"]))
            services = known_services(read_numbers(task.supply, ["x", "y"]))
            if task.network is None:
                return DistanceKind.STRAIGHT_LINE_METRES, lambda: _lines(homes, services, task.reach)
            whole = network_pairs(homes, services, network=_network(task.network), reach=task.reach)
        return whole.kind, lambda: iter([(slice(0, whole.demands), whole)])

    def _summary(self, values: FloatArray, reasons: npt.NDArray[np.int8]) -> dict[str, Any]:
        summary: dict[str, Any] = {
            "method": self.task.method,
            "distance_kind": str(self.kind),
            "reach": self.task.reach,
            "places": len(self.homes),
            "services": len(self.services),
            "pairs": self.pairs,
            "reasons": {reason.name.lower(): int((reasons == reason).sum()) for reason in Reason},
            "out": str(self.task.out),
        }
        return summary | _equity(self.task, self.columns, values)


def _require_choices(task: AccessTask) -> None:
    require_kind(task.out)
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


def _ids(path: Path) -> npt.NDArray[np.str_]:
    names = read_text(path, "id")
    found, times = np.unique(names, return_counts=True)
    if (times > 1).any():
        raise AccessError(
            f"{path.name}: id {found[times > 1][0]} står på flera rader. Varje plats ska ha ett eget id."
        )
    return names


def _amounts(task: AccessTask) -> FloatArray | None:
    if "amount" in columns_of(task.supply):
        return read_numbers(task.supply, ["amount"])[:, 0]
    if task.method in SHARED:
        raise AccessError(
            f"{task.supply.name}: kolumnen amount saknas. Ange hur mycket varje plats erbjuder, till exempel 1."
        )
    return None


def _lines(homes: FloatArray, services: FloatArray, reach: float) -> Iterator[tuple[slice, Pairs]]:
    size = max(_LEAST_ROWS, _PAIRS_PER_BLOCK // max(len(services), 1))
    for start in range(0, len(homes), size):
        rows = slice(start, start + size)
        yield rows, straight_line_pairs(homes[rows], services, reach=reach)


def _network(path: Path) -> Any:
    ends = read_numbers(path, ["from_x", "from_y", "to_x", "to_y", "metres"])
    lacking = int(np.isnan(ends).any(axis=1).sum())
    if lacking:
        raise AccessError(f"{path.name}: {lacking} kanter saknar ett tal. Fyll i dem eller ta bort dem.")
    one_way = read_numbers(path, ["one_way"])[:, 0] == 1 if "one_way" in columns_of(path) else None
    nodes, node = np.unique(ends[:, :4].reshape(-1, 2), axis=0, return_inverse=True)
    starts, stops = node.reshape(-1, 2).T
    return network_of(nodes, starts, stops, ends[:, 4], one_way)


def _matrix(
    task: AccessTask, path: Path, homes: npt.NDArray[np.str_], services: npt.NDArray[np.str_]
) -> Pairs:
    there = [name for name in columns_of(path) if name in _KIND_OF_COLUMN]
    if len(there) != 1:
        raise AccessError(f"{path.name}: ange en kolumn med avstånd, minutes eller network_metres.")
    return pairs_from_list(
        _places_of(path, "demand", homes, task.demand),
        _places_of(path, "supply", services, task.supply),
        read_numbers(path, there)[:, 0],
        shape=(len(homes), len(services)),
        kind=_KIND_OF_COLUMN[there[0]],
        reach=task.reach,
    )


def _places_of(path: Path, column: str, names: npt.NDArray[np.str_], among: Path) -> npt.NDArray[np.int64]:
    """Which place each row of the matrix names."""
    asked, order = read_text(path, column), np.argsort(names)
    if not len(names):
        raise AccessError(f"{among.name} har inga rader.")
    found: npt.NDArray[np.int64] = order[np.minimum(np.searchsorted(names[order], asked), len(names) - 1)]
    unknown = names[found] != asked
    if unknown.any():
        raise AccessError(
            f"{path.name}: {column} {asked[unknown][0]} finns inte i {among.name} ({unknown.sum()} rader). "
            "Ta bort raderna eller lägg till platsen."
        )
    return found


def _joined(found: list[Any], name: str) -> npt.NDArray[Any]:
    if not found:
        raise AccessError("Filen med platser där folk bor har inga rader.")
    return np.concatenate([getattr(one, name) for one in found])


def _known(values: FloatArray) -> npt.NDArray[np.object_]:
    """Numbers with an empty cell where there is none."""
    cells = values.astype(np.object_)
    cells[np.isnan(values)] = None
    return cells


def _names(reasons: npt.NDArray[np.int8]) -> npt.NDArray[np.str_]:
    return np.array([reason.name.lower() for reason in Reason])[reasons]


def _equity(task: AccessTask, columns: list[str], values: FloatArray) -> dict[str, Any]:
    """Whether access follows need, where the file says need and people; a distance is no access."""
    from plats.analysis.access.equity import access_by_need, concentration_index

    if task.method == "nearest" or not {"need", "people"} <= set(columns):
        return {}
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
