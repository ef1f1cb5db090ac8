"""What a goal's page says of the efforts for it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plats.web.accounts.tests.world import World
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.tests.making import make_effort, make_goal
from plats.web.efforts.models import Effort, EffortGoal
from plats.web.efforts.queries import SHOWN_HERE
from plats.web.efforts.queries import tied as tied_to
from plats.web.efforts.tests.test_pages import text
from plats.web.goals.models import Goal


def tied(effort: Effort, goal: Goal) -> None:
    with unrecorded("what it is for"):
        EffortGoal.objects.create(effort=effort, goal=goal)


def test_a_goal_lists_the_efforts_for_it_and_none_that_one_may_not_see(world: World, client: Client) -> None:
    goal = make_goal(world.committee)
    assert "Ingen insats är knuten till målet" in text(client, goal.get_absolute_url())
    tied(make_effort(world.housing, "Jobbcoachning", is_public=True), goal)
    tied(make_effort(world.housing, "Hemligt utkast"), goal)
    make_effort(world.housing, "Läxhjälp", is_public=True)
    shown = text(client, goal.get_absolute_url())
    assert "Jobbcoachning" in shown
    assert "plats okänd" in shown
    assert f"/insatser/?mal={goal.slug}" in shown
    assert "Hemligt utkast" not in shown
    assert "Läxhjälp" not in shown


def test_a_goal_names_a_few_efforts_living_first_and_counts_the_rest(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    goal = make_goal(world.committee)
    for number in range(SHOWN_HERE + 2):
        tied(make_effort(world.housing, f"A{number:02}", is_public=True, state="ended"), goal)
    tied(make_effort(world.housing, "Öppen hall", is_public=True, state="under_way"), goal)
    with django_assert_num_queries(3):
        found = tied_to(AnonymousUser(), goal)
    assert found.efforts[0].title == "Öppen hall"
    assert (len(found.efforts), found.more) == (SHOWN_HERE, 3)
    assert "och 3 till" in text(client, goal.get_absolute_url())
