"""An organisation writes its own page: functions, never people; apps above add what it does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.partners.actions import add_contact, set_page
from plats.web.partners.models import PartnerContact, PartnerPage
from plats.web.partners.sections import PartnerSection, forget_partner_section, register_partner_section

PAGE = {"about": "Vi äger hyresbostäder.", "website": "", "is_public": True}


@pytest.fixture
def page(world: World) -> PartnerPage:
    """The housing company's, public."""
    return set_page(by=world.lead, organisation=world.housing, revision=0, values=PAGE)


@pytest.fixture
def section() -> Iterator[None]:
    """A section that has something to say about associations only."""
    register_partner_section(
        PartnerSection(
            99,
            "prov",
            "Prov",
            "partners/_tags.html",
            lambda organisation, _user: {} if organisation.kind == "association" else None,
        )
    )
    yield
    forget_partner_section("prov")


def writing(world: World) -> str:
    return f"/mitt/samverkan/sidor/{world.housing.public_id}/"


def test_an_organisation_writes_its_own_page_and_no_one_elses(
    world: World, page: PartnerPage, client: Client
) -> None:
    for stranger in (world.analyst, world.police_lead, world.reporter, world.officer, world.stranger):
        with pytest.raises(NotAllowedError):
            set_page(by=stranger, organisation=world.housing, revision=1, values={"about": "Något annat."})
        with pytest.raises(NotAllowedError):
            add_contact(by=stranger, page=page, values={"function": "Växeln"})
    client.force_login(world.analyst)
    assert client.get(writing(world)).status_code == 404
    assert client.get(f"{writing(world)}kontakter/ny/").status_code == 404
    assert PartnerPage.objects.get().about == PAGE["about"]


def test_the_page_is_written_made_public_and_the_second_of_two_is_told(world: World, client: Client) -> None:
    client.force_login(world.lead)
    sent = {"about": "Vi äger hyresbostäder.", "website": "bostadsbolaget.exempel.se", "revision": "0"}
    assert client.post(writing(world), sent).status_code == 302
    page = PartnerPage.objects.get()
    assert page.website == "https://bostadsbolaget.exempel.se"
    assert client.get(page.get_absolute_url()).status_code == 404
    assert client.post(writing(world), sent | {"revision": "1", "is_public": "on"}).status_code == 302
    answer = client.post(writing(world), sent | {"revision": "1"})
    assert answer.status_code == 409
    assert [(one.label, one.now, one.wanted) for one in answer.context["differences"]] == [
        ("Publicerad", "ja", "nej")
    ]
    client.logout()
    assert "Vi äger hyresbostäder." in client.get(page.get_absolute_url()).content.decode()


def test_a_contact_is_a_function_with_hours_and_a_number_that_is_one(
    world: World, page: PartnerPage, client: Client
) -> None:
    client.force_login(world.lead)
    sent = {"function": "Trygghetsvärden", "matter": "Gården", "opening_hours": "vardagar klockan 9–12"}
    address = f"{writing(world)}kontakter/ny/"
    assert client.post(address, sent | {"phone": "ring mig"}).status_code == 422
    assert client.post(address, sent | {"function": "Ring 070-174 06 05"}).status_code == 422
    assert not PartnerContact.objects.exists()
    assert client.post(address, sent).status_code == 302
    twice = client.post(address, sent)
    assert twice.status_code == 422
    assert "Funktionen finns redan på sidan." in twice.content.decode()
    shown = client.get(page.get_absolute_url()).content.decode()
    for words in ("Trygghetsvärden", "Gården", "vardagar klockan 9–12"):
        assert words in shown
    one = PartnerContact.objects.get()
    address = f"/mitt/samverkan/kontakter/{one.public_id}/"
    client.force_login(world.analyst)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}ta-bort/").status_code == 404
    client.force_login(world.lead)
    assert client.post(address, sent | {"revision": "1", "opening_hours": ""}).status_code == 302
    assert client.post(address, sent | {"revision": "1"}).status_code == 409
    assert "Öppet: okänt" in client.get(page.get_absolute_url()).content.decode()
    assert client.post(f"{address}ta-bort/").status_code == 302
    acts = (
        AuditEntry.objects.filter(kind="partner_contact").order_by("sequence").values_list("act", flat=True)
    )
    assert [act.rsplit(".", maxsplit=1)[-1] for act in acts] == ["create", "change", "remove"]


def test_contacts_wait_for_the_page(world: World, client: Client) -> None:
    client.force_login(world.lead)
    answer = client.get(f"{writing(world)}kontakter/ny/")
    assert answer.status_code == 409
    assert "Skriv sidan först" in answer.content.decode()


def test_apps_above_add_sections_and_one_with_nothing_to_say_is_left_out(
    world: World, page: PartnerPage, section: None, client: Client
) -> None:
    assert 'aria-labelledby="prov-h"' not in client.get(page.get_absolute_url()).content.decode()
    lead = world.people["coordinator"]
    other = set_page(by=lead, organisation=world.committee, revision=0, values=PAGE)
    assert 'aria-labelledby="prov-h"' not in client.get(other.get_absolute_url()).content.decode()
    register_partner_section(
        PartnerSection(99, "prov", "Prov", "partners/_tags.html", lambda _one, _user: {})
    )
    assert 'aria-labelledby="prov-h"' in client.get(other.get_absolute_url()).content.decode()
