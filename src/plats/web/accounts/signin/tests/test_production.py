"""In production a password alone opens nothing but the pages where one adds something more."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from plats.web.accounts.models import SecondFactor, User
from plats.web.accounts.signin.tests.entrants import PASSWORD, add_app, app_code, first_step, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user()


@pytest.fixture(autouse=True)
def _on(settings: Settings) -> None:
    settings.PLATS_PRODUCTION = True


def test_a_password_alone_leads_to_setting_up_a_factor_and_nowhere_else(client: Client, user: User) -> None:
    first_step(client)
    for address in ("/konto/", "/konto/sessioner/", "/konto/losenord/", "/", "/tillganglighet/"):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/konto/skydda/?next="), address
    assert (
        client.post("/konto/losenord/", {"password": PASSWORD}).headers["Location"] == "/konto/skydda/?next="
    )
    for address in ("/konto/skydda/", "/konto/totp/", "/konto/nycklar/"):
        assert client.get(address).status_code == 200, address
    assert client.post("/logga-ut/").headers["Location"] == "/"


def test_with_the_factor_set_up_one_goes_where_one_was_going(client: Client, user: User) -> None:
    first_step(client, next="/konto/sessioner/")
    asked = client.get("/konto/sessioner/").headers["Location"]
    assert asked == "/konto/skydda/?next=%2Fkonto%2Fsessioner%2F"
    assert "/konto/totp/?next=/konto/sessioner/" in client.get(asked).content.decode()
    page = client.get("/konto/totp/?next=/konto/sessioner/").content.decode()
    start = page.index('class="secret">') + len('class="secret">')
    secret = page[start : page.index("<", start)].replace(" ", "")
    answer = client.post("/konto/totp/", {"code": app_code(secret), "next": "/konto/sessioner/"})
    assert 'href="/konto/sessioner/">Jag har sparat koderna' in answer.content.decode()
    assert client.get("/konto/sessioner/").status_code == 200


def test_with_two_factors_one_comes_in(client: Client, user: User) -> None:
    secret = add_app(user)
    first_step(client)
    client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
    assert client.get("/konto/").status_code == 200


def test_a_weak_session_of_an_account_with_a_factor_is_asked_for_it(user: User) -> None:
    client = Client()
    first_step(client)
    add_app(user)
    assert client.get("/konto/").headers["Location"] == "/konto/bekrafta/?next=%2Fkonto%2F"


def test_the_last_factor_stays(client: Client, user: User) -> None:
    secret = add_app(user)
    first_step(client)
    client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
    page = client.post("/konto/totp/ta-bort/", follow=True).content.decode()
    assert "Det går inte att ta bort den sista" in page
    assert SecondFactor.objects.exists()


def test_a_password_confirmed_anew_is_still_not_enough(client: Client, user: User) -> None:
    first_step(client)
    client.post("/konto/bekrafta/", {"password": PASSWORD})
    assert client.get("/konto/").headers["Location"].startswith(reverse("accounts:protect"))
