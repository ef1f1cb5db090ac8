"""Leaving: nothing is left without a bearer, no organisation without a lead, no site without an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from plats.web.accounts.actions import (
    Handover,
    LeavingError,
    May,
    close_account,
    close_organisation,
    end_membership,
    set_switches,
    transfer_responsibility,
)
from plats.web.accounts.leaving import abandoned, departure
from plats.web.accounts.models import Membership, MembershipPlace, Organisation, User
from plats.web.accounts.responsibility import responsibilities
from plats.web.accounts.tests.things import Things, registered_things
from plats.web.accounts.tests.world import World, fresh, make_member
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded


@pytest.fixture
def things() -> Iterator[Things]:
    with registered_things() as found:
        yield found


@pytest.fixture
def coordinator(world: World) -> User:
    """Someone at the housing company who can answer for things."""
    return make_member(world.housing, "coordinator")


def membership(user: User, organisation: Organisation) -> Membership:
    found: Membership = Membership.objects.get(user=user, organisation=organisation, ended_at__isnull=True)
    return found


def end(by: User, user: User, organisation: Organisation, **handover: object) -> None:
    end_membership(
        by=by,
        membership=membership(user, organisation),
        handover=Handover(**handover),  # type: ignore[arg-type]
    )


def test_an_ended_membership_gives_nothing_from_the_next_request_and_stays_as_history(world: World) -> None:
    end(world.lead, world.reporter, world.housing)
    assert fresh(world.reporter).grants.held == {}
    row = Membership.objects.get(user=world.reporter)
    assert row.ended_by == world.lead
    assert row.ended_at is not None
    entry = AuditEntry.objects.get(act="membership.end")
    assert (entry.actor, entry.organisation) == (str(world.lead.public_id), str(world.housing.public_id))


def test_it_is_ended_once(world: World) -> None:
    row = membership(world.reporter, world.housing)
    end_membership(by=world.lead, membership=row)
    with pytest.raises(LeavingError):
        end_membership(by=world.lead, membership=row)


def test_anyone_may_lay_down_a_role_and_nobody_take_one_elsewhere(world: World) -> None:
    with pytest.raises(PermissionDenied):
        end(world.police_lead, world.reporter, world.housing)
    with pytest.raises(PermissionDenied):
        end(world.officer, world.reporter, world.housing)
    end(world.reporter, world.reporter, world.housing)


@pytest.mark.parametrize("role", ["administrator", "data_protection_officer", "registrar"])
def test_a_lead_takes_no_appointed_role_from_anyone(world: World, role: str) -> None:
    """A lead who could end the administrator's role could also name its heir, and so let themselves in everywhere."""
    lead = make_member(world.committee, "partner_lead")
    with pytest.raises(PermissionDenied):
        end(lead, world.people[role], world.committee, heir=lead)


# What someone answers for


def test_what_one_answers_for_must_be_handed_over_first(
    world: World, things: Things, coordinator: User
) -> None:
    things.give(world.housing, coordinator, "Trygghetsvandringen")
    found = departure(membership(coordinator, world.housing))
    assert [(duty.held[0].title, duty.bearers) for duty in found.duties] == [
        ("Trygghetsvandringen", [world.lead])
    ]
    with pytest.raises(LeavingError, match="ting"):
        end(world.lead, coordinator, world.housing)
    assert membership(coordinator, world.housing)
    end(world.lead, coordinator, world.housing, bearers={"thing": world.lead})
    assert things.of(world.lead, world.housing) == ["Trygghetsvandringen"]
    assert things.of(coordinator, world.housing) == []
    noted = AuditEntry.objects.get(act="membership.end", kind="responsibility")
    assert noted.fields == "from,kind,to"


@pytest.mark.parametrize("who", ["reporter", "police", "shut", "place", "lapsed"])
def test_only_one_who_can_bear_it_takes_over(
    world: World, things: Things, coordinator: User, who: str
) -> None:
    things.give(world.housing, coordinator)
    taker = {
        "reporter": lambda: world.reporter,  # the role carries no such permission
        "police": lambda: world.police_lead,  # not in this organisation
        "shut": lambda: _shut(make_member(world.housing, "coordinator")),
        "place": lambda: _held_to_a_place(make_member(world.housing, "coordinator")),
        "lapsed": lambda: _lapsed(make_member(world.housing, "coordinator")),
    }[who]()
    with pytest.raises(LeavingError):
        end(world.lead, coordinator, world.housing, bearers={"thing": taker})
    assert things.of(coordinator, world.housing)


def _shut(user: User) -> User:
    set_switches(by=None, user=user, may=May.READ)
    return user


def _held_to_a_place(user: User) -> User:
    with unrecorded("test"):
        MembershipPlace.objects.create(membership=user.memberships.get(), place_key="kommundel/varby")
    return user


def _lapsed(user: User) -> User:
    with unrecorded("test"):
        user.memberships.update(last_day=timezone.localdate() - timedelta(days=1))
    return user


def test_who_can_go_on_with_it_by_another_role_hands_nothing_over(
    world: World, things: Things, coordinator: User
) -> None:
    things.give(world.housing, coordinator)
    make_member(world.housing, "partner_lead", user=coordinator)
    row = Membership.objects.get(user=coordinator, role="coordinator")
    end_membership(by=world.lead, membership=row)
    assert things.of(coordinator, world.housing)


def test_what_one_answers_for_elsewhere_stays(world: World, things: Things, coordinator: User) -> None:
    make_member(world.police, "coordinator", user=coordinator)
    things.give(world.police, coordinator)
    end(world.lead, coordinator, world.housing)
    assert things.of(coordinator, world.police)


def test_an_app_that_does_not_hand_over_undoes_the_leaving(world: World, coordinator: User) -> None:
    with registered_things() as things:
        things.give(world.housing, coordinator)
        things.transfer = lambda **_: None  # type: ignore[method-assign]
        from plats.web.accounts.responsibility import register_responsibility

        one = responsibilities()[-1]
        register_responsibility(
            "thing", label="Ting", permission=one.permission, held_by=things.held_by, transfer=things.transfer
        )
        with pytest.raises(RuntimeError):
            end(world.lead, coordinator, world.housing, bearers={"thing": world.lead})
    assert membership(coordinator, world.housing)


def test_what_a_lapsed_member_still_answers_for_is_told_and_can_be_moved(
    world: World, things: Things, coordinator: User
) -> None:
    things.give(world.housing, coordinator)
    assert abandoned(world.housing) == []
    _lapsed(coordinator)
    ((person, duty),) = abandoned(world.housing)
    assert (person, duty.bearers) == (coordinator, [world.lead])
    kind = next(one for one in responsibilities() if one.kind == "thing")
    for taker in (world.reporter, world.police_lead):
        with pytest.raises(LeavingError):
            transfer_responsibility(
                by=world.lead, kind=kind, organisation=world.housing, from_user=coordinator, to_user=taker
            )
    with pytest.raises(PermissionDenied):
        transfer_responsibility(
            by=world.reporter,
            kind=kind,
            organisation=world.housing,
            from_user=coordinator,
            to_user=world.lead,
        )
    transfer_responsibility(
        by=world.lead, kind=kind, organisation=world.housing, from_user=coordinator, to_user=world.lead
    )
    assert abandoned(world.housing) == []


def test_an_organisation_is_not_closed_over_what_someone_answers_for(
    world: World, things: Things, coordinator: User
) -> None:
    things.give(world.housing, coordinator)
    with pytest.raises(LeavingError, match="ting"):
        close_organisation(by=world.administrator, organisation=world.housing, reason="Upphör")


# The last of a role that somebody must hold


def test_the_last_lead_of_an_organisation_with_people_names_an_heir(world: World) -> None:
    with pytest.raises(LeavingError, match="Partneransvarig"):
        end(world.administrator, world.lead, world.housing)
    with pytest.raises(LeavingError):
        end(world.administrator, world.lead, world.housing, heir=world.police_lead)
    end(world.administrator, world.lead, world.housing, heir=world.reporter)
    assert Membership.objects.current().filter(
        user=world.reporter, organisation=world.housing, role="partner_lead"
    )


def test_one_of_two_leads_leaves_freely_and_so_does_the_last_person(world: World) -> None:
    second = make_member(world.housing, "partner_lead")
    end(world.lead, world.lead, world.housing)
    end(world.reporter, world.reporter, world.housing)
    end(second, second, world.housing)
    assert not Membership.objects.current().filter(organisation=world.housing).exists()


def test_a_lead_who_soon_leaves_is_no_lead_to_leave_it_to(world: World) -> None:
    second = make_member(world.housing, "partner_lead")
    with unrecorded("test"):
        Membership.objects.filter(user=second).update(last_day=timezone.localdate())
    with pytest.raises(LeavingError):
        end(world.lead, world.lead, world.housing)


def test_the_last_administrator_names_an_heir(world: World) -> None:
    second = world.others["administrator"]
    end(world.administrator, world.administrator, world.committee)  # the other committee has one
    with pytest.raises(LeavingError, match="Systemförvaltare"):
        end(second, second, world.other)
    analyst = world.others["analyst"]
    end(second, second, world.other, heir=analyst)
    assert Membership.objects.current().get(role="administrator").user == analyst


def test_the_last_administrator_is_not_shut_out_by_switches_or_closing(world: World) -> None:
    for may in (May.READ, May.NOTHING):
        set_switches(by=world.administrator, user=world.others["administrator"], may=may)
    for may in (May.READ, May.NOTHING):
        with pytest.raises(LeavingError):
            set_switches(by=world.administrator, user=world.administrator, may=may)
    with pytest.raises(LeavingError):
        close_account(by=world.administrator, user=world.administrator)
    assert fresh(world.administrator).may_write
