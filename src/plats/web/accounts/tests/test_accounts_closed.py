"""Accounts: switched, closed and opened again; each holds from the next request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied

from plats.web.accounts.actions import LeavingError, May, close_account, reopen_account, set_switches
from plats.web.accounts.models import Membership
from plats.web.accounts.tests.things import Things, registered_things
from plats.web.accounts.tests.world import World, fresh, make_member


@pytest.fixture
def things() -> Iterator[Things]:
    with registered_things() as found:
        yield found


def test_a_closed_account_is_a_stranger_from_the_next_request(world: World) -> None:
    make_member(world.police, "reporter", user=world.reporter)
    close_account(by=world.administrator, user=world.reporter, reason="Har slutat")
    closed = fresh(world.reporter)
    assert (closed.is_active, closed.may_read, closed.may_write, closed.grants.held) == (
        False,
        False,
        False,
        {},
    )
    assert not Membership.objects.filter(user=closed, ended_at__isnull=True).exists()


def test_an_account_that_answers_for_something_is_not_closed(world: World, things: Things) -> None:
    coordinator = make_member(world.housing, "coordinator")
    things.give(world.housing, coordinator)
    make_member(world.police, "reporter", user=coordinator)
    with pytest.raises(LeavingError, match="Bostadsbolaget"):
        close_account(by=world.administrator, user=coordinator)
    assert fresh(coordinator).is_active
    assert Membership.objects.current().filter(user=coordinator).count() == 2


def test_only_the_administrator_closes_accounts(world: World) -> None:
    for by in (world.lead, world.officer, world.reporter):
        with pytest.raises(PermissionDenied):
            close_account(by=by, user=world.reporter)


def test_a_reopened_account_has_neither_roles_nor_switches(world: World) -> None:
    close_account(by=world.administrator, user=world.reporter)
    reopen_account(by=world.administrator, user=world.reporter)
    opened = fresh(world.reporter)
    assert (opened.is_active, opened.may_read, opened.may_write, opened.grants.held) == (
        True,
        False,
        False,
        {},
    )


@pytest.mark.parametrize(
    ("may", "reads", "writes"),
    [(May.WRITE, True, True), (May.READ, True, False), (May.NOTHING, False, False)],
)
def test_the_switches_stand_above_every_role(world: World, may: May, reads: bool, writes: bool) -> None:
    set_switches(by=world.administrator, user=world.lead, may=may)
    grants = fresh(world.lead).grants
    assert bool(grants.organisation_ids("member.read")) is reads
    assert bool(grants.organisation_ids("member.invite")) is writes
