"""What the pages say, to everyone and to those who write."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from plats.web.accounts.tests.world import World
from plats.web.audit.recording import unrecorded
from plats.web.efforts.examples import OPEN_HALL
from plats.web.efforts.exchange.tests.making import make_effort, make_goal
from plats.web.efforts.models import Effort, EffortGoal, EffortPlace, EffortResource, ServiceReach
from plats.web.efforts.queries import here, overview
from plats.web.goals.models import GoalVersion, Plan, PlanVersion
from plats.web.places.models import Place

VARBY = "/omraden/regso/varby-gard/"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def put(effort: Effort, division: str, slug: str) -> None:
    with unrecorded("where it is"):
        EffortPlace.objects.create(effort=effort, place=Place.objects.get(division=division, slug=slug))


def test_the_list_says_what_is_unknown(loaded: World, client: Client) -> None:
    """26 efforts in the answer: 5 after harm, 4 in Skogås, no amount anywhere, none tied to a goal."""
    shown = text(client, "/insatser/")
    assert "26 insatser är inskrivna. 21 görs före skada och 5 efter." in shown
    assert "belopp för 26, plats för 22. 26 är inte knutna" in shown
    assert "inget belopp är känt" in shown


def test_examples_enter_no_count_and_no_sum(loaded: World, client: Client) -> None:
    example = make_effort(loaded.housing, is_example=True, is_public=True, moment="before")
    with unrecorded("invented money"):
        EffortResource.objects.create(effort=example, year=2026, amount_ore=100_00)
    shown = text(client, "/insatser/")
    assert "26 insatser är inskrivna." in shown
    assert "1 exempel, som inte räknas" in shown
    assert "inget belopp är känt" in shown


def test_the_list_is_narrowed_by_kind_place_owner_and_goal(loaded: World, client: Client) -> None:
    assert "4 i listan" in text(client, "/insatser/?plats=kommundel/skogas")
    assert "22 i listan" in text(client, "/insatser/?plats=okand")
    assert "1 i listan" in text(client, "/insatser/?slag=gvi")
    assert "26 i listan" in text(client, "/insatser/?slag=finnsinte&vem=inte-ett-nummer")
    assert "0 i listan" in text(client, "/insatser/?mal=finns-inte")
    owner = Effort.objects.get(title="Fritidsbank").organisation.public_id
    assert "3 i listan" in text(client, f"/insatser/?vem={owner}")


def test_an_unpublished_effort_is_seen_by_its_own_and_is_not_there_for_others(
    world: World, client: Client
) -> None:
    one = make_effort(world.housing, "Hemligt utkast")
    put(one, "regso", "varby-gard")
    for address in ("/insatser/", VARBY, "/insatser/roda-traden/"):
        assert "Hemligt utkast" not in text(client, address)
    text(client, one.get_absolute_url(), 404)
    client.force_login(world.police_lead)
    text(client, one.get_absolute_url(), 404)
    client.force_login(world.reporter)
    assert "Hemligt utkast" in text(client, one.get_absolute_url())
    assert "Hemligt utkast" in text(client, VARBY)


def test_a_place_begins_with_what_is_there_also_in_its_kommundel(world: World, client: Client) -> None:
    one = make_effort(world.housing, "Öppen hall", is_public=True, state="under_way")
    put(one, "kommundel", "varby")
    with unrecorded("how one reaches it"):
        ServiceReach.objects.create(
            effort=one,
            opening_hours="Fredag 18–22",
            contact_function="Fritidsledarna",
            phone="08-00 00 00",
            easy_text="Kom och spela!",
            english_text="Come and play.",
        )
    shown = text(client, VARBY)
    for words in ("Öppen hall", "Fredag 18–22", "Fritidsledarna", "tel:08-000000", "Kom och spela!"):
        assert words in shown
    assert shown.index("Öppen hall") < shown.index("Det som finns här<")
    assert "Come and play." in text(client, "/en" + VARBY) or "In English" in shown
    assert "Öppen hall" not in text(client, "/omraden/regso/flemingsberg-vastra/")


@time_machine.travel("2026-11-27T12:00:00Z", tick=False)
def test_what_ends_before_the_year_is_over_leaves_a_gap(world: World) -> None:
    for ends_on, state, gap in [
        ("2026-11-26", "under_way", False),
        ("2026-11-27", "under_way", True),
        ("2026-12-31", "unknown", True),
        ("2027-01-01", "under_way", False),
        ("2026-12-31", "cancelled", False),
        (None, "under_way", False),
    ]:
        one = make_effort(world.housing, is_public=True, ends_on=ends_on, state=state)
        assert (one in overview(world.stranger).ending) is gap, (ends_on, state)


def test_one_meets_what_has_begun_and_has_not_ended(world: World, client: Client) -> None:
    today, day = timezone.localdate(), timedelta(1)
    for title, said, shown in [
        ("Idag", {"starts_on": today, "ends_on": today}, "här"),
        ("Utan dagar", {"state": "introduced"}, "här"),
        ("Imorgon", {"starts_on": today + day}, "annat"),
        ("Planerad", {"state": "planned"}, "annat"),
        ("Okänd", {"state": "unknown"}, "annat"),
        ("Igår", {"ends_on": today - day}, ""),
        ("Avslutad", {"state": "ended"}, ""),
        ("Inställd", {"state": "cancelled"}, ""),
    ]:
        one = make_effort(world.housing, title, **{"is_public": True, "state": "under_way"} | said)
        put(one, "regso", "varby-gard")
        found = here(world.stranger, Place.objects.get(slug="varby-gard", division="regso"))
        where = {"här": found.today, "annat": found.other}
        for name, rows in where.items():
            assert (one in rows) is (name == shown), title


def test_a_place_names_a_few_and_counts_the_rest(world: World, client: Client) -> None:
    for number in range(20):
        put(
            make_effort(world.housing, f"Insats {number:02}", is_public=True, state="under_way"),
            "regso",
            "varby-gard",
        )
    last = Effort.objects.get(title="Insats 19")
    with unrecorded("how one reaches it"):
        ServiceReach.objects.create(effort=last, opening_hours="Fredag 18–22")
    shown = text(client, VARBY)
    assert "och 8 till" in shown
    assert shown.index("Insats 19") < shown.index("Insats 00")
    assert "Insats 18" not in shown


def test_what_an_old_answer_says_is_not_shown_as_there_today(loaded: World, client: Client) -> None:
    shown = text(client, "/omraden/kommundel/skogas/")
    assert "Så var det en tidigare dag" in shown
    assert "Ingen insats som går att besöka i dag" in shown
    assert shown.index("Ingen insats som går att besöka") < shown.index("Trygghetsvärdar")


def test_where_it_is_done_says_where_none_is_known(loaded: World, client: Client) -> None:
    shown = text(client, "/insatser/var/")
    assert "ingen känd" in shown
    assert shown.count('scope="row"') == 2 * 16


def test_the_thread_shows_a_hole_and_closes_it(world: World, client: Client) -> None:
    goal, one = make_goal(world.committee), make_effort(world.housing, "Jobbspår", is_public=True)
    with unrecorded("an adopted plan"):
        plan = Plan.objects.create(
            organisation=world.committee, slug="plan", title="Plan", kind="committee", is_public=True
        )
        version = PlanVersion.objects.create(plan=plan, number=1, ends_on="2099-12-31")
        said = {"level": "goal", "title": goal.title, "problem": "Få har arbete."}
        GoalVersion.objects.create(goal=goal, plan_version=version, **said)
        PlanVersion.objects.filter(pk=version.pk).update(state="adopted")
    before = text(client, "/insatser/roda-traden/")
    assert "hål: ingen insats" in before
    assert "Problem utan insats: 1. Indikatorer utan siffror: 0." in before
    client.force_login(world.analyst)
    assert client.post(f"{one.get_absolute_url()}mal/", {"mal": goal.slug}).status_code == 302
    client.logout()
    shown = text(client, "/insatser/roda-traden/")
    assert "hål: ingen insats" not in shown
    assert "Problem utan insats: 0." in shown
    assert "hål: ingen indikator" in shown
    assert "Ingen." in shown
    assert EffortGoal.objects.count() == 1


def test_a_goal_that_was_not_offered_cannot_be_tied(world: World, client: Client) -> None:
    goal = make_goal(world.other, public=False)
    one = make_effort(world.housing, is_public=True)
    client.force_login(world.analyst)
    assert client.post(f"{one.get_absolute_url()}mal/", {"mal": goal.slug}).status_code == 422
    assert not EffortGoal.objects.exists()


def test_pages_ask_the_same_questions_however_many_efforts_there_are(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        put(
            make_effort(world.housing, f"Insats {number}", is_public=True, state="under_way"),
            "regso",
            "varby-haga-masmo",
        )
    for address, most in [
        ("/omraden/regso/varby-haga-masmo/", 25),
        ("/insatser/", 16),
        ("/insatser/roda-traden/", 6),
        (Effort.objects.all()[0].get_absolute_url(), 14),
    ]:
        with django_assert_max_num_queries(most):
            text(client, address)


def test_the_registrar_finds_an_effort_by_its_case_number(world: World, client: Client) -> None:
    make_effort(world.committee, "Med nummer", case_number="KS 2026/123")
    make_effort(world.other, "Någon annans", case_number="KS 2026/123")
    client.force_login(world.people["registrar"])
    shown = text(client, "/register/diarienummer/?number=KS+2026/123")
    assert "Med nummer" in shown
    assert "Någon annans" not in shown


def test_the_example_hall_is_marked_wherever_it_shows(world: World, client: Client) -> None:
    from plats.web.efforts.examples import make_example_efforts

    make_example_efforts()
    assert Effort.objects.get(title=OPEN_HALL).is_example
    for address in ("/insatser/", VARBY):
        shown = text(client, address)
        at = shown.index(OPEN_HALL)
        assert 'class="tag">exempel' in shown[at : at + 200]
