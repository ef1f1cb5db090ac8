"""Releases: what one organisation lets another see, on what ground, until when; withdrawn, it ends at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from plats.web.accounts.actions import ReleaseError, ReleaseTerms, create_release, revoke_release
from plats.web.accounts.models import MembershipPlace, Organisation, Release, User
from plats.web.accounts.tests.things import Things, registered_things
from plats.web.accounts.tests.world import World, fresh, make_member
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import unrecorded

TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-27 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def things() -> Iterator[Things]:
    with registered_things() as found:
        yield found


def share(
    world: World,
    *,
    by: User | None = None,
    giver: Organisation | None = None,
    taker: Organisation | None = None,
    **terms: object,
) -> Release:
    wanted: dict[str, object] = {
        "what": "thing",
        "purpose": "Gemensam lägesbild",
        "legal_basis": "general_clause",
        "valid_until": TODAY + timedelta(days=30),
    }
    return create_release(
        by=by or world.coordinator,
        from_organisation=giver or world.committee,
        to_organisation=taker or world.police,
        terms=ReleaseTerms(**(wanted | terms)),  # type: ignore[arg-type]
    )


def refused(world: World, field: str, **changes: object) -> None:
    with pytest.raises(ValidationError) as error:
        share(world, **changes)  # type: ignore[arg-type]
    assert list(error.value.message_dict) == [field]
    assert not Release.objects.exists()


def test_a_whole_kind_is_shared_and_it_is_on_record(world: World, things: Things) -> None:
    release = share(world)
    assert (release.title, release.object_id, release.created_by) == ("Ting", None, world.coordinator)
    assert Release.objects.in_force().get() == release
    entry = AuditEntry.objects.get(act="release.create")
    assert (entry.organisation, entry.object_id) == (str(world.committee.public_id), str(release.public_id))


def test_one_object_is_shared_by_its_title(world: World, things: Things) -> None:
    number = things.give(world.committee, world.coordinator, "Kartläggningen")
    release = share(world, object_id=number)
    assert (release.title, release.object_id) == ("Kartläggningen", number)


def test_the_same_is_not_shared_twice(world: World, things: Things) -> None:
    """Else one who withdraws the one would believe that it is no longer seen."""
    number = things.give(world.committee, world.coordinator, "Kartläggningen")
    first = share(world, object_id=number)
    with pytest.raises(ValidationError, match=f"delas redan med .* till och med {first.valid_until}"):
        share(world, object_id=number)
    # To another, of another object, and of everything are other things.
    share(world, object_id=number, taker=world.housing)
    share(world, object_id=things.give(world.committee, world.coordinator, "En annan"))
    share(world)
    with pytest.raises(ValidationError, match="delas redan"):
        share(world, object_id=things.give(world.committee, world.coordinator, "En tredje"))
    for release in Release.objects.in_force():
        revoke_release(by=world.coordinator, release=release, reason="Nya villkor")
    assert share(world, object_id=number).is_in_force


@pytest.mark.parametrize("which", ["another's", "none", "unknown kind"])
def test_what_is_not_there_to_share_is_refused(world: World, things: Things, which: str) -> None:
    numbers: dict[str, UUID] = {
        "another's": things.give(world.police, world.police_lead),
        "none": uuid4(),
        "unknown kind": things.give(world.committee, world.coordinator),
    }
    what = "nothing" if which == "unknown kind" else "thing"
    refused(world, "what", what=what, object_id=numbers[which])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": "  "}, "purpose"),
        ({"legal_basis": "agreement"}, "legal_basis"),  # the giver is an authority
        ({"legal_basis": ""}, "legal_basis"),
        ({"valid_until": TODAY - timedelta(days=1)}, "valid_until"),
        ({"valid_until": date(2027, 11, 28)}, "valid_until"),  # a year and a day
    ],
)
def test_terms_that_are_not_whole_are_refused(
    world: World, things: Things, changes: dict[str, object], field: str
) -> None:
    refused(world, field, **changes)


@pytest.mark.parametrize("last", [TODAY, date(2027, 11, 27)])
def test_from_today_to_a_year_ahead_is_taken(world: World, things: Things, last: date) -> None:
    assert share(world, valid_until=last).valid_until == last


def test_one_does_not_share_with_oneself_or_the_closed(world: World, things: Things) -> None:
    refused(world, "to_organisation", taker=world.committee)
    with unrecorded("test"):
        Organisation.objects.filter(pk=world.police.pk).update(closed_at="2026-11-01T00:00:00Z")
    refused(world, "to_organisation")


def test_the_database_itself_refuses_what_ends_before_it_starts_and_what_goes_nowhere(world: World) -> None:
    for values in (
        {"to_organisation": world.police, "valid_from": TODAY, "valid_until": TODAY - timedelta(days=1)},
        {"to_organisation": world.committee, "valid_until": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), unrecorded("test"):
            Release.objects.create(from_organisation=world.committee, what="thing", title="X", **values)


@pytest.mark.parametrize(
    "role", ["analyst", "reporter", "administrator", "data_protection_officer", "politician"]
)
def test_a_role_without_the_permission_shares_nothing(world: World, things: Things, role: str) -> None:
    with pytest.raises(PermissionDenied):
        share(world, by=world.people[role])


def test_one_shares_only_for_ones_own_organisation(world: World, things: Things) -> None:
    with pytest.raises(PermissionDenied):
        share(world, giver=world.other)


def test_who_works_with_some_places_does_not_share_what_lies_in_others(world: World, things: Things) -> None:
    coordinator = make_member(world.committee, "coordinator")
    with unrecorded("test"):
        MembershipPlace.objects.create(membership=coordinator.memberships.get(), place_key="kommundel/varby")
    refused(world, "what", by=fresh(coordinator))


def test_a_withdrawn_release_ends_at_once_with_its_reason(world: World, things: Things) -> None:
    release = share(world)
    with pytest.raises(ValidationError):
        revoke_release(by=world.coordinator, release=release, reason="  ")
    revoke_release(by=world.people["registrar"], release=release, reason="Behovet har upphört")
    assert not Release.objects.in_force().exists()
    release.refresh_from_db()
    assert (release.revoked_by, release.revoke_reason) == (world.people["registrar"], "Behovet har upphört")
    entry = AuditEntry.objects.get(act="release.revoke")
    assert AuditValues.objects.get(pk=entry.pk).reason == "Behovet har upphört"
    with pytest.raises(ReleaseError):
        revoke_release(by=world.coordinator, release=release, reason="Igen")


@pytest.mark.parametrize("who", ["taker", "stranger to it", "administrator"])
def test_only_the_giver_withdraws(world: World, things: Things, who: str) -> None:
    release = share(world)
    by = {
        "taker": world.police_lead,
        "stranger to it": world.lead,
        "administrator": world.administrator,
    }[who]
    with pytest.raises(PermissionDenied):
        revoke_release(by=by, release=release, reason="Vill")
    assert not Release.objects.changeable_by(by).exists()


@pytest.mark.parametrize(("now", "holds"), [("2026-12-27 23:59:59", True), ("2026-12-28 00:00:00", False)])
def test_the_last_day_is_a_whole_day_in_sweden(world: World, things: Things, now: str, holds: bool) -> None:
    release = share(world)  # until 2026-12-27
    with time_machine.travel(f"{now}+01:00", tick=False):
        assert Release.objects.in_force().exists() is holds
        assert release.is_in_force is holds


def test_giver_and_taker_see_it_and_the_officer_and_nobody_else(world: World, things: Things) -> None:
    release = share(world)
    seeing = (
        world.coordinator,
        world.analyst,
        world.police_lead,
        world.officer,
        world.others["data_protection_officer"],
    )
    blind = (
        world.lead,
        world.reporter,
        world.others["coordinator"],
        world.stranger,
        world.others["administrator"],
    )
    assert [release in Release.objects.visible_to(user) for user in seeing] == [True] * len(seeing)
    assert [release in Release.objects.visible_to(user) for user in blind] == [False] * len(blind)
