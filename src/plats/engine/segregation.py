"""Segregation of a file's places, one or many: every measure with its interval, and what each area adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.inference.bootstrap import (
    REDRAWN,
    Varies,
    evaluator,
    limits_of,
    redrawn_twice,
)
from plats.analysis.segregation.inference.fairness import reason_against
from plats.analysis.segregation.inference.stacks import MEASURES, PAIR_MEASURES, Stack
from plats.analysis.segregation.local import local_dissimilarity, local_mutual_information
from plats.analysis.segregation.missing import known_areas, require_known, why_no_answer
from plats.analysis.segregation.tables import as_groups
from plats.engine.parts import Columns, fingerprint_of, open_parts
from plats.engine.tables import TableError, read_numbers, read_text

Progress = Callable[[str, int, int], None]
REST = "övriga"
# Changes when the same input and the same question would give other bytes.
METHOD = "segregation/1"


@dataclass(frozen=True, slots=True)
class Question:
    """Which columns are what, and how the measures are to be told."""

    area: str
    groups: tuple[str, ...]
    total: str | None = None  # everybody, the groups included: then the rest is a group too
    by: str | None = None  # one place for each value
    measures: tuple[str, ...] = ()  # all when none is named
    varies: Varies = Varies.PEOPLE
    draws: int = 1000
    seed: int = 1
    level: float = 0.95
    exclude_missing: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of one place. NaN with its reason where there is no value or no interval."""

    place: str
    group: str  # empty for a measure of all groups at once
    measure: str
    areas: int
    people: float
    excluded: int
    value: float
    corrected: float
    low: float
    high: float
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """The rows of the file that are one place."""

    name: str
    areas: npt.NDArray[np.str_]
    counts: FloatArray  # (areas, groups)
    excluded: int


def places_of_file(source: Path, question: Question) -> tuple[list[str], list[Place]]:
    """The groups by name, and the file's places; a TableError says which area of which place is wrong, and why."""
    names = list(question.groups)
    if len(names) + (question.total is not None) < 2:
        raise TableError("Ange minst två grupper, eller en grupp och --total med kolumnen för alla boende.")
    if question.draws == 1:
        raise TableError(
            "Ange minst 2 dragningar med --draws, till exempel 1000, eller 0 för inga intervall."
        )
    counts = read_numbers(source, [*names, *([question.total] if question.total else [])])
    areas = read_text(source, question.area)
    labels = read_text(source, question.by) if question.by else np.full(len(areas), "", dtype=np.str_)
    if question.total:
        counts = _with_rest(counts, areas, [*names, question.total])
        names.append(REST)
    found = []
    for label in np.unique(labels):
        here = labels == label
        found.append(_place(str(label), areas[here], counts[here], question))
    return names, found


def measured_places(
    names: Sequence[str], places: Sequence[Place], question: Question, progress: Progress
) -> Iterator[Measured]:
    """Every measure of every place: of all groups at once, then of each group against all others."""
    for done, place in enumerate(places, start=1):
        for group, table in _tables(names, place.counts, question):
            wanted = _wanted(table.shape[1], bool(group), question.measures)
            if wanted:
                yield from _measured(place, group, table, wanted, question)
        progress(place.name or "färdigt", done, len(places))


def measured_to_file(
    source: Path,
    target: Path,
    question: Question,
    named: tuple[Sequence[str], Sequence[Place]],
    progress: Progress,
) -> list[Measured]:
    """As `measured_places`, each place kept as soon as it is measured and all of them written to a file at the end.

    Broken off, it goes on where it was when it is asked the same again.
    """
    names, places = named
    parts = open_parts(
        target,
        fingerprint_of(source, asdict(question) | {"method": METHOD}),
        [f"{number:05d}" for number in range(len(places))],
    )
    missing, rows = set(parts.missing()), []
    try:
        for done, (name, place) in enumerate(zip(parts.names, places, strict=True), start=1):
            if name in missing:
                parts.write(name, _columns(list(measured_places(names, [place], question, lambda *_: None))))
            rows += [Measured(**row) for row in parts.rows(name)]
            progress(place.name or "färdigt", done, len(places))
    except TableError:
        parts.give_up()
        raise
    parts.join(target)
    return rows


def local_columns(places: Sequence[Place]) -> dict[str, npt.NDArray[np.generic]]:
    """What each area adds to D and M of all groups at once, as columns of a file."""
    terms = [
        (place, local_dissimilarity(place.counts), local_mutual_information(place.counts)) for place in places
    ]
    return {
        "place": np.concatenate([np.full(len(place.areas), place.name) for place, _, _ in terms]),
        "area": np.concatenate([place.areas for place, _, _ in terms]),
        "people": np.concatenate([place.counts.sum(axis=1) for place, _, _ in terms]),
        "dissimilarity_contribution": np.concatenate([d.contributions for _, d, _ in terms]),
        "mutual_information_contribution": np.concatenate([m.contributions for _, _, m in terms]),
    }


# Internals


def _columns(rows: Sequence[Measured]) -> Columns:
    return {one.name: np.array([getattr(row, one.name) for row in rows]) for one in fields(Measured)}


def _with_rest(counts: FloatArray, areas: npt.NDArray[np.str_], names: Sequence[str]) -> FloatArray:
    rest = counts[:, -1] - counts[:, :-1].sum(axis=1)
    wrong = np.flatnonzero(rest < -1e-9 * np.maximum(counts[:, -1], 1))
    if len(wrong):
        row = wrong[0]
        raise TableError(
            f"Område {areas[row]}: {', '.join(names[:-1])} är tillsammans {counts[row, :-1].sum():g}, fler än "
            f"{names[-1]}, som är {counts[row, -1]:g}. Kontrollera att kolumnerna hör ihop."
        )
    return np.column_stack([counts[:, :-1], np.maximum(rest, 0)])


def _place(name: str, areas: npt.NDArray[np.str_], counts: FloatArray, question: Question) -> Place:
    said = f"{question.by} {name}: " if question.by else ""
    codes, times = np.unique(areas, return_counts=True)
    if (times > 1).any():
        raise TableError(
            f"{said}område {codes[times > 1][0]} står på {times.max()} rader. Ange med --by vad som skiljer dem, till "
            "exempel år, eller lägg ihop dem."
        )
    excluded = 0
    try:
        as_groups(counts)
        if question.exclude_missing:
            left = known_areas(counts)
            counts, areas, excluded = left.figures[0], areas[left.known], left.excluded
        else:
            require_known(counts)
    except ValueError as error:
        hint = (
            "" if question.exclude_missing or not np.isnan(counts).any() else " Eller välj --missing exclude."
        )
        raise TableError(f"{said}{error}{hint}") from error
    return Place(name, areas, counts, excluded)


def _tables(names: Sequence[str], counts: FloatArray, question: Question) -> Iterator[tuple[str, FloatArray]]:
    """All groups at once, under no name; and each named group against all others."""
    yield "", counts
    everybody = counts.sum(axis=1)
    for number, name in enumerate(names):
        if name in question.groups:
            yield name, np.column_stack([counts[:, number], everybody - counts[:, number]])


def _wanted(groups: int, against_the_rest: bool, asked: Sequence[str]) -> list[str]:
    """Against the rest a group has all measures; all groups at once only those of several groups."""
    unknown = [name for name in asked if name not in MEASURES | PAIR_MEASURES]
    if unknown:
        raise TableError(
            f"Måttet {unknown[0]} finns inte. Välj bland: {', '.join(MEASURES | PAIR_MEASURES)}."
        )
    if not against_the_rest and groups == 2:
        return []  # the same as the first group against the rest
    there = [*MEASURES, *PAIR_MEASURES] if against_the_rest else list(MEASURES)
    return [name for name in there if not asked or name in asked]


def _measured(
    place: Place, group: str, table: FloatArray, wanted: Sequence[str], question: Question
) -> Iterator[Measured]:
    evaluate = [evaluator(name, table.shape[1]) for name in wanted]

    def all_of(stack: Stack) -> FloatArray:
        return np.stack([one(stack) for one in evaluate])

    values = all_of(Stack.of_one(table))[:, 0]
    nothing = why_no_answer(table)
    found = None
    if nothing is None and question.draws:
        populated = table[table.sum(axis=1) > 0]
        found = redrawn_twice(populated, all_of, REDRAWN[question.varies], question.draws, question.seed)
    for number, (name, value) in enumerate(zip(wanted, values, strict=True)):
        limits, reason = (np.nan, np.nan, np.nan), str(nothing or "")
        if found is not None:
            limits = limits_of(float(value), found[:, number], question.level)
            against = reason_against(table, float(value), limits[0], measure=name, varies=question.varies)
            if against is not None:
                limits, reason = (limits[0], np.nan, np.nan), str(against)
        people = float(table.sum())
        yield Measured(
            place.name, group, name, len(table), people, place.excluded, float(value), *limits, reason
        )
