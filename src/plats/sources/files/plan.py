"""The plan of an import: what would happen to each row. Nothing is written.

A row is new, the same as what the store has, revised (same key, other content) or rejected with a reason. The
key is looked up in the whole table, not only in the dataset: a figure stands once, whoever brought it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Tables
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plats.facts.schema import TABLES
from plats.sources.files.compare import Comparison, Revision, compare, refuse_duplicates
from plats.sources.files.known import refuse_unknown_codes, refuse_wrong_municipality
from plats.sources.files.library import check_variables
from plats.sources.files.links import crosswalks, percentiles, sites
from plats.sources.files.mapping import Kind, Mapping
from plats.sources.files.observe import observations
from plats.sources.files.raw import Problem, RawTable
from plats.sources.files.read import MAX_BYTES, read
from plats.sources.files.rows import TableRows, without_faults
from plats.sources.files.shapes import areas


class Fate(StrEnum):
    SAME = "same"
    NEW = "new"
    REVISED = "revised"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowFate:
    """What happens to one row of the file."""

    line: int
    key: str
    fate: Fate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row's fate, and the rows that would be written."""

    path: Path
    mapping: Mapping
    target: str
    table: pa.Table
    comparison: Comparison
    problems: list[Problem]
    skipped: int
    word: str  # what a line of the file is called: rad, objekt
    allow_rejected: bool
    row_fates: npt.NDArray[np.int8] = field(repr=False)
    lines: npt.NDArray[np.int64] = field(repr=False)
    keys: pa.Array = field(repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """Rows of the file by fate, and `skipped`: rows the mapping passes over."""
        tally = Counter(int(code) for code in self.row_fates)
        by_fate = {fate.value: tally[code] for code, fate in enumerate(_FATES)}
        return {**by_fate, "rejected": len(self.problems), "skipped": self.skipped}

    @property
    def ok(self) -> bool:
        """Whether the import may be carried out."""
        return self.allow_rejected or not self.problems

    @property
    def changes(self) -> bool:
        """Whether the store would be any different."""
        return bool((self.comparison.fates > 0).any()) or bool(self.comparison.outdated.any())

    @property
    def revisions(self) -> list[Revision]:
        return self.comparison.revisions

    def rows(self) -> Iterator[RowFate]:
        """Each row of the file with its fate, in the file's order."""
        rejected = {problem.line: problem for problem in self.problems}
        said = {revision.row: revision.reason for revision in reversed(self.comparison.revisions)}
        found = [
            RowFate(int(line), str(key), _FATES[code], said.get(row, ""))
            for row, (line, key, code) in enumerate(
                zip(self.lines, self.keys.to_pylist(), self.row_fates, strict=True)
            )
            if code >= 0 and int(line) not in rejected
        ]
        found += [
            RowFate(problem.line, problem.key, Fate.REJECTED, problem.reason) for problem in self.problems
        ]
        yield from sorted(found, key=lambda one: one.line)


def plan(
    path: Path,
    mapping: Mapping,
    existing: Tables[str, pa.Table],
    *,
    municipality: str | None = None,
    allow_rejected: bool = False,
    max_bytes: int = MAX_BYTES,
) -> ImportPlan:
    """What importing the file would do to a store with these tables: `areas` and the one the mapping fills.

    With `municipality` every area must belong to it. Raises `ReadError` when the file itself cannot be read.
    """
    check_variables(mapping)
    raw = read(path, mapping, max_bytes=max_bytes)
    rows = _rows(raw, mapping, path.name)
    refuse_unknown_codes(rows, mapping, existing.get("areas", TABLES["areas"].empty_table()))
    if municipality is not None:
        refuse_wrong_municipality(rows, municipality)
    refuse_duplicates(rows)
    accepted = without_faults(rows)
    here = existing.get(rows.target, TABLES[rows.target].empty_table())
    comparison = compare(accepted, here, mapping)
    return ImportPlan(
        path=path,
        mapping=mapping,
        target=rows.target,
        table=comparison.table,
        comparison=comparison,
        problems=_problems(rows),
        skipped=raw.skipped,
        word=raw.word,
        allow_rejected=allow_rejected,
        row_fates=_row_fates(accepted, comparison),
        lines=raw.lines,
        keys=rows.keys,
    )


# Internals

_FATES = (Fate.SAME, Fate.NEW, Fate.REVISED)


def _rows(raw: RawTable, mapping: Mapping, file: str) -> TableRows:
    if mapping.kind is Kind.OBSERVATIONS:
        return observations(raw, mapping)
    if mapping.kind is Kind.AREAS:
        return areas(raw, mapping, file)
    make = {Kind.SITES: sites, Kind.CROSSWALK: crosswalks, Kind.PERCENTILES: percentiles}
    return make[mapping.kind](raw, mapping)


def _row_fates(rows: TableRows, comparison: Comparison) -> npt.NDArray[np.int8]:
    """The strongest fate among what a row gave; -1 for a row that gave nothing."""
    fates = np.full(rows.raw.rows, -1, dtype=np.int8)
    np.maximum.at(fates, rows.source, comparison.fates)
    return fates


def _problems(rows: TableRows) -> list[Problem]:
    keys, lines = rows.keys, rows.raw.lines
    found = [
        Problem(int(lines[row]), str(keys[row].as_py()), "; ".join(reasons))
        for row, reasons in rows.faults.said.items()
    ]
    return sorted([*rows.raw.problems, *found], key=lambda problem: problem.line)
