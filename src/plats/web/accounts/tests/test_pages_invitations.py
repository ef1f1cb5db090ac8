"""The letter's page: open to whoever holds the secret and nobody else, and clear about why it is shut."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from plats.web.accounts.actions import Offer, Terms, close_account, invite, send_again, withdraw
from plats.web.accounts.guessing import MISSES_BEFORE_LOCK
from plats.web.accounts.models import Invitation, Membership, User
from plats.web.accounts.tests.browsing import Reader, address, words
from plats.web.accounts.tests.world import World, fresh, make_user

ADDRESS = "ny.rapportor@exempel.se"
PASSWORD = "fyra lila elefanter"  # noqa: S105  belongs to nobody
CHOSEN = {"name": "Ny (exempel)", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def token(world: World) -> str:
    """The secret of an invitation from the housing company's lead."""
    return sent(world)


def sent(world: World, email: str = ADDRESS, role: str = "reporter") -> str:
    kept: list[str] = []

    def link(token: str) -> str:
        kept.append(token)
        return "https://plats.exempel.se/"

    invite(by=world.lead, organisation=world.housing, offer=Offer(email=email, role=role), link=link)
    return kept[0]


def opened(token: str, *, user: User | None = None, status: int = 200) -> str:
    return Reader(user).get("invitation", status=status, token=token)


def test_a_lead_invites_from_the_page_and_the_letter_leads_to_it(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    reader = Reader(world.lead)
    with django_capture_on_commit_callbacks(execute=True):
        page = reader.post(
            "invite",
            {"email": ADDRESS, "role": "reporter", "may_write": "write"},
            public_id=world.housing.public_id,
        )
    assert "Inbjudan är skickad" in page
    assert ADDRESS in page
    found = re.search(r"http://testserver(/inbjudan/\S+/)", mail.outbox[0].body)
    assert found
    assert "Bostadsbolaget (exempel)" in words(Client().get(found[1]))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"email": "", "role": "reporter"}, "måste fyllas i"),
        ({"email": ADDRESS, "role": ""}, "måste fyllas i"),
        ({"email": ADDRESS, "role": "administrator"}, "Välj ett giltigt alternativ"),
        ({"email": ADDRESS, "role": "politician"}, "Välj ett giltigt alternativ"),
        ({"email": ADDRESS, "role": "reporter", "places": ["regso/finns-inte"]}, ""),
    ],
)
def test_what_is_wrong_with_an_invitation_is_told(world: World, data: dict[str, Any], told: str) -> None:
    wanted = {"may_write": "write"} | data
    page = (
        Reader(world.lead).post("invite", wanted, status=200, public_id=world.housing.public_id)
        if told
        else ""
    )
    assert told in page
    assert not Invitation.objects.exists()


def test_the_page_says_to_what_one_is_invited_and_keeps_its_address_to_itself(
    world: World, token: str
) -> None:
    response = Client().get(address("invitation", token=token))
    # The address holds the secret: no other site is told where one came from. 'no-referrer' would be stricter, and
    # then a browser sends the form without an origin, which is refused as if it came from another site.
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
    said = words(response)
    assert all(word in said for word in ("Bostadsbolaget (exempel)", "Rapportör", ADDRESS))


def test_one_makes_the_account_and_then_signs_in(world: World, token: str) -> None:
    reader = Reader()
    page = reader.post("invitation", dict(CHOSEN), token=token)
    assert "Kontot är klart" in page
    user = User.objects.get(email=ADDRESS)
    assert user.check_password(PASSWORD)
    assert "_auth_user_id" not in reader.client.session
    assert Membership.objects.current().filter(user=user, role="reporter").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"again": "fyra lila kameler"}, "olika"),
        ({"password": "kort", "again": "kort"}, "kort"),
        ({"name": ""}, "måste fyllas i"),
    ],
)
def test_what_is_wrong_with_the_account_is_told_and_nothing_is_made(
    world: World, token: str, change: dict[str, str], told: str
) -> None:
    page = Reader().post("invitation", CHOSEN | change, status=200, token=token)
    assert told in page
    assert not User.objects.filter(email=ADDRESS).exists()
    assert PASSWORD not in page


def test_a_used_link_says_so(world: World, token: str) -> None:
    Reader().post("invitation", dict(CHOSEN), token=token)
    assert "redan mottagen" in opened(token, status=410)
    Reader().post("invitation", dict(CHOSEN), status=410, token=token)
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_an_expired_link_says_so(world: World) -> None:
    with time_machine.travel("2026-11-27T08:00:00Z", tick=False) as clock:
        token = sent(world)
        clock.shift(timedelta(days=14))
        assert "har gått ut" in opened(token, status=410)
        Reader().post("invitation", dict(CHOSEN), status=410, token=token)


def test_a_withdrawn_link_says_so_and_a_resent_one_has_a_new_secret(world: World, token: str) -> None:
    send_again(by=world.lead, invitation=Invitation.objects.get(), link=lambda _: "https://plats.exempel.se/")
    assert "nyaste länken" in opened(token, status=404)
    other = sent(world, "annan@exempel.se")
    withdraw(by=world.lead, invitation=Invitation.objects.get(email="annan@exempel.se"))
    assert "återkallad" in opened(other, status=410)


def test_someone_elses_link_is_refused_to_one_who_is_signed_in(world: World, token: str) -> None:
    for user in (world.police_lead, make_user()):
        assert "till någon annan" in opened(token, user=user, status=403)
        Reader(user).post("invitation", dict(CHOSEN), status=403, token=token)
    assert Invitation.objects.open().count() == 1


def test_who_has_an_account_signs_in_with_it_first(world: World) -> None:
    known = make_user("kand@exempel.se")
    token = sent(world, known.email)
    response = Client().get(address("invitation", token=token))
    assert f"/logga-in/?next=%2Finbjudan%2F{token}%2F" in response.content.decode()
    refused = Reader().post("invitation", dict(CHOSEN), status=200, token=token)
    assert "Logga in med det" in refused
    assert "Ta emot rollen" in opened(token, user=known)
    assert "Rollen är given" in Reader(known).post("invitation", token=token)
    assert fresh(known).grants.organisation_ids("member.read") == [world.housing.pk]


def test_an_account_without_switches_gets_the_role_and_no_more(world: World) -> None:
    token = sent(world, world.stranger.email)
    Reader(world.stranger).post("invitation", token=token)
    assert fresh(world.stranger).grants.held == {}
    assert Membership.objects.current().filter(user=world.stranger).exists()


def test_a_closed_account_is_not_opened_by_a_letter(world: World) -> None:
    known = make_user("stangd@exempel.se")
    token = sent(world, known.email)
    close_account(by=world.administrator, user=known)
    assert "Kontot är stängt" in opened(token, status=403)


def test_links_that_lead_nowhere_are_counted_and_then_none_is_looked_up(world: World, token: str) -> None:
    with time_machine.travel("2026-11-27T08:00:00Z", tick=False) as clock:
        for number in range(MISSES_BEFORE_LOCK):
            opened(f"x{number}", status=404)
        assert "För många försök" in opened(token, status=429)
        clock.shift(timedelta(minutes=14, seconds=59))
        opened(token, status=429)
        clock.shift(timedelta(seconds=1))
        opened(token, status=200)


def test_an_honest_reader_is_not_counted(world: World, token: str) -> None:
    withdraw(by=world.lead, invitation=Invitation.objects.get())
    for _ in range(MISSES_BEFORE_LOCK + 1):
        opened(token, status=410)


def test_misses_from_one_address_do_not_shut_out_another(world: World, token: str) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    for number in range(MISSES_BEFORE_LOCK):
        client.get(address("invitation", token=f"x{number}"))
    assert client.get(address("invitation", token=token)).status_code == 429
    opened(token, status=200)


def test_a_lead_sends_again_and_withdraws_from_the_page(world: World, token: str) -> None:
    reader = Reader(world.lead)
    number = Invitation.objects.get().public_id
    assert "skickad igen" in reader.post("invitation_resend", public_id=number)
    assert "återkallad" in reader.post("invitation_withdraw", public_id=number)
    assert "redan antagen eller återkallad" in reader.post("invitation_resend", public_id=number)
    assert ADDRESS not in reader.get("organisation", public_id=world.housing.public_id)


def test_an_invitation_within_a_unit_and_places_carries_both(world: World) -> None:
    from plats.web.accounts.actions import add_unit

    unit = add_unit(by=world.lead, organisation=world.housing, name="Distrikt Öst")
    offer = Offer(email=ADDRESS, role="reporter", terms=Terms(unit=unit))
    kept: list[str] = []
    invite(by=world.lead, organisation=world.housing, offer=offer, link=lambda one: kept.append(one) or "")  # type: ignore[func-returns-value]
    assert "Distrikt Öst" in opened(kept[0])
    Reader().post("invitation", dict(CHOSEN), token=kept[0])
    assert Membership.objects.get(user__email=ADDRESS).unit == unit
