"""Local statistics of a file's places: neighbours from coordinates or a list, the answer beside each place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from plats.analysis.clusters.discovery import benjamini_hochberg, permutations_needed
from plats.analysis.clusters.finding import Finding, findings
from plats.analysis.clusters.join_counts import local_join_counts
from plats.analysis.clusters.known import Reason
from plats.analysis.clusters.links import Links, links_between, links_within, nearest_links
from plats.analysis.clusters.local import LocalStatistics, Quadrant, local_statistics
from plats.analysis.clusters.moran import moran
from plats.engine.tables import (
    TableError,
    columns_of,
    read_numbers,
    read_text,
    require_apart,
    write_table,
)

Progress = Callable[[str, int, int], None]
Floats = npt.NDArray[np.float64]
Columns = dict[str, npt.NDArray[np.generic] | Sequence[object]]
Texts = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a file: which columns, who is whose neighbour, and how chance is judged."""

    id: str
    value: str
    x: str = "x"
    y: str = "y"
    neighbours: int = 8
    metres: float | None = None  # within so far instead of so many nearest
    edges: Path | None = None  # a list of neighbours instead of either
    permutations: int = 999
    seed: int = 1
    rate: float = 0.05
    joins: bool = False  # the value is 1 or 0: count the neighbours that have 1 too
    exclude_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found over all places."""

    places: int
    excluded: int
    islands: int
    findings: dict[str, int]  # how many places have each
    moran: float | None
    permutations_needed: int  # before one place alone could be found


def local_of_file(source: Path, target: Path, question: Question, *, progress: Progress) -> Outcome:
    """Read the places, find their neighbours, count the permutations, and write one row per place.

    Holds the columns asked for, the links and one batch of draws. What cannot be done is a `TableError`.
    """
    require_apart(target, source, question.edges)
    ids, values = _places(source, question)
    progress("grannar", 0, question.permutations)
    try:
        links = _links(source, ids, question)
        found = local_statistics(
            values,
            links,
            permutations=question.permutations,
            seed=question.seed,
            progress=lambda done, total: progress("omkastningar", done, total),
        )
        told, overall = findings(found, question.rate), moran(values, links)
        columns = _columns(found, links, told) | _joins(values, links, question)
    except ValueError as error:
        raise TableError(f"{source.name}: {error}") from error
    taken = {question.id, question.value} & columns.keys()
    if taken:
        raise TableError(f"{source.name}: kolumnen {taken.pop()} heter som ett resultat. Byt namn på den.")
    write_table(target, {question.id: ids, question.value: values, **columns})
    return Outcome(
        len(ids),
        found.excluded,
        found.islands,
        {finding.value: told.count(finding) for finding in Finding},
        None if np.isnan(overall) else overall,
        permutations_needed(int((found.reason == Reason.ANSWERED).sum()), question.rate),
    )


# Internals


def _places(source: Path, question: Question) -> tuple[Texts, Floats]:
    if question.id == question.value:
        raise TableError("Platsens kod (--id) och värdet (--value) ska vara två kolumner.")
    ids, values = read_text(source, question.id), read_numbers(source, [question.value])[:, 0]
    codes, times = np.unique(ids, return_counts=True)
    if len(codes) < len(ids):
        raise TableError(
            f"{source.name}: {codes[times > 1][0]} står på flera rader i kolumnen {question.id}. Det ska vara en rad "
            "per plats."
        )
    lacking = int(np.isnan(values).sum())
    if lacking and not question.exclude_hidden:
        raise TableError(
            f"{source.name}: {lacking} av {len(ids)} rader saknar värde i kolumnen {question.value}. Fyll i dem, "
            "eller lämna ut dem med --exclude-hidden."
        )
    return ids, values


def _links(source: Path, ids: Texts, question: Question) -> Links:
    if question.edges:
        return _listed(question.edges, ids)
    points = read_numbers(source, [question.x, question.y])
    _require_metres(source, points)
    if question.metres is not None:
        return links_within(points, question.metres)
    return nearest_links(points, question.neighbours)


def _require_metres(source: Path, points: Floats) -> None:
    """Refuse what is degrees: distances between them mean nothing."""
    known = np.abs(points[np.isfinite(points).all(axis=1)])
    largest = np.sort(known.max(axis=0, initial=0.0))
    if len(known) and largest[0] <= 90 and largest[1] <= 180:
        raise TableError(
            f"{source.name}: koordinaterna ligger alla inom 90 och 180 och ser ut att vara grader. "
            "Räkna om dem till meter (SWEREF 99 TM) först."
        )


def _listed(edges: Path, ids: Texts) -> Links:
    """Neighbours by their codes: each row counts both ways, and a pair that stands both ways is one."""
    ends = np.column_stack([_numbered(edges, column, ids) for column in ("from", "to")])
    weighted = "weight" in columns_of(edges)
    weights = read_numbers(edges, ["weight"])[:, 0] if weighted else np.ones(len(ends))
    pairs, place = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True)
    heaviest, lightest = np.full(len(pairs), -np.inf), np.full(len(pairs), np.inf)
    np.maximum.at(heaviest, place.ravel(), weights)
    np.minimum.at(lightest, place.ravel(), weights)
    if (heaviest != lightest).any():
        raise TableError(f"{edges.name}: samma par har olika vikt på olika rader. Behåll en av dem.")
    both = np.concatenate([pairs, pairs[:, ::-1]])
    return links_between(len(ids), both, np.concatenate([heaviest, heaviest]))


def _numbered(edges: Path, column: str, ids: Texts) -> npt.NDArray[np.int64]:
    """The place of each code among the file's."""
    codes = read_text(edges, column)
    order = np.argsort(ids)
    found = order[np.minimum(np.searchsorted(ids, codes, sorter=order), len(ids) - 1)] if len(ids) else None
    unknown = codes if found is None else codes[ids[found] != codes]
    if len(unknown):
        raise TableError(
            f"{edges.name}: {len(unknown)} rader i kolumnen {column} har en kod som inte finns bland platserna, "
            f"till exempel {unknown[0]}."
        )
    return np.empty(0, dtype=np.int64) if found is None else found


def _columns(found: LocalStatistics, links: Links, told: list[Finding]) -> Columns:
    quadrants = np.array([quadrant.name.lower() for quadrant in Quadrant])
    return {
        "neighbours": links.counts,
        "local_moran": found.moran,
        "getis_ord": found.getis_ord,
        "getis_ord_star": found.getis_ord_star,
        "p": found.p,
        "false_discovery_rate": found.rates,
        "quadrant": quadrants[found.quadrant],
        "finding": [finding.value for finding in told],
    }


def _joins(values: Floats, links: Links, question: Question) -> Columns:
    if not question.joins:
        return {}
    joined = local_join_counts(values, links)
    return {
        "joins": joined.joins,
        "joins_p": joined.p,
        "joins_false_discovery_rate": benjamini_hochberg(joined.p),
    }
