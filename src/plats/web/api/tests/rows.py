"""Rows that steer, published and not."""

from __future__ import annotations

from datetime import date
from typing import Any

from plats.web.accounts.models import Organisation
from plats.web.audit.recording import unrecorded
from plats.web.efforts.models import Effort, EffortGoal, EffortPlace, EffortResource
from plats.web.goals.models import Goal, GoalVersion, Plan, PlanVersion, Target
from plats.web.partners.models import Commitment
from plats.web.partners.writing import free_slug
from plats.web.places.models import Place

WHY = "rows that the API is asked about"


def owner(name: str = "Kommunstyrelsen (exempel)") -> Organisation:
    with unrecorded(WHY):
        found: Organisation = Organisation.objects.get_or_create(
            name=name, defaults={"kind": "committee", "is_example": True}
        )[0]
    return found


def effort(title: str = "Fritidsbank (exempel)", *, public: bool = True, **values: Any) -> Effort:
    wanted = {
        "organisation": owner(),
        "slug": free_slug(Effort, title),
        "title": title,
        "kind": "leisure",
        "problem": "Få barn idrottar.",
        "cause": "Utrustning är dyr.",
        "is_public": public,
        "is_example": True,
    }
    with unrecorded(WHY):
        made: Effort = Effort.objects.create(**wanted | values)
    return made


def goal(title: str = "Fler i arbete (exempel)", *, public: bool = True) -> Goal:
    with unrecorded(WHY):
        made: Goal = Goal.objects.create(
            organisation=owner(), slug=free_slug(Goal, title), title=title, is_public=public, is_example=True
        )
    return made


def wording(of: Goal, *, state: str, title: str, plan_public: bool = True) -> GoalVersion:
    """The goal as a version of a plan words it, with a target."""
    with unrecorded(WHY):
        plan = Plan.objects.create(
            organisation=owner(),
            slug=free_slug(Plan, title),
            title="Mål och budget (exempel)",
            kind="council",
            is_public=plan_public,
        )
        version = PlanVersion.objects.create(
            plan=plan,
            number=1,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )
        made: GoalVersion = GoalVersion.objects.create(
            goal=of, plan_version=version, level="goal", title=title
        )
        Target.objects.create(
            goal_version=made,
            indicator="employment_share",
            scope="municipality",
            direction="up",
            baseline=None,
            baseline_year=2022,
            target=0.8,
            target_year=2030,
        )
        if state != "draft":  # last: what is adopted is frozen
            version.state, version.adopted_on = state, date(2025, 11, 1)
            version.save()
    return made


def belongings(of: Effort, *, goal: Goal, place: Place) -> None:
    """A goal, a place whose share nobody knows, and a year whose amount nobody knows."""
    with unrecorded(WHY):
        EffortGoal.objects.create(effort=of, goal=goal)
        EffortPlace.objects.create(effort=of, place=place, share_millionths=None)
        EffortResource.objects.create(effort=of, year=2026, amount_ore=None, hours=0)


def commitment(title: str = "Fler lärare (exempel)", *, public: bool = True) -> Commitment:
    with unrecorded(WHY):
        made: Commitment = Commitment.objects.create(
            organisation=owner(),
            slug=free_slug(Commitment, title),
            title=title,
            made_in="answer",
            made_on=date(2023, 2, 13),
            is_public=public,
            is_example=True,
        )
    return made
