"""A provider that lies, and what lies between: nobody is signed in, a page says so, and it goes on record."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from plats.web.accounts.models import LinkedIdentity, User
from plats.web.accounts.signin.oidc.configuration import IdentityProvider
from plats.web.accounts.signin.tests.entrants import acts, is_in, last_entry, make_user
from plats.web.accounts.signin.tests.hostile import (
    CLIENT_ID,
    KEY_ID,
    Hostile,
    as_jwk,
    hostile,
    new_key,
)

pytestmark = pytest.mark.django_db
ANSWER = "/logga-in/kommunen/svar/"
HOUR = 3600


@pytest.fixture(scope="module")
def _running() -> Iterator[Hostile]:
    with hostile() as one:
        yield one


@pytest.fixture
def provider(_running: Hostile, settings: Settings) -> Hostile:
    """As honest as can be, before each test."""
    fresh = Hostile(issuer=_running.issuer, key=_running.key, other_key=_running.other_key)
    _running.__dict__.update(fresh.__dict__)
    settings.PLATS_OIDC = IdentityProvider(
        issuer=_running.issuer,
        client_id=CLIENT_ID,
        client_secret="hemlighet" * 8,
        name="Lögnaren (exempel)",
        trusted_acr={"loa3": 3},
    )
    return _running


@pytest.fixture(autouse=True)
def user() -> User:
    return make_user()


def sign_in(client: Client, provider: Hostile, **more: str) -> Any:
    address = client.get("/logga-in/kommunen/?next=/konto/").headers["Location"]
    return client.get(f"{ANSWER}?{provider.answer_to(address, **more)}")


def refused(client: Client, answer: Any, reason: str, status: int = 400) -> None:
    """Nobody in, a page that says so in words, and an entry with the reason."""
    assert answer.status_code == status
    page = answer.content.decode()
    assert "Det gick inte att logga in" in page or "Inloggningen avbröts" in page
    assert not is_in(client)
    assert not LinkedIdentity.objects.exists()
    assert acts("session.open") == []
    entry = last_entry("sign_in.refuse")
    assert (entry.actor, entry.kind, entry.note) == ("system", "identity_provider", reason)


def test_told_the_truth_one_comes_in(client: Client, provider: Hostile) -> None:
    """Else every refusal below would prove nothing."""
    assert sign_in(client, provider).headers["Location"] == "/konto/"
    assert is_in(client)


@pytest.mark.parametrize("signs_with", ["nothing", "public key as secret", "our secret"])
def test_a_token_without_a_key_pairs_signature_is_refused(
    client: Client, provider: Hostile, signs_with: str
) -> None:
    provider.signs_with = signs_with
    refused(client, sign_in(client, provider), "algorithm")


@pytest.mark.parametrize("signs_with", ["other key", "spoilt"])
def test_a_token_signed_with_another_key_or_changed_is_refused(
    client: Client, provider: Hostile, signs_with: str
) -> None:
    provider.signs_with = signs_with
    refused(client, sign_in(client, provider), "signature")


@pytest.mark.parametrize(
    ("header", "keys"),
    [
        ({"kid": "unknown"}, None),
        ({"kid": KEY_ID}, []),
        # One key of the right name for encryption, and two of the same name: neither says which.
        ({"kid": KEY_ID}, [as_jwk(new_key(), use="enc")]),
        ({"kid": KEY_ID}, [as_jwk(new_key()), as_jwk(new_key())]),
        ({"kid": KEY_ID}, [{"kty": "oct", "kid": KEY_ID, "k": "c2VjcmV0"}]),
        ({"kid": KEY_ID}, [{"kid": KEY_ID}]),
        ({"kid": KEY_ID}, ["not a key"]),
    ],
    ids=["unknown", "none", "for encryption", "two", "symmetric", "empty", "text"],
)
def test_a_token_whose_key_the_provider_does_not_publish_is_refused(
    client: Client, provider: Hostile, header: dict[str, Any], keys: list[Any] | None
) -> None:
    provider.header, provider.keys = header, keys
    refused(client, sign_in(client, provider), "key")


def test_a_token_brings_no_key_of_its_own(client: Client, provider: Hostile) -> None:
    provider.signs_with = "other key"
    provider.header = {
        "kid": KEY_ID,
        "jwk": as_jwk(provider.other_key),
        "jku": f"{provider.issuer}/elsewhere/keys",
    }
    refused(client, sign_in(client, provider), "signature")


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://evil.example"}, "issuer"),
        ({"iss": ""}, "issuer"),
        ({"aud": "someone-else"}, "audience"),
        ({"aud": []}, "incomplete"),
        ({"aud": [CLIENT_ID, "someone-else"]}, "audience"),
        ({"aud": [CLIENT_ID, "someone-else"], "azp": "someone-else"}, "audience"),
        ({"azp": "someone-else"}, "audience"),
        ({"nonce": "an earlier one"}, "nonce"),
        ({"nonce": ""}, "nonce"),
        ({"sub": ""}, "subject"),
        ({"sub": "x" * 192}, "subject"),
    ],
    ids=str,
)
def test_a_token_that_says_something_else_is_refused(
    client: Client, provider: Hostile, claims: dict[str, Any], reason: str
) -> None:
    provider.claims = claims
    refused(client, sign_in(client, provider), reason)


@pytest.mark.parametrize(
    ("name", "seconds", "reason"),
    [
        ("exp", -HOUR, "expired"),
        ("exp", -61, "expired"),
        ("iat", HOUR, "not_yet"),
        ("nbf", HOUR, "not_yet"),
        ("iat", -HOUR, "stale"),
    ],
)
def test_a_token_of_another_time_is_refused(
    client: Client, provider: Hostile, name: str, seconds: int, reason: str
) -> None:
    provider.claims = {name: int(time.time()) + seconds}
    refused(client, sign_in(client, provider), reason)


def test_clocks_may_differ_by_a_little(client: Client, provider: Hostile) -> None:
    provider.claims = {"exp": int(time.time()) - 30, "iat": int(time.time()) + 30}
    sign_in(client, provider)
    assert is_in(client)


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_a_token_that_leaves_something_out_is_refused(client: Client, provider: Hostile, name: str) -> None:
    provider.without = (name,)
    answer = sign_in(client, provider)
    assert last_entry("sign_in.refuse").note in {"incomplete", "issuer", "audience"}
    refused(client, answer, last_entry("sign_in.refuse").note)


def test_a_token_that_was_good_before_is_refused_the_second_time(client: Client, provider: Hostile) -> None:
    """Replayed under a new question: its nonce is the old one's."""
    sign_in(client, provider)
    old = provider.token()
    client.post("/logga-ut/")
    LinkedIdentity.objects.all()._raw_delete("default")
    provider.token_answer = {"access_token": "abc", "token_type": "Bearer", "id_token": old}
    answer = sign_in(client, provider)
    assert answer.status_code == 400
    assert not is_in(client)
    assert last_entry("sign_in.refuse").note == "nonce"


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
    import time_machine

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
