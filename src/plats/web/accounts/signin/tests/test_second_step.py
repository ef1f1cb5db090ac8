"""Codes from an app and recovery codes: asked for wherever the account has them, and good once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from plats.web.accounts.assurance import LEVEL
from plats.web.accounts.models import SecondFactor, User
from plats.web.accounts.signin.factors import matching_counter, new_recovery_codes, recovery_codes_left
from plats.web.accounts.signin.passwords import set_password
from plats.web.accounts.signin.tests.entrants import (
    acts,
    add_app,
    app_code,
    first_step,
    is_in,
    last_entry,
    make_user,
)
from plats.web.audit.models import AuditValues
from plats.web.audit.recording import recorded, unrecorded

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
STEP = "/logga-in/andra-steget/"


@pytest.fixture
def user() -> User:
    return make_user()


@pytest.mark.parametrize(
    ("moment", "code"),
    # RFC 6238, appendix B: the last six digits of the SHA-1 column, secret "12345678901234567890".
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105  the standard's own
    with time_machine.travel(moment, tick=False):
        assert matching_counter(secret, code, after=-1) == moment // 30


def test_a_code_is_taken_one_step_early_or_late_and_no_further() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105
    for seconds, taken in ((-60, False), (-30, True), (0, True), (30, True), (60, False)):
        with time_machine.travel(1111111110 + seconds, tick=False):
            assert (matching_counter(secret, "050471", after=-1) is not None) is taken, seconds


def test_a_password_opens_nothing_for_one_who_has_an_app(client: Client, user: User) -> None:
    add_app(user)
    answer = first_step(client, next="/konto/")
    assert answer.headers["Location"] == STEP
    assert not is_in(client)
    assert "Inloggad som" not in client.get("/tillganglighet/").content.decode()


def test_with_the_code_one_comes_in_strongly_and_where_one_was_going(client: Client, user: User) -> None:
    secret = add_app(user)
    first_step(client, next="/konto/losenord/?a=1")
    answer = client.post(STEP, {"code": app_code(secret)})
    assert answer.headers["Location"] == "/konto/losenord/?a=1"
    assert client.session[LEVEL] == 3
    assert last_entry("session.open").note == "totp"


def test_a_code_is_written_as_one_likes(client: Client, user: User) -> None:
    code = app_code(add_app(user))
    first_step(client)
    assert client.post(STEP, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_a_code_opens_once(user: User) -> None:
    secret = add_app(user)
    with time_machine.travel(NOON, tick=False) as clock:
        code = app_code(secret)
        for expected in (302, 200):
            visitor = Client()
            first_step(visitor)
            assert visitor.post(STEP, {"code": code}).status_code == expected
        clock.shift(timedelta(seconds=30))
        visitor = Client()
        first_step(visitor)
        # Still within the drift of the clock, and still used.
        assert visitor.post(STEP, {"code": code}).status_code == 200
        assert visitor.post(STEP, {"code": app_code(secret)}).status_code == 302


def test_an_earlier_code_is_not_taken_after_a_later_one(user: User) -> None:
    secret = add_app(user)
    with time_machine.travel(NOON, tick=False):
        for steps, expected in ((1, 302), (0, 200), (-1, 200)):
            visitor = Client()
            first_step(visitor)
            assert visitor.post(STEP, {"code": app_code(secret, steps)}).status_code == expected


@pytest.mark.parametrize(
    "code", ["000000", "", "12345", "1234567", "abcdef", "１２３４５６", "0" * 20, "12345678"]
)
def test_what_is_no_code_opens_nothing_and_breaks_nothing(client: Client, user: User, code: str) -> None:
    add_app(user)
    first_step(client)
    assert client.post(STEP, {"code": code}).status_code == 200
    assert not is_in(client)


def test_a_recovery_code_opens_once_and_the_rest_remain(user: User) -> None:
    add_app(user)
    codes = new_recovery_codes(by=user)
    assert len(set(codes)) == 10
    for expected in (302, 200):
        visitor = Client()
        first_step(visitor)
        assert visitor.post(STEP, {"code": codes[3]}).status_code == expected
    assert recovery_codes_left(user) == 9
    assert last_entry("session.open").note == "recovery_code"


def test_new_recovery_codes_end_the_old(client: Client, user: User) -> None:
    add_app(user)
    old, new = new_recovery_codes(by=user), new_recovery_codes(by=user)
    assert not set(old) & set(new)
    first_step(client)
    assert client.post(STEP, {"code": old[0]}).status_code == 200
    assert client.post(STEP, {"code": new[0]}).status_code == 302


def test_secrets_lie_encrypted(user: User) -> None:
    secret = add_app(user)
    codes = new_recovery_codes(by=user)
    kept = str(list(SecondFactor.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not [code for code in codes if code.replace(" ", "") in kept]


def test_the_second_step_is_not_reached_without_the_first(client: Client, user: User) -> None:
    secret = add_app(user)
    assert client.post(STEP, {"code": app_code(secret)}).headers["Location"] == "/logga-in/"
    assert not is_in(client)


def test_the_second_step_is_open_for_five_minutes(client: Client, user: User) -> None:
    secret = add_app(user)
    with time_machine.travel(NOON, tick=False) as clock:
        first_step(client)
        clock.shift(timedelta(minutes=5, seconds=1))
        assert client.post(STEP, {"code": app_code(secret)}).headers["Location"] == "/logga-in/"
        assert "Det tog för lång tid" in client.get("/logga-in/").content.decode()
        assert not is_in(client)


def test_what_was_begun_with_an_old_password_ends_with_it(client: Client, user: User) -> None:
    secret = add_app(user)
    first_step(client)
    with recorded(by=user, act="test") as record:
        set_password(record, user, "sju svarta svanar")
    assert client.post(STEP, {"code": app_code(secret)}).headers["Location"] == "/logga-in/"


def test_a_closed_account_does_not_get_through_the_second_step(client: Client, user: User) -> None:
    secret = add_app(user)
    first_step(client)
    with unrecorded("test"):
        User.objects.update(is_active=False)
    client.post(STEP, {"code": app_code(secret)})
    assert not is_in(client)


def test_another_ones_code_opens_nothing(client: Client, user: User) -> None:
    add_app(user)
    others = add_app(make_user("annan@exempel.se"))
    first_step(client)
    assert client.post(STEP, {"code": app_code(others)}).status_code == 200


class TestSettingUp:
    @pytest.fixture
    def inside(self, client: Client, user: User) -> Client:
        first_step(client)
        return client

    def secret(self, page: str) -> str:
        start = page.index('class="secret">') + len('class="secret">')
        return page[start : page.index("<", start)].replace(" ", "")

    def test_the_app_is_added_when_it_has_shown_its_code(self, inside: Client, user: User) -> None:
        page = inside.get("/konto/totp/").content.decode()
        assert 'src="data:image/svg+xml;base64,' in page
        answer = inside.post("/konto/totp/", {"code": app_code(self.secret(page))})
        assert answer.content.decode().count("<li><code>") == 10
        assert inside.session[LEVEL] == 3
        assert acts("factor.add", "factor.renew_codes") == ["factor.add", "factor.renew_codes"]
        assert first_step(Client()).headers["Location"] == STEP

    def test_a_wrong_code_adds_nothing_and_keeps_the_secret(self, inside: Client, user: User) -> None:
        secret = self.secret(inside.get("/konto/totp/").content.decode())
        page = inside.post("/konto/totp/", {"code": "000000"}).content.decode()
        assert "Koden stämmer inte" in page
        assert self.secret(page) == secret
        assert not SecondFactor.objects.exists()

    def test_each_visit_offers_a_new_secret(self, inside: Client) -> None:
        pages = [inside.get("/konto/totp/").content.decode() for _ in range(2)]
        assert self.secret(pages[0]) != self.secret(pages[1])

    def test_the_secret_is_not_in_the_chain(self, inside: Client) -> None:
        secret = self.secret(inside.get("/konto/totp/").content.decode())
        inside.post("/konto/totp/", {"code": app_code(secret)})
        values = AuditValues.objects.get(pk=last_entry("factor.add").pk).values
        assert secret not in values
        assert '"data":[null,"•"]' in values

    def test_the_code_that_set_the_app_up_does_not_sign_in(self, inside: Client) -> None:
        with time_machine.travel(NOON, tick=False):
            first_step(inside)
            secret = self.secret(inside.get("/konto/totp/").content.decode())
            code = app_code(secret)
            inside.post("/konto/totp/", {"code": code})
            visitor = Client()
            first_step(visitor)
            assert visitor.post(STEP, {"code": code}).status_code == 200

    def test_a_new_app_replaces_the_old(self, inside: Client, user: User) -> None:
        for _ in range(2):
            secret = self.secret(inside.get("/konto/totp/").content.decode())
            inside.post("/konto/totp/", {"code": app_code(secret)})
        assert SecondFactor.objects.of(user).filter(type="totp").count() == 1

    def test_removing_the_only_app_takes_the_recovery_codes_with_it(self, inside: Client, user: User) -> None:
        secret = self.secret(inside.get("/konto/totp/").content.decode())
        inside.post("/konto/totp/", {"code": app_code(secret)})
        inside.post("/konto/totp/ta-bort/")
        assert not SecondFactor.objects.exists()
        assert last_entry("factor.remove").actor == str(user.public_id)
