"""A new agreement follows on an old one; those that hold at the same time about the same are told before saving."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.partners.actions import renew_agreement
from plats.web.partners.due import due_in_partners
from plats.web.partners.models import Agreement
from plats.web.partners.rules import overlap, renewed_period
from plats.web.partners.tests.promising import make_agreement
from plats.web.partners.writing import set_published

NEW = "/mitt/samverkan/overenskommelser/ny/"


def renew(world: World, old: Agreement, **said: Any) -> Agreement:
    values = {
        "title": "Trygga gårdar igen",
        "starts_on": date(2027, 1, 1),
        "ends_on": date(2027, 12, 31),
        **said,
    }
    parties = [one.organisation for one in old.parties.all()]
    return renew_agreement(
        by=world.analyst, agreement=old, values=values, parties=parties, topics=["public_space"]
    )


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-27 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def old(world: World) -> Agreement:
    """The committee's with the police, for the whole of 2026."""
    return make_agreement(world.analyst, world.committee, world.police)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "first", "last"),
    [
        # Two years, of which the first pair has no leap day and the second has one.
        (date(2025, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2028, 12, 31)),
        # Six months: 184 days are followed by 181.
        (date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30)),
        # One month from the middle of it.
        (date(2026, 1, 15), date(2026, 2, 14), date(2026, 2, 15), date(2026, 3, 14)),
        # No whole months: ten days are followed by ten days.
        (date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 20)),
    ],
)
def test_what_follows_begins_the_day_after_and_is_as_long(
    starts_on: date, ends_on: date, first: date, last: date
) -> None:
    assert renewed_period(starts_on, ends_on) == (first, last)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 4000))
def test_what_follows_shares_no_day_with_the_old_and_leaves_none_between(starts_on: date, days: int) -> None:
    """Months differ by a few days: January and February, 59 days, are followed by March and April, 61."""
    ends_on = starts_on + timedelta(days=days)
    first, last = renewed_period(starts_on, ends_on)
    assert first == ends_on + timedelta(days=1)
    assert last >= first
    assert abs((last - first).days - days) <= 4
    assert not overlap((starts_on, ends_on), (first, last))


def test_the_old_agreement_stays_as_it_was_agreed(world: World, old: Agreement) -> None:
    new = renew(world, old)
    assert new.renews == old
    again = Agreement.objects.get(pk=old.pk)
    assert (again.ends_on, again.revision, again.title) == (date(2026, 12, 31), 1, "Trygga gårdar")
    entry = AuditEntry.objects.filter(kind="agreement").order_by("-sequence")[0]
    assert (entry.act, entry.object_id) == ("agreement.renew", str(new.public_id))


def test_an_agreement_is_renewed_once_and_by_a_later_one_only(world: World, old: Agreement) -> None:
    with pytest.raises(ValidationError, match="före den gamla"):
        renew(world, old, starts_on=date(2026, 1, 1))
    renew(world, old)
    with pytest.raises(ValidationError, match="redan förnyad"):
        renew(world, old)
    assert Agreement.objects.count() == 2


def test_no_one_elsewhere_renews_it(world: World, old: Agreement) -> None:
    said: dict[str, Any] = {"values": {"title": "x"}, "parties": [], "topics": []}
    with pytest.raises(NotAllowedError):
        renew_agreement(by=world.police_lead, agreement=old, **said)


def test_the_new_one_is_told_on_the_old_ones_page_once_it_is_published(
    world: World, old: Agreement, client: Client
) -> None:
    """A draft is told to its own organisation only; to others the old one has simply expired, or will."""
    set_published(by=world.analyst, row=old, revision=1, public=True)
    new = renew(world, old)
    assert "Trygga gårdar igen" not in client.get(old.get_absolute_url()).content.decode()
    client.force_login(world.analyst)
    assert "Trygga gårdar igen" in client.get(old.get_absolute_url()).content.decode()
    set_published(by=world.analyst, row=new, revision=1, public=True)
    client.logout()
    shown = client.get(old.get_absolute_url()).content.decode()
    assert "gäller från 2027-01-01. Den här gäller till och med 2026-12-31." in shown
    assert "som går ut 2026-12-31" in client.get(new.get_absolute_url()).content.decode()


def test_that_it_has_expired_is_told_when_no_new_one_is_published(loaded: World, client: Client) -> None:
    address = "/samverkan/overenskommelser/samverkansoverenskommelse-2023-2024/"
    shown = client.get(address).content.decode()
    assert "Den gällde till och med 2024-12-31. Ingen ny är publicerad här." in shown


def test_a_renewed_agreement_is_no_longer_due(world: World, old: Agreement) -> None:
    days = (date(2026, 12, 1), date(2026, 12, 31))
    assert [one.key for one in due_in_partners(world.analyst, *days)] == [f"agreement-end-{old.public_id}"]
    renew(world, old)
    assert due_in_partners(world.analyst, *days) == []


def test_the_form_begins_with_what_the_old_one_said(world: World, old: Agreement, client: Client) -> None:
    client.force_login(world.analyst)
    address = f"/mitt/samverkan/overenskommelser/{old.public_id}/fornya/"
    shown = client.get(address).content.decode()
    assert 'value="2027-01-01"' in shown
    assert 'value="2027-12-31"' in shown
    sent = {"title": "Ny", "starts_on": "2027-01-01", "ends_on": "2027-12-31", "topics": "public_space"}
    sent |= {"parties": [str(world.committee.pk), str(world.police.pk)], "handler": ""}
    assert client.post(address, sent | {"starts_on": "2025-01-01"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent | {"overlap_seen": "on"}).status_code == 422
    assert [one.title for one in old.renewals.all()] == ["Ny"]


def test_an_overlap_is_told_before_anything_is_saved(world: World, old: Agreement, client: Client) -> None:
    client.force_login(world.analyst)
    sent = {
        "title": "Samma igen",
        "starts_on": "2026-06-01",
        "ends_on": "2027-05-31",
        "topics": "public_space",
    }
    sent |= {"parties": [str(world.committee.pk), str(world.police.pk)]}
    answer = client.post(NEW, sent)
    assert answer.status_code == 422
    assert "Trygga gårdar" in answer.content.decode()
    assert Agreement.objects.count() == 1
    for other in ({"topics": "andts"}, {"parties": str(world.police.pk)}, {"starts_on": "2027-01-01"}):
        assert client.post(NEW, sent | other).status_code == 302, other
    assert client.post(NEW, sent | {"overlap_seen": "on"}).status_code == 302
    assert Agreement.objects.filter(title="Samma igen").count() == 4


def test_an_overlap_that_one_may_not_see_is_not_told(world: World, client: Client) -> None:
    """The police's draft with the same parties about the same is nothing that the committee's analyst knows of."""
    make_agreement(world.police_lead, world.police, world.committee, title="Polisens utkast")
    client.force_login(world.analyst)
    sent = {"title": "Vår", "starts_on": "2026-06-01", "ends_on": "2026-12-31", "topics": "public_space"}
    sent |= {"parties": [str(world.committee.pk), str(world.police.pk)]}
    assert client.post(NEW, sent).status_code == 302
