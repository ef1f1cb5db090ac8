"""The thread from goals to efforts (den röda tråden): what each goal is measured by and what is done for it, and the
holes: goals without effort, goals without indicator, efforts without goal, indicators without figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plats.facts.versions import EmptyStoreError
from plats.web.efforts.kinds import EffortState
from plats.web.efforts.models import Effort, EffortGoal
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import GoalVersion, Plan, Target
from plats.web.places.queries import facts

_GONE = (EffortState.ENDED, EffortState.CANCELLED)
SHOWN = 6
"""How many efforts are named under a goal; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A goal in an adopted plan, how deep it lies, what it is measured by and what is done for it."""

    said: GoalVersion
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
    loose: Sequence[tuple[str, str]]
    loose_more: int

    @property
    def loose_count(self) -> int:
        return len(self.loose) + self.loose_more


def thread_of(user: Any) -> Thread:
    """The thread as this person sees it. Five queries, however many goals and efforts there are."""
    said = list(
        GoalVersion.objects.filter(
            plan_version__state=VersionState.ADOPTED, plan_version__plan__in=Plan.objects.visible_to(user)
        )
        .select_related("goal", "plan_version__plan")
        .order_by("plan_version__plan__title", "position", "pk")
    )
    seen = Effort.objects.visible_to(user).exclude(state__in=_GONE)
    efforts = {
        pk: (title, slug, example)
        for pk, title, slug, example in seen.values_list("pk", "title", "slug", "is_example")
    }
    links: dict[int, list[int]] = {}
    for goal, effort in EffortGoal.objects.filter(effort__in=seen).values_list("goal_id", "effort_id"):
        links.setdefault(goal, []).append(effort)
    targets: dict[int, list[str]] = {}
    for version, indicator in Target.objects.filter(goal_version__in=said).values_list(
        "goal_version_id", "indicator"
    ):
        targets.setdefault(version, []).append(indicator)
    known = _indicators_with_figures()
    strands = [
        _strand(
            one, depth, targets.get(one.pk, []), known, [efforts[pk] for pk in links.get(one.goal_id, ())]
        )
        for one, depth in _in_order(said)
    ]
    tied = {effort for found in links.values() for effort in found}
    loose = sorted(
        (title, slug) for pk, (title, slug, example) in efforts.items() if pk not in tied and not example
    )
    real = [one for one in strands if not one.said.goal.is_example]
    return Thread(
        strands=strands,
        goals=len(real),
        goals_without_effort=sum(not one.count for one in real),
        goals_without_indicator=sum(not one.indicators for one in real),
        loose=loose[: 10 * SHOWN],
        loose_more=max(0, len(loose) - 10 * SHOWN),
    )


# Internals


def _strand(
    said: GoalVersion,
    depth: int,
    indicators: list[str],
    known: set[str],
    efforts: list[tuple[str, str, bool]],
) -> Strand:
    named = sorted((title, slug) for title, slug, _example in efforts)
    return Strand(
        said=said,
        depth=depth,
        indicators=indicators,
        without_figures=[one for one in indicators if one not in known],
        efforts=named[:SHOWN],
        more=max(0, len(named) - SHOWN),
    )


def _in_order(said: list[GoalVersion]) -> list[tuple[GoalVersion, int]]:
    """Each goal after the one it belongs to. One whose parent is not among them stands at the top."""
    there = {one.goal_id for one in said}
    below: dict[int | None, list[GoalVersion]] = {}
    for one in said:
        below.setdefault(one.parent_id if one.parent_id in there else None, []).append(one)
    ordered: list[tuple[GoalVersion, int]] = []
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
