"""One municipality's table out of the country's: which areas it stands on, and how many people that leaves out.

An area whose figures are missing, hidden by the source or protected at the exit is left out and counted. A measure of
all areas would otherwise give protected figures back: it is an equation that they are the unknowns of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from plats.analysis.arrays import BoolArray
from plats.analysis.disclosure import complementary, primary
from plats.analysis.segregation.missing import why_no_answer
from plats.catalog.models import DatedValue
from plats.derive.figures import MISSING, UNSTABLE, VALUE, Floats
from plats.derive.formulas import Limits
from plats.derive.routes import Integers
from plats.derive.segregation.counts import GroupCounts


@dataclass(frozen=True)
class Town:
    """The areas of one municipality that have figures for every group."""

    municipality: str
    table: Floats  # (areas used, groups)
    at: Integers  # (areas used,) indexes in the layer's codes
    inside: Integers  # every area of the municipality
    coverage: float  # share of its people who live in the areas used
    state: int
    reason: str

    @property
    def excluded(self) -> int:
        return len(self.inside) - len(self.at)


def town_of(counts: GroupCounts, municipalities: np.ndarray, name: str, limits: Limits) -> Town | None:
    """One municipality; None when it has no figure for any area."""
    inside = np.flatnonzero(municipalities == name)
    at = inside[known_in(counts)[inside]]
    return _town(name, counts, inside, at, limits) if len(at) else None


def other_tables(
    counts: GroupCounts, municipalities: np.ndarray, *, but: str, fewest: int
) -> Iterator[tuple[str, Floats]]:
    """The table of every other municipality with figures for all its areas, and at least so many of them."""
    known = known_in(counts)
    order = np.argsort(municipalities, kind="stable")
    names, starts = np.unique(municipalities[order], return_index=True)
    for name, inside in zip(names.tolist(), np.split(order, starts[1:]), strict=True):
        if name not in ("", but) and len(inside) >= fewest and known[inside].all():
            yield name, counts.counts[inside]


def known_in(counts: GroupCounts) -> BoolArray:
    """(areas,) whether every group has a figure."""
    return np.asarray(~np.isnan(counts.counts).any(axis=1), dtype=np.bool_)


def protected(counts: GroupCounts, rule: DatedValue, wholes: list[Integers]) -> np.ndarray:
    """(areas,) which areas the rule hides: any group too small, and beside a lone hidden one another in each whole."""
    sizes = np.nansum(counts.counts, axis=1)
    known = np.flatnonzero(known_in(counts) & (sizes > 0))
    hidden = np.zeros(len(sizes), dtype=bool)
    for group in counts.counts.T:
        small = primary(
            np.minimum(group[known], sizes[known]),
            sizes[known],
            more_than=rule.whole("more_than"),
            numerator_more_than=rule.whole("numerator_more_than"),
        )
        hidden[known[small]] = True
    return complementary(hidden, np.array(wholes), sizes) if wholes else hidden


# Internals


def _town(name: str, counts: GroupCounts, inside: Integers, at: Integers, limits: Limits) -> Town:
    table, people = counts.counts[at], counts.people
    everybody = float(people[inside].sum())
    coverage = float(people[at].sum()) / everybody if everybody > 0 else len(at) / len(inside)
    state, reason = VALUE, ""
    if len(at) < len(inside):
        reason = f"Siffror saknas eller är skyddade i {len(inside) - len(at)} av {len(inside)} områden."
        state = MISSING if coverage < limits.missing_below else UNSTABLE
    empty = why_no_answer(table)
    if empty is not None:
        state, reason = MISSING, empty.say()
    return Town(name, table, at, inside, coverage, state, reason)
