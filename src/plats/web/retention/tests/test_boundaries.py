"""What is kept N days is there on day N-1 and due on days N and N+1, by the calendar where the installation is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from plats.catalog.load import catalog
from plats.web.accounts.models import Invitation, Membership, Release, SignedInSession, User
from plats.web.accounts.tests.world import World
from plats.web.audit.recording import recorded, unrecorded
from plats.web.retention.planning import Planned, make_plan
from plats.web.retention.registry import retained
from plats.web.retention.tests.things import MAKERS, closed_user, ended_membership, local

DAYS = {
    # The clock goes back on 25 October 2026 and forward on 28 March 2027; 2028 has a leap day.
    "an ordinary day": date(2026, 6, 10),
    "the longest day of the year": date(2026, 10, 25),
    "the shortest day of the year": date(2027, 3, 28),
    "a leap day": date(2028, 2, 29),
}
# Half past eleven at night is another day in UTC in winter and in summer; so is half past midnight.
HOURS = {"late": (23, 30), "early": (0, 30)}


def due(kind: str, day: date, hour: int = 12, minute: int = 0) -> list[Planned]:
    """What of this kind is due at a moment, with a decision at hand."""
    with time_machine.travel(local(day, hour, minute), tick=False):
        return [item for item in make_plan(decision="KS-2026/1").items if item.kind == kind]


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS.keys())
@pytest.mark.parametrize("hour", HOURS.values(), ids=HOURS.keys())
@pytest.mark.parametrize("kind", MAKERS)
def test_a_thing_is_due_when_its_days_have_passed_and_not_a_day_before(
    world: World, kind: str, day: date, hour: tuple[int, int]
) -> None:
    MAKERS[kind](world, local(day, *hour))
    rule = next(one.rule for one in retained() if one.kind == kind)
    kept = timedelta(days=catalog().retention_rules[rule].days(day))
    for offset, is_due in ((-1, False), (0, True), (1, True)):
        for moment in ((0, 0), (23, 59)):
            found = due(kind, day + kept + timedelta(days=offset), *moment)
            assert [(item.event_on, item.due_on) for item in found] == ([(day, day + kept)] if is_due else [])


def test_every_kind_that_is_kept_below_the_other_apps_has_its_boundary_tested() -> None:
    above = {"document", "notice", "letter", "job", "handout"}
    by_decision_alone = {"audit_entry"}
    assert {one.kind for one in retained()} - above - by_decision_alone == set(MAKERS)


def test_days_are_counted_through_a_leap_day() -> None:
    """Worked by hand: 90 days from 1 January 2028 is 31 March, since 2028 has 29 February (31 + 29 + 30)."""
    assert catalog().retention_rules["session"].days(date(2028, 1, 1)) == 90
    assert date(2028, 1, 1) + timedelta(days=90) == date(2028, 3, 31)


def test_a_membership_with_a_last_day_ends_by_itself(world: World) -> None:
    membership = ended_membership(world, local(date(2026, 3, 1)))
    with unrecorded("a test's world"):
        Membership.objects.filter(pk=membership.pk).update(ended_at=None, last_day=date(2026, 6, 30))
    assert due("membership", date(2028, 6, 28)) == []
    assert [item.event_on for item in due("membership", date(2028, 6, 29))] == [date(2026, 6, 30)]


def test_a_membership_that_goes_on_is_never_due(world: World) -> None:
    assert Membership.objects.current().exists()
    assert due("membership", date(2060, 1, 1)) == []


def test_an_invitation_that_nobody_takes_counts_from_when_it_expires(world: World) -> None:
    at = local(date(2026, 5, 1))
    with unrecorded("a test's world"):
        Invitation.objects.create(
            token_digest=at.isoformat(), email="ny@exempel.se", organisation=world.housing, role="reporter",
            created_at=at, expires_at=at + timedelta(days=14),
        )  # fmt: skip
    assert [item.event_on for item in due("invitation", date(2027, 5, 1))] == [date(2026, 5, 15)]


def test_a_release_counts_from_its_last_day_or_from_when_it_was_withdrawn_if_that_was_before(
    world: World,
) -> None:
    common = {
        "from_organisation": world.police, "to_organisation": world.housing, "what": "document", "title": "Exempel",
        "purpose": "Exempel", "legal_basis": "general_clause", "valid_from": date(2026, 1, 1),
    }  # fmt: skip
    with unrecorded("a test's world"):
        Release.objects.create(**common, valid_until=date(2026, 3, 31))
        Release.objects.create(**common, valid_until=date(2026, 6, 30), revoked_at=local(date(2026, 2, 10)))
        Release.objects.create(**common, valid_until=date(2026, 9, 30), revoked_at=local(date(2026, 10, 2)))
    events = [item.event_on for item in due("release", date(2032, 1, 1))]
    assert events == [date(2026, 2, 10), date(2026, 3, 31), date(2026, 9, 30)]


def test_a_session_that_was_never_ended_counts_from_when_it_was_last_used(world: World) -> None:
    SignedInSession.objects.create(user=world.analyst, last_seen_at=local(date(2026, 6, 1)))
    assert [item.event_on for item in due("session", date(2026, 8, 30))] == [date(2026, 6, 1)]


def test_an_account_that_is_open_or_holds_a_role_is_never_due(world: World) -> None:
    assert due("user", date(2060, 1, 1)) == []


@pytest.mark.parametrize("last", ["sign-in", "membership", "act"])
def test_an_account_counts_from_the_last_that_is_known_of_it(world: World, last: str) -> None:
    user, at = closed_user(world, local(date(2026, 1, 15))), local(date(2026, 9, 9), 18)
    with unrecorded("a test's world"):
        if last == "sign-in":
            User.objects.filter(pk=user.pk).update(last_login=at)
        if last == "membership":
            Membership.objects.create(
                user=user, organisation=world.housing, role="reporter", started_at=at, ended_at=at
            )
    if last == "act":
        with time_machine.travel(at, tick=False), recorded(by=None, act="user.close") as record:
            record.noted(kind="user", object_id=str(user.public_id))
        with (
            time_machine.travel(at + timedelta(days=90), tick=False),
            recorded(by=None, act="sign_in.fail") as record,
        ):
            record.noted(kind="user", object_id=str(user.public_id))
    event = date(2026, 9, 9)
    assert due("user", event + timedelta(days=729)) == []
    assert [item.event_on for item in due("user", event + timedelta(days=730))] == [event]
