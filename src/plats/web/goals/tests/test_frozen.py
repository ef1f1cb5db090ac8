"""An adopted plan is frozen: in the actions, in the models, and in the database itself, whoever asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from plats.web.accounts.tests.world import World
from plats.web.audit.recording import unrecorded
from plats.web.goals.actions import (
    GoalContent,
    TargetContent,
    add_budget_line,
    change_goal,
    change_target,
    move_goal,
    place_goal,
    remove_budget_line,
    remove_goal,
    remove_target,
)
from plats.web.goals.models import BudgetLine, GoalVersion, PlanVersion, Target
from plats.web.goals.models.frozen import FrozenError
from plats.web.goals.tests.planning import add, adopted, fresh, measure, next_draft

WHY = "what the database says to one who goes past the actions"


@pytest.fixture
def frozen(world: World, draft: PlanVersion) -> GoalVersion:
    """A goal with a target and a budget line in a version that has been adopted."""
    one = add(world.analyst, draft)
    measure(world.analyst, one)
    add_budget_line(
        by=world.analyst, one=one, revision=fresh(draft).revision, year=2026, label="Praktik", amount_ore=100
    )
    adopted(world.people["politician"], draft)
    return one


def test_every_action_says_what_to_do_instead(world: World, frozen: GoalVersion) -> None:
    version, by = frozen.plan_version, world.analyst
    at = {"by": by, "revision": fresh(version).revision}
    content = GoalContent(title="Nytt", level="goal")
    target = TargetContent(
        indicator="employed_share",
        scope="municipality",
        direction="up",
        baseline_year=2022,
        target=0.9,
        target_year=2030,
    )
    acts: list[Callable[[], object]] = [
        lambda: add(by, version),
        lambda: measure(by, frozen),
        lambda: change_goal(**at, one=frozen, content=content),
        lambda: move_goal(**at, one=frozen, up=True),
        lambda: remove_goal(**at, one=frozen),
        lambda: place_goal(**at, one=frozen, parent=None),
        lambda: change_target(**at, target=frozen.targets.get(), content=target),
        lambda: remove_target(**at, target=frozen.targets.get()),
        lambda: add_budget_line(**at, one=frozen, year=2026, label="x", amount_ore=None),
        lambda: remove_budget_line(**at, line=frozen.budget_lines.get()),
        lambda: adopted(world.people["politician"], version),
    ]
    for act in acts:
        with pytest.raises(FrozenError, match="nytt utkast"):
            act()


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (GoalVersion, "title", "Något annat"),
        (Target, "target", 0.9),
        (BudgetLine, "amount_ore", 200),
        (PlanVersion, "case_number", "KS-2025/99"),
        (PlanVersion, "adopted_by", "Någon annan"),
        (PlanVersion, "state", "draft"),
    ],
)
def test_the_database_refuses_a_change(frozen: GoalVersion, model: type, field: str, value: object) -> None:
    with unrecorded(WHY), pytest.raises(IntegrityError, match="antagen"), transaction.atomic():
        model.objects.update(**{field: value})  # type: ignore[attr-defined]


def test_the_database_refuses_what_is_added(frozen: GoalVersion) -> None:
    target = frozen.targets.get()
    for row in (
        Target(
            goal_version=frozen,
            indicator=target.indicator,
            scope="gap",
            direction="down",
            baseline_year=2022,
            target=1,
            target_year=2030,
        ),
        BudgetLine(goal_version=frozen, year=2027, label="x"),
    ):
        with unrecorded(WHY), pytest.raises(IntegrityError, match="antagen"), transaction.atomic():
            row.save()


def test_a_goal_is_not_moved_into_a_frozen_version(world: World, frozen: GoalVersion) -> None:
    second = next_draft(world.analyst, frozen.plan_version.plan)
    extra = add(world.analyst, second, "Ett till")
    with unrecorded(WHY), pytest.raises(IntegrityError, match="antagen"), transaction.atomic():
        GoalVersion.objects.filter(pk=extra.pk).update(plan_version=frozen.plan_version)


def test_the_models_refuse_to_remove(frozen: GoalVersion) -> None:
    for row in (frozen.targets.get(), frozen.budget_lines.get(), frozen, frozen.plan_version):
        with unrecorded(WHY), pytest.raises(FrozenError):
            row.delete()
        with unrecorded(WHY), pytest.raises(FrozenError):
            type(row).objects.filter(pk=row.pk).delete()


@pytest.mark.skipif(
    "sqlite" in connection.vendor, reason="only the server's database refuses a removal itself"
)
def test_the_server_refuses_to_remove(frozen: GoalVersion) -> None:
    for table in ("goals_target", "goals_budgetline"):
        refused = pytest.raises(IntegrityError, match="antagen")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def test_a_draft_is_changed_as_before(world: World, frozen: GoalVersion) -> None:
    """The refusal is about what is adopted, not about the tables."""
    second = next_draft(world.analyst, frozen.plan_version.plan)
    copy = second.goals.get()
    measure(world.analyst, copy, target=0.85)
    remove_target(by=world.analyst, target=copy.targets.order_by("pk")[0], revision=fresh(second).revision)
    assert copy.targets.get().target == 0.85
