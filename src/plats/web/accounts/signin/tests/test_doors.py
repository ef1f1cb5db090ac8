"""What holds for every door: no forged form, no foreign address, no kept page, and no act without its entry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from plats.web.accounts.actions import May
from plats.web.accounts.models import SecondFactor, SignedInSession, User
from plats.web.accounts.signin.factors import new_recovery_codes
from plats.web.accounts.signin.tests.entrants import (
    PASSWORD,
    acts,
    add_app,
    app_code,
    first_step,
    is_in,
    make_user,
)
from plats.web.accounts.signin.urls import urlpatterns
from plats.web.common.access import routes

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
]
POSTS = [
    "/logga-in/",
    "/logga-in/andra-steget/",
    "/logga-in/nyckel/",
    "/logga-in/nyckel/fraga/",
    "/logga-ut/",
    "/konto/bekrafta/",
    "/konto/losenord/",
    "/konto/totp/",
    "/konto/totp/ta-bort/",
    "/konto/nycklar/",
    "/konto/nycklar/fraga/",
    "/konto/nycklar/ta-bort/",
    "/konto/aterhamtningskoder/",
    "/konto/sessioner/",
]


@pytest.fixture
def user() -> User:
    return make_user()


def break_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(notes: Any) -> None:
        raise DatabaseError("the chain cannot be written")

    monkeypatch.setattr("plats.web.audit.recording._append", fails)


class TestTheAccessOfEachRoute:
    def test_none_of_the_librarys_own_views_is_routed(self) -> None:
        ours = {f"accounts:{one.name}" for one in urlpatterns}
        assert len(ours) == len(urlpatterns)
        assert not [
            route.name for route in routes() if route.name.startswith(("account_", "mfa_", "socialaccount_"))
        ]
        assert not [route.name for route in routes() if "openid_connect" in route.name]

    @pytest.mark.parametrize("address", POSTS)
    def test_a_form_from_another_site_does_nothing(self, user: User, address: str) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        assert client.post(address, {"username": user.email, "password": PASSWORD}).status_code == 403
        assert acts("session.close", "session.revoke", "factor.add", "user.password") == []

    @pytest.mark.parametrize("address", ["/konto/", "/konto/sessioner/", "/konto/totp/", "/konto/bekrafta/"])
    def test_whoever_is_not_signed_in_is_sent_to_sign_in(self, client: Client, address: str) -> None:
        assert client.get(address).headers["Location"] == f"/logga-in/?next={address}"

    def test_one_who_may_only_read_looks_after_their_own_sign_in(self, client: Client) -> None:
        """The writing switch is about others' data; without this a reader could not protect the account."""
        make_user("lasare@exempel.se", May.READ)
        first_step(client, "lasare@exempel.se")
        new = "sju svarta svanar"
        data = {"password": PASSWORD, "new_password": new, "again": new}
        assert client.post("/konto/losenord/", data).headers["Location"] == "/konto/"

    def test_one_whose_reading_is_closed_reaches_nothing_but_the_way_out(self, client: Client) -> None:
        make_user("stangd@exempel.se", May.NOTHING)
        first_step(client, "stangd@exempel.se")
        assert client.get("/konto/").status_code == 403
        assert client.post("/konto/sessioner/", {"others": "1"}).status_code == 403
        assert client.post("/logga-ut/").status_code == 302


class TestAddresses:
    @pytest.mark.parametrize("wanted", FOREIGN)
    def test_no_door_leads_to_another_site(self, client: Client, user: User, wanted: str) -> None:
        secret = add_app(user)
        first_step(client, next=wanted)
        assert client.post("/logga-in/andra-steget/", {"code": app_code(secret)}).headers["Location"] == "/"
        data = {"code": app_code(secret, 1), "next": wanted}
        assert client.post("/konto/bekrafta/", data).headers["Location"] == "/"
        assert client.get("/logga-in/", {"next": wanted}).headers["Location"] == "/"
        assert 'name="next" value="/"' in client.get("/konto/bekrafta/", {"next": wanted}).content.decode()
        assert 'href="/konto/totp/?next=/"' in client.get("/konto/skydda/", {"next": wanted}).content.decode()

    @pytest.mark.parametrize("wanted", ["foo", "mitt", "x.y", "notices:mine", "?a=1"])
    def test_a_word_is_no_address(self, client: Client, user: User, wanted: str) -> None:
        assert first_step(client, next=wanted).headers["Location"] == "/"

    def test_whoever_is_in_already_goes_on(self, client: Client, user: User) -> None:
        first_step(client)
        assert client.get("/logga-in/?next=/konto/").headers["Location"] == "/konto/"


class TestWhatTheBrowserKeeps:
    def test_nothing_of_what_is_shown_to_one_who_is_signed_in(self, client: Client, user: User) -> None:
        first_step(client)
        for address in ("/konto/", "/konto/sessioner/", "/tillganglighet/", "/finns-inte/", "/en/konto/"):
            assert client.get(address).headers["Cache-Control"] == "no-store", address
        assert client.post("/logga-ut/").headers["Cache-Control"] == "no-store"
        assert "no-store" in client.get("/logga-in/").headers["Cache-Control"]

    def test_public_pages_are_kept_as_before_and_set_no_cookie(self, client: Client) -> None:
        answer = client.get("/tillganglighet/")
        assert "no-store" not in answer.headers.get("Cache-Control", "")
        assert not answer.cookies

    def test_a_public_page_asks_nothing_of_the_database(
        self, client: Client, django_assert_num_queries: Any
    ) -> None:
        client.get("/tillganglighet/")
        with django_assert_num_queries(0):
            client.get("/tillganglighet/")

    def test_the_sessions_cookie_is_for_us_and_not_for_scripts(self, user: User, settings: Settings) -> None:
        settings.SESSION_COOKIE_SECURE = True
        client = Client()
        cookie = client.post(
            "/logga-in/", {"username": user.email, "password": PASSWORD}, secure=True
        ).cookies[django_settings.SESSION_COOKIE_NAME]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["domain"], cookie["path"]) == ("", "/")

    def test_the_sign_in_page_sets_no_session(self, client: Client) -> None:
        assert set(client.get("/logga-in/").cookies) == {django_settings.CSRF_COOKIE_NAME}


class TestNoActWithoutItsEntry:
    @pytest.fixture
    def unbroken(self) -> Client:
        return Client(raise_request_exception=False)

    def test_nobody_is_signed_in(self, unbroken: Client, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
        break_the_chain(monkeypatch)
        assert first_step(unbroken).status_code == 500
        monkeypatch.undo()
        assert not is_in(unbroken)
        assert not SignedInSession.objects.exists()

    def test_nobody_is_signed_in_by_a_code(
        self, unbroken: Client, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        secret = add_app(user)
        first_step(unbroken)
        break_the_chain(monkeypatch)
        assert unbroken.post("/logga-in/andra-steget/", {"code": app_code(secret)}).status_code == 500
        monkeypatch.undo()
        assert not is_in(unbroken)

    @pytest.mark.parametrize(
        ("address", "data"),
        [
            (
                "/konto/losenord/",
                {"password": PASSWORD, "new_password": "sju svarta svanar", "again": "sju svarta svanar"},
            ),
            ("/konto/sessioner/", {"others": "1"}),
            ("/konto/totp/ta-bort/", {}),
            ("/konto/aterhamtningskoder/", {}),
        ],
    )
    def test_nothing_is_changed(
        self,
        unbroken: Client,
        user: User,
        monkeypatch: pytest.MonkeyPatch,
        address: str,
        data: dict[str, str],
    ) -> None:
        secret = add_app(user)
        new_recovery_codes(by=user)
        there = Client()
        there.force_login(user)
        first_step(unbroken)
        unbroken.post("/logga-in/andra-steget/", {"code": app_code(secret)})
        before = (User.objects.get().password, list(SecondFactor.objects.order_by("pk").values()))
        break_the_chain(monkeypatch)
        assert unbroken.post(address, data).status_code == 500
        monkeypatch.undo()
        assert (User.objects.get().password, list(SecondFactor.objects.order_by("pk").values())) == before
        assert is_in(there)

    def test_nobody_is_signed_out_unseen(
        self, unbroken: Client, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first_step(unbroken)
        break_the_chain(monkeypatch)
        assert unbroken.post("/logga-ut/").status_code == 500
        monkeypatch.undo()
        assert SignedInSession.objects.get().ended_at is None
