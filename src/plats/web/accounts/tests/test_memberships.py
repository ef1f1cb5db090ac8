"""Roles: given where they fit, held for places and until a day, and worth something from the next request."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from plats.web.accounts.actions import Terms, add_unit, change_terms, create_membership
from plats.web.accounts.models import Membership, MembershipPlace
from plats.web.accounts.permissions import MEMBER_INVITE, MEMBER_READ
from plats.web.accounts.tests.world import World, fresh, make_member, make_user
from plats.web.audit.models import AuditEntry
from plats.web.common import territory

TODAY = date(2026, 11, 27)
VARBY, SJODALEN = "kommundel/varby", "kommundel/sjodalen"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-27 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def _places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two places, of which one holds a third."""
    ids = {VARBY: {1, 3}, SJODALEN: {2}}

    def covering(keys: Collection[str]) -> frozenset[int]:
        return frozenset(one for key in keys for one in ids[key])

    monkeypatch.setattr(territory, "_covering", [covering])
    monkeypatch.setattr(territory, "_choices", [lambda: [(key, key) for key in ids]])


def membership_of(world: World) -> Membership:
    found: Membership = Membership.objects.get(user=world.reporter)
    return found


def test_a_role_holds_from_the_next_request_and_is_on_record(world: World) -> None:
    user = make_user()
    assert not user.may(MEMBER_READ, world.housing)
    create_membership(by=world.lead, user=user, organisation=world.housing, role="reporter")
    assert fresh(user).may(MEMBER_READ, world.housing)
    assert not fresh(user).may(MEMBER_READ, world.police)
    entry = AuditEntry.objects.get(act="membership.create")
    assert (entry.actor, entry.organisation) == (str(world.lead.public_id), str(world.housing.public_id))


@pytest.mark.parametrize("role", ["politician", "economist", "administrator", "nonsense"])
def test_a_role_is_not_given_where_it_cannot_be_held(world: World, role: str) -> None:
    for by in (world.administrator, None):
        with pytest.raises(ValidationError) as refused:
            create_membership(by=by, user=make_user(), organisation=world.police, role=role)
        assert "role" in refused.value.message_dict


def test_a_row_that_came_there_anyhow_gives_nothing(world: World) -> None:
    """The database cannot say which kind of organisation a role fits; so what it gives is judged when it is read."""
    smuggled = make_member(world.police, "administrator")
    assert smuggled.grants.held == {}


@pytest.mark.parametrize("role", ["administrator", "data_protection_officer", "registrar"])
def test_a_lead_gives_no_appointed_role(world: World, role: str) -> None:
    lead = make_member(world.committee, "partner_lead")
    with pytest.raises(PermissionDenied):
        create_membership(by=lead, user=make_user(), organisation=world.committee, role=role)
    create_membership(by=world.administrator, user=make_user(), organisation=world.committee, role=role)


@pytest.mark.parametrize("who", ["lead of another", "reporter", "officer", "stranger"])
def test_nobody_else_gives_a_role(world: World, who: str) -> None:
    by = {
        "lead of another": world.police_lead,
        "reporter": world.reporter,
        "officer": world.officer,
        "stranger": world.stranger,
    }[who]
    with pytest.raises(PermissionDenied):
        create_membership(by=by, user=make_user(), organisation=world.housing, role="reporter")


def test_a_role_is_held_once_and_anew_when_it_has_lapsed(world: World) -> None:
    with pytest.raises(ValidationError):
        create_membership(by=world.lead, user=world.reporter, organisation=world.housing, role="reporter")
    change_terms(by=world.lead, membership=membership_of(world), terms=Terms(last_day=TODAY))
    with time_machine.travel("2026-11-28 09:00:00+01:00", tick=False):
        create_membership(by=world.lead, user=world.reporter, organisation=world.housing, role="reporter")
        assert Membership.objects.filter(user=world.reporter, ended_at__isnull=True).count() == 1
        assert fresh(world.reporter).may(MEMBER_READ, world.housing)


@pytest.mark.parametrize(("now", "works"), [("2026-11-27 23:59:59", True), ("2026-11-28 00:00:00", False)])
def test_the_last_day_is_a_whole_day_in_sweden(world: World, now: str, works: bool) -> None:
    change_terms(by=world.lead, membership=membership_of(world), terms=Terms(last_day=TODAY))
    with time_machine.travel(f"{now}+01:00", tick=False):
        assert fresh(world.reporter).may(MEMBER_READ, world.housing) is works
        assert membership_of(world).is_current is works
        assert Membership.objects.current().filter(user=world.reporter).exists() is works


def test_a_last_day_that_has_been_is_refused(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        change_terms(by=world.lead, membership=membership_of(world), terms=Terms(last_day=date(2026, 11, 26)))
    assert "last_day" in refused.value.message_dict


@pytest.mark.usefixtures("_places")
def test_a_role_for_a_place_reaches_that_place_and_what_lies_in_it(world: World) -> None:
    change_terms(by=world.lead, membership=membership_of(world), terms=Terms(place_keys=[VARBY]))
    assert fresh(world.reporter).grants.places_by_organisation("member.read") == {world.housing.pk: {1, 3}}
    change_terms(by=world.lead, membership=membership_of(world), terms=Terms(place_keys=[SJODALEN]))
    assert fresh(world.reporter).grants.places_by_organisation("member.read") == {world.housing.pk: {2}}
    change_terms(by=world.lead, membership=membership_of(world), terms=Terms())
    assert fresh(world.reporter).grants.places_by_organisation("member.read") == {world.housing.pk: None}
    assert not MembershipPlace.objects.exists()
    assert AuditEntry.objects.filter(kind="membership_place").count() == 4  # two came, two went


@pytest.mark.usefixtures("_places")
def test_an_unknown_place_is_refused(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        change_terms(
            by=world.lead,
            membership=membership_of(world),
            terms=Terms(place_keys=[VARBY, "regso/finns-inte"]),
        )
    assert "regso/finns-inte" in refused.value.message_dict["places"][0]


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize("role", ["partner_lead", "registrar", "administrator"])
def test_who_answers_for_all_of_an_organisation_is_not_held_to_a_place(world: World, role: str) -> None:
    with pytest.raises(ValidationError) as refused:
        create_membership(
            by=world.administrator,
            user=make_user(),
            organisation=world.committee,
            role=role,
            terms=Terms(place_keys=[VARBY]),
        )
    assert "places" in refused.value.message_dict


def test_two_roles_in_one_organisation_reach_what_either_does(world: World) -> None:
    make_member(world.housing, "service_staff", user=world.reporter)
    assert fresh(world.reporter).grants.places_by_organisation("member.read") == {world.housing.pk: None}


def test_a_unit_of_another_organisation_is_refused(world: World) -> None:
    unit = add_unit(by=world.police_lead, organisation=world.police, name="Områdespolisen")
    with pytest.raises(ValidationError) as refused:
        change_terms(by=world.lead, membership=membership_of(world), terms=Terms(unit=unit))
    assert "unit" in refused.value.message_dict


def test_the_last_lead_is_given_no_last_day(world: World) -> None:
    mine = Membership.objects.get(user=world.lead)
    with pytest.raises(ValidationError) as refused:
        change_terms(by=world.administrator, membership=mine, terms=Terms(last_day=TODAY))
    assert "last_day" in refused.value.message_dict
    make_member(world.housing, "partner_lead")
    change_terms(by=world.administrator, membership=mine, terms=Terms(last_day=TODAY))


def test_a_lead_does_not_change_an_appointed_role(world: World) -> None:
    lead = make_member(world.committee, "partner_lead")
    theirs = Membership.objects.get(user=world.people["registrar"])
    assert lead.may(MEMBER_INVITE, world.committee)
    with pytest.raises(PermissionDenied):
        change_terms(by=lead, membership=theirs, terms=Terms(last_day=TODAY))


def test_what_an_account_may_is_read_in_two_questions_however_many_roles(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for organisation in (world.police, world.association, world.committee, world.other):
        make_member(organisation, "reporter", user=world.reporter)
    user = fresh(world.reporter)
    with django_assert_num_queries(2):  # the memberships with their organisations; their places
        assert len(user.grants.organisation_ids("member.read")) == 5


def test_nobody_changes_the_terms_of_their_own_role(world: World) -> None:
    """Else a last day that someone else has set is lifted by the one it is set for."""
    make_member(world.housing, "partner_lead")
    mine = Membership.objects.get(user=world.lead)
    tomorrow = timezone.localdate() + timedelta(days=1)
    change_terms(by=world.administrator, membership=mine, terms=Terms(last_day=tomorrow))
    with pytest.raises(ValidationError, match="någon annan"):
        change_terms(by=fresh(world.lead), membership=mine, terms=Terms())
    mine.refresh_from_db()
    assert mine.last_day == tomorrow
