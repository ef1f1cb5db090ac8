"""Passkeys: one key opens its own account, once per question, on our site only."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from fido2.utils import websafe_encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plats.web.accounts.assurance import LEVEL
from plats.web.accounts.models import SecondFactor, User
from plats.web.accounts.signin.passkeys import MOST_KEYS
from plats.web.accounts.signin.tests.entrants import (
    acts,
    add_app,
    app_code,
    first_step,
    last_entry,
    make_user,
)
from plats.web.accounts.signin.tests.soft_key import SoftKey, add_key, ask_to_add, ask_to_show, sign_in_with
from plats.web.audit.recording import unrecorded

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return make_user()


@pytest.fixture
def key(user: User) -> SoftKey:
    """A key that the account has."""
    client, made = Client(), SoftKey()
    client.force_login(user)
    add_key(client, made)
    assert SecondFactor.objects.filter(type="webauthn").count() == 1
    return made


def is_in(client: Client) -> bool:
    return client.get("/konto/sessioner/", secure=True).status_code == 200


def test_a_key_alone_opens_its_account_strongly(client: Client, user: User, key: SoftKey) -> None:
    assert sign_in_with(client, key, next="/konto/").headers["Location"] == "/konto/"
    assert client.session[LEVEL] == 3
    entry = last_entry("session.open")
    assert (entry.actor, entry.note) == (str(user.public_id), "passkey")


def test_a_key_is_the_second_step_too(client: Client, user: User, key: SoftKey) -> None:
    assert first_step(client, next="/konto/").headers["Location"] == "/logga-in/andra-steget/"
    question = ask_to_show(client)
    assert [one["id"] for one in question["allowCredentials"]] == [websafe_encode(key.number)]
    answer = client.post("/logga-in/nyckel/", {"credential": key.show(question)}, secure=True)
    assert answer.headers["Location"] == "/konto/"
    assert last_entry("session.open").note == "password_and_passkey"


def test_the_question_asks_the_key_to_verify_its_owner_and_to_know_its_account(
    client: Client, user: User
) -> None:
    client.force_login(user)
    question = ask_to_add(client)
    assert question["authenticatorSelection"]["residentKey"] == "required"
    assert question["authenticatorSelection"]["userVerification"] == "required"
    assert question["rp"]["id"] == "testserver"
    # The number outside the database, not an address: a key tells it to whoever asks.
    assert question["user"]["id"] == websafe_encode(user.public_id.bytes)
    assert ask_to_show(Client())["userVerification"] == "required"


def test_the_first_key_brings_recovery_codes_and_a_strong_session(client: Client, user: User) -> None:
    client.force_login(user)
    assert add_key(client, SoftKey()).content.decode().count("<li><code>") == 10
    assert client.session[LEVEL] == 3
    assert acts("factor.add") == ["factor.add"]


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://testserver"},
        {"origin": "https://testserver.evil.example"},
        {"relying_party": "evil.example"},
        {"verifies_owner": False},
        {"ceremony": "webauthn.create"},
        {"number": b"another number.."},
    ],
    ids=str,
)
def test_a_key_that_lies_opens_nothing(client: Client, key: SoftKey, lie: dict[str, Any]) -> None:
    for name, value in lie.items():
        setattr(key, name, value)
    assert sign_in_with(client, key).headers["Location"] == "/logga-in/"
    assert not is_in(client)
    assert last_entry("sign_in.fail").note.startswith("passkey: ")


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://evil.example"},
        {"relying_party": "evil.example"},
        {"verifies_owner": False},
        {"ceremony": "webauthn.get"},
    ],
    ids=str,
)
def test_a_key_that_lies_is_not_added(client: Client, user: User, lie: dict[str, Any]) -> None:
    client.force_login(user)
    assert "gick inte att lägga till" in add_key(client, SoftKey(**lie)).content.decode()
    assert not SecondFactor.objects.exists()


def test_a_forged_signature_opens_nothing(client: Client, user: User, key: SoftKey) -> None:
    forger = SoftKey(number=key.number, owner=key.owner, uses=100)
    sign_in_with(client, forger)
    assert not is_in(client)


def test_a_key_shown_as_anothers_opens_nothing(client: Client, user: User, key: SoftKey) -> None:
    key.owner = websafe_encode(make_user("annan@exempel.se").public_id.bytes)
    sign_in_with(client, key)
    assert not is_in(client)


def test_an_answer_opens_once(user: User, key: SoftKey) -> None:
    client = Client()
    answer = key.show(ask_to_show(client))
    for expected in ("/", "/logga-in/"):
        assert (
            client.post("/logga-in/nyckel/", {"credential": answer}, secure=True).headers["Location"]
            == expected
        )
        client.post("/logga-ut/", secure=True)


def test_an_answer_to_anothers_question_opens_nothing(user: User, key: SoftKey) -> None:
    mine, theirs = Client(), Client()
    ask_to_show(mine)
    answer = key.show(ask_to_show(theirs))
    mine.post("/logga-in/nyckel/", {"credential": answer}, secure=True)
    assert not is_in(mine)


def test_an_answer_to_the_question_for_a_new_key_opens_nothing(user: User, key: SoftKey) -> None:
    client = Client()
    sign_in_with(client, key)
    answer = key.show(ask_to_add(client))
    entries = len(acts("session.confirm"))
    client.post("/konto/bekrafta/", {"credential": answer}, secure=True)
    assert len(acts("session.confirm")) == entries


def test_an_answer_after_five_minutes_opens_nothing(client: Client, key: SoftKey) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        question = ask_to_show(client)
        clock.shift(timedelta(minutes=5, seconds=1))
        client.post("/logga-in/nyckel/", {"credential": key.show(question)}, secure=True)
        assert not is_in(client)


def test_a_copied_key_is_found_by_its_counter(user: User, key: SoftKey) -> None:
    copy = SoftKey(number=key.number, pair=key.pair, owner=key.owner, uses=key.uses)
    client = Client()
    sign_in_with(client, key)
    assert is_in(client)
    thief = Client()
    sign_in_with(thief, copy)
    assert not is_in(thief)


def test_a_key_that_does_not_count_works_again_and_again(user: User) -> None:
    client, key = Client(), SoftKey(counts=False)
    client.force_login(user)
    add_key(client, key)
    for _ in range(3):
        visitor = Client()
        sign_in_with(visitor, key)
        assert is_in(visitor)


def test_the_key_of_a_closed_account_opens_nothing(client: Client, key: SoftKey) -> None:
    with unrecorded("test"):
        User.objects.update(is_active=False)
    sign_in_with(client, key)
    assert not is_in(client)


def test_another_accounts_key_does_not_finish_ones_second_step(
    client: Client, user: User, key: SoftKey
) -> None:
    add_app(make_user("annan@exempel.se"))
    first_step(client, "annan@exempel.se")
    sign_in_with(client, key)
    assert not is_in(client)


def test_a_removed_key_opens_nothing(client: Client, user: User, key: SoftKey) -> None:
    owner = Client()
    sign_in_with(owner, key)
    number = SecondFactor.objects.get(type="webauthn").data["number"]
    owner.post("/konto/nycklar/ta-bort/", {"key": number}, secure=True)
    assert not SecondFactor.objects.exists()
    sign_in_with(client, key)
    assert not is_in(client)


def test_nobody_removes_anothers_key(user: User, key: SoftKey) -> None:
    stranger = Client()
    stranger.force_login(make_user("annan@exempel.se"))
    number = SecondFactor.objects.get(type="webauthn").data["number"]
    for wanted in (number, "", "1", "*"):
        stranger.post("/konto/nycklar/ta-bort/", {"key": wanted}, secure=True)
    assert SecondFactor.objects.filter(type="webauthn").count() == 1


def test_one_confirms_with_ones_own_key_and_not_with_anothers(user: User, key: SoftKey) -> None:
    client, other_key = Client(), SoftKey()
    other = make_user("annan@exempel.se")
    theirs = Client()
    theirs.force_login(other)
    add_key(theirs, other_key)
    sign_in_with(client, key)
    data = {"credential": other_key.show(ask_to_show(client))}
    assert "gick inte att godta" in client.post("/konto/bekrafta/", data, secure=True).content.decode()
    data = {"credential": key.show(ask_to_show(client)), "next": "/konto/"}
    assert client.post("/konto/bekrafta/", data, secure=True).headers["Location"] == "/konto/"
    assert acts("session.confirm_fail") == ["session.confirm_fail"]
    assert last_entry("session.confirm").note == "passkey"


def test_an_account_holds_a_bounded_number_of_keys(client: Client, user: User) -> None:
    client.force_login(user)
    for _ in range(MOST_KEYS + 1):
        add_key(client, SoftKey())
    assert SecondFactor.objects.filter(type="webauthn").count() == MOST_KEYS


def test_a_code_still_goes_for_one_who_also_has_a_key(client: Client, user: User, key: SoftKey) -> None:
    secret = add_app(user)
    first_step(client)
    assert client.post("/logga-in/andra-steget/", {"code": app_code(secret)}).status_code == 302


_leaf = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
_json = st.recursive(
    _leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
_shape = st.fixed_dictionaries(
    {},
    optional={
        "id": _leaf,
        "rawId": _leaf,
        "type": _leaf | st.just("public-key"),
        "response": st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(
                ("clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"), _leaf
            ),
        ),
        "clientExtensionResults": _json,
    },
)


@given(answer=st.one_of(_json, _shape).map(json.dumps) | st.text(max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_sent_breaks_the_page(client: Client, answer: str) -> None:
    ask_to_show(client)
    assert (
        client.post("/logga-in/nyckel/", {"credential": answer}, secure=True).headers["Location"]
        == "/logga-in/"
    )


@given(answer=st.one_of(_json, _shape).map(json.dumps) | st.text(max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_sent_for_a_new_key_breaks_the_page(client: Client, user: User, answer: str) -> None:
    client.force_login(user)
    ask_to_add(client)
    data = {"name": "x", "credential": answer}
    assert client.post("/konto/nycklar/", data, secure=True).status_code == 200
    assert not SecondFactor.objects.exists()
