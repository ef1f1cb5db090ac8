"""The next follow-up of each goal, told to those who follow it up and in the calendar in neutral words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plats.web.accounts.tests.world import World
from plats.web.goals.actions import Judgement, follow_up
from plats.web.goals.due import due_in_goals
from plats.web.goals.models import PlanVersion
from plats.web.goals.tests.planning import add, adopted
from plats.web.notices.calendar import as_ics
from plats.web.notices.due import due_between

FIRST, LAST = date(2026, 3, 1), date(2027, 2, 28)


def _adopted(world: World, draft: PlanVersion, *titles: str) -> None:
    for title in titles:
        add(world.analyst, draft, title)
    adopted(world.people["politician"], draft)


def test_each_goal_has_one_day_and_it_moves_on_when_the_period_is_told(
    world: World, draft: PlanVersion
) -> None:
    _adopted(world, draft, "Fler i arbete", "Fler läser")
    assert [one.day for one in due_in_goals(world.analyst, FIRST, LAST)] == [date(2026, 5, 31)] * 2
    said = Judgement(status="on_track", reason="Som planerat.")
    goal = draft.goals.get(title="Fler läser").goal
    follow_up(by=world.analyst, goal=goal, year=2026, period="t1", said=said)
    days = {one.message.parts["title"]: one.day for one in due_in_goals(world.analyst, FIRST, LAST)}
    assert days == {"Fler i arbete": date(2026, 5, 31), "Fler läser": date(2026, 9, 30)}


def test_a_draft_asks_for_no_follow_up(world: World, draft: PlanVersion) -> None:
    add(world.analyst, draft)
    assert due_in_goals(world.analyst, FIRST, LAST) == []


def test_only_those_who_follow_up_are_reminded(world: World, draft: PlanVersion) -> None:
    _adopted(world, draft, "Fler i arbete")
    for other in (world.others["analyst"], world.people["politician"], world.reporter):
        assert due_in_goals(other, FIRST, LAST) == []


def test_the_calendar_names_no_goal(world: World, draft: PlanVersion) -> None:
    _adopted(world, draft, "Fler i arbete")
    with time_machine.travel(datetime(2026, 3, 1, 11, tzinfo=UTC), tick=False):
        found = due_between(world.analyst, FIRST, LAST)
        written = as_ics(found, made_at=datetime(2026, 3, 1, tzinfo=UTC)).decode()
    assert "20260531" in written
    assert "Ett mål ska följas upp" in written
    assert "Fler i arbete" not in written


def test_many_goals_are_asked_for_in_as_many_questions_as_one(world: World, draft: PlanVersion) -> None:
    _adopted(world, draft, *[f"Mål {number}" for number in range(6)])
    with CaptureQueriesContext(connection) as asked:
        assert len(due_in_goals(world.analyst, FIRST, LAST)) == 6
    assert len(asked) <= 4
