from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.goals.actions import (
    GoalContent,
    Judgement,
    add_budget_line,
    add_goal,
    adopt,
    change_goal,
    follow_up,
    move_goal,
    publish_plan,
    remove_goal,
)
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import Goal, PlanVersion
from plats.web.goals.tests.planning import add, adopted, fresh, make_draft, measure, next_draft


def _chair(world: World) -> User:
    return world.people["politician"]


def test_one_who_only_reads_drafts_nothing(world: World, draft: PlanVersion) -> None:
    with pytest.raises(NotAllowedError):
        add(_chair(world), draft)
    with pytest.raises(NotAllowedError):
        add(world.others["analyst"], draft)


def test_the_analyst_who_drafts_does_not_adopt(world: World, draft: PlanVersion) -> None:
    add(world.analyst, draft)
    with pytest.raises(NotAllowedError):
        adopted(world.analyst, draft)
    with pytest.raises(NotAllowedError):
        adopted(world.others["politician"], draft)


def test_every_act_has_its_entry(world: World, draft: PlanVersion) -> None:
    one = add(world.analyst, draft)
    measure(world.analyst, one)
    adopted(_chair(world), draft)
    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert {"plan.create", "plan.draft", "goal.add", "target.add", "plan.adopt"} <= acts
    assert AuditEntry.objects.filter(act="plan.adopt", actor=str(_chair(world).public_id)).count() >= 1


def test_the_second_of_two_who_change_a_draft_is_told(world: World, draft: PlanVersion) -> None:
    read = fresh(draft).revision
    add(world.analyst, draft, "Den förstas")
    with pytest.raises(ConflictError):
        add_goal(
            by=world.analyst,
            version=draft,
            revision=read,
            content=GoalContent(title="Den andras", level="goal"),
        )
    assert [one.title for one in draft.goals.all()] == ["Den förstas"]


def test_a_circle_of_goals_is_refused_with_its_chain(world: World, draft: PlanVersion) -> None:
    a = add(world.analyst, draft, "Arbete")
    b = add(world.analyst, draft, "Utbildning", parent=a.goal)
    c = add(world.analyst, draft, "Förskola", parent=b.goal)
    with pytest.raises(ValidationError) as refused:
        change_goal(
            by=world.analyst,
            one=a,
            revision=fresh(draft).revision,
            content=GoalContent(title="Arbete", level="goal", parent=c.goal),
        )
    assert "Arbete → Förskola → Utbildning → Arbete" in refused.value.message_dict["parent"][0]
    a.refresh_from_db()
    assert a.parent is None


def test_a_target_that_does_not_hold_together_is_refused_field_by_field(
    world: World, draft: PlanVersion
) -> None:
    one = add(world.analyst, draft)
    for said, field in (
        ({"target_year": 2022}, "target_year"),
        ({"indicator": "lycka"}, "indicator"),
        ({"scope": "place"}, "place"),
        ({"scope": "area_type"}, "area_type"),
        ({"target": 0.6}, "target"),
        ({"target": float("nan")}, "target"),
    ):
        with pytest.raises(ValidationError) as refused:
            measure(world.analyst, one, **said)
        assert list(refused.value.message_dict) == [field], said
    assert not one.targets.exists()


def test_goals_change_places_and_stop_at_the_end(world: World, draft: PlanVersion) -> None:
    for title in ("a", "b", "c"):
        last = add(world.analyst, draft, title)
    for expected in (["a", "c", "b"], ["c", "a", "b"], ["c", "a", "b"]):
        move_goal(by=world.analyst, one=last, revision=fresh(draft).revision, up=True)
        assert [one.title for one in draft.goals.order_by("position")] == expected


def test_a_goal_with_goals_under_it_stays(world: World, draft: PlanVersion) -> None:
    above = add(world.analyst, draft, "Arbete")
    below = add(world.analyst, draft, "Praktik", parent=above.goal)
    measure(world.analyst, below)
    with pytest.raises(ValidationError, match="Praktik"):
        remove_goal(by=world.analyst, one=above, revision=fresh(draft).revision)
    remove_goal(by=world.analyst, one=below, revision=fresh(draft).revision)
    remove_goal(by=world.analyst, one=above, revision=fresh(draft).revision)
    assert not draft.goals.exists()
    assert Goal.objects.count() == 2, "What endures is not removed with a wording."


def test_an_empty_draft_and_a_day_ahead_are_not_adopted(world: World, draft: PlanVersion) -> None:
    with pytest.raises(ValidationError, match="inget mål"):
        adopted(_chair(world), draft)
    add(world.analyst, draft)
    with pytest.raises(ValidationError, match="inte varit"):
        adopt(
            by=_chair(world),
            version=draft,
            revision=fresh(draft).revision,
            adopted_on=timezone.localdate() + timedelta(days=1),
            adopted_by="Nämnden (exempel)",
        )
    assert fresh(draft).state == VersionState.DRAFT


def test_what_the_chair_did_not_read_is_not_adopted(world: World, draft: PlanVersion) -> None:
    add(world.analyst, draft)
    read = fresh(draft).revision
    add(world.analyst, draft, "Ett till")
    with pytest.raises(ConflictError):
        adopt(
            by=_chair(world),
            version=draft,
            revision=read,
            adopted_on=date(2025, 11, 24),
            adopted_by="Nämnden (exempel)",
        )


def test_a_new_draft_has_the_same_goals_and_the_one_before_is_replaced(
    world: World, draft: PlanVersion
) -> None:
    one = add(world.analyst, draft)
    measure(world.analyst, one)
    add_budget_line(
        by=world.analyst, one=one, revision=fresh(draft).revision, year=2026, label="Praktik", amount_ore=None
    )
    adopted(_chair(world), draft)
    second = next_draft(world.analyst, draft.plan)
    copy = second.goals.get()
    assert (copy.goal_id, copy.title, second.number) == (one.goal_id, one.title, 2)
    assert copy.public_id != one.public_id
    assert copy.targets.get().target == 0.8
    assert copy.targets.get().public_id != one.targets.get().public_id
    assert copy.budget_lines.get().amount_ore is None
    adopted(_chair(world), second)
    assert [v.state for v in draft.plan.versions.order_by("number")] == ["replaced", "adopted"]


def test_a_plan_has_one_draft_at_a_time(world: World, draft: PlanVersion) -> None:
    with pytest.raises(ValidationError, match="redan ett utkast"):
        next_draft(world.analyst, draft.plan)


def test_a_new_wording_is_the_goals_name_first_when_adopted(world: World, draft: PlanVersion) -> None:
    add(world.analyst, draft, "Fler i arbete")
    adopted(_chair(world), draft)
    second = next_draft(world.analyst, draft.plan)
    copy = second.goals.get()
    change_goal(
        by=world.analyst,
        one=copy,
        revision=fresh(second).revision,
        content=GoalContent(title="Alla i arbete", level="goal"),
    )
    assert Goal.objects.get().title == "Fler i arbete"
    adopted(_chair(world), second)
    assert Goal.objects.get().title == "Alla i arbete"


def test_goals_are_seen_with_their_plan(world: World, draft: PlanVersion) -> None:
    add(world.analyst, draft)
    adopted(_chair(world), draft)
    plan = draft.plan
    plan = publish_plan(by=world.analyst, plan=plan, revision=plan.revision, public=True)
    assert Goal.objects.get().is_public
    publish_plan(by=world.analyst, plan=plan, revision=plan.revision, public=False)
    assert not Goal.objects.get().is_public


def test_a_draft_of_a_published_plan_publishes_no_goal(world: World, draft: PlanVersion) -> None:
    add(world.analyst, draft, "Det första")
    adopted(_chair(world), draft)
    publish_plan(by=world.analyst, plan=draft.plan, revision=draft.plan.revision, public=True)
    second = next_draft(world.analyst, draft.plan)
    add(world.analyst, second, "Det nya")
    assert not Goal.objects.get(title="Det nya").is_public
    adopted(_chair(world), second)
    assert Goal.objects.get(title="Det nya").is_public


def test_a_period_is_followed_up_once_with_its_reason(world: World, draft: PlanVersion) -> None:
    goal = add(world.analyst, draft).goal
    said = Judgement(status="behind", reason="Praktikplatserna är färre än väntat.")
    follow_up(by=world.analyst, goal=goal, year=2026, period="t1", said=said)
    with pytest.raises(ValidationError, match="redan uppföljd"):
        follow_up(by=world.analyst, goal=goal, year=2026, period="t1", said=said)
    with pytest.raises(ValidationError) as refused:
        follow_up(
            by=world.analyst, goal=goal, year=2026, period="t2", said=Judgement(status="behind", reason="")
        )
    assert "reason" in refused.value.message_dict
    with pytest.raises(NotAllowedError):
        follow_up(by=world.others["analyst"], goal=goal, year=2026, period="t2", said=said)


def test_two_plans_do_not_share_a_draft(world: World, draft: PlanVersion) -> None:
    other = make_draft(world, "En annan plan (exempel)")
    assert (draft.plan.slug, other.plan.slug) == ("verksamhetsplan-exempel", "en-annan-plan-exempel")
