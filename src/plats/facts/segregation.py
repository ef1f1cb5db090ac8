"""Segregation as the store holds it, typed: measures, what they are put together of, and what each area adds.

All of it has passed the exit when it was derived: an area that a disclosure rule hides was left out of every measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from plats.vocabulary.cells import Cell, State
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.periods import Period, parse_period

# The tables, and the columns asked for in each.
READ = {
    "segregation": (
        "segregation, measure, division, edition, period, state, value, corrected, low, high, level, no_interval, "
        "areas, excluded, counted, coverage, reason, lineage"
    ),
    "segregation_parts": (
        "segregation, measure, division, edition, period, kind, part, since, state, value, reason, step"
    ),
    "segregation_local": "segregation, division, edition, period, area, state, contribution, score, weight, reason",
}


@dataclass(frozen=True, slots=True)
class Where:
    """Which definition, over which areas, when."""

    segregation: str
    division: Division
    edition: str
    period: Period


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of the whole municipality; `corrected` and the interval are without what chance adds."""

    where: Where
    measure: str
    cell: Cell
    corrected: float | None
    low: float | None
    high: float | None
    level: float
    no_interval: str
    areas: int
    excluded: int
    counted: float
    coverage: float
    lineage: str


@dataclass(frozen=True, slots=True)
class Part:
    """A level of areas, or a cause of a change since an earlier period: those of a kind sum to the whole. Or the
    measure in surroundings that reach so many metres (`scale`), which sum to nothing."""

    where: Where
    measure: str
    kind: str
    part: str
    since: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Local:
    """What one area adds to the dissimilarity; `score` is how unlike the municipality it is, `weight` its size."""

    where: Where
    area: AreaKey
    cell: Cell
    score: float | None
    weight: float | None


@dataclass(frozen=True, slots=True)
class Segregation:
    """All of it for one municipality, in the order of the catalog's periods: oldest first."""

    measures: tuple[Measured, ...]
    parts: tuple[Part, ...]
    local: tuple[Local, ...]


def read(
    whole: Iterable[Sequence[Any]], parts: Iterable[Sequence[Any]], local: Iterable[Sequence[Any]]
) -> Segregation:
    """From rows of the three tables, with the columns of `READ`."""
    measures = sorted((_measured(row) for row in whole), key=lambda one: one.where.period.start)
    pieces = [_part(row) for row in sorted(parts, key=lambda row: (str(row[4]), row[11]))]
    return Segregation(tuple(measures), tuple(pieces), tuple(_local(row) for row in local))


# Internals


def _cell(state: str, value: float | None, reason: str) -> Cell:
    if State(state) in (State.VALUE, State.UNSTABLE):
        return Cell(State(state), value, reason=reason)
    return Cell(State(state), reason=reason)


def _where(name: str, division: str, edition: str, period: str) -> Where:
    return Where(name, Division(division), edition, parse_period(period))


def _measured(row: Sequence[Any]) -> Measured:
    name, measure, division, edition, period, state, value, corrected, low, high = row[:10]
    level, why_not, areas, excluded, counted, coverage, reason, lineage = row[10:]
    where = _where(name, division, edition, period)
    cell = _cell(state, value, reason)
    return Measured(
        where,
        measure,
        cell,
        corrected,
        low,
        high,
        level or 0.0,
        why_not,
        areas,
        excluded,
        counted,
        coverage,
        lineage,
    )


def _part(row: Sequence[Any]) -> Part:
    name, measure, division, edition, period, kind, part, since, state, value, reason, _ = row
    return Part(
        _where(name, division, edition, period), measure, kind, part, since, _cell(state, value, reason)
    )


def _local(row: Sequence[Any]) -> Local:
    name, division, edition, period, area, state, contribution, score, weight, reason = row
    where = _where(name, division, edition, period)
    key = AreaKey(Division(division), edition, area)
    return Local(where, key, _cell(state, contribution, reason), score, weight)
