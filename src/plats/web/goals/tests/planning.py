"""Plans and goals made by the actions, as anyone makes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World
from plats.web.goals.actions import (
    GoalContent,
    PlanContent,
    TargetContent,
    add_goal,
    add_target,
    adopt,
    create_plan,
    draft_version,
)
from plats.web.goals.models import GoalVersion, Plan, PlanVersion, Target

YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def make_draft(world: World, title: str = "Verksamhetsplan (exempel)") -> PlanVersion:
    plan = create_plan(
        by=world.analyst, organisation=world.committee, content=PlanContent(title=title, kind="committee")
    )
    return draft_version(by=world.analyst, plan=plan, **YEAR)


def add(by: User, version: PlanVersion, title: str = "Fler i arbete", **said: Any) -> GoalVersion:
    content = GoalContent(title=title, level="goal", **said)
    return add_goal(by=by, version=version, revision=fresh(version).revision, content=content)


def measure(by: User, one: GoalVersion, **said: Any) -> Target:
    wanted = {
        "indicator": "employed_share",
        "scope": "municipality",
        "direction": "up",
        "baseline": 0.7,
        "baseline_year": 2022,
        "target": 0.8,
        "target_year": 2030,
    }
    revision = fresh(one.plan_version).revision
    return add_target(by=by, one=one, revision=revision, content=TargetContent(**wanted | said))


def adopted(by: User, version: PlanVersion) -> PlanVersion:
    return adopt(
        by=by,
        version=version,
        revision=fresh(version).revision,
        adopted_on=date(2025, 11, 24),
        adopted_by="Nämnden (exempel)",
        case_number="KS-2025/10",
    )


def next_draft(by: User, plan: Plan) -> PlanVersion:
    return draft_version(by=by, plan=plan, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))


def fresh(version: PlanVersion) -> PlanVersion:
    found: PlanVersion = PlanVersion.objects.get(pk=version.pk)
    return found
