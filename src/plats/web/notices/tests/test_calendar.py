"""The calendar: for programs without a cookie, in neutral words, behind a secret that can be taken away."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar
from pytest_django import Settings

from plats.web.accounts.actions import May, close_account, set_switches
from plats.web.accounts.models import Membership, Release
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import unrecorded
from plats.web.notices.actions import close_calendar, open_calendar
from plats.web.notices.models import CalendarFeed
from plats.web.notices.tests.telling import page, signed_in

NOW = datetime(2026, 11, 27, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[Any]:
    settings.PLATS_SITE_URL = "https://platser.exempel.se"
    with time_machine.travel(NOW, tick=False) as made:
        yield made


@pytest.fixture
def dated(world: World) -> World:
    """A release and a role that end, on the days before and after the clock is put forward."""
    with unrecorded("a test's world"):
        Release.objects.create(
            from_organisation=world.housing,
            to_organisation=world.police,
            what="document",
            title="Trygghetsvandring i Vårby",
            purpose="Prov",
            legal_basis="public",
            valid_from=date(2026, 11, 1),
            valid_until=date(2027, 3, 28),
        )
        Membership.objects.filter(user=world.reporter).update(last_day=date(2027, 3, 29))
    return world


def fetch(token: str, **headers: str) -> Any:
    """As a calendar program: no cookie."""
    return Client().get(f"/mitt/kalender/{token}.ics", headers=headers)


def days(content: bytes) -> list[tuple[str, date]]:
    events = Calendar.from_ical(content).walk("VEVENT")
    return [(str(one["SUMMARY"]), one.decoded("DTSTART")) for one in events]


def test_a_program_without_a_cookie_gets_the_days(dated: World) -> None:
    answer = fetch(open_calendar(by=dated.lead))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert days(answer.content) == [
        ("En delning upphör", date(2027, 3, 28)),
        ("Ett uppdrag upphör", date(2027, 3, 29)),
    ]


def test_days_are_days_and_no_moments(dated: World) -> None:
    """28 March 2027 is 23 hours long here. As a moment it would be the 27th or the 29th somewhere."""
    text = fetch(open_calendar(by=dated.lead)).content.decode()
    assert "DTSTART;VALUE=DATE:20270328\r\n" in text
    assert "DTEND;VALUE=DATE:20270329\r\n" in text
    assert "TZID" not in text
    assert "VTIMEZONE" not in text


def test_the_calendar_may_lie_anywhere_so_it_tells_nothing(dated: World) -> None:
    text = fetch(open_calendar(by=dated.lead)).content.decode().replace("\r\n ", "")
    secrets = ("Vårby", "Trygghet", dated.housing.name, dated.police.name, dated.reporter.name, "Rapportör")
    for told in (*secrets, dated.lead.email, str(dated.lead.public_id)):
        assert told not in text
    assert set(re.findall(r"https?://\S+", text)) == {"https://platser.exempel.se/mitt/"}


def test_the_same_days_are_the_same_bytes_and_are_not_fetched_again(dated: World, clock: Any) -> None:
    token = open_calendar(by=dated.lead)
    first = fetch(token)
    clock.shift(timedelta(hours=9))
    second = fetch(token, **{"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert fetch(token).content == first.content
    with unrecorded("a test's world"):
        Release.objects.update(valid_until=date(2027, 3, 30))
    moved = fetch(token, **{"If-None-Match": first.headers["ETag"]})
    assert moved.status_code == 200
    assert ("En delning upphör", date(2027, 3, 30)) in days(moved.content)
    numbers = [re.findall(r"^UID:(.+)\r$", one.content.decode(), re.MULTILINE) for one in (first, moved)]
    assert sorted(numbers[0]) == sorted(numbers[1]), "A day that is moved is the same event."


def test_in_english(dated: World) -> None:
    answer = Client().get(f"/en/mitt/kalender/{open_calendar(by=dated.lead)}.ics")
    assert ("A release ends", date(2027, 3, 28)) in days(answer.content)


def test_each_sees_their_own_days(dated: World) -> None:
    assert days(fetch(open_calendar(by=dated.reporter)).content)[-1][0] == "Ett uppdrag upphör"
    assert days(fetch(open_calendar(by=dated.analyst)).content) == []


# The secret


@pytest.mark.parametrize("token", ["x", "0" * 43, "..", "%00", "a" * 5000])
def test_a_secret_that_nobody_has_is_not_found(world: World, token: str) -> None:
    open_calendar(by=world.lead)
    assert fetch(token).status_code == 404


def test_what_is_kept_does_not_open_the_calendar(world: World) -> None:
    token = open_calendar(by=world.lead)
    feed = CalendarFeed.objects.get()
    assert token not in str(feed.__dict__)
    assert fetch(feed.token_digest).status_code == 404
    assert not AuditValues.objects.filter(values__contains=feed.token_digest).exists()


def test_a_new_secret_kills_the_old_at_once(world: World) -> None:
    old = open_calendar(by=world.lead)
    new = open_calendar(by=world.lead)
    assert (fetch(old).status_code, fetch(new).status_code) == (404, 200)
    assert CalendarFeed.objects.count() == 1


def test_taken_away_it_is_not_found(world: World) -> None:
    token = open_calendar(by=world.lead)
    close_calendar(by=world.lead)
    close_calendar(by=world.lead)
    assert fetch(token).status_code == 404
    acts = list(AuditEntry.objects.filter(kind="calendar_feed").values_list("act", flat=True))
    assert acts == ["calendar_feed.open", "calendar_feed.close"]


def test_a_closed_account_has_no_calendar(world: World) -> None:
    token = open_calendar(by=world.coordinator)
    close_account(by=world.administrator, user=world.coordinator, reason="Slutat")
    assert fetch(token).status_code == 404


def test_an_account_that_may_not_read_has_no_calendar(world: World) -> None:
    token = open_calendar(by=world.coordinator)
    set_switches(by=world.administrator, user=world.coordinator, may=May.NOTHING)
    assert fetch(token).status_code == 404
    set_switches(by=world.administrator, user=world.coordinator, may=May.READ)
    assert fetch(token).status_code == 200


def test_a_role_that_has_ended_has_no_days_in_the_calendar(dated: World) -> None:
    token = open_calendar(by=dated.police_lead)
    assert len(days(fetch(token).content)) == 1
    with unrecorded("a test's world"):
        Membership.objects.filter(user=dated.police_lead).update(ended_at=NOW)
    assert days(fetch(token).content) == []


# On the page


def test_the_address_is_shown_once(world: World) -> None:
    client = signed_in(world.lead)
    assert "Du har ingen adress" in page(client, "/mitt/installningar/")
    shown = client.post("/mitt/kalender/", {"open": "1"}).content.decode()
    found = re.search(r"http://testserver/mitt/kalender/([\w-]{43})\.ics", shown)
    assert found
    assert fetch(found[1]).status_code == 200
    after = page(client, "/mitt/installningar/")
    assert found[1] not in after
    assert "Du har en adress sedan 27 november 2026" in after


def test_the_address_is_taken_away_on_the_page(world: World) -> None:
    client = signed_in(world.lead)
    token = open_calendar(by=world.lead)
    assert client.post("/mitt/kalender/", {"close": "1"}).status_code == 302
    assert fetch(token).status_code == 404


def test_the_secret_is_in_no_log(world: World, settings: Settings) -> None:
    """Each record as it is written, those of Django's own about a page that was not found too."""
    formatter = settings.LOGGING["formatters"]["line"]["()"]()
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(formatter.format(record))

    kept = Kept()
    for one in settings.LOGGING["handlers"]["stderr"]["filters"]:
        kept.addFilter(settings.LOGGING["filters"][one]["()"]())
    loggers = [logging.getLogger(name) for name in ("", "django")]
    for one in loggers:
        one.addHandler(kept)
    try:
        token = open_calendar(by=world.lead)
        fetch(token)
        fetch(f"{token}x")
    finally:
        for one in loggers:
            one.removeHandler(kept)
    assert [line for line in written if "notices:calendar_feed" in line]
    assert token not in "\n".join(written)
