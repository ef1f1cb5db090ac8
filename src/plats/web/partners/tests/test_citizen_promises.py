"""What police and municipality promise those who live somewhere: written, published, answered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import Client

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World, make_member
from plats.web.audit.models import AuditEntry
from plats.web.documents.tests.places import make_place
from plats.web.partners import queries
from plats.web.partners.actions import change_promise, create_promise
from plats.web.partners.here import build_here
from plats.web.partners.models import CitizenPromise
from plats.web.partners.tests.promising import make_agreement
from plats.web.partners.writing import set_published

MINE = "/mitt/samverkan/medborgarloften/"
SENT = {
    "title": "Vi går trygghetsvandring i varje park",
    "theme": "Trygghet",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
}


def make_promise(by: User, world: World, **said: Any) -> CitizenPromise:
    values = {
        "title": "Vi går trygghetsvandring",
        "theme": "Trygghet",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
    }
    return create_promise(by=by, organisation=world.committee, values=values | said)


def test_it_is_seen_by_its_own_until_it_is_published(world: World, client: Client) -> None:
    one = make_promise(world.analyst, world)
    for other in (AnonymousUser(), world.police_lead, world.lead):
        assert queries.citizen_promise(other, one.slug) is None
    assert client.get(one.get_absolute_url()).status_code == 404
    assert queries.citizen_promise(world.people["politician"], one.slug) == one
    set_published(by=world.coordinator, row=one, revision=1, public=True)
    assert "Vi går trygghetsvandring" in client.get(one.get_absolute_url()).content.decode()
    assert "Vi går trygghetsvandring" in client.get("/samverkan/").content.decode()


def test_an_agreement_that_is_not_published_is_not_named_by_its_promise(world: World, client: Client) -> None:
    agreement = make_agreement(world.analyst, world.committee, world.police)
    one = make_promise(world.analyst, world, agreement=agreement)
    set_published(by=world.analyst, row=one, revision=1, public=True)
    assert agreement.title not in client.get(one.get_absolute_url()).content.decode()
    set_published(by=world.analyst, row=agreement, revision=1, public=True)
    assert agreement.title in client.get(one.get_absolute_url()).content.decode()
    assert one.title in client.get(agreement.get_absolute_url()).content.decode()


def test_only_its_own_organisation_writes_and_publishes(world: World) -> None:
    one = make_promise(world.analyst, world)
    for stranger in (world.police_lead, world.others["analyst"], world.officer, world.stranger):
        with pytest.raises(NotAllowedError):
            make_promise(stranger, world)
        with pytest.raises(NotAllowedError):
            change_promise(by=stranger, promise=one, revision=1, values={"public_answer": "Klart."})
        with pytest.raises(NotAllowedError):
            set_published(by=stranger, row=one, revision=1, public=True)
    assert CitizenPromise.objects.count() == 1


def test_the_pages_write_tell_and_refuse(world: World, client: Client) -> None:
    client.force_login(world.analyst)
    assert client.post(f"{MINE}nytt/", SENT | {"ends_on": "2025-12-31"}).status_code == 422
    assert client.post(f"{MINE}nytt/", SENT | {"title": "Ring 070-174 06 05"}).status_code == 422
    assert not CitizenPromise.objects.exists()
    assert client.post(f"{MINE}nytt/", SENT).status_code == 302
    one = CitizenPromise.objects.get()
    assert one.handler is None, "none was chosen"
    address = f"{MINE}{one.public_id}/"
    said = SENT | {"revision": "1", "public_answer": "Vi gick i alla parker."}
    assert client.post(address, said).status_code == 302
    answer = client.post(address, said | {"public_answer": "Vi gick inte."})
    assert answer.status_code == 409
    assert [(row.label, row.now) for row in answer.context["differences"]] == [
        ("Svar till invånarna", "Vi gick i alla parker.")
    ]
    assert AuditEntry.objects.filter(act="citizen_promise.change").count() == 1
    client.force_login(world.police_lead)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}publicera/", {"revision": "2", "synlig": "1"}).status_code == 404


def test_someone_whose_role_is_for_some_places_promises_there_only(world: World) -> None:
    here = make_place("regso", "har", "Här", "0126R901")
    there = make_place("regso", "dar", "Där", "0126R902")
    local = make_member(world.committee, "coordinator", place_keys=["regso/har"])
    one = make_promise(local, world, place=here)
    for elsewhere in (there, None):
        with pytest.raises(ValidationError, match="platser som din roll gäller för"):
            make_promise(local, world, place=elsewhere)
        with pytest.raises(ValidationError, match="platser som din roll gäller för"):
            change_promise(by=local, promise=one, revision=1, values={"place": elsewhere})
    assert CitizenPromise.objects.get().place == here


def test_a_form_cannot_move_a_promise_past_the_border_of_a_role(world: World, client: Client) -> None:
    """The form sets what was sent on the row before the act asks; the act asks the database, not that row."""
    here = make_place("regso", "har", "Här", "0126R901")
    there = make_place("regso", "dar", "Där", "0126R902")
    local = make_member(world.committee, "coordinator", place_keys=["regso/har"])
    one = make_promise(local, world, place=here)
    one.place = there
    with pytest.raises(ValidationError):
        change_promise(by=local, promise=one, revision=1, values={"place": there})
    client.force_login(local)
    sent = SENT | {"revision": "1", "place": str(there.pk)}
    assert client.post(f"{MINE}{one.public_id}/", sent).status_code == 422
    assert CitizenPromise.objects.get().place == here


@pytest.mark.parametrize(
    ("day", "told"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_a_place_tells_what_is_promised_there_while_it_holds(world: World, day: str, told: bool) -> None:
    here = make_place("regso", "har", "Här", "0126R901")
    there = make_place("regso", "dar", "Där", "0126R902")
    make_promise(world.analyst, world, place=here, is_public=True)
    make_promise(world.analyst, world, is_public=True)
    hidden = make_promise(world.analyst, world, place=here)
    with time_machine.travel(f"{day} 12:00:00+01:00", tick=False):
        section = build_here(here, AnonymousUser())
        assert (section is not None) is told
        assert build_here(there, AnonymousUser()) is None
        if section is not None:
            assert [one.place for one in section["promises"]] == [here]
            own = build_here(here, world.analyst)
            assert own is not None
            assert hidden in own["promises"]
