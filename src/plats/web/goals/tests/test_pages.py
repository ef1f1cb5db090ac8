from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plats.facts.query import Facts
from plats.web.accounts.models import Organisation, User
from plats.web.accounts.tests.world import World, make_organisation, make_world
from plats.web.audit.recording import unrecorded
from plats.web.goals.actions import GoalContent, add_budget_line, change_goal, publish_plan
from plats.web.goals.loading import UnknownOwnerError, load_goals
from plats.web.goals.models import Goal, Plan, PlanVersion
from plats.web.goals.queries import plan_page
from plats.web.goals.tests.planning import add, adopted, fresh, make_draft, measure, next_draft


@pytest.fixture
def world(site: Facts) -> World:
    """Among Huddinge's figures."""
    return make_world()


@pytest.fixture
def plan(world: World) -> Plan:
    """A published plan with two goals, of which one is measured, and a draft that words one anew."""
    draft = make_draft(world)
    one = add(world.analyst, draft, "Fler i arbete")
    measure(world.analyst, one)
    add(world.analyst, draft, "Praktik till alla", parent=one.goal)
    for amount in (5_000_000, None):
        at = fresh(draft).revision
        add_budget_line(by=world.analyst, one=one, revision=at, year=2026, label="Praktik", amount_ore=amount)
    adopted(world.people["politician"], draft)
    publish_plan(by=world.analyst, plan=draft.plan, revision=draft.plan.revision, public=True)
    second = next_draft(world.analyst, draft.plan)
    change_goal(
        by=world.analyst,
        one=second.goals.get(title="Fler i arbete"),
        revision=fresh(second).revision,
        content=GoalContent(title="Hemligt utkast", level="goal"),
    )
    return draft.plan


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_everyone_reads_what_is_adopted_and_nobody_a_draft(client: Client, plan: Plan) -> None:
    goal = Goal.objects.get(title="Fler i arbete")
    for address in ("/mal/", goal.get_absolute_url(), plan.get_absolute_url(), "/en/mal/"):
        page = _page(client, address)
        assert "Fler i arbete" in page
        assert "Hemligt utkast" not in page


def test_the_owners_people_read_the_draft_and_others_do_not(world: World, plan: Plan) -> None:
    draft = plan.versions.get(state="draft")
    address = f"/mal/utkast/{draft.public_id}/"
    assert "Hemligt utkast" in _page(_signed_in(world.people["politician"]), address)
    _page(_signed_in(world.others["analyst"]), address, 404)


def test_a_goal_page_tells_distance_money_and_what_is_not_known(client: Client, plan: Plan) -> None:
    page = _page(client, Goal.objects.get(title="Fler i arbete").get_absolute_url())
    for told in ("Takt som behövs", "50\u00a0000\u00a0kr", "okänt", "för kort serie", "Praktik till alla"):
        assert told in page, told


def test_the_api_tells_how_it_goes_and_no_chance_that_has_not_been_tried(client: Client, plan: Plan) -> None:
    number = Goal.objects.get(title="Fler i arbete").public_id
    told = client.get(f"/api/v1/goals/{number}").json()["wordings"][0]["targets"][0]
    how = told["progress"]
    assert how["distance"] == pytest.approx(told["target"] - how["latest"])
    years = told["targetYear"] - how["latestYear"]
    assert how["paceNeeded"] == pytest.approx(how["distance"] / years)
    assert (how["latestState"], how["ground"], how["expected"]) == ("value", "short", None)


def test_a_goal_without_indicator_says_so(client: Client, plan: Plan) -> None:
    assert "1 av 2 mål som gäller nu har ingen indikator" in _page(client, "/mal/")
    page = _page(client, Goal.objects.get(title="Praktik till alla").get_absolute_url())
    assert "Målet har ingen indikator" in page


def test_what_a_version_changed_is_told(world: World, client: Client, plan: Plan) -> None:
    adopted(world.people["politician"], plan.versions.get(state="draft"))
    page = _page(client, plan.get_absolute_url())
    assert "Ändrade mål" in page
    assert "Hemligt utkast" in page


@pytest.mark.parametrize("what", ["target", "money", "responsible"])
def test_a_goal_whose_target_money_or_owner_is_changed_is_told_as_changed(
    world: World, client: Client, what: str
) -> None:
    draft = make_draft(world)
    kept, changed = add(world.analyst, draft, "Lika"), add(world.analyst, draft, "Olika")
    for one in (kept, changed):
        measure(world.analyst, one)
    adopted(world.people["politician"], draft)
    second = next_draft(world.analyst, draft.plan)
    one, at = second.goals.get(title="Olika"), fresh(second).revision
    if what == "target":
        measure(world.analyst, one, target=0.9)
    elif what == "money":
        add_budget_line(by=world.analyst, one=one, revision=at, year=2027, label="Praktik", amount_ore=None)
    else:
        content = GoalContent(title="Olika", level="goal", responsible=world.committee)
        change_goal(by=world.analyst, one=one, revision=at, content=content)
    found = plan_page(world.analyst, draft.plan.slug)
    assert found is not None
    newest = found[1][0].changes
    assert newest is not None
    assert (newest.added, newest.reworded, newest.removed) == ((), ("Olika",), ())


def test_what_is_not_published_is_not_there(world: World, client: Client) -> None:
    draft = make_draft(world)
    one = add(world.analyst, draft)
    adopted(world.people["politician"], draft)
    for address in (one.goal.get_absolute_url(), draft.plan.get_absolute_url()):
        _page(client, address, 404)
    assert one.title not in _page(client, "/mal/")


def test_a_form_sent_after_adoption_is_refused_with_what_to_do(world: World) -> None:
    draft = make_draft(world)
    one = add(world.analyst, draft)
    sent = {"title": "För sent", "level": "goal", "revision": fresh(draft).revision}
    adopted(world.people["politician"], draft)
    answer = _signed_in(world.analyst).post(f"/mal/ordalydelse/{one.public_id}/", sent)
    assert answer.status_code == 422
    assert "Skapa ett nytt utkast" in answer.content.decode()


def test_the_second_of_two_keeps_what_was_written(world: World) -> None:
    draft = make_draft(world)
    one = add(world.analyst, draft)
    sent = {"title": "Den andras ord", "level": "goal", "revision": fresh(draft).revision}
    add(world.analyst, draft, "Emellan")
    client, address = _signed_in(world.analyst), f"/mal/ordalydelse/{one.public_id}/"
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert "Den andras ord" in answer.content.decode()
    again = client.post(address, sent | {"revision": fresh(draft).revision})
    assert again.status_code == 302


def test_the_list_asks_as_much_whatever_it_shows(client: Client, world: World, plan: Plan) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        _page(client, "/mal/")
    draft = make_draft(world, "En till (exempel)")
    for number in range(5):
        measure(world.analyst, add(world.analyst, draft, f"Mål {number}"))
    adopted(world.people["politician"], draft)
    publish_plan(by=world.analyst, plan=draft.plan, revision=draft.plan.revision, public=True)
    with CaptureQueriesContext(connection) as many:
        _page(client, "/mal/")
    assert len(many) == len(few)


ROW = {
    "title": "Vision",
    "kind": "strategy",
    "organisation": "Nämnden",
    "versions": [
        {
            "ends_on": date(2022, 12, 31),
            "goals": [{"title": "A", "level": "goal"}, {"title": "B", "level": "goal"}],
        },
        {
            "ends_on": date(2030, 12, 31),
            "goals": [{"title": "B", "level": "goal"}, {"title": "C", "level": "goal"}],
        },
    ],
}


def test_embedded_plans_are_loaded_once_and_goals_endure(world: World) -> None:
    with pytest.raises(UnknownOwnerError, match="Nämnden"):
        load_goals([ROW])
    owner: Organisation = make_organisation("Nämnden", "committee")
    with unrecorded("the municipality's own, no example"):
        Organisation.objects.filter(pk=owner.pk).update(is_example=False)
    assert (load_goals([ROW]), load_goals([ROW])) == (1, 0)
    versions = list(PlanVersion.objects.order_by("number"))
    assert [[one.title for one in version.goals.all()] for version in versions] == [["A", "B"], ["B", "C"]]
    assert Goal.objects.filter(title="B").count() == 1
    assert all(version.adopted_on is None for version in versions), "No day is made up."
