"""What the example world has of plans: one adopted, with goals measured by real indicators, and the next in draft.

The committee is invented and so are its target values; the figures they are read beside are not.
"""

from __future__ import annotations

from datetime import date

from plats.web.accounts.demo import EXECUTIVE
from plats.web.accounts.models import Organisation
from plats.web.goals.actions import (
    GoalContent,
    Judgement,
    PlanContent,
    Source,
    TargetContent,
    add_budget_line,
    add_goal,
    add_target,
    adopt,
    create_plan,
    draft_version,
    follow_up,
)
from plats.web.goals.kinds import (
    FollowUpPeriod,
    GoalLevel,
    GoalStatus,
    PlanKind,
    TargetDirection,
    TargetScope,
)
from plats.web.goals.models import Goal, GoalVersion, Plan, PlanVersion
from plats.web.places.models import Place

TITLE = "Verksamhetsplan för lika livsvillkor (exempel)"
_PRACTICE_ORE = 150_000_000


def make_example_plans() -> None:
    """Make the plan, once."""
    owner = Organisation.objects.filter(name=EXECUTIVE.name).first()
    if owner is None or Plan.objects.filter(organisation=owner, title=TITLE).exists():
        return
    plan = create_plan(
        by=None,
        organisation=owner,
        content=PlanContent(title=TITLE, kind=PlanKind.COMMITTEE),
        source=Source(is_example=True),
        public=True,
    )
    version = draft_version(by=None, plan=plan, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    _write(version, owner)
    adopt(
        by=None,
        version=version,
        revision=_revision(version),
        adopted_on=date(2025, 11, 24),
        adopted_by=EXECUTIVE.name,
    )
    draft_version(by=None, plan=plan, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))


# Internals


def _write(version: PlanVersion, owner: Organisation) -> None:
    work = _goal(
        version,
        "Fler vuxna har arbete",
        GoalLevel.GOAL,
        owner,
        problem="Många saknar arbete i några områden.",
    )
    _target(work, scope=TargetScope.MUNICIPALITY, target=0.85)
    add_budget_line(
        by=None,
        one=work,
        revision=_revision(version),
        year=2026,
        label="Praktikplatser (exempel)",
        amount_ore=_PRACTICE_ORE,
    )
    add_budget_line(
        by=None,
        one=work,
        revision=_revision(version),
        year=2026,
        label="Vägledning (exempel)",
        amount_ore=None,
    )
    gap = _goal(
        version, "Skillnaden i arbete mellan områden minskar", GoalLevel.SUB_GOAL, owner, parent=work.goal
    )
    _target(gap, scope=TargetScope.GAP, target=0.2, direction=TargetDirection.DOWN)
    _target(gap, scope=TargetScope.AREA_TYPE, area_type=2, target=0.75)
    place = Place.objects.filter(division="regso", slug="varby-gard").first()
    if place is not None:
        local = _goal(
            version, "Fler i Vårby gård har arbete", GoalLevel.COMMITTEE_GOAL, owner, parent=work.goal
        )
        _target(local, scope=TargetScope.PLACE, target=0.75, place=place)
    _goal(version, "Fler barn har något att göra efter skolan", GoalLevel.GOAL, owner)
    follow_up(
        by=None,
        goal=work.goal,
        year=2026,
        period=FollowUpPeriod.FIRST,
        said=Judgement(
            status=GoalStatus.BEHIND,
            reason="Färre praktikplatser än väntat (exempel).",
            changed="Fler företag tillfrågas till hösten (exempel).",
        ),
    )


def _goal(
    version: PlanVersion,
    title: str,
    level: str,
    owner: Organisation,
    *,
    problem: str = "",
    parent: Goal | None = None,
) -> GoalVersion:
    content = GoalContent(
        title=f"{title} (exempel)", level=level, responsible=owner, problem=problem, parent=parent
    )
    return add_goal(by=None, version=version, revision=_revision(version), content=content)


def _target(
    one: GoalVersion,
    *,
    scope: str,
    target: float,
    direction: str = TargetDirection.UP,
    place: Place | None = None,
    area_type: int | None = None,
) -> None:
    content = TargetContent(
        indicator="employed_share",
        scope=scope,
        direction=direction,
        baseline_year=2022,
        target=target,
        target_year=2030,
        place=place,
        area_type=area_type,
    )
    add_target(by=None, one=one, revision=_revision(one.plan_version), content=content)


def _revision(version: PlanVersion) -> int:
    return int(PlanVersion.objects.values_list("revision", flat=True).get(pk=version.pk))
