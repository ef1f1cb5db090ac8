"""Writing efforts in the pages: new ones, what is wrong in them, money, and two who write at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from plats.web.accounts.tests.world import World
from plats.web.efforts.exchange.tests.making import make_effort
from plats.web.efforts.models import Effort, EffortResource


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


FORM: dict[str, Any] = {
    "title": "Nattvandring",
    "kind": "safety_presence",
    "level": "universal",
    "moment": "before",
    "state": "planned",
    "problem": "Otrygghet ute.",
    "cause": "Få vuxna ute.",
    "sex": "all",
}


def test_a_reporter_writes_an_effort_and_a_lead_publishes_it(world: World, client: Client) -> None:
    client.force_login(world.reporter)
    answer = client.post("/mitt/insatser/ny/", {**FORM, "places": ["kommundel/skogas"]})
    one = Effort.objects.get()
    assert answer.headers["Location"] == one.get_absolute_url()
    assert [where.place.slug for where in one.places.all()] == ["skogas"]
    assert client.post(f"/mitt/insatser/{one.public_id}/publicera/", {"synlig": "1"}).status_code == 403
    client.force_login(world.lead)
    sent = {"synlig": "1", "revision": one.revision}
    assert client.post(f"/mitt/insatser/{one.public_id}/publicera/", sent).status_code == 302
    client.logout()
    assert "Nattvandring" in text(client, one.get_absolute_url())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"cause": ""}, "id_cause_error"),
        ({"starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "Den slutar innan den börjar"),
        ({"ends_on": "9999-12-31"}, "mellan 1900-01-01 och 2200-12-31"),
        ({"age_from": "20", "age_to": "10"}, "lägre än åldern från"),
        ({"places": ["regso/finns-inte"]}, "finns-inte"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    world: World, client: Client, wrong: dict[str, Any], told: str
) -> None:
    client.force_login(world.reporter)
    answer = client.post("/mitt/insatser/ny/", FORM | wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Effort.objects.exists()


def test_money_is_written_in_kronor_and_an_empty_amount_is_unknown(world: World, client: Client) -> None:
    one = make_effort(world.housing)
    client.force_login(world.lead)
    address = f"/mitt/insatser/{one.public_id}/lagg-till/resurs/"
    assert client.post(address, {"year": "2026", "kronor": "1234,50"}).status_code == 302
    assert client.post(address, {"year": "2027"}).status_code == 302
    assert client.post(address, {"year": "2026", "kronor": "-1"}).status_code == 422
    assert list(EffortResource.objects.order_by("year").values_list("amount_ore", flat=True)) == [
        123_450,
        None,
    ]
    assert "1 234,50 kr" in text(client, one.get_absolute_url()).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_second_of_two_who_write_sees_what_differs(world: World, client: Client) -> None:
    one = make_effort(world.housing)
    client.force_login(world.lead)
    address = f"/mitt/insatser/{one.public_id}/"
    assert client.post(address, {**FORM, "title": "Först", "revision": "1"}).status_code == 302
    answer = client.post(address, {**FORM, "title": "Sedan", "state": "ended", "revision": "1"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Först" in shown
    # In the words of the page: the state that stands, and the one that was wanted.
    assert re.search(r'data-label="Står nu">planerad<.*data-label="Du skrev">avslutad<', shown)
    assert Effort.objects.get().title == "Först"
