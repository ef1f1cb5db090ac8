"""Guessing: counted per address, locked for longer each time, and telling nobody which accounts exist."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from plats.web.accounts.models import SignInLock, User
from plats.web.accounts.signin import lock
from plats.web.accounts.signin.lock import attempt, digest_of, lock_length
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
from plats.web.audit.models import AuditEntry, AuditValues

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return make_user()


def guess(client: Client, times: int, email: str = "utredare@exempel.se") -> list[str]:
    return [first_step(client, email, WRONG).content.decode() for _ in range(times)]


@pytest.mark.parametrize(
    ("failures", "minutes"), [(5, 15), (6, 30), (7, 60), (8, 120), (9, 240), (10, 240), (500, 240)]
)
def test_each_failure_more_locks_twice_as_long_up_to_four_hours(failures: int, minutes: int) -> None:
    assert lock_length(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize("email", ["utredare@exempel.se", "finns-inte@exempel.se"])
def test_after_five_failures_nobody_gets_in_for_a_quarter_of_an_hour(
    client: Client, user: User, email: str
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        pages = guess(client, 6, email)
        assert ["hör inte ihop" in page for page in pages] == [True] * 5 + [False]
        # 12.00 UTC is 13.00 in Stockholm; a quarter of an hour later is 13.15.
        assert "Vänta till kl. 13.15" in pages[5]
        clock.shift(timedelta(minutes=14, seconds=59))
        assert "Vänta till kl. 13.15" in first_step(client, email).content.decode()
        clock.shift(timedelta(seconds=1))
        assert first_step(client, email).status_code == (302 if email == user.email else 200)


def test_the_page_is_the_same_whether_the_account_exists_or_not(client: Client, user: User) -> None:
    with time_machine.travel(NOON, tick=False):
        for there, not_there in zip(guess(client, 7), guess(Client(), 7, "utredarX@exempel.se"), strict=True):
            plain = [
                page.replace("utredarx", "utredare").replace("utredarX", "utredare")
                for page in (there, not_there)
            ]
            without_token = [page[page.index("<h1>") : page.index("csrfmiddlewaretoken")] for page in plain]
            assert without_token[0] == without_token[1]


def test_an_unknown_address_costs_one_hash_as_a_known_one_does(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash is what takes time; whether it is made must not depend on whether there is an account."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    made: list[str] = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, password, salt: made.append(password) or real(self, password, salt),
    )
    first_step(client, password=WRONG)
    known, made[:] = len(made), []
    first_step(client, "finns-inte@exempel.se", WRONG)
    assert len(made) == known == 1


def test_a_success_forgets_the_failures_before_it(client: Client, user: User) -> None:
    guess(client, 4)
    assert first_step(client).status_code == 302
    assert not SignInLock.objects.exists()
    guess(Client(), 4)
    assert first_step(Client()).status_code == 302


def test_failures_of_yesterday_are_forgotten(client: Client, user: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        guess(client, 4)
        clock.shift(timedelta(hours=24))
        guess(client, 4)
        assert first_step(client).status_code == 302


def test_the_right_password_does_not_wash_away_wrong_codes(client: Client, user: User) -> None:
    """Whoever knows the password could otherwise try codes for ever, with the password between every four."""
    add_app(user)
    with time_machine.travel(NOON, tick=False):
        for _ in range(2):
            assert first_step(client).headers["Location"] == "/logga-in/andra-steget/"
            for _ in range(2):
                client.post("/logga-in/andra-steget/", {"code": "000000"})
        first_step(client)
        client.post("/logga-in/andra-steget/", {"code": "000000"})
        assert "Vänta till kl. 13.15" in first_step(client).content.decode()


def test_a_locked_address_refuses_the_right_code_too(client: Client, user: User) -> None:
    secret = add_app(user)
    with time_machine.travel(NOON, tick=False):
        first_step(client)
        for _ in range(5):
            client.post("/logga-in/andra-steget/", {"code": "000000"})
        answer = client.post("/logga-in/andra-steget/", {"code": app_code(secret)})
        assert "Vänta till kl. 13.15" in answer.content.decode()


def test_a_hundred_guesses_at_once_are_not_let_past_together(user: User) -> None:
    """Each is counted when it begins: those that have begun before the first has failed stand in the same line."""
    begun = [attempt(user.email) for _ in range(100)]
    assert sum(not one.is_refused for one in begun) == lock.FAILURES_BEFORE_LOCK


def test_the_address_is_kept_as_a_keyed_hash_only(client: Client, user: User) -> None:
    guess(client, 1)
    row = SignInLock.objects.get()
    assert row.address_digest == digest_of("UTREDARE@exempel.se ")
    assert len(row.address_digest) == 64


def test_failures_and_locks_are_on_record_without_the_address(client: Client, user: User) -> None:
    guess(client, 5)
    guess(client, 2, "finns-inte@exempel.se")
    assert (
        acts("sign_in.fail", "sign_in.lock") == ["sign_in.fail"] * 5 + ["sign_in.lock"] + ["sign_in.fail"] * 2
    )
    assert last_entry("sign_in.lock").object_id == str(user.public_id)
    assert last_entry("sign_in.fail").object_id == ""
    written = "".join(
        f"{one.note} {one.fields} {one.object_id}"
        for one in AuditEntry.objects.filter(act__startswith="sign_in")
    ) + "".join(AuditValues.objects.values_list("values", flat=True).filter(sequence__gt=1))
    assert "exempel.se" not in written
    assert WRONG not in written
    assert PASSWORD not in written


def test_a_refused_attempt_while_locked_makes_the_lock_no_longer(client: Client, user: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        guess(client, 50)
        clock.shift(timedelta(minutes=15))
        assert first_step(client).status_code == 302
