"""What the pages say, to everyone and to those who write."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plats.web.accounts.tests.world import World
from plats.web.partners.actions import add_part, set_page
from plats.web.partners.models import Activity, Agreement, Commitment, DutyState
from plats.web.partners.tests.promising import make_agreement, make_commitment
from plats.web.partners.writing import set_published

LIST = "/samverkan/loften/"
MINE = "/mitt/samverkan/"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_counts_also_what_is_unknown(loaded: World, client: Client) -> None:
    """21 commitments in the answer; four have something to show, seventeen have not."""
    shown = text(client, LIST)
    assert "21 åtaganden är publicerade." in shown
    assert "Okänt: 17." in shown


def test_examples_enter_no_count(loaded: World, client: Client) -> None:
    make_commitment(loaded.lead, loaded.housing, is_example=True, is_public=True)
    shown = text(client, LIST)
    assert "Belysa gården" in shown
    assert "21 åtaganden är publicerade." in shown


def test_the_list_is_narrowed_by_state_and_maker(loaded: World, client: Client) -> None:
    shown = text(client, f"{LIST}?lage=kept")
    assert "Införa GVI" in shown
    assert "Satsa på fler lärare" not in shown
    assert "Inget åtagande svarar" in text(client, f"{LIST}?lage=withdrawn")


def test_no_text_in_the_file_is_a_formula(world: World, client: Client) -> None:
    make_commitment(world.lead, world.housing, '=HYPERLINK("http://x")', is_public=True)
    make_commitment(world.lead, world.housing, "Hemligt utkast")
    csv = client.get(f"{LIST}lista.csv").content.decode("utf-8-sig")
    assert ";=" not in csv
    assert "\n=" not in csv
    client.force_login(world.lead)
    for suffix in ("csv", "xlsx"):
        body = client.get(f"{LIST}lista.{suffix}").content
        if suffix == "csv":
            assert "Hemligt utkast" not in body.decode()
    sheet = openpyxl.load_workbook(BytesIO(body)).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s"]
    assert client.get(f"{LIST}lista.pdf").status_code == 404


def test_the_agreement_tells_the_law_then_and_now(loaded: World, client: Client) -> None:
    shown = text(client, "/samverkan/overenskommelser/samverkansoverenskommelse-2023-2024/")
    for words in ("läge 2023-02-13", "har gått ut", "2001:453", "2025:400", "2023:421", "ingen särskild lag"):
        assert words in shown


@pytest.mark.parametrize("kind", ["agreement", "commitment"])
def test_what_is_not_published_is_not_found(world: World, client: Client, kind: str) -> None:
    one: Agreement | Commitment = (
        make_agreement(world.lead, world.housing, world.police)
        if kind == "agreement"
        else make_commitment(world.lead, world.housing)
    )
    text(client, one.get_absolute_url(), 404)
    client.force_login(world.lead)
    assert "inte publicerad" in text(client, one.get_absolute_url())


def test_a_lead_sees_and_changes_its_own_only(loaded: World, client: Client) -> None:
    own = make_commitment(loaded.lead, loaded.housing)
    other = make_commitment(loaded.police_lead, loaded.police, "Polisens löfte")
    set_published(by=loaded.police_lead, row=other, revision=1, public=True)
    client.force_login(loaded.lead)
    shown = text(client, MINE)
    assert "Belysa gården" in shown
    assert "Polisens löfte" not in shown
    assert "Polisens löfte" in text(client, LIST)
    text(client, f"{MINE}ataganden/{other.public_id}/", 404)
    sent = {"title": "Belysa gården", "made_in": "plan", "made_on": "2026-01-01", "state": "kept"}
    sent |= {"revision": "1", "who": str(loaded.housing.pk)}
    address = f"{MINE}ataganden/{own.public_id}/"
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent | {"state": "partly"}).status_code == 409
    assert client.post(address, sent | {"state_on": "2025-01-01", "revision": "2"}).status_code == 422
    assert Commitment.objects.get(pk=own.pk).state == "kept"
    assert client.post(f"{address}publicera/", {"revision": "1", "synlig": "1"}).status_code == 409
    assert client.post(f"{address}publicera/", {"revision": "2", "synlig": "1"}).status_code == 302
    assert Commitment.objects.get(pk=own.pk).is_public


def test_an_agreement_is_written_and_changed_with_parties_and_topics(world: World, client: Client) -> None:
    client.force_login(world.analyst)
    sent = {"title": "Nytt avtal", "starts_on": "2026-01-01", "ends_on": "2025-12-31", "revision": "0"}
    sent |= {"parties": str(world.police.pk), "topics": "andts"}
    assert client.post(f"{MINE}overenskommelser/ny/", sent).status_code == 422
    assert not Agreement.objects.exists()
    sent["ends_on"] = "2026-12-31"
    assert client.post(f"{MINE}overenskommelser/ny/", sent).status_code == 302
    one = Agreement.objects.get()
    changed = sent | {"revision": "1", "topics": "children"}
    assert client.post(f"{MINE}overenskommelser/{one.public_id}/", changed).status_code == 302
    assert [area.topic for area in one.focus_areas.all()] == ["children"]
    assert client.post(f"{MINE}overenskommelser/{one.public_id}/", changed).status_code == 409


def test_the_checklist_is_the_municipalitys(world: World, client: Client) -> None:
    client.force_login(world.analyst)
    shown = text(client, f"{MINE}skyldigheter/")
    assert "Lägesbild över brottsligheten" in shown
    assert "kontrollera lagtext" in shown
    address = f"{MINE}skyldigheter/{world.committee.public_id}/council/"
    sent = {"progress": "done", "next_due_on": "2027-03-01", "evidence": "Rådet möts", "revision": "0"}
    assert client.post(address, sent).status_code == 302
    assert DutyState.objects.get().next_due_on == date(2027, 3, 1)
    text(client, f"{MINE}skyldigheter/{world.other.public_id}/council/", 404)
    text(client, f"{MINE}skyldigheter/{world.committee.public_id}/nothing/", 404)


def test_a_commitment_tells_what_held_when_it_was_made_and_what_holds_now(
    world: World, client: Client
) -> None:
    """The cameras' permits ended on 1 April 2025; nothing else has changed since 2 January that year but one law."""
    made = make_commitment(world.lead, world.housing, made_on=date(2025, 1, 2), is_public=True)
    later = make_commitment(world.lead, world.housing, "Senare", made_on=date(2025, 7, 1), is_public=True)
    shown = text(client, made.get_absolute_url())
    assert "2 lagar har ändrats sedan 2025-01-02." in shown
    assert "sedan 2025-04-01" in shown
    assert "Där det står kontrollera lagtext" in shown
    assert "Samma lagar gäller i dag som 2025-07-01." in text(client, later.get_absolute_url())


def test_the_pages_ask_a_fixed_number_of_questions(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agreement = make_agreement(world.lead, world.housing, world.police, is_public=True)
    page = set_page(by=world.lead, organisation=world.housing, revision=0, values={"is_public": True})
    for number in range(12):
        make_commitment(world.lead, world.housing, f"Löfte {number}", agreement=agreement, is_public=True)
        row = Activity(
            focus_area=agreement.focus_areas.get(), what=f"Något {number}", responsible=world.police
        )
        add_part(by=world.lead, agreement=agreement, row=row)
        make_agreement(world.lead, world.housing, world.police, is_public=True, topics=["andts"])
    for address, most in (
        (agreement.get_absolute_url(), 16),
        (page.get_absolute_url(), 14),
        ("/samverkan/", 8),
        (LIST, 4),
    ):
        with django_assert_max_num_queries(most):
            text(client, address)
