"""Pure decisions about plans and goals: what may be changed, what hangs together, what a version changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from plats.web.goals.kinds import FollowUpPeriod, TargetScope, VersionState

K = TypeVar("K")


def may_change(state: str) -> bool:
    """Only a draft is changed."""
    return state == VersionState.DRAFT


def circle(parents: Mapping[K, K | None], goal: K, parent: K | None) -> list[K]:
    """The chain from the goal up to itself that `parent` would close; empty when it closes none.

    >>> circle({"b": "a", "c": "b"}, "a", "c")
    ['a', 'c', 'b', 'a']
    """
    chain, step, seen = [goal], parent, set()
    while step is not None and step not in seen:
        chain.append(step)
        if step == goal:
            return chain
        seen.add(step)
        step = parents.get(step)
    return []


def target_faults(
    *,
    scope: str,
    has_place: bool,
    area_type: int | None,
    known_types: Collection[int],
    baseline_year: int,
    target_year: int,
) -> dict[str, str]:
    """What does not hold together in a target: the field, and a code that says what."""
    faults = {}
    if target_year <= baseline_year:
        faults["target_year"] = "before_baseline"
    if has_place != (scope == TargetScope.PLACE):
        faults["place"] = "place_missing" if not has_place else "place_not_asked"
    if (area_type is not None) != (scope == TargetScope.AREA_TYPE):
        faults["area_type"] = "type_missing" if area_type is None else "type_not_asked"
    elif area_type is not None and area_type not in known_types:
        faults["area_type"] = "type_unknown"
    return faults


@dataclass(frozen=True, slots=True)
class Review:
    """A period to follow up: its year, which, and the day by which it is to have been told."""

    year: int
    period: str
    ends_on: date
    due_on: date


def reviews(year: int) -> tuple[Review, ...]:
    """The periods of a year. Each is told by the end of the month after it.

    >>> [one.due_on.isoformat() for one in reviews(2026)]
    ['2026-05-31', '2026-09-30', '2027-01-31']
    """
    return (
        Review(year, FollowUpPeriod.FIRST, date(year, 4, 30), date(year, 5, 31)),
        Review(year, FollowUpPeriod.SECOND, date(year, 8, 31), date(year, 9, 30)),
        Review(year, FollowUpPeriod.YEAR, date(year, 12, 31), date(year + 1, 1, 31)),
    )


def next_review(
    holds: Sequence[tuple[date | None, date]], told: Collection[tuple[int, str]], first: date, last: date
) -> Review | None:
    """The first period that is to be told between two days, ends while a plan holds the goal, and is not told yet.

    `holds` are the plans' first and last days; a first day that is not known reaches back for ever.
    """
    asked = (one for year in range(first.year - 1, last.year + 1) for one in reviews(year))
    return next(
        (
            one
            for one in asked
            if first <= one.due_on <= last
            and (one.year, one.period) not in told
            and any((start is None or start <= one.ends_on) and one.ends_on <= end for start, end in holds)
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class Changes(Generic[K]):
    """What one version of a plan did to the goals of the one before."""

    added: tuple[K, ...]
    reworded: tuple[K, ...]
    removed: tuple[K, ...]


def changes(before: Sequence[tuple[K, object]], after: Sequence[tuple[K, object]]) -> Changes[K]:
    """Compare two versions: pairs of the goal that endures and what the version says of it."""
    old, new = dict(before), dict(after)
    return Changes(
        added=tuple(one for one in new if one not in old),
        reworded=tuple(one for one in new if one in old and new[one] != old[one]),
        removed=tuple(one for one in old if one not in new),
    )
