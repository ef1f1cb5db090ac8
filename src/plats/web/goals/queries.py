"""Reads of plans and goals. What is a draft is read only by those who see the owner's drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from plats.web.goals import rules
from plats.web.goals.figures import Progress, progress_of
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import BudgetLine, FollowUp, Goal, GoalVersion, Plan, PlanVersion, Target
from plats.web.places.queries import facts

ADOPTED = (VersionState.ADOPTED, VersionState.REPLACED)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in a plan's version, with how it goes."""

    said: GoalVersion
    targets: Sequence[Target]
    lines: Sequence[BudgetLine]
    newest: FollowUp | None

    @property
    def known_ore(self) -> int:
        return sum(line.amount_ore for line in self.lines if line.amount_ore is not None)

    @property
    def unknown_lines(self) -> int:
        return sum(line.amount_ore is None for line in self.lines)


@dataclass(frozen=True, slots=True)
class PlanRows:
    """A plan with the version that holds, and its goals in order."""

    plan: Plan
    version: PlanVersion
    goals: Sequence[GoalRow]

    @property
    def is_over(self) -> bool:
        return self.version.ends_on < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Overview:
    """Every plan that has an adopted version. The counts leave examples out."""

    holding: Sequence[PlanRows]
    over: Sequence[PlanRows]
    goals: int
    without_indicator: int


@dataclass(frozen=True, slots=True)
class GoalPage:
    """A goal: its wordings, newest first, what lies above and below, and how it goes."""

    goal: Goal
    wordings: Sequence[GoalVersion]
    parent: Goal | None
    children: Sequence[Goal]
    progress: Sequence[Progress]
    lines: Sequence[BudgetLine]
    follow_ups: Sequence[FollowUp]

    @property
    def newest(self) -> GoalVersion | None:
        return self.wordings[0] if self.wordings else None


@dataclass(frozen=True, slots=True)
class VersionRows:
    """A version and what it did to the goals of the one before; None for the first."""

    version: PlanVersion
    goals: Sequence[GoalVersion]
    changes: rules.Changes[str] | None


def overview(user: Any) -> Overview:
    """Plans that this person sees, as adopted. Seven queries."""
    rows = [row for plan in _plans(user) if (row := _plan_rows(plan, [VersionState.ADOPTED])) is not None]
    real = [goal for row in rows if not row.plan.is_example and not row.is_over for goal in row.goals]
    return Overview(
        holding=[row for row in rows if not row.is_over],
        over=[row for row in rows if row.is_over],
        goals=len(real),
        without_indicator=sum(not goal.targets for goal in real),
    )


def goal_page(user: Any, slug: str) -> GoalPage | None:
    """A goal that this person sees. Nine queries at most."""
    goal = Goal.objects.visible_to(user).select_related("organisation").filter(slug=slug).first()
    if goal is None:
        return None
    wordings = list(
        _adopted_wordings(user).filter(goal=goal).order_by("-plan_version__ends_on", "-plan_version__number")
    )
    newest = wordings[0] if wordings else None
    targets = list(newest.targets.all()) if newest else []
    seen = Goal.objects.visible_to(user)
    below = _adopted_wordings(user).filter(parent=goal, plan_version__state=VersionState.ADOPTED)
    return GoalPage(
        goal=goal,
        wordings=wordings,
        parent=seen.filter(pk=newest.parent_id).first() if newest and newest.parent_id else None,
        children=list(seen.filter(versions__in=below).distinct().order_by("title")),
        progress=progress_of(facts(), targets) if targets else [],
        lines=list(newest.budget_lines.all()) if newest else [],
        follow_ups=list(goal.follow_ups.order_by("-year", "-period")),
    )


def plan_page(user: Any, slug: str) -> tuple[Plan, list[VersionRows]] | None:
    """A plan that this person sees, its versions newest first. Six queries."""
    plan = Plan.objects.visible_to(user).select_related("organisation").filter(slug=slug).first()
    if plan is None:
        return None
    states = [*ADOPTED, *([VersionState.DRAFT] if sees_drafts(user, plan) else [])]
    versions = list(
        plan.versions.filter(state__in=states)
        .order_by("number")
        .prefetch_related(
            Prefetch(
                "goals",
                GoalVersion.objects.select_related("goal")
                .prefetch_related("targets", "budget_lines")
                .order_by("position", "pk"),
            )
        )
    )
    rows, before = [], None
    for version in versions:
        goals = list(version.goals.all())
        rows.append(VersionRows(version, goals, _changes(before, goals) if before is not None else None))
        before = goals
    return plan, rows[::-1]


def sees_drafts(user: Any, plan: Plan) -> bool:
    """Whether this person is one of those who read the owner's drafts."""
    return bool(
        user.is_authenticated and Plan.objects.changeable_by(user, "read").filter(pk=plan.pk).exists()
    )


# Internals


def _plans(user: Any) -> QuerySet[Plan]:
    goals = (
        GoalVersion.objects.select_related("goal", "responsible")
        .prefetch_related(
            "targets",
            "budget_lines",
            Prefetch("goal__follow_ups", FollowUp.objects.order_by("-year", "-period")),
        )
        .order_by("position", "pk")
    )
    versions = PlanVersion.objects.order_by("-number").prefetch_related(Prefetch("goals", goals))
    found: QuerySet[Plan] = (
        Plan.objects.visible_to(user)
        .select_related("organisation")
        .prefetch_related(Prefetch("versions", versions))
        .order_by("is_example", "kind", "title")
    )
    return found


def _plan_rows(plan: Plan, states: list[VersionState]) -> PlanRows | None:
    version = next((one for one in plan.versions.all() if one.state in states), None)
    if version is None:
        return None
    return PlanRows(plan, version, [_goal_row(one) for one in version.goals.all()])


def _goal_row(one: GoalVersion) -> GoalRow:
    told = list(one.goal.follow_ups.all())
    return GoalRow(one, list(one.targets.all()), list(one.budget_lines.all()), told[0] if told else None)


def _adopted_wordings(user: Any) -> QuerySet[GoalVersion]:
    found: QuerySet[GoalVersion] = (
        GoalVersion.objects.filter(
            plan_version__state__in=ADOPTED, plan_version__plan__in=Plan.objects.visible_to(user)
        )
        .select_related("plan_version__plan", "responsible")
        .prefetch_related("targets__place__versions", "budget_lines")
    )
    return found


def _changes(before: Sequence[GoalVersion], after: Sequence[GoalVersion]) -> rules.Changes[str]:
    called = {one.goal_id: one.title for one in (*before, *after)}
    found = rules.changes(_said(before), _said(after))
    return rules.Changes(
        added=tuple(called[key] for key in found.added),
        reworded=tuple(called[key] for key in found.reworded),
        removed=tuple(called[key] for key in found.removed),
    )


def _said(goals: Sequence[GoalVersion]) -> list[tuple[int, object]]:
    """What a version says of each goal: its words, where it belongs, its targets and its money."""
    return [
        (
            one.goal_id,
            (
                (one.title, one.text, one.problem, one.parent_id, one.level, one.responsible_id),
                frozenset(_target_said(target) for target in one.targets.all()),
                sorted((line.label, line.year or 0, str(line.amount_ore)) for line in one.budget_lines.all()),
            ),
        )
        for one in goals
    ]


def _target_said(one: Target) -> tuple[object, ...]:
    return (
        *(one.indicator, one.scope, one.place_id, one.area_type, one.direction),
        *(one.baseline, one.baseline_year, one.target, one.target_year),
    )
