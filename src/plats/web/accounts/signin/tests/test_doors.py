"""What holds for every door: no forged form, no foreign address, no kept page, and no act without its entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from plats.web.accounts.actions import May
from plats.web.accounts.assurance import LEVEL, SIGNED_IN_AT
from plats.web.accounts.models import SecondFactor, SignedInSession, User
from plats.web.accounts.signin.factors import new_recovery_codes
from plats.web.accounts.signin.tests.entrants import (
    PASSWORD,
    WRONG,
    acts,
    add_app,
    app_code,
    first_step,
    is_in,
    last_entry,
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


class TestConfirming:
    def test_it_makes_the_sign_in_fresh_and_leaves_an_entry(self, user: User) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            client = Client()
            first_step(client)
            clock.shift(timedelta(minutes=16))
            assert (
                client.get("/konto/totp/").headers["Location"] == "/konto/bekrafta/?next=%2Fkonto%2Ftotp%2F"
            )
            data = {"password": PASSWORD, "next": "/konto/totp/"}
            assert client.post("/konto/bekrafta/", data).headers["Location"] == "/konto/totp/"
            assert client.get("/konto/totp/").status_code == 200
            assert client.session[SIGNED_IN_AT] == (NOON + timedelta(minutes=16)).isoformat()
        assert last_entry("session.confirm").note == "password"

    def test_a_fresh_sign_in_is_fresh_for_fifteen_minutes(self, user: User) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            client = Client()
            first_step(client)
            clock.shift(timedelta(minutes=15))
            assert client.get("/konto/totp/").status_code == 200
            clock.shift(timedelta(seconds=1))
            assert client.get("/konto/totp/").status_code == 302

    def test_a_wrong_password_confirms_nothing_and_goes_on_record(self, client: Client, user: User) -> None:
        first_step(client)
        assert (
            "Lösenordet stämmer inte" in client.post("/konto/bekrafta/", {"password": WRONG}).content.decode()
        )
        assert acts("session.confirm", "session.confirm_fail") == ["session.confirm_fail"]
        assert last_entry("session.confirm_fail").actor == str(user.public_id)

    def test_one_who_has_an_app_confirms_with_its_code_and_not_with_the_password(
        self, client: Client, user: User
    ) -> None:
        """Whoever finds an open screen and knows the password must not be able to take the second factor away."""
        secret = add_app(user)
        first_step(client)
        client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
        client.post("/konto/bekrafta/", {"password": PASSWORD})
        assert acts("session.confirm") == []
        client.post("/konto/bekrafta/", {"code": app_code(secret, 1)})
        assert acts("session.confirm") == ["session.confirm"]

    def test_guessing_codes_to_confirm_locks_as_at_the_door(self, client: Client, user: User) -> None:
        add_app(user)
        client.force_login(user)
        with time_machine.travel(NOON, tick=False):
            client.force_login(user)
            for _ in range(5):
                client.post("/konto/bekrafta/", {"code": "000000"})
            assert (
                "Vänta till kl. 13.15" in client.post("/konto/bekrafta/", {"code": "000000"}).content.decode()
            )

    def test_the_level_never_falls(self, client: Client, user: User) -> None:
        secret = add_app(user)
        first_step(client)
        client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
        client.post("/konto/totp/ta-bort/")
        client.post("/konto/bekrafta/", {"password": PASSWORD})
        assert client.session[LEVEL] == 3

    def test_a_weak_session_of_an_account_with_a_factor_changes_no_factor(self, user: User) -> None:
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


class TestProduction:
    @pytest.fixture(autouse=True)
    def _on(self, settings: Settings) -> None:
        settings.PLATS_PRODUCTION = True

    def test_a_password_alone_leads_to_setting_up_a_factor_and_nowhere_else(
        self, client: Client, user: User
    ) -> None:
        first_step(client)
        for address in ("/konto/", "/konto/sessioner/", "/konto/losenord/", "/", "/tillganglighet/"):
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/konto/skydda/?next="), address
        assert (
            client.post("/konto/losenord/", {"password": PASSWORD}).headers["Location"]
            == "/konto/skydda/?next="
        )
        for address in ("/konto/skydda/", "/konto/totp/", "/konto/nycklar/"):
            assert client.get(address).status_code == 200, address
        assert client.post("/logga-ut/").headers["Location"] == "/"

    def test_with_the_factor_set_up_one_goes_where_one_was_going(self, client: Client, user: User) -> None:
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

    def test_with_two_factors_one_comes_in(self, client: Client, user: User) -> None:
        secret = add_app(user)
        first_step(client)
        client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
        assert client.get("/konto/").status_code == 200

    def test_a_weak_session_of_an_account_with_a_factor_is_asked_for_it(self, user: User) -> None:
        client = Client()
        first_step(client)
        add_app(user)
        assert client.get("/konto/").headers["Location"] == "/konto/bekrafta/?next=%2Fkonto%2F"

    def test_the_last_factor_stays(self, client: Client, user: User) -> None:
        secret = add_app(user)
        first_step(client)
        client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
        page = client.post("/konto/totp/ta-bort/", follow=True).content.decode()
        assert "Det går inte att ta bort den sista" in page
        assert SecondFactor.objects.exists()

    def test_a_password_confirmed_anew_is_still_not_enough(self, client: Client, user: User) -> None:
        first_step(client)
        client.post("/konto/bekrafta/", {"password": PASSWORD})
        assert client.get("/konto/").headers["Location"].startswith(reverse("accounts:protect"))
