"""How long notices and letters are kept, and what goes with an account."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import Model
from pytest_django import Settings

from plats.catalog.load import catalog
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World, make_user
from plats.web.audit.recording import unrecorded
from plats.web.notices.actions import choose_mail, mark_seen, open_calendar
from plats.web.notices.models import CalendarFeed, Letter, Notice, NoticePreference, SeenUpTo
from plats.web.notices.outbox import send_waiting
from plats.web.notices.tests.telling import tell
from plats.web.retention.planning import make_plan
from plats.web.retention.running import retain

pytestmark = pytest.mark.usefixtures("told")
HERE = ZoneInfo("Europe/Stockholm")
TOLD = date(2026, 10, 25)  # the clock goes back that night
OURS: list[type[Model]] = [Notice, Letter, NoticePreference, SeenUpTo, CalendarFeed]


@pytest.fixture(autouse=True)
def _home_of_ones_own(settings: Settings, tmp_path: Path) -> None:
    """What is erased is noted in a journal in the home folder."""
    settings.PLATS_HOME = tmp_path


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=HERE)


def due(day: date) -> dict[str, int]:
    with time_machine.travel(at(day), tick=False):
        items = make_plan(decision="KS-2026/1").items
    return {one.kind: one.count for one in items if one.kind in ("notice", "letter")}


@pytest.mark.parametrize("hour", [0, 23])
def test_notices_and_sent_letters_are_erased_when_their_days_have_passed(
    world: World, hour: int, mailoutbox: list[object]
) -> None:
    with time_machine.travel(at(TOLD, hour), tick=False):
        tell(world.analyst, kind="loud")
        send_waiting()
        tell(world.analyst, kind="loud")  # its letter waits
    last = TOLD + timedelta(days=catalog().retention_rules["notice"].days(TOLD))
    assert due(last - timedelta(days=1)) == {}
    assert due(last) == due(last + timedelta(days=1)) == {"notice": 2, "letter": 1}
    with time_machine.travel(at(last), tick=False):
        retain(by=None, plan=make_plan(decision="KS-2026/1"))
    assert not Notice.objects.exists()
    assert [one.sent_at for one in Letter.objects.all()] == [None]


def test_what_was_a_persons_alone_goes_with_their_account(world: World) -> None:
    gone = make_user()
    for person in (gone, world.analyst):
        tell(person, kind="loud")
        choose_mail(by=person, choices={"quiet": True})
        mark_seen(by=person, until=datetime.now(HERE), known=[], notices=[])
        open_calendar(by=person)
    with unrecorded("a test's world"):
        User.objects.filter(pk=gone.pk).update(is_active=False)
    years = timedelta(days=4 * 365)
    with time_machine.travel(datetime.now(HERE) + years, tick=False):
        plan = make_plan(decision="KS-2026/1")
        assert "user" in {one.kind for one in plan.items}
        Notice.objects.update(created_at=datetime.now(HERE))  # so that the account alone takes it along
        Letter.objects.update(created_at=datetime.now(HERE))
        retain(by=None, plan=make_plan(decision="KS-2026/1"))
    for model in OURS:
        field = "recipient" if model in (Notice, Letter) else "user"
        left = [getattr(row, field) for row in model._base_manager.all()]
        assert left == [world.analyst], model.__name__
