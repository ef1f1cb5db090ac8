"""The municipality's plans that come with the program: `steering/goals.yaml`, through the same actions as anyone's."""

from __future__ import annotations

from typing import Any

from plats.web.accounts.models import Organisation
from plats.web.goals.actions import (
    GoalContent,
    PlanContent,
    Source,
    add_goal,
    adopt,
    create_plan,
    draft_version,
    remove_goal,
)
from plats.web.goals.models import Plan, PlanVersion


class UnknownOwnerError(Exception):
    """A plan whose organisation is not there."""


def load_goals(rows: list[dict[str, Any]]) -> int:
    """Load plans, those that are not there yet. Returns how many were new."""
    return sum(_load(row) for row in rows)


# Internals


def _load(row: dict[str, Any]) -> bool:
    owner = Organisation.objects.filter(name=row["organisation"], is_example=False).first()
    if owner is None:
        raise UnknownOwnerError(
            f"goals.yaml: {row['title']}: organisationen {row['organisation']} finns inte. "
            "Lägg den i organisations.yaml."
        )
    if Plan.objects.filter(organisation=owner, title=row["title"]).exists():
        return False
    source = Source(
        as_of=row.get("as_of"),
        source_title=row.get("source_title", ""),
        source_url=row.get("source_url", ""),
    )
    plan = create_plan(
        by=None,
        organisation=owner,
        content=PlanContent(title=row["title"], kind=row["kind"]),
        source=source,
        public=True,
    )
    for version in row["versions"]:
        _load_version(plan, version, source)
    return True


def _load_version(plan: Plan, row: dict[str, Any], source: Source) -> None:
    version = draft_version(by=None, plan=plan, starts_on=row.get("starts_on"), ends_on=row["ends_on"])
    wanted = {one["title"]: one for one in row["goals"]}
    for copy in list(version.goals.order_by("position")):
        if copy.title not in wanted:
            remove_goal(by=None, one=copy, revision=_revision(version))
        else:
            del wanted[copy.title]
    for one in wanted.values():
        content = GoalContent(
            title=one["title"], level=one["level"], text=one.get("text", ""), problem=one.get("problem", "")
        )
        add_goal(by=None, version=version, revision=_revision(version), content=content, source=source)
    adopt(
        by=None,
        version=version,
        revision=_revision(version),
        adopted_on=row.get("adopted_on"),
        adopted_by=row.get("adopted_by", ""),
    )


def _revision(version: PlanVersion) -> int:
    return int(PlanVersion.objects.values_list("revision", flat=True).get(pk=version.pk))
