"""Sessions: a new key at sign-in, an end by time, and none after being ended by their owner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from plats.web.accounts.models import Ending, SignedInSession, User
from plats.web.accounts.signin.browsers import browser_words
from plats.web.accounts.signin.tests.entrants import (
    PASSWORD,
    acts,
    first_step,
    is_in,
    last_entry,
    make_user,
)

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def user() -> User:
    return make_user()


def visitor(user: User, **headers: str) -> Client:
    client = Client(headers=headers)
    assert first_step(client, user.email).status_code == 302
    return client


def test_a_key_planted_before_the_sign_in_leads_nowhere(client: Client, user: User) -> None:
    """Session fixation: an attacker's own anonymous session, put in the victim's browser before they sign in."""
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = planted = session.session_key
    first_step(client)
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != planted
    attacker = Client()
    attacker.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(attacker)
    assert is_in(client)


def test_the_key_also_changes_when_one_confirms_and_when_the_password_changes(
    client: Client, user: User
) -> None:
    first_step(client)
    seen = {client.session.session_key}
    client.post("/konto/bekrafta/", {"password": PASSWORD})
    seen.add(client.session.session_key)
    new = "sju svarta svanar"
    client.post("/konto/losenord/", {"password": PASSWORD, "new_password": new, "again": new})
    seen.add(client.session.session_key)
    assert len(seen) == 3
    assert is_in(client)


def test_a_session_unused_for_an_hour_is_over(user: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = visitor(user)
        clock.shift(timedelta(minutes=59))
        assert is_in(client)
        clock.shift(timedelta(minutes=59, seconds=59))
        assert is_in(client)
        clock.shift(timedelta(minutes=60))
        assert client.get("/konto/sessioner/").headers["Location"] == "/logga-in/?next=/konto/sessioner/"
        assert "inte använts på 60 minuter" in client.get("/logga-in/").content.decode()
        assert not is_in(client)
    assert SignedInSession.objects.get().ending == Ending.IDLE


def test_how_long_a_session_may_lie_unused_is_the_installations_choice(
    user: User, settings: Settings
) -> None:
    settings.PLATS_IDLE_MINUTES = 5
    with time_machine.travel(MORNING, tick=False) as clock:
        client = visitor(user)
        clock.shift(timedelta(minutes=5))
        assert not is_in(client)


def test_a_session_in_use_is_over_after_twelve_hours(user: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = visitor(user)
        for _ in range(23):
            clock.shift(timedelta(minutes=30))
            assert is_in(client)
        clock.shift(timedelta(minutes=29, seconds=59))
        assert is_in(client)
        clock.shift(timedelta(seconds=1))
        assert not is_in(client)
        assert "högst 12 timmar" in client.get("/logga-in/").content.decode()


def test_confirming_does_not_lengthen_the_twelve_hours(user: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = visitor(user)
        for _ in range(24):
            client.post("/konto/bekrafta/", {"password": PASSWORD})
            clock.shift(timedelta(minutes=30))
        assert not is_in(client)


def test_one_session_is_ended_from_another_and_dies_at_its_next_request(user: User) -> None:
    here, there = visitor(user), visitor(user, user_agent=FIREFOX)
    number = SignedInSession.objects.get(browser="Firefox, Windows").public_id
    assert is_in(there)
    assert here.post("/konto/sessioner/", {"session": str(number)}).status_code == 302
    assert not is_in(there)
    assert is_in(here)
    assert last_entry("session.revoke").object_id == str(number)
    assert "Sessionen är avslutad. Logga in igen." in there.get("/logga-in/").content.decode()


def test_all_others_are_ended_and_the_one_at_hand_lives(user: User) -> None:
    here, *others = (visitor(user) for _ in range(4))
    strangers = visitor(make_user("annan@exempel.se"))
    here.post("/konto/sessioner/", {"others": "1"})
    assert [is_in(one) for one in (here, *others, strangers)] == [True, False, False, False, True]
    assert acts("session.revoke") == ["session.revoke"] * 3


def test_nobody_ends_another_persons_session(user: User) -> None:
    mine, theirs = visitor(user), visitor(make_user("annan@exempel.se"))
    number = SignedInSession.objects.exclude(user=user).get().public_id
    for wanted in (str(number), str(uuid4()), "", "inget nummer", "1"):
        mine.post("/konto/sessioner/", {"session": wanted})
    assert is_in(theirs)
    assert acts("session.revoke") == []


def test_the_list_shows_ones_own_and_from_where_coarsely(user: User) -> None:
    visitor(make_user("annan@exempel.se"), user_agent="Opera OPR/1")
    client = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="192.0.2.77")
    first_step(client)
    page = client.get("/konto/sessioner/").content.decode()
    assert "Firefox, Windows" in page
    assert "från 192.0.2.0/24" in page
    assert "192.0.2.77" not in page
    assert "Opera" not in page


def test_a_dead_session_is_not_listed(user: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        visitor(user, user_agent=FIREFOX)
        clock.shift(timedelta(hours=2))
        assert "Firefox" not in visitor(user).get("/konto/sessioner/").content.decode()


def test_signing_out_ends_the_session_for_whoever_kept_its_cookie(client: Client, user: User) -> None:
    first_step(client)
    kept = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    client.post("/logga-ut/")
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = kept
    assert not is_in(thief)
    assert SignedInSession.objects.get().ending == Ending.SIGNED_OUT
    assert acts("session.open", "session.close") == ["session.open", "session.close"]


def test_signing_out_asks_the_browser_to_forget_what_pages_kept(client: Client, user: User) -> None:
    first_step(client)
    assert client.post("/logga-ut/").headers["Clear-Site-Data"] == '"storage"'


def test_signing_in_as_another_in_the_same_browser_ends_the_first(client: Client, user: User) -> None:
    client.force_login(user)
    make_user("annan@exempel.se")
    client.post("/logga-ut/")
    first_step(client)
    client.force_login(User.objects.get(email="annan@exempel.se"))
    assert "annan@exempel.se" in client.get("/konto/").content.decode()


def test_a_session_without_its_row_opens_nothing(client: Client, user: User) -> None:
    first_step(client)
    SignedInSession.objects.all().delete()
    assert not is_in(client)


def test_a_session_of_another_persons_row_opens_nothing(client: Client, user: User) -> None:
    first_step(client)
    SignedInSession.objects.update(user=make_user("annan@exempel.se"))
    assert not is_in(client)


def test_use_is_written_down_once_a_minute_at_most(user: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = visitor(user)
        clock.shift(timedelta(seconds=59))
        is_in(client)
        assert SignedInSession.objects.get().last_seen_at == MORNING
        clock.shift(timedelta(seconds=1))
        is_in(client)
        assert SignedInSession.objects.get().last_seen_at == MORNING + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/19.0 Safari/605.1.15", "Safari, macOS"),
        ("curl/8.5.0", ""),
        ("", ""),
        ("<script>alert(1)</script>\n" * 100, ""),
    ],
)
def test_a_browser_is_known_by_its_name_and_system(user_agent: str, words: str) -> None:
    assert browser_words(user_agent) == words
