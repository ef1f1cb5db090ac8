"""Reads for those who write: what of plans and goals is theirs to draft, publish and follow up."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from plats.web.accounts.models import Organisation
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import BudgetLine, Goal, GoalVersion, Plan, PlanVersion, Target


def plan_to_write(user: Any, slug: str) -> Plan | None:
    """A plan that this person may draft for."""
    found: Plan | None = (
        Plan.objects.changeable_by(user).select_related("organisation").filter(slug=slug).first()
    )
    return found


def goal_to_write(user: Any, slug: str) -> Goal | None:
    """A goal that this person may follow up."""
    found: Goal | None = (
        Goal.objects.changeable_by(user).select_related("organisation").filter(slug=slug).first()
    )
    return found


def draft(user: Any, public_id: UUID, act: str) -> PlanVersion | None:
    """A version of a plan that this person may `act` on. It may have been adopted since: the action says so."""
    plans = Plan.objects.changeable_by(user, act)
    versions = PlanVersion.objects.select_related("plan__organisation").filter(plan__in=plans)
    found: PlanVersion | None = versions.filter(public_id=public_id).first()
    return found


def plan_to_publish(user: Any, slug: str) -> Plan | None:
    """A plan that this person may publish."""
    found: Plan | None = (
        Plan.objects.changeable_by(user, "publish").select_related("organisation").filter(slug=slug).first()
    )
    return found


def own_plans(user: Any) -> list[Plan]:
    """The plans of one's own organisations, with their versions, newest first. Three queries."""
    newest = PlanVersion.objects.order_by("-number")
    rows = Plan.objects.changeable_by(user, "read").select_related("organisation")
    return list(
        rows.prefetch_related(Prefetch("versions", newest)).order_by("organisation__name", "title", "pk")
    )


def to_follow_up(user: Any, day: date) -> list[tuple[Goal, list[tuple[date | None, date]]]]:
    """The goals that this person follows up, with the days between which adopted plans hold them. A plan that was
    over a year before the day asks for nothing more. Three queries."""
    asked = day.replace(year=day.year - 1, day=1)
    adopted = GoalVersion.objects.filter(
        plan_version__state=VersionState.ADOPTED, plan_version__ends_on__gte=asked
    )
    goals = Goal.objects.changeable_by(user).filter(versions__in=adopted).distinct().order_by("pk")
    rows = goals.prefetch_related(
        "follow_ups", Prefetch("versions", adopted.select_related("plan_version").order_by("pk"))
    )
    return [
        (
            goal,
            [(one.plan_version.starts_on, one.plan_version.ends_on) for one in goal.versions.all()],
        )
        for goal in rows
    ]


def writing_for(user: Any) -> QuerySet[Organisation]:
    """The organisations one may write plans for, by name."""
    numbers = user.grants.organisation_ids("plan.write")
    found: QuerySet[Organisation] = (
        Organisation.objects.visible_to(user).open().filter(pk__in=numbers).order_by("name")
    )
    return found


def target(user: Any, public_id: UUID) -> Target | None:
    """A target in a version of a plan that this person may draft for."""
    found: Target | None = _below(Target, user).select_related("place").filter(public_id=public_id).first()
    return found


def budget_line(user: Any, public_id: UUID) -> BudgetLine | None:
    """A budget line in a version of a plan that this person may draft for."""
    found: BudgetLine | None = _below(BudgetLine, user).filter(public_id=public_id).first()
    return found


def goal_version(user: Any, public_id: UUID) -> GoalVersion | None:
    """A goal in a version of a plan that this person may draft for."""
    said = GoalVersion.objects.select_related(
        "plan_version__plan__organisation", "goal", "parent", "responsible"
    )
    mine = said.filter(plan_version__plan__in=Plan.objects.changeable_by(user))
    found: GoalVersion | None = mine.filter(public_id=public_id).first()
    return found


def goals_of(version: PlanVersion) -> list[GoalVersion]:
    """The goals of a version in order, with targets and budget lines. Three queries."""
    goals = version.goals.select_related("goal", "parent", "responsible")
    return list(goals.prefetch_related("targets__place", "budget_lines").order_by("position", "pk"))


# Internals


def _below(model: Any, user: Any) -> Any:
    """The rows under the goals that this person may draft."""
    rows = model.objects.select_related(
        "goal_version__plan_version__plan__organisation", "goal_version__goal"
    )
    return rows.filter(goal_version__plan_version__plan__in=Plan.objects.changeable_by(user))
