"""Goals in a draft: added, changed, moved, removed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from plats.web.accounts.models import Organisation, User
from plats.web.goals import rules
from plats.web.goals.actions.ground import changing
from plats.web.goals.actions.plans import Source
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import Goal, GoalVersion, PlanVersion
from plats.web.partners.writing import free_slug


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalContent:
    """What a plan's version says of a goal."""

    title: str
    level: str
    text: str = ""
    problem: str = ""
    parent: Goal | None = None
    responsible: Organisation | None = None

    def by_field(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def add_goal(
    *,
    by: User | None,
    version: PlanVersion,
    revision: int,
    content: GoalContent,
    goal: Goal | None = None,
    source: Source | None = None,
) -> GoalVersion:
    """Take a goal into the draft: a new one, or one that another plan has. Raises ValidationError, field by field,
    FrozenError and ConflictError."""
    with changing(by=by, act="goal.add", version=version, revision=revision) as record:
        if goal is None:
            goal = Goal(
                organisation=version.plan.organisation,
                created_by=by,
                slug=free_slug(Goal, content.title),
                title=content.title,
                **asdict(source or Source(is_example=version.plan.is_example)),
            )
            goal.full_clean()
            goal.save()
            record.created(goal)
        last = version.goals.aggregate(last=Max("position"))["last"]
        made = GoalVersion(goal=goal, plan_version=version, position=0 if last is None else last + 1)
        _put(made, content)
        made.save()
        record.created(made)
    return made


def change_goal(*, by: User | None, one: GoalVersion, revision: int, content: GoalContent) -> GoalVersion:
    """Word a goal of the draft anew. What everyone reads changes only when the draft is adopted."""
    with changing(by=by, act="goal.change", version=one.plan_version, revision=revision) as record:
        record.watch(one)
        _put(one, content)
        one.save()
    return one


def move_goal(*, by: User | None, one: GoalVersion, revision: int, up: bool) -> None:
    """Let a goal change places with the one before it, or after. At the end nothing moves."""
    version = one.plan_version
    with changing(by=by, act="goal.move", version=version, revision=revision) as record:
        ordered = list(version.goals.order_by("position", "pk"))
        at = next(index for index, row in enumerate(ordered) if row.pk == one.pk)
        to = at - 1 if up else at + 1
        if 0 <= to < len(ordered):
            ordered[at], ordered[to] = ordered[to], ordered[at]
        for position, row in enumerate(ordered):
            if row.position != position:
                record.watch(row)
                row.position = position
                row.save(update_fields=["position"])


def place_goal(*, by: User | None, one: GoalVersion, revision: int, parent: Goal | None) -> GoalVersion:
    """Let a goal of the draft belong to another, or to none. A circle is refused with its chain, and nothing moves."""
    with changing(by=by, act="goal.move", version=one.plan_version, revision=revision) as record:
        record.watch(one)
        one.parent = parent
        if parent is not None:
            _refuse_circle(one, parent)
        one.full_clean()
        one.save(update_fields=["parent"])
    return one


def remove_goal(*, by: User | None, one: GoalVersion, revision: int) -> None:
    """Take a goal out of the draft, with its targets and budget lines. The goal itself endures where others have it."""
    version = one.plan_version
    with changing(by=by, act="goal.remove", version=version, revision=revision) as record:
        below = list(
            version.goals.filter(parent=one.goal).order_by("position").values_list("title", flat=True)
        )
        if below:
            raise ValidationError(
                _("Målet har mål under sig: %(below)s. Flytta eller ta bort dem först.")
                % {"below": ", ".join(below)}
            )
        for row in [*one.targets.all(), *one.budget_lines.all(), one]:
            record.removed(row)
            row.delete()


# Internals


def _put(one: GoalVersion, content: GoalContent) -> None:
    for name, value in content.by_field().items():
        setattr(one, name, value)
    if content.parent is not None:
        _refuse_circle(one, content.parent)
    one.full_clean()


def _refuse_circle(one: GoalVersion, parent: Goal) -> None:
    """The chain is followed through what is adopted and this draft, which goes before."""
    names = ("goal_id", "parent_id")
    adopted = GoalVersion.objects.filter(plan_version__state=VersionState.ADOPTED).order_by("pk")
    parents: dict[int, int | None] = dict(adopted.values_list(*names))
    parents.update(GoalVersion.objects.filter(plan_version=one.plan_version).values_list(*names))
    chain = rules.circle(parents, one.goal_id, parent.pk)
    if chain:
        called = dict(Goal.objects.filter(pk__in=chain).values_list("pk", "title"))
        raise ValidationError(
            {
                "parent": _("Målen går i cirkel: %(chain)s. Välj ett annat mål att höra till.")
                % {"chain": " → ".join(called[key] for key in chain)}
            }
        )
