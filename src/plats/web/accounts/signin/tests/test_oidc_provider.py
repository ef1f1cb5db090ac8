"""Signing in through a real provider: django-oauth-toolkit in a process of its own, on loopback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from plats.web.accounts.assurance import LEVEL
from plats.web.accounts.models import LinkedIdentity, SignedInSession, User
from plats.web.accounts.signin.oidc.configuration import read_provider
from plats.web.accounts.signin.tests.entrants import (
    acts,
    add_app,
    app_code,
    first_step,
    is_in,
    last_entry,
    make_user,
)
from plats.web.accounts.signin.tests.provider.provider_people import PEOPLE, WORD
from plats.web.accounts.signin.tests.real_provider import as_environment, running
from plats.web.audit.recording import unrecorded

pytestmark = pytest.mark.django_db
ANSWER = "/logga-in/kommunen/svar/"
HERE = "http://testserver"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("provider"), f"{HERE}{ANSWER}") as address:
        yield address


@pytest.fixture(autouse=True)
def _provider(issuer: str, settings: Settings) -> None:
    settings.PLATS_OIDC = read_provider(as_environment(issuer), production=False, is_test=False)


@pytest.fixture
def user() -> User:
    return make_user(PEOPLE["utredare"])


class Browser:
    """A person's browser: our site through the test client, the provider over the network."""

    def __init__(self, name: str = "utredare") -> None:
        self.client, self.there, self.name = Client(), requests.Session(), name

    def close(self) -> None:
        self.there.close()

    def to_provider(self, query: str = "next=/konto/") -> str:
        """Where our site sends the person."""
        return str(self.client.get(f"/logga-in/kommunen/?{query}").headers["Location"])

    def through(self, address: str) -> str:
        """Go through the provider, signing in where it asks; returns the address it sends the person back to."""
        page = self.there.get(address, allow_redirects=False)
        while True:
            if page.is_redirect:
                address = urljoin(page.url or address, page.headers["Location"])
                if address.startswith(HERE):
                    return address
                page = self.there.get(address, allow_redirects=False)
            else:
                hidden = re.findall(r'name="(csrfmiddlewaretoken|next)" value="([^"]*)"', page.text)
                assert len(hidden) == 2, page.text
                data = {name: unescape(value) for name, value in hidden}
                data |= {"username": self.name, "password": WORD}
                page = self.there.post(page.url, data=data, allow_redirects=False)

    def back(self, address: str) -> Any:
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}")

    def sign_in(self, query: str = "next=/konto/") -> Any:
        return self.back(self.through(self.to_provider(query)))


@pytest.fixture
def browser() -> Iterator[Browser]:
    opened = Browser()
    yield opened
    opened.close()


def test_one_signs_in_and_comes_where_one_was_going(browser: Browser, user: User) -> None:
    assert browser.sign_in().headers["Location"] == "/konto/"
    assert is_in(browser.client)
    assert browser.client.session[LEVEL] == 3
    assert SignedInSession.objects.get().method == "oidc"
    assert acts("identity.link", "session.open") == ["identity.link", "session.open"]


def test_the_second_time_the_identity_is_known_whatever_the_address(browser: Browser, user: User) -> None:
    browser.sign_in()
    browser.client.post("/logga-ut/")
    with unrecorded("test"):
        User.objects.update(email="ny.adress@exempel.se")
    browser.sign_in()
    assert is_in(browser.client)
    assert LinkedIdentity.objects.count() == 1


def test_nothing_of_what_the_provider_says_is_kept_but_who(browser: Browser, user: User, issuer: str) -> None:
    browser.sign_in()
    link = LinkedIdentity.objects.get()
    assert (link.provider, link.extra_data) == (issuer, {})
    assert link.uid.isdecimal()


def test_the_question_has_state_nonce_and_proof(browser: Browser, user: User) -> None:
    asked = parse_qs(urlsplit(browser.to_provider()).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) >= 40
    assert len(asked["state"][0]) >= 16
    assert asked["redirect_uri"] == [f"{HERE}{ANSWER}"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_two_questions_share_nothing(browser: Browser) -> None:
    first, second = (parse_qs(urlsplit(browser.to_provider()).query) for _ in range(2))
    for part in ("state", "nonce", "code_challenge"):
        assert first[part] != second[part]


def test_an_answer_is_taken_once(browser: Browser, user: User) -> None:
    address = browser.through(browser.to_provider())
    assert browser.back(address).status_code == 302
    browser.client.post("/logga-ut/")
    refused = browser.back(address)
    assert refused.status_code == 400
    assert "redan vara använd" in refused.content.decode()
    assert not is_in(browser.client)
    assert last_entry("sign_in.refuse").note == "state"


def test_a_code_is_taken_once_even_under_a_new_state(browser: Browser, user: User) -> None:
    address = browser.through(browser.to_provider())
    browser.back(address)
    browser.client.post("/logga-ut/")
    state = parse_qs(urlsplit(browser.to_provider()).query)["state"][0]
    code = parse_qs(urlsplit(address).query)["code"][0]
    assert browser.back(f"{ANSWER}?code={code}&state={state}").status_code == 400
    assert not is_in(browser.client)
    assert last_entry("sign_in.refuse").note == "code"


def test_a_code_that_another_browser_asked_for_is_refused(browser: Browser, user: User) -> None:
    """An attacker's own answer, put in the victim's browser: the state is not theirs, and neither is the proof."""
    address = browser.through(browser.to_provider())
    victim = Client()
    parts = urlsplit(address)
    assert victim.get(f"{parts.path}?{parts.query}").status_code == 400
    asked = parse_qs(urlsplit(victim.get("/logga-in/kommunen/").headers["Location"]).query)
    code = parse_qs(parts.query)["code"][0]
    assert victim.get(f"{ANSWER}?code={code}&state={asked['state'][0]}").status_code == 400
    assert not is_in(victim)


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        ("frammande", "unknown", "Konton skapas genom inbjudan"),
        ("overifierad", "unverified", "säger inte säkert vilken e-postadress"),
    ],
)
def test_nobody_gets_an_account_by_it(name: str, reason: str, words: str) -> None:
    make_user(PEOPLE["overifierad"])
    before = User.objects.count()
    browser = Browser(name)
    answer = browser.sign_in()
    browser.close()
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert User.objects.count() == before
    assert not LinkedIdentity.objects.exists()
    assert not is_in(browser.client)
    assert last_entry("sign_in.refuse").note == reason


def test_a_level_nobody_trusts_is_no_more_than_a_password(settings: Settings) -> None:
    user = make_user(PEOPLE["svag"])
    browser = Browser("svag")
    browser.sign_in()
    assert browser.client.session[LEVEL] == 2
    settings.PLATS_PRODUCTION = True
    assert browser.client.get("/konto/").headers["Location"].startswith("/konto/skydda/")
    settings.PLATS_PRODUCTION = False
    browser.client.post("/logga-ut/")
    secret = add_app(user)
    assert browser.sign_in().headers["Location"] == "/logga-in/andra-steget/"
    assert not is_in(browser.client)
    assert (
        browser.client.post("/logga-in/andra-steget/", {"code": app_code(secret)}).headers["Location"]
        == "/konto/"
    )
    assert browser.client.session[LEVEL] == 3
    browser.close()


def test_a_trusted_level_is_not_asked_for_a_code(browser: Browser, user: User) -> None:
    add_app(user)
    browser.sign_in()
    assert browser.client.session[LEVEL] == 3


def test_one_confirms_at_the_provider_which_asks_anew(browser: Browser, user: User) -> None:
    browser.sign_in()
    address = browser.to_provider("bekrafta=1&next=/konto/totp/")
    asked = parse_qs(urlsplit(address).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert browser.back(browser.through(address)).headers["Location"] == "/konto/totp/"
    entry = last_entry("session.confirm")
    assert (entry.actor, entry.note) == (str(user.public_id), "oidc")


def test_no_more_than_a_password_does_not_stand_in_for_the_second_factor(
    browser: Browser, user: User
) -> None:
    weak = make_user(PEOPLE["svag"])
    browser.name = "svag"
    browser.sign_in()
    add_app(weak)
    answer = browser.back(browser.through(browser.to_provider("bekrafta=1&next=/konto/totp/")))
    assert answer.status_code == 403
    assert "andra faktor" in answer.content.decode()
    assert acts("session.confirm") == []


def test_confirming_links_no_identity(browser: Browser, user: User) -> None:
    first_step(browser.client, user.email)
    answer = browser.back(browser.through(browser.to_provider("bekrafta=1")))
    assert answer.status_code == 403
    assert acts("identity.link") == []
    assert acts("session.confirm") == []


def test_nobody_confirms_as_someone_else(browser: Browser, user: User) -> None:
    make_user(PEOPLE["svag"])
    browser.sign_in()
    browser.name = "svag"
    browser.there.cookies.clear()
    answer = browser.back(browser.through(browser.to_provider("bekrafta=1")))
    assert answer.status_code == 403
    assert "för ett annat konto" in answer.content.decode()
    assert acts("session.confirm") == []


def test_an_account_takes_no_second_identity_from_the_same_issuer(
    browser: Browser, user: User, issuer: str
) -> None:
    """The address has been given to someone else at the municipality; the account has not."""
    with unrecorded("test"):
        LinkedIdentity.objects.create(user=user, provider=issuer, uid="another subject")
    answer = browser.sign_in()
    assert answer.status_code == 403
    assert "redan kopplat till en annan identitet" in answer.content.decode()
    assert not is_in(browser.client)


def test_an_identity_of_another_issuer_opens_nothing_here(browser: Browser, user: User) -> None:
    other = make_user("annan@exempel.se")
    with unrecorded("test"):
        for number in range(1, 5):
            LinkedIdentity.objects.create(user=other, provider="https://qa.exempel.se", uid=str(number))
    browser.sign_in()
    assert SignedInSession.objects.get().user == user


def test_a_closed_account_does_not_come_in(browser: Browser, user: User) -> None:
    with unrecorded("test"):
        User.objects.update(is_active=False)
    assert browser.sign_in().status_code == 403
    assert not is_in(browser.client)


def test_another_site_leads_no_further_than_to_a_page_that_asks(client: Client) -> None:
    answer = client.get("/logga-in/kommunen/?next=/konto/", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert "Du kom hit från en annan webbplats" in answer.content.decode()
    assert client.get("/logga-in/kommunen/", headers={"sec-fetch-site": "same-origin"}).status_code == 302


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_afterwards_one_stays_on_our_site(browser: Browser, user: User, wanted: str) -> None:
    assert browser.sign_in(f"next={wanted}").headers["Location"] == "/"


def test_without_a_provider_there_is_no_such_address(client: Client, settings: Settings) -> None:
    settings.PLATS_OIDC = None
    assert client.get("/logga-in/kommunen/").status_code == 404
    assert client.get(ANSWER).status_code == 404
    assert "kommunen/" not in client.get("/logga-in/").content.decode()
