"""What is new: everything that came since one said 'seen', and nothing missed in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from plats.vocabulary.messages import Message
from plats.web.accounts.actions import ReleaseTerms, create_release, revoke_release
from plats.web.accounts.models import User
from plats.web.accounts.releasable import forget_releasable, register_releasable
from plats.web.accounts.tests.world import World, fresh, make_member
from plats.web.notices.actions import mark_seen
from plats.web.notices.models import Notice, SeenUpTo
from plats.web.notices.news import NewsItem, forget_news, register_news
from plats.web.notices.queries import news, unread_count
from plats.web.notices.rules import FIRST_LOOK, OVERLAP, is_new
from plats.web.notices.tests.telling import page, signed_in, tell

pytestmark = pytest.mark.usefixtures("told")
NOON = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Feed:
    """What a made-up app knows: things by name, each with the moment its act began."""

    def __init__(self) -> None:
        self.things: dict[str, datetime] = {}

    def __call__(self, user: User, since: datetime) -> list[NewsItem]:
        return [
            NewsItem(key=key, at=at, heading="Prov", message=Message("{thing} hände.", thing=key), url="/")
            for key, at in self.things.items()
        ]


@pytest.fixture
def feed() -> Iterator[Feed]:
    made = Feed()
    register_news(made)
    yield made
    forget_news(made)


@pytest.fixture
def noon() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def reader(noon: Any, world: World) -> User:
    """Someone whose account is a month old."""
    User._base_manager.filter(pk=world.analyst.pk).update(created_at=NOON - timedelta(days=30))
    from plats.web.accounts.models import Membership

    Membership._base_manager.update(started_at=NOON - timedelta(days=30))
    return fresh(world.analyst)


def keys(user: User) -> list[str]:
    return [item.key for item in news(user).items]


def press_seen(client: Client, shown: str) -> None:
    """Press the button of a page that was shown, however long ago."""
    import re

    fields = dict(re.findall(r'name="(until|known|notices)" value="([^"]*)"', shown))
    assert client.post("/mitt/sett/", fields).status_code == 302


def test_someone_new_is_shown_the_last_days_and_not_all_that_ever_was(reader: User, feed: Feed) -> None:
    feed.things = {
        "older": NOON - FIRST_LOOK - MINUTE,
        "newer": NOON - FIRST_LOOK + MINUTE,
    }
    assert keys(reader) == ["newer"]


def test_what_was_before_ones_account_is_no_news(world: World, feed: Feed, noon: Any) -> None:
    User._base_manager.filter(pk=world.analyst.pk).update(created_at=NOON - timedelta(days=2))
    feed.things = {"before": NOON - timedelta(days=3), "after": NOON - timedelta(days=1)}
    assert keys(fresh(world.analyst)) == ["after"]


def test_seen_brings_back_nothing_from_before_ones_account(world: World, feed: Feed, noon: Any) -> None:
    """The account, and what was before it, are minutes old: pressing 'seen' once made the latter news."""
    User._base_manager.filter(pk=world.analyst.pk).update(created_at=NOON - 2 * MINUTE)
    feed.things = {"before": NOON - 3 * MINUTE, "after": NOON - MINUTE}
    client = signed_in(fresh(world.analyst))
    shown = page(client, "/mitt/")
    assert "before hände." not in shown
    press_seen(client, shown)
    noon.shift(MINUTE)
    assert not {"before", "after"} & set(keys(fresh(world.analyst)))


def test_the_newest_comes_first(reader: User, feed: Feed) -> None:
    feed.things = {"a": NOON - 3 * MINUTE, "b": NOON - MINUTE, "c": NOON - 2 * MINUTE}
    tell(reader)
    assert [key.split("/")[0] for key in keys(reader)] == ["notice", "b", "c", "a"]


def test_looking_is_not_seeing(reader: User, feed: Feed) -> None:
    feed.things = {"a": NOON - MINUTE}
    client = signed_in(reader)
    for _ in range(2):
        assert "a hände." in page(client, "/mitt/")
    assert not SeenUpTo.objects.exists()


def test_what_one_has_seen_is_no_news(reader: User, feed: Feed) -> None:
    feed.things = {"a": NOON - MINUTE, "old": NOON - timedelta(days=1)}
    tell(reader)
    client = signed_in(reader)
    press_seen(client, page(client, "/mitt/"))
    assert keys(reader) == []
    assert unread_count(reader) == 0
    assert "Inget nytt sedan" in page(client, "/mitt/")


def test_what_comes_between_page_and_press_stays_new(reader: User, feed: Feed, noon: Any) -> None:
    feed.things = {"shown": NOON - MINUTE}
    tell(reader)
    client = signed_in(reader)
    shown = page(client, "/mitt/")
    noon.shift(timedelta(seconds=30))
    feed.things["meanwhile"] = timezone.now()
    (later,) = tell(reader, message=Message("Senare."))
    noon.shift(timedelta(seconds=30))
    press_seen(client, shown)
    assert keys(reader) == [f"notice/{later.public_id}", "meanwhile"]
    assert unread_count(reader) == 1


def test_what_was_under_way_when_the_page_was_made_stays_new(reader: User, feed: Feed, noon: Any) -> None:
    """It is dated before the page, but was there to see only after: its transaction was not done."""
    feed.things = {"shown": NOON - MINUTE}
    client = signed_in(reader)
    shown = page(client, "/mitt/")
    feed.things["under-way"] = NOON - timedelta(seconds=20)
    noon.shift(MINUTE)
    press_seen(client, shown)
    assert keys(reader) == ["under-way"]
    press_seen(client, page(client, "/mitt/"))
    assert keys(reader) == []


def test_seen_twice_in_a_row_brings_nothing_back(reader: User, feed: Feed, noon: Any) -> None:
    feed.things = {"a": NOON - MINUTE}
    client = signed_in(reader)
    press_seen(client, page(client, "/mitt/"))
    noon.shift(MINUTE)
    feed.things["b"] = timezone.now()
    noon.shift(MINUTE)
    press_seen(client, page(client, "/mitt/"))
    assert keys(reader) == []


def test_an_old_page_moves_nothing_back(reader: User, feed: Feed, noon: Any) -> None:
    client = signed_in(reader)
    feed.things = {"a": NOON - MINUTE}
    old = page(client, "/mitt/")
    noon.shift(timedelta(minutes=30))
    feed.things["b"] = timezone.now() - MINUTE
    press_seen(client, page(client, "/mitt/"))
    press_seen(client, old)
    assert keys(reader) == []


def test_nobody_sees_into_the_future(reader: User, feed: Feed, noon: Any) -> None:
    mark_seen(by=reader, until=NOON + timedelta(days=365), known=[], notices=[])
    assert SeenUpTo.objects.get().until == NOON
    noon.shift(MINUTE)
    feed.things = {"after": NOON + MINUTE}
    assert keys(reader) == ["after"]


@pytest.mark.parametrize("until", ["", "i går", "2026-11-27", "2026-11-27T12:00:00"])
def test_a_page_that_does_not_say_when_it_was_made_marks_nothing(reader: User, until: str) -> None:
    answer = signed_in(reader).post("/mitt/sett/", {"until": until})
    assert answer.status_code == 400
    assert not SeenUpTo.objects.exists()


def test_anothers_notice_is_not_marked_by_its_number(reader: User, world: World) -> None:
    (theirs,) = tell(world.coordinator)
    form = {"until": NOON.isoformat(), "notices": str(theirs.public_id)}
    assert signed_in(reader).post("/mitt/sett/", form).status_code == 302
    assert Notice.objects.get().read_at is None


def test_one_who_may_only_read_marks_what_is_theirs(reader: User, world: World, feed: Feed) -> None:
    from plats.web.accounts.actions import May, set_switches

    set_switches(by=world.administrator, user=reader, may=May.READ)
    client = signed_in(reader)
    feed.things = {"a": NOON - MINUTE}
    press_seen(client, page(client, "/mitt/"))
    assert keys(fresh(reader)) == []


@pytest.mark.parametrize("key", ["", "two words", " a", "a\n"])
def test_a_name_of_news_is_one_word(key: str) -> None:
    with pytest.raises(ValueError, match="utan blanksteg"):
        NewsItem(key=key, at=NOON, heading="Prov", message=Message("Prov."))


def test_the_rule_at_its_limits() -> None:
    tick = timedelta(microseconds=1)
    assert is_new("a", NOON + tick, until=NOON, known=["a"])
    assert is_new("a", NOON, until=NOON, known=[])
    assert not is_new("a", NOON, until=NOON, known=["a"])
    assert is_new("a", NOON - OVERLAP + tick, until=NOON, known=[])
    assert not is_new("a", NOON - OVERLAP, until=NOON, known=[])


# What this app itself knows


@pytest.fixture
def shareable() -> Iterator[None]:
    register_releasable("thing", label="Ting", find=lambda *_: None)
    yield
    forget_releasable("thing")


def _release(world: World, days: int = 30) -> Any:
    return create_release(
        by=world.lead,
        from_organisation=world.housing,
        to_organisation=world.police,
        terms=ReleaseTerms(
            what="thing",
            purpose="Gemensam lägesbild",
            legal_basis="public",
            valid_until=timezone.localdate() + timedelta(days=days),
        ),
    )


@pytest.mark.usefixtures("shareable")
def test_a_release_is_news_to_those_who_get_it_and_so_is_its_end(world: World, noon: Any) -> None:
    old = NOON - timedelta(days=30)
    User._base_manager.update(created_at=old)
    noon.shift(MINUTE)
    release = _release(world)
    told = {one: [str(item.message) for item in news(fresh(one)).items] for one in (world.police_lead,)}
    assert "Bostadsbolaget (exempel) delar Ting med er." in told[world.police_lead]
    for other in (world.lead, world.analyst):
        assert not [item for item in news(fresh(other)).items if item.key.startswith("release/")]
    mark_seen(by=world.police_lead, until=timezone.now(), known=[f"release/{release.public_id}"], notices=[])
    noon.shift(MINUTE)
    revoke_release(by=world.lead, release=release, reason="Behövs inte längre")
    after = [item for item in news(fresh(world.police_lead)).items if item.key.startswith("release/")]
    assert [str(item.message) for item in after] == [
        "Bostadsbolaget (exempel) delar inte längre Ting med er."
    ]


def test_a_new_colleague_is_news_where_one_may_see_who_works(world: World, noon: Any) -> None:
    old = NOON - timedelta(days=30)
    User._base_manager.update(created_at=old)
    noon.shift(MINUTE)
    added = make_member(world.housing, "reporter")
    sentence = f"{added.name} är ny i Bostadsbolaget (exempel): Rapportör."
    assert sentence in [str(item.message) for item in news(fresh(world.lead)).items]
    assert sentence not in [str(item.message) for item in news(fresh(world.police_lead)).items]
    own = [str(item.message) for item in news(fresh(added)).items]
    assert "Du har fått rollen Rapportör i Bostadsbolaget (exempel)." in own
