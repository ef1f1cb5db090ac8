"""Tokens that are not what they say: unsigned, wrongly signed, for another, of another time, used before."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from plats.web.accounts.models import LinkedIdentity, User
from plats.web.accounts.signin.tests.answers import refused, sign_in
from plats.web.accounts.signin.tests.entrants import is_in, last_entry, make_user
from plats.web.accounts.signin.tests.hostile import CLIENT_ID, KEY_ID, Hostile, as_jwk, new_key

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture(autouse=True)
def user() -> User:
    return make_user()


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
