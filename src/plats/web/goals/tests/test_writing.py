"""Plans written in the page: what is asked, refused, told, and not there for others."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from plats.facts.query import Facts
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World, make_world
from plats.web.goals.actions import add_budget_line
from plats.web.goals.models import BudgetLine, GoalVersion, Plan, Target
from plats.web.goals.tests.planning import add, adopted, fresh, make_draft, measure


@pytest.fixture
def world(site: Facts) -> World:
    """Among Huddinge's figures."""
    return make_world()


@pytest.fixture
def goal(world: World) -> GoalVersion:
    """A goal of a draft with a target and a budget line."""
    one = add(world.analyst, make_draft(world))
    measure(world.analyst, one)
    at = fresh(one.plan_version).revision
    add_budget_line(by=world.analyst, one=one, revision=at, year=2026, label="Praktik", amount_ore=5_000_000)
    return one


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _plan(world: World, **said: Any) -> dict[str, Any]:
    wanted = {
        "organisation": world.committee.public_id,
        "title": "Nämndens plan (exempel)",
        "kind": "committee",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "case_number": "KS-2026/12",
    }
    return wanted | said


def _addresses(goal: GoalVersion) -> list[str]:
    target, line = Target.objects.get(), BudgetLine.objects.get()
    return [
        reverse("goals:goal_place", args=[goal.public_id]),
        reverse("goals:budget_new", args=[goal.public_id]),
        reverse("goals:target_change", args=[target.public_id]),
        reverse("goals:target_remove", args=[target.public_id]),
        reverse("goals:budget_remove", args=[line.public_id]),
    ]


def _at(goal: GoalVersion, **said: Any) -> dict[str, Any]:
    return {"revision": fresh(goal.plan_version).revision} | said


def test_a_plan_begins_as_a_draft_that_its_own_people_find(world: World) -> None:
    client = _signed_in(world.analyst)
    answer = client.post(reverse("goals:plan_new"), _plan(world))
    version = Plan.objects.get().versions.get()
    assert answer.headers["location"] == reverse("goals:draft", args=[version.public_id])
    assert "Nämndens plan (exempel)" in client.get(reverse("goals:mine")).content.decode()
    theirs = _signed_in(world.others["analyst"])
    assert "Nämndens plan" not in theirs.get(reverse("goals:mine")).content.decode()
    assert theirs.get(Plan.objects.get().get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"ends_on": "2026-12-31"}, "slutar innan den börjar"),
        ({"title": ""}, "måste fyllas i"),
        ({"title": "Ring 19900101-2385"}, "personnummer"),
    ],
)
def test_a_plan_that_does_not_hold_is_told_where_and_nothing_is_written(
    world: World, said: dict[str, str], told: str
) -> None:
    answer = _signed_in(world.analyst).post(reverse("goals:plan_new"), _plan(world, **said))
    assert answer.status_code == 422
    assert told in answer.content.decode().lower()
    assert not Plan.objects.exists()


def test_one_chooses_among_ones_own_organisations_only(world: World) -> None:
    sent = _plan(world, organisation=world.other.public_id)
    assert _signed_in(world.analyst).post(reverse("goals:plan_new"), sent).status_code == 422
    assert not Plan.objects.exists()


def test_what_is_anothers_is_not_there(world: World, goal: GoalVersion) -> None:
    theirs = _signed_in(world.others["analyst"])
    publish = reverse("goals:plan_publish", args=[goal.plan_version.plan.slug])
    for address in [*_addresses(goal), publish]:
        assert theirs.get(address).status_code == 404, address
        assert theirs.post(address, _at(goal)).status_code == 404, address


def test_a_form_sent_after_adoption_is_refused_whatever_it_would_do(world: World, goal: GoalVersion) -> None:
    addresses = _addresses(goal)
    adopted(world.people["politician"], goal.plan_version)
    client = _signed_in(world.analyst)
    sent = _at(
        goal,
        label="Ny rad",
        indicator="employed_share",
        scope="municipality",
        direction="up",
        baseline_year=2022,
        target="0,9",
        target_year=2030,
    )
    for address in addresses:
        answer = client.post(address, sent)
        assert answer.status_code == 422, address
        assert "Skapa ett nytt utkast" in answer.content.decode()
    assert (Target.objects.get().target, BudgetLine.objects.count()) == (0.8, 1)


def test_a_form_that_shows_an_older_draft_is_told_and_may_be_sent_again(
    world: World, goal: GoalVersion
) -> None:
    client, address = _signed_in(world.analyst), reverse("goals:budget_new", args=[goal.public_id])
    sent = _at(goal, label="Vägledning", kronor="1 250 000", year="")
    add(world.analyst, goal.plan_version, "Emellan")
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert "Vägledning" in answer.content.decode()
    assert BudgetLine.objects.count() == 1
    assert client.post(address, sent | _at(goal)).status_code == 302
    line = BudgetLine.objects.get(label="Vägledning")
    assert (line.amount_ore, line.year) == (125_000_000, None)


@pytest.mark.parametrize(
    "said",
    [
        {"kronor": "-1"},
        {"kronor": "1,234"},
        {"kronor": "9" * 15},
        {"kronor": "tusen"},
        {"year": "1989"},
        {"year": "2101"},
        {"label": ""},
        {"label": "x" * 201},
        {"revision": "x"},
    ],
)
def test_a_budget_line_out_of_bounds_is_refused(
    world: World, goal: GoalVersion, said: dict[str, str]
) -> None:
    address = reverse("goals:budget_new", args=[goal.public_id])
    sent = _at(goal, label="Praktik", kronor="100", year="2026") | said
    assert _signed_in(world.analyst).post(address, sent).status_code == 422
    assert BudgetLine.objects.count() == 1


def test_a_draft_shows_what_is_unknown_and_what_is_set_aside(world: World, goal: GoalVersion) -> None:
    at = fresh(goal.plan_version).revision
    add_budget_line(by=world.analyst, one=goal, revision=at, year=None, label="Vägledning", amount_ore=None)
    address = reverse("goals:draft", args=[goal.plan_version.public_id])
    page = _signed_in(world.analyst).get(address).content.decode()
    for told in (
        "Praktik, 2026: 50\u00a0000\u00a0kr",
        "Vägledning, år okänt: belopp okänt",
        "till 80,0\u00a0% 2030",
    ):
        assert told in page, told


def test_a_goal_is_moved_in_the_page_and_a_circle_is_told(world: World, goal: GoalVersion) -> None:
    below = add(world.analyst, goal.plan_version, "Praktik till alla", parent=goal.goal)
    client = _signed_in(world.analyst)
    address = reverse("goals:goal_place", args=[goal.public_id])
    answer = client.post(address, _at(goal, parent=below.goal.public_id))
    assert answer.status_code == 422
    assert "Fler i arbete → Praktik till alla → Fler i arbete" in answer.content.decode()
    address = reverse("goals:goal_place", args=[below.public_id])
    assert client.post(address, _at(goal, parent="")).status_code == 302
    below.refresh_from_db()
    assert below.parent is None


def test_a_target_is_changed_and_removed_in_the_page(world: World, goal: GoalVersion) -> None:
    client, target = _signed_in(world.analyst), Target.objects.get()
    address = reverse("goals:target_change", args=[target.public_id])
    assert "0,8" in client.get(address).content.decode()
    sent = _at(
        goal,
        indicator="employed_share",
        scope="area_type",
        area_type="2",
        direction="up",
        baseline_year="2022",
        target="0,75",
        target_year="2030",
    )
    assert client.post(address, sent | {"area_type": "9"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    target.refresh_from_db()
    assert (target.area_type, target.target) == (2, 0.75)
    address = reverse("goals:target_remove", args=[target.public_id])
    assert client.post(address, _at(goal)).status_code == 302
    assert not Target.objects.exists()


def test_an_adopted_plan_is_published_and_withdrawn(world: World, goal: GoalVersion, client: Client) -> None:
    plan, writer = goal.plan_version.plan, _signed_in(world.analyst)
    address, page = reverse("goals:plan_publish", args=[plan.slug]), plan.get_absolute_url()
    sent = {"revision": plan.revision, "public": "True"}
    assert "inte antagen" in writer.post(address, sent).content.decode()
    adopted(world.people["politician"], goal.plan_version)
    assert writer.post(address, sent).status_code == 302
    assert client.get(page).status_code == 200
    assert client.get(goal.goal.get_absolute_url()).status_code == 200
    assert writer.post(address, sent | {"public": ""}).status_code == 409, "It has been published since."
    plan.refresh_from_db()
    assert writer.post(address, {"revision": plan.revision, "public": ""}).status_code == 302
    assert client.get(page).status_code == 404
    assert client.get(goal.goal.get_absolute_url()).status_code == 404


def test_the_chair_adopts_but_writes_no_plan(world: World, goal: GoalVersion) -> None:
    chair = _signed_in(world.people["politician"])
    for address in [reverse("goals:plan_new"), *_addresses(goal)]:
        assert chair.get(address).status_code in (403, 404), address
    assert "Skriv en ny plan" not in chair.get(reverse("goals:mine")).content.decode()
