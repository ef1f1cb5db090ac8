"""Due days: whose they are, and that they are days here whatever the clock does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from plats.vocabulary.messages import Message
from plats.web.accounts.models import Invitation, Membership, Release, User
from plats.web.accounts.tests.world import World, fresh
from plats.web.audit.recording import unrecorded
from plats.web.notices.due import Due, day_of, due_between, forget_due, register_due
from plats.web.notices.queries import due_for_calendar, due_soon
from plats.web.notices.rules import HORIZON
from plats.web.notices.tests.telling import page, signed_in

TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 27, 11, tzinfo=UTC), tick=False):
        yield


def due_of(user: User, first: date = TODAY, last: date = TODAY + timedelta(days=90)) -> list[str]:
    return [str(one.message) for one in due_between(fresh(user), first, last)]


def release(world: World, until: date) -> Release:
    with unrecorded("a test's world"):
        made: Release = Release.objects.create(
            from_organisation=world.housing,
            to_organisation=world.police,
            what="document",
            title="Handlingar",
            purpose="Prov",
            legal_basis="public",
            valid_from=min(TODAY, until) - timedelta(days=1),
            valid_until=until,
        )
    return made


def last_day(user: User, day: date) -> None:
    with unrecorded("a test's world"):
        Membership.objects.filter(user=user).update(last_day=day)


def invitation(world: World, expires_at: datetime) -> Invitation:
    with unrecorded("a test's world"):
        made: Invitation = Invitation.objects.create(
            token_digest="0" * 64,
            email="ny@bostadsbolaget.exempel.se",
            organisation=world.housing,
            role="reporter",
            expires_at=expires_at,
            created_at=expires_at - timedelta(days=14),
        )
    return made


# Whose


def test_a_releases_last_day_is_due_for_both_sides_and_for_nobody_else(world: World) -> None:
    release(world, TODAY + timedelta(days=5))
    sentence = "Sista dagen som Bostadsbolaget (exempel) delar Handlingar med Polisen (exempel)."
    assert sentence in due_of(world.lead)
    assert sentence in due_of(world.police_lead)
    assert due_of(world.analyst) == []
    assert due_of(world.officer) == [], "Who watches over the flows answers for none of them."


def test_a_roles_last_day_is_due_for_its_holder_and_for_who_may_end_it(world: World) -> None:
    last_day(world.reporter, TODAY + timedelta(days=3))
    assert due_of(world.reporter) == ["Din sista dag som Rapportör i Bostadsbolaget (exempel)."]
    assert due_of(world.lead) == [
        f"Sista dagen för {world.reporter.name} som Rapportör i Bostadsbolaget (exempel)."
    ]
    assert due_of(world.police_lead) == []


def test_an_invitation_that_nobody_takes_is_due_for_who_lets_people_in(world: World) -> None:
    invitation(world, datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert len(due_of(world.lead)) == 1
    assert due_of(world.reporter) == due_of(world.police_lead) == []


# When


@pytest.mark.parametrize(
    ("days", "is_due"), [(-1, False), (0, True), (1, True), (HORIZON.days, True), (HORIZON.days + 1, False)]
)
def test_the_page_tells_from_today_and_a_quarter_ahead(world: World, days: int, is_due: bool) -> None:
    release(world, TODAY + timedelta(days=days))
    assert bool(due_soon(fresh(world.lead))) is is_due


def test_the_calendar_tells_of_a_year(world: World) -> None:
    release(world, TODAY + timedelta(days=300))
    assert due_soon(fresh(world.lead)) == []
    assert len(due_for_calendar(fresh(world.lead))) == 1


def test_days_come_in_order(world: World) -> None:
    last_day(world.reporter, TODAY + timedelta(days=9))
    release(world, TODAY + timedelta(days=2))
    invitation(world, datetime(2026, 12, 3, 12, tzinfo=UTC))
    days = [one.day for one in due_soon(fresh(world.lead))]
    assert days == [date(2026, 11, 29), date(2026, 12, 3), date(2026, 12, 6)]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Winter time: UTC+1.
        (datetime(2026, 11, 27, 22, 59, tzinfo=UTC), date(2026, 11, 27)),
        (datetime(2026, 11, 27, 23, 0, tzinfo=UTC), date(2026, 11, 28)),
        # Summer time: UTC+2.
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        # The night to 29 March 2026 the clock goes from two to three: that day begins in winter time, ends in summer.
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        # The night to 25 October 2026 the hour from two to three comes twice, and is the same day both times.
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_moment_is_due_on_the_day_it_is_here(moment: datetime, day: date) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("now", "expires_at", "day"),
    [
        ("2026-03-28T12:00Z", datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),
        ("2026-10-24T12:00Z", datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        ("2026-10-25T12:00Z", datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_an_invitation_is_due_on_its_day_around_the_change_of_clocks(
    world: World, now: str, expires_at: datetime, day: date
) -> None:
    with time_machine.travel(now, tick=False):
        invitation(world, expires_at)
        assert [one.day for one in due_between(fresh(world.lead), day, day)] == [day]
        for other in (day - timedelta(days=1), day + timedelta(days=1)):
            assert due_between(fresh(world.lead), other, other) == []


def test_today_changes_at_midnight_here_and_not_in_london(world: World) -> None:
    release(world, date(2026, 11, 27))
    with time_machine.travel("2026-11-27T22:59:59Z", tick=False):
        assert len(due_soon(fresh(world.lead))) == 1
    with time_machine.travel("2026-11-27T23:00:00Z", tick=False):
        assert timezone.localdate() == date(2026, 11, 28)
        assert due_soon(fresh(world.lead)) == []


# From other apps


def test_an_app_above_says_what_is_due_and_only_what_was_asked_for_is_shown(world: World) -> None:
    asked = []

    def provider(user: User, first: date, last: date) -> list[Due]:
        asked.append((first, last))
        return [
            Due(key=f"prov/{day}", day=day, message=Message("Prov."), neutral=Message("Något"), url="/")
            for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
        ]

    register_due(provider)
    try:
        found = due_between(world.analyst, TODAY, TODAY)
    finally:
        forget_due(provider)
    assert [one.day for one in found] == [TODAY]
    assert asked == [(TODAY, TODAY)]


def test_the_page_shows_the_day_in_words(world: World) -> None:
    last_day(world.reporter, TODAY)
    shown = page(signed_in(world.reporter), "/mitt/")
    assert '<time datetime="2026-11-27">27 november <b>i dag</b></time>' in shown
    last_day(world.reporter, date(2027, 1, 4))
    assert "4 januari 2027" in page(signed_in(world.reporter), "/mitt/")
    assert "4 January 2027" in page(signed_in(world.reporter), "/en/mitt/")


def test_a_due_day_that_has_passed_is_not_shown(world: World) -> None:
    last_day(world.reporter, TODAY - timedelta(days=1))
    assert due_of(world.reporter) == []
