"""Plans begun and published; goals, targets and money of a draft set anew: refused whole, or written whole."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.goals.actions import (
    PlanContent,
    TargetContent,
    add_budget_line,
    begin_plan,
    change_target,
    place_goal,
    publish_plan,
    remove_target,
)
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import Plan, PlanVersion, Target
from plats.web.goals.tests.planning import YEAR, add, fresh, measure


def _chair(world: World) -> User:
    return world.people["politician"]


def test_what_nobody_has_adopted_is_not_published(world: World, draft: PlanVersion) -> None:
    add(world.analyst, draft)
    with pytest.raises(ValidationError, match="inte antagen"):
        publish_plan(by=world.analyst, plan=draft.plan, revision=draft.plan.revision, public=True)
    assert not Plan.objects.get().is_public


def test_a_plan_and_its_first_draft_are_both_written_or_neither(world: World) -> None:
    content = PlanContent(title="Nämndens plan (exempel)", kind="committee", case_number="KS-2026/1")
    with pytest.raises(ValidationError, match="slutar innan den börjar"):
        begin_plan(
            by=world.analyst,
            organisation=world.committee,
            content=content,
            starts_on=date(2027, 1, 1),
            ends_on=date(2026, 1, 1),
        )
    assert (Plan.objects.count(), AuditEntry.objects.filter(act="plan.create").count()) == (0, 0)
    made = begin_plan(by=world.analyst, organisation=world.committee, content=content, **YEAR)
    assert (made.number, made.state, made.plan.case_number) == (1, VersionState.DRAFT, "KS-2026/1")
    assert made.plan.is_example, "The organisation is invented, and so is what it plans."
    assert add(world.analyst, made).goal.is_example


def test_one_does_not_write_a_plan_for_another_organisation(world: World) -> None:
    content = PlanContent(title="Deras plan (exempel)", kind="committee")
    for by in (_chair(world), world.others["analyst"]):
        with pytest.raises(NotAllowedError):
            begin_plan(by=by, organisation=world.committee, content=content, **YEAR)
    assert not Plan.objects.exists()


def test_a_goal_moved_in_a_circle_stays_where_it_was(world: World, draft: PlanVersion) -> None:
    above = add(world.analyst, draft, "Arbete")
    below = add(world.analyst, draft, "Praktik", parent=above.goal)
    at = fresh(draft).revision
    with pytest.raises(ValidationError, match="Arbete → Praktik → Arbete"):
        place_goal(by=world.analyst, one=above, revision=at, parent=below.goal)
    assert fresh(draft).revision == at, "Nothing is written, not even that the draft was touched."
    assert draft.goals.get(title="Arbete").parent is None
    place_goal(by=world.analyst, one=below, revision=at, parent=None)
    assert draft.goals.get(title="Praktik").parent is None
    assert AuditEntry.objects.filter(act="goal.move").exists()


def test_a_target_set_anew_is_held_to_the_same_laws_and_else_stays(world: World, draft: PlanVersion) -> None:
    target = measure(world.analyst, add(world.analyst, draft), target=0.8)
    wanted = {
        "indicator": "employed_share",
        "scope": "area_type",
        "direction": "up",
        "baseline_year": 2022,
        "baseline": 0.6,
        "target": 0.7,
        "target_year": 2030,
    }
    for said, field in (({"area_type": None}, "area_type"), ({"area_type": 6}, "area_type")):
        with pytest.raises(ValidationError) as refused:
            change_target(
                by=world.analyst,
                target=target,
                revision=fresh(draft).revision,
                content=TargetContent(**wanted | said),
            )
        assert list(refused.value.message_dict) == [field]
    kept = Target.objects.get()
    assert (kept.scope, kept.target) == ("municipality", 0.8)
    content = TargetContent(**wanted, area_type=2)
    change_target(by=world.analyst, target=kept, revision=fresh(draft).revision, content=content)
    kept.refresh_from_db()
    assert (kept.scope, kept.area_type, kept.target) == ("area_type", 2, 0.7)


def test_the_second_of_two_who_change_a_target_is_told(world: World, draft: PlanVersion) -> None:
    target = measure(world.analyst, add(world.analyst, draft))
    read = fresh(draft).revision
    add(world.analyst, draft, "Emellan")
    with pytest.raises(ConflictError):
        remove_target(by=world.analyst, target=target, revision=read)
    assert Target.objects.count() == 1


def test_money_that_nobody_knows_is_unknown_and_never_nought(world: World, draft: PlanVersion) -> None:
    one = add(world.analyst, draft)
    line = add_budget_line(
        by=world.analyst,
        one=one,
        revision=fresh(draft).revision,
        year=None,
        label="Praktikplatser (exempel)",
        amount_ore=None,
    )
    line.refresh_from_db()
    assert (line.year, line.amount_ore) == (None, None)
    with pytest.raises(ValidationError):
        add_budget_line(
            by=world.analyst, one=one, revision=fresh(draft).revision, year=2026, label="x", amount_ore=-1
        )
    assert one.budget_lines.count() == 1
