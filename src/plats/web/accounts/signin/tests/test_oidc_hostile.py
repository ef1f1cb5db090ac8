"""A provider that lies around the token, or is not there: nobody gets in, a page says so, and it goes on record."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from plats.web.accounts.models import User
from plats.web.accounts.signin.tests.answers import ANSWER, refused, sign_in
from plats.web.accounts.signin.tests.entrants import acts, is_in, last_entry, make_user
from plats.web.accounts.signin.tests.hostile import Hostile

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture(autouse=True)
def user() -> User:
    return make_user()


def test_told_the_truth_one_comes_in(client: Client, provider: Hostile) -> None:
    """Else every refusal below would prove nothing."""
    assert sign_in(client, provider).headers["Location"] == "/konto/"
    assert is_in(client)


@pytest.mark.parametrize(
    ("query", "reason", "status"),
    [
        ("", "state", 400),
        ("code=abc", "state", 400),
        ("code=abc&state=", "state", 400),
        ("code=abc&state=made-up", "state", 400),
    ],
)
def test_an_answer_to_no_question_is_refused(
    client: Client, provider: Hostile, query: str, reason: str, status: int
) -> None:
    client.get("/logga-in/kommunen/")
    refused(client, client.get(f"{ANSWER}?{query}"), reason, status)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"code": ""}, "no_code"),
        ({"code": "", "error": "access_denied"}, "cancelled"),
        (
            {"code": "", "error": "server_error", "error_description": "<script>alert(1)</script>"},
            "provider_error",
        ),
        ({"iss": "https://evil.example"}, "issuer"),
    ],
)
def test_an_answer_without_a_code_or_from_another_is_refused(
    client: Client, provider: Hostile, more: dict[str, str], reason: str
) -> None:
    answer = sign_in(client, provider, **more)
    assert "<script>alert" not in answer.content.decode()
    refused(client, answer, reason)


def test_an_answer_that_names_its_right_issuer_is_taken(client: Client, provider: Hostile) -> None:
    sign_in(client, provider, iss=provider.issuer)
    assert is_in(client)


def test_a_state_is_forgotten_after_ten_minutes(client: Client, provider: Hostile) -> None:
    now = time.time()
    with time_machine.travel(now, tick=False) as clock:
        address = client.get("/logga-in/kommunen/").headers["Location"]
        clock.shift(10 * 60 + 1)
        refused(client, client.get(f"{ANSWER}?{provider.answer_to(address)}"), "state")


def test_the_proof_of_the_question_goes_with_the_code(client: Client, provider: Hostile) -> None:
    sign_in(client, provider)
    sent = provider.sent[-1]
    proof = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"][0].encode()).digest()).rstrip(b"=")
    assert provider.asked["code_challenge"] == [proof.decode()]
    assert sent["redirect_uri"] == [f"http://testserver{ANSWER}"]


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
    ],
)
def test_a_document_of_another_issuer_is_refused(
    client: Client, provider: Hostile, document: dict[str, Any]
) -> None:
    provider.document = document
    refused(client, client.get("/logga-in/kommunen/"), "issuer")


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("address", [None, "", "javascript:alert(1)", "file:///etc/passwd", 7])
def test_a_document_with_an_address_that_is_none_is_refused(
    client: Client, provider: Hostile, name: str, address: Any
) -> None:
    provider.document = {name: address}
    refused(client, client.get("/logga-in/kommunen/"), "malformed")


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_is_broken_or_sends_us_elsewhere_lets_nobody_in(
    client: Client, provider: Hostile, path: str
) -> None:
    for lies in (provider.broken, provider.elsewhere):
        address = client.get("/logga-in/kommunen/").headers["Location"]
        lies.add(path)
        answer = client.get(f"{ANSWER}?{provider.answer_to(address)}")
        lies.clear()
        assert answer.status_code in (400, 502)
        assert not is_in(client)
        assert last_entry("sign_in.refuse").note in {"unreachable", "code"}


def test_a_provider_that_is_gone_is_told_in_words(
    client: Client, provider: Hostile, settings: Settings
) -> None:
    settings.PLATS_OIDC = replace(settings.PLATS_OIDC, issuer="http://127.0.0.1:9")
    answer = client.get("/logga-in/kommunen/")
    assert answer.status_code == 502
    assert "svarar inte just nu" in answer.content.decode()


@pytest.mark.parametrize(
    "token_answer",
    [
        {},
        [],
        "text",
        7,
        {"access_token": "abc"},
        {"access_token": "abc", "id_token": None},
        {"access_token": "abc", "id_token": "a.b.c"},
        {"access_token": "abc", "id_token": "..."},
        {"access_token": "abc", "id_token": "e30.e30."},
        {"access_token": ["abc"], "id_token": ["abc"]},
    ],
    ids=str,
)
def test_an_exchange_that_gives_no_token_lets_nobody_in(
    client: Client, provider: Hostile, token_answer: Any
) -> None:
    provider.token_answer = token_answer
    answer = sign_in(client, provider)
    refused(client, answer, last_entry("sign_in.refuse").note)


class TestTheAddressInUserinfo:
    """Where the token leaves the address out, it is asked for; and must be about the same person."""

    @pytest.fixture(autouse=True)
    def _left_out(self, provider: Hostile) -> None:
        provider.without = ("email", "email_verified")

    def test_it_is_taken(self, client: Client, provider: Hostile) -> None:
        sign_in(client, provider)
        assert is_in(client)

    def test_about_someone_else_it_is_refused(self, client: Client, provider: Hostile) -> None:
        provider.userinfo = {"sub": "another"}
        refused(client, sign_in(client, provider), "subject")

    @pytest.mark.parametrize("verified", [False, None, "false", "", 0, "yes", 1.5, []])
    def test_unverified_it_is_refused(self, client: Client, provider: Hostile, verified: Any) -> None:
        provider.userinfo = {"email_verified": verified}
        refused(client, sign_in(client, provider), "unverified", 403)

    def test_without_a_place_to_ask_it_is_refused(self, client: Client, provider: Hostile) -> None:
        provider.document = {"userinfo_endpoint": None}
        refused(client, sign_in(client, provider), "unverified", 403)


def test_confirming_takes_that_the_provider_has_just_asked(client: Client, provider: Hostile) -> None:
    sign_in(client, provider)
    for claims, without in (
        ({"auth_time": time.time() - HOUR}, ()),
        ({}, ("auth_time",)),
        ({"auth_time": "now"}, ()),
    ):
        provider.claims, provider.without = claims, without
        address = client.get("/logga-in/kommunen/?bekrafta=1").headers["Location"]
        answer = client.get(f"{ANSWER}?{provider.answer_to(address)}")
        assert answer.status_code == 400
        assert "frågade inte på nytt" in answer.content.decode()
    assert acts("session.confirm") == []


def test_an_answer_asked_for_before_one_signed_in_does_not_sign_in_as_another(
    client: Client, provider: Hostile, user: User
) -> None:
    address = client.get("/logga-in/kommunen/").headers["Location"]
    other = make_user("annan@exempel.se")
    client.force_login(other)
    answer = client.get(f"{ANSWER}?{provider.answer_to(address)}")
    assert answer.status_code == 400
    assert last_entry("sign_in.refuse").note == "state"
    assert "annan@exempel.se" in client.get("/konto/").content.decode()
