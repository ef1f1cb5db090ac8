"""What a partner's page says of its efforts."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plats.web.accounts.tests.world import World
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.tests.making import make_effort
from plats.web.efforts.models import EffortPartner, EffortPlace
from plats.web.efforts.queries_partner import of_partner
from plats.web.partners.actions import set_page
from plats.web.partners.models import PartnerPage
from plats.web.places.models import Place


def page_of(world: World) -> PartnerPage:
    return set_page(by=world.lead, organisation=world.housing, revision=0, values={"is_public": True})


def text(client: Client, page: PartnerPage) -> str:
    answer = client.get(page.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_partners_page_lists_what_it_does_and_takes_part_in_of_what_one_sees(
    world: World, client: Client
) -> None:
    make_effort(world.housing, "Egen insats", is_public=True, state="ended")
    make_effort(world.housing, "Eget utkast")
    make_effort(world.police, "Någon annans", is_public=True)
    shared = make_effort(world.police, "Gemensam insats", is_public=True, state="under_way")
    with unrecorded("who takes part"):
        EffortPartner.objects.create(effort=shared, organisation=world.housing)
    page = page_of(world)
    shown = text(client, page)
    assert shown.index("Gemensam insats") < shown.index("Egen insats"), "what goes on before what has ended"
    assert f"{world.police.name} ansvarar" in shown
    for absent in ("Eget utkast", "Någon annans"):
        assert absent not in shown
    client.force_login(world.lead)
    assert "Eget utkast" in text(client, page)


def test_a_partner_without_efforts_has_no_empty_section(world: World, client: Client) -> None:
    assert 'id="insatser-h"' not in text(client, page_of(world))


def test_a_partner_with_many_efforts_names_a_few_and_counts_the_rest(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    place = Place.objects.get(division="regso", slug="varby-gard")
    for number in range(20):
        effort = make_effort(world.housing, f"Insats {number}", is_public=True)
        with unrecorded("where it is"):
            EffortPlace.objects.create(effort=effort, place=place)
    found = of_partner(AnonymousUser(), world.housing)
    assert (len(found.rows), found.more) == (12, 8)
    page = page_of(world)
    with django_assert_max_num_queries(14):
        assert "och 8 till" in text(client, page)
