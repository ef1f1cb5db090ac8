"""The thread from goals to efforts (den röda tråden): what each goal is measured by and what is done for it, and the
holes: goals without effort, goals without indicator, efforts without goal, indicators without figures, problems that a
goal names and nothing is done about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.urls import reverse
from django.utils import timezone

from plats.facts.versions import EmptyStoreError
from plats.web.efforts.kinds import EffortState
from plats.web.efforts.models import Effort, EffortGoal
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import GoalVersion, Plan, Target
from plats.web.places.queries import facts

T = TypeVar("T")
_GONE = (EffortState.ENDED, EffortState.CANCELLED)
SHOWN = 3
"""How many efforts are named under a goal; the rest are counted."""
LOOSE_SHOWN = 60


class _Said(NamedTuple):
    """What the thread reads of a goal in a plan."""

    pk: int
    goal_id: int
    parent_id: int | None
    title: str
    problem: str
    goal__slug: str
    goal__is_example: bool


@dataclass(frozen=True, slots=True)
class Strand:
    """A goal in a plan that holds today, how deep it lies, what it is measured by and what is done for it."""

    title: str
    url: str
    every_effort: str
    problem: str
    is_example: bool
    depth: int
    indicators: Sequence[str]
    without_figures: Sequence[str]
    efforts: Sequence[tuple[str, str]]
    more: int

    @property
    def count(self) -> int:
        return len(self.efforts) + self.more


@dataclass(frozen=True, slots=True)
class Thread:
    """All strands in order, and the efforts that no goal leads to. Examples enter no count."""

    strands: Sequence[Strand]
    goals: int
    goals_without_effort: int
    goals_without_indicator: int
    problems_without_effort: int
    indicators_without_figures: int
    loose: Sequence[tuple[str, str]]
    loose_more: int

    @property
    def loose_count(self) -> int:
        return len(self.loose) + self.loose_more


def thread_of(user: Any) -> Thread:
    """The thread as this person sees it. Five queries, however many goals and efforts there are."""
    rows = (
        GoalVersion.objects.filter(
            plan_version__state=VersionState.ADOPTED,
            plan_version__ends_on__gte=timezone.localdate(),
            plan_version__plan__in=Plan.objects.visible_to(user),
        )
        .values_list(*_Said._fields)
        .order_by("plan_version__plan__title", "position", "pk")
    )
    said = [_Said(*row) for row in rows]
    seen = Effort.objects.visible_to(user).exclude(state__in=_GONE)
    effort_address = _addresses("efforts:effort")
    efforts = {
        pk: (title, effort_address(slug), example)
        for pk, title, slug, example in seen.values_list("pk", "title", "slug", "is_example")
    }
    links = _gathered(
        pair for pair in EffortGoal.objects.values_list("goal_id", "effort_id") if pair[1] in efforts
    )
    measured = Target.objects.filter(goal_version__in=[one.pk for one in said])
    targets = _gathered(measured.values_list("goal_version_id", "indicator"))
    known = _indicators_with_figures()
    address, every = _addresses("goals:goal"), reverse("efforts:list")
    strands = [
        Strand(
            title=one.title,
            url=address(one.goal__slug),
            every_effort=f"{every}?mal={one.goal__slug}",
            problem=one.problem,
            is_example=one.goal__is_example,
            depth=depth,
            **_held(targets.get(one.pk, []), known, [efforts[pk] for pk in links.get(one.goal_id, ())]),
        )
        for one, depth in _in_order(said)
    ]
    tied = {effort for found in links.values() for effort in found}
    loose = sorted(
        (title, slug) for pk, (title, slug, example) in efforts.items() if pk not in tied and not example
    )
    return Thread(
        strands=strands,
        **_holes([one for one in strands if not one.is_example]),
        loose=loose[:LOOSE_SHOWN],
        loose_more=max(0, len(loose) - LOOSE_SHOWN),
    )


# Internals


def _holes(real: Sequence[Strand]) -> dict[str, int]:
    """How many goals there are, and each kind of hole. A problem or an indicator is counted once, whoever names it."""
    return {
        "goals": len(real),
        "goals_without_effort": sum(not one.count for one in real),
        "goals_without_indicator": sum(not one.indicators for one in real),
        "problems_without_effort": len({one.problem for one in real if one.problem and not one.count}),
        "indicators_without_figures": len({name for one in real for name in one.without_figures}),
    }


def _gathered(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _addresses(name: str) -> Callable[[str], str]:
    """How an address is written, looked up once: there may be thousands."""
    before, after = reverse(name, args=["x"]).rsplit("x", 1)
    return lambda slug: f"{before}{slug}{after}"


def _held(indicators: list[str], known: set[str], efforts: list[tuple[str, str, bool]]) -> dict[str, Any]:
    named = sorted((title, url) for title, url, _example in efforts)
    return {
        "indicators": indicators,
        "without_figures": [one for one in indicators if one not in known],
        "efforts": named[:SHOWN],
        "more": max(0, len(named) - SHOWN),
    }


def _in_order(said: list[_Said]) -> list[tuple[_Said, int]]:
    """Each goal after the one it belongs to. One whose parent is not among them stands at the top."""
    there = {one.goal_id for one in said}
    below: dict[int | None, list[_Said]] = {}
    for one in said:
        below.setdefault(one.parent_id if one.parent_id in there else None, []).append(one)
    ordered: list[tuple[_Said, int]] = []
    waiting = [(one, 0) for one in reversed(below.get(None, []))]
    done: set[int] = set()
    while waiting:
        one, depth = waiting.pop()
        ordered.append((one, depth))
        if one.goal_id not in done:
            done.add(one.goal_id)
            waiting += [(child, depth + 1) for child in reversed(below.get(one.goal_id, []))]
    return ordered


def _indicators_with_figures() -> set[str]:
    try:
        return {indicator for indicator, _division, _edition in facts().figured}
    except EmptyStoreError:
        return set()
