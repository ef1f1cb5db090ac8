"""Contexts over a file: cells or points with people in, who lives around each out; one part and one year at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from plats.analysis.contexts.cells import Hidden, cells_of_points
from plats.analysis.contexts.grid import PeopleGrid, grid_of_cells, grid_of_points
from plats.analysis.contexts.nearest import nearest_people, why_no_context, why_not_shown
from plats.analysis.contexts.radius import people_within
from plats.engine.parts import Columns, Parts, fingerprint_of, open_parts
from plats.engine.tables import TableError, read_numbers, require_apart

# Changes when the same input and the same question would give other bytes.
METHOD = "kontexter/1"
PLACES_IN_A_PART = 50_000

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the file."""

    total: str
    groups: tuple[str, ...]
    k: tuple[int, ...] = ()
    radius: tuple[float, ...] = ()
    cell: float
    x: str = "x"
    y: str = "y"
    year: str | None = None
    points: bool = False  # several rows may lie in the same cell, and are put together
    hidden: Hidden = "refuse"


@dataclass(frozen=True, slots=True)
class Task:
    """One part of the answer: some of the grid's cells, of one year."""

    name: str
    year: float | None
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made."""

    rows: int
    parts: int
    made: int  # parts made in this run; the others were there
    excluded: int  # rows left out because a figure was missing


class Runner(Protocol):
    """Who answers the parts of one year: this process, or a cluster. Yields each as soon as it is made."""

    def __call__(
        self, grid: PeopleGrid, question: Question, tasks: Sequence[Task]
    ) -> Iterator[tuple[str, Columns]]: ...


def contexts_of_file(
    source: Path, target: Path, question: Question, *, progress: Progress, run: Runner | None = None
) -> Outcome:
    """Who lives around each populated cell of the file, written to another.

    Holds the cells of one year and one part of the answer in memory. Broken off, it goes on where it was when it is
    asked the same again.
    """
    if not question.k and not question.radius:
        raise TableError("Säg hur många av de närmaste (--k) eller hur långt bort (--radius).")
    require_apart(target, source)
    people = _People(source, question)
    tasks: list[Task] = []
    excluded = 0
    for year in _years(source, question):
        grid = people.of(year)
        _require_shown(grid, question)
        excluded += grid.excluded
        tasks += _tasks(year, len(grid.cells))
    parts = open_parts(
        target, fingerprint_of(source, asdict(question) | {"method": METHOD}), [t.name for t in tasks]
    )
    made = _make(people, tasks, parts, progress, run or answered_here)
    return Outcome(parts.join(target), len(tasks), made, excluded)


def answered_here(
    grid: PeopleGrid, question: Question, tasks: Sequence[Task]
) -> Iterator[tuple[str, Columns]]:
    """Answer the parts one after another in this process, on all of its cores."""
    for task in tasks:
        yield task.name, answer(grid, question, task)


def answer(grid: PeopleGrid, question: Question, task: Task, threads: int | None = None) -> Columns:
    """One part: a row per cell, with its south-west corner in metres, and a share per question and group."""
    at = grid.cells[task.start : task.stop]
    corner = at * grid.cell_metres
    columns: dict[str, npt.NDArray[np.generic]] = {}
    if question.year is not None and task.year is not None:
        columns[question.year] = np.full(len(at), int(task.year))
    columns |= {question.x: corner[:, 0], question.y: corner[:, 1]}
    columns[question.total] = grid.counts[task.start : task.stop, 0].astype(np.int64)
    if question.k:
        near = nearest_people(grid, question.k, at=at, threads=threads)
        shares = near.shares
        for which, k in enumerate(question.k):
            columns[f"k{k}_radius"] = near.radius_metres[:, which]
            columns[f"k{k}_people"] = near.people[:, which]
            columns |= {f"k{k}_{name}": shares[:, which, g] for g, name in enumerate(question.groups)}
    if question.radius:
        within = people_within(grid, question.radius, at=at, threads=threads)
        shares = within.shares
        for which, radius in enumerate(question.radius):
            columns[f"r{radius:g}_people"] = within.people[:, which]
            columns |= {f"r{radius:g}_{name}": shares[:, which, g] for g, name in enumerate(question.groups)}
    return columns


# Internals


class _People:
    """The grid of one year of the file at a time, the last one kept: most files have only one."""

    def __init__(self, source: Path, question: Question) -> None:
        self._source, self.question = source, question
        self._kept: tuple[float | None, PeopleGrid] | None = None

    def of(self, year: float | None) -> PeopleGrid:
        if self._kept is None or self._kept[0] != year:
            self._kept = None  # two would not fit where one does
            self._kept = (year, _grid(self._source, self.question, year))
        return self._kept[1]


def _make(people: _People, tasks: Sequence[Task], parts: Parts, progress: Progress, run: Runner) -> int:
    """Make the parts that are missing, a year at a time; returns how many they were."""
    missing = set(parts.missing())
    done = len(tasks) - len(missing)
    progress("delar klara", done, len(tasks))
    for year in dict.fromkeys(task.year for task in tasks):
        wanted = [task for task in tasks if task.year == year and task.name in missing]
        if not wanted:
            continue
        for name, columns in run(people.of(year), people.question, wanted):
            parts.write(name, columns)
            done += 1
            progress(f"del {name}", done, len(tasks))
    return len(missing)


def _years(source: Path, question: Question) -> list[float | None]:
    if question.year is None:
        return [None]
    found = np.unique(read_numbers(source, [question.year]))
    if not len(found) or not (np.isfinite(found) & (found == np.floor(found))).all():
        raise TableError(f"{source.name}: kolumnen {question.year} ska vara ett helt årtal på varje rad.")
    return [float(year) for year in found]


def _grid(source: Path, question: Question, year: float | None) -> PeopleGrid:
    where = None if question.year is None or year is None else (question.year, year)
    names = [question.x, question.y, question.total, *question.groups]
    figures = read_numbers(source, names, where)
    metres, total, groups = figures[:, :2], figures[:, 2], figures[:, 3:]
    try:
        if question.points:
            return grid_of_points(metres, total, groups, cell_metres=question.cell, hidden=question.hidden)
        cells = cells_of_points(metres, question.cell)
        return grid_of_cells(cells, total, groups, cell_metres=question.cell, hidden=question.hidden)
    except ValueError as error:
        told = source.name if year is None else f"{source.name}, {year:.0f}"
        raise TableError(f"{told}: {error}") from error


def _require_shown(grid: PeopleGrid, question: Question) -> None:
    for k in question.k:
        reason = why_no_context(grid, k) or why_not_shown(k, grid.counts[:, 0])
        if reason is not None:
            raise TableError(f"k = {k}: {reason}")


def _tasks(year: float | None, cells: int) -> list[Task]:
    label = "" if year is None else f"{year:.0f}-"
    return [
        Task(f"{label}{number:05d}", year, start, min(start + PLACES_IN_A_PART, cells))
        for number, start in enumerate(range(0, cells, PLACES_IN_A_PART))
    ]
