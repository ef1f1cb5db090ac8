"""Showing once more who one is: fresh for a quarter of an hour, and by the strongest one has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from plats.web.accounts.assurance import LEVEL, SIGNED_IN_AT
from plats.web.accounts.models import SecondFactor, User
from plats.web.accounts.signin.tests.entrants import (
    PASSWORD,
    WRONG,
    acts,
    add_app,
    app_code,
    first_step,
    last_entry,
    make_user,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return make_user()


def test_it_makes_the_sign_in_fresh_and_leaves_an_entry(user: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = Client()
        first_step(client)
        clock.shift(timedelta(minutes=16))
        assert client.get("/konto/totp/").headers["Location"] == "/konto/bekrafta/?next=%2Fkonto%2Ftotp%2F"
        data = {"password": PASSWORD, "next": "/konto/totp/"}
        assert client.post("/konto/bekrafta/", data).headers["Location"] == "/konto/totp/"
        assert client.get("/konto/totp/").status_code == 200
        assert client.session[SIGNED_IN_AT] == (NOON + timedelta(minutes=16)).isoformat()
    assert last_entry("session.confirm").note == "password"


def test_a_fresh_sign_in_is_fresh_for_fifteen_minutes(user: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = Client()
        first_step(client)
        clock.shift(timedelta(minutes=15))
        assert client.get("/konto/totp/").status_code == 200
        clock.shift(timedelta(seconds=1))
        assert client.get("/konto/totp/").status_code == 302


def test_a_wrong_password_confirms_nothing_and_goes_on_record(client: Client, user: User) -> None:
    first_step(client)
    assert "Lösenordet stämmer inte" in client.post("/konto/bekrafta/", {"password": WRONG}).content.decode()
    assert acts("session.confirm", "session.confirm_fail") == ["session.confirm_fail"]
    assert last_entry("session.confirm_fail").actor == str(user.public_id)


def test_one_who_has_an_app_confirms_with_its_code_and_not_with_the_password(
    client: Client, user: User
) -> None:
    """Whoever finds an open screen and knows the password must not be able to take the second factor away."""
    secret = add_app(user)
    first_step(client)
    client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
    client.post("/konto/bekrafta/", {"password": PASSWORD})
    assert acts("session.confirm") == []
    client.post("/konto/bekrafta/", {"code": app_code(secret, 1)})
    assert acts("session.confirm") == ["session.confirm"]


def test_guessing_codes_to_confirm_locks_as_at_the_door(client: Client, user: User) -> None:
    add_app(user)
    client.force_login(user)
    with time_machine.travel(NOON, tick=False):
        client.force_login(user)
        for _ in range(5):
            client.post("/konto/bekrafta/", {"code": "000000"})
        assert "Vänta till kl. 13.15" in client.post("/konto/bekrafta/", {"code": "000000"}).content.decode()


def test_the_level_never_falls(client: Client, user: User) -> None:
    secret = add_app(user)
    first_step(client)
    client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
    client.post("/konto/totp/ta-bort/")
    client.post("/konto/bekrafta/", {"password": PASSWORD})
    assert client.session[LEVEL] == 3


def test_a_weak_session_of_an_account_with_a_factor_changes_no_factor(user: User) -> None:
    """A session begun with the password alone, before the factor was added elsewhere."""
    client = Client()
    first_step(client)
    add_app(user)
    for address in (
        "/konto/totp/",
        "/konto/totp/ta-bort/",
        "/konto/nycklar/",
        "/konto/aterhamtningskoder/",
    ):
        assert client.get(address).headers["Location"].startswith("/konto/bekrafta/"), address
    assert client.post("/konto/totp/ta-bort/").headers["Location"] == "/konto/bekrafta/?next=%2Fkonto%2F"
    assert SecondFactor.objects.exists()
