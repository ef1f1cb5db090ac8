"""Pages of members, accounts and roles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from plats.web.accounts.models import Membership
from plats.web.accounts.roles import ROLES
from plats.web.accounts.tests.browsing import Reader
from plats.web.accounts.tests.things import Things, registered_things
from plats.web.accounts.tests.world import World, fresh, make_member, make_user
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import unrecorded
from plats.web.common.permissions import permissions


@pytest.fixture
def things() -> Iterator[Things]:
    with registered_things() as found:
        yield found


def number_of(world: World, role: str = "reporter") -> dict[str, object]:
    return {"public_id": Membership.objects.get(organisation=world.housing, role=role).public_id}


def test_a_lead_gives_a_colleague_one_more_role(world: World) -> None:
    page = Reader(world.lead).post(
        "role_new",
        {"role": "coordinator"},
        public_id=world.housing.public_id,
        person_id=world.reporter.public_id,
    )
    assert "Rollen är given" in page
    assert fresh(world.reporter).may(_release_write(), world.housing)


def _release_write() -> object:
    from plats.web.accounts.permissions import RELEASE_WRITE

    return RELEASE_WRITE


@pytest.mark.parametrize("role", ["administrator", "politician", "", "nonsense"])
def test_a_role_one_may_not_give_is_no_choice(world: World, role: str) -> None:
    Reader(world.lead).post(
        "role_new",
        {"role": role},
        status=200,
        public_id=world.housing.public_id,
        person_id=world.reporter.public_id,
    )
    assert Membership.objects.filter(user=world.reporter).count() == 1


def test_a_role_is_given_to_members_only_others_are_invited(world: World) -> None:
    for person in (world.police_lead, make_user()):
        Reader(world.lead).get(
            "role_new", status=404, public_id=world.housing.public_id, person_id=person.public_id
        )


def test_the_last_day_is_set_and_taken_away(world: World) -> None:
    reader = Reader(world.lead)
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = reader.post("membership_change", {"last_day": tomorrow.isoformat()}, **number_of(world))
    assert tomorrow.isoformat() in page
    assert tomorrow.isoformat() in reader.get("membership_change", **number_of(world))
    reader.post("membership_change", {"last_day": ""}, **number_of(world))
    assert Membership.objects.get(user=world.reporter).last_day is None
    told = reader.post("membership_change", {"last_day": "2020-01-01"}, status=200, **number_of(world))
    assert "redan varit" in told


def test_one_leaves_by_oneself_and_nobody_else_sees_the_page(world: World) -> None:
    reader = Reader(world.reporter)
    assert "Lämna rollen" in reader.get("membership_end", **number_of(world))
    for other in (world.police_lead, world.officer, world.analyst):
        Reader(other).get("membership_end", status=404, **number_of(world))
    reader.post("membership_end", **number_of(world))
    assert fresh(world.reporter).grants.held == {}


def test_an_ended_membership_shuts_the_next_page_of_someone_who_is_signed_in(world: World) -> None:
    """Nothing is kept between requests: what was open a moment ago is not."""
    theirs = Reader(world.lead)
    theirs.get("invite", public_id=world.housing.public_id)
    Reader(world.administrator).post(
        "membership_end", {"heir": str(world.reporter.public_id)}, **number_of(world, "partner_lead")
    )
    theirs.get("invite", status=403, public_id=world.housing.public_id)


def test_leaving_names_a_bearer_for_what_one_answers_for(world: World, things: Things) -> None:
    person = make_member(world.housing, "coordinator")
    things.give(world.housing, person, "Trygghetsvandringen")
    reader, number = Reader(world.lead), number_of(world, "coordinator")
    page = reader.get("membership_end", **number)
    assert "Trygghetsvandringen" in page
    assert world.lead.name in page
    assert "måste fyllas i" in reader.post("membership_end", {"reason": ""}, status=200, **number)
    assert things.of(person, world.housing)
    reader.post("membership_end", {"bearer_thing": str(world.lead.public_id)}, **number)
    assert things.of(world.lead, world.housing) == ["Trygghetsvandringen"]


def test_with_nobody_to_take_over_the_page_says_what_to_do(world: World, things: Things) -> None:
    analyst = make_member(world.association, "coordinator")
    things.give(world.association, analyst)
    number = {"public_id": Membership.objects.get(user=analyst).public_id}
    assert "Bjud in någon" in Reader(world.administrator).get("membership_end", **number)


def test_what_is_left_without_a_bearer_shows_and_is_handed_over(world: World, things: Things) -> None:
    person = make_member(world.housing, "coordinator")
    things.give(world.housing, person, "Trygghetsvandringen")
    with unrecorded("test"):
        Membership.objects.filter(user=person).update(last_day=timezone.localdate() - timedelta(days=1))
    reader = Reader(world.lead)
    assert "Ansvar utan bärare" in reader.get("organisation", public_id=world.housing.public_id)
    assert "Trygghetsvandringen" in reader.get("handover", public_id=world.housing.public_id)
    Reader(world.police_lead).get("handover", status=404, public_id=world.housing.public_id)
    page = reader.post(
        "handover",
        {f"{person.public_id}-thing": "1", "row0-bearer": str(world.lead.public_id)},
        public_id=world.housing.public_id,
    )
    assert "Ansvaret är överfört" in page
    assert "Allt har någon" in page


# Accounts


def test_the_administrator_and_the_officer_see_accounts_and_nobody_else(world: World) -> None:
    for user in (world.administrator, world.officer):
        page = Reader(user).get("accounts")
        assert world.reporter.email in page
        assert world.stranger.email in page
    for user in (world.lead, world.analyst, world.reporter):
        Reader(user).get("accounts", status=403)
        Reader(user).get("account", status=403, public_id=world.reporter.public_id)


def test_accounts_are_found_by_name_and_address(world: World) -> None:
    page = Reader(world.administrator).get("accounts", query=f"?q={world.reporter.email.upper()}")
    assert world.reporter.email in page
    assert world.lead.email not in page
    assert "Inget konto" in Reader(world.administrator).get("accounts", query="?q=finnsinte")


def test_the_switches_hold_from_the_next_request_of_someone_who_is_signed_in(world: World) -> None:
    theirs, mine = Reader(world.lead), Reader(world.administrator)
    number = {"public_id": world.lead.public_id}
    theirs.get("organisation_change", public_id=world.housing.public_id)
    mine.post("account_switch", {"may": "read", "reason": "Utreds"}, **number)
    theirs.get("organisations")
    theirs.get("organisation_change", status=403, public_id=world.housing.public_id)
    mine.post("account_switch", {"may": "nothing"}, **number)
    theirs.get("organisations", status=403)
    mine.post("account_switch", {"may": "write"}, **number)
    theirs.get("organisation_change", public_id=world.housing.public_id)
    first = AuditEntry.objects.filter(act="user.switch").order_by("sequence")[0]
    assert (first.object_id, AuditValues.objects.get(pk=first.pk).reason) == (
        str(world.lead.public_id),
        "Utreds",
    )


def test_the_officer_sees_the_switches_and_cannot_turn_them(world: World) -> None:
    reader = Reader(world.officer)
    assert "Spara" not in reader.get("account", public_id=world.reporter.public_id)
    reader.post("account_switch", {"may": "nothing"}, status=403, public_id=world.reporter.public_id)
    reader.post("account_close", {"reason": "X"}, status=403, public_id=world.reporter.public_id)


def test_the_last_administrator_is_told_why_not(world: World) -> None:
    reader = Reader(world.administrator)
    reader.post("account_switch", {"may": "nothing"}, public_id=world.others["administrator"].public_id)
    told = reader.post("account_switch", {"may": "read"}, status=200, public_id=world.administrator.public_id)
    assert "ingen annan systemförvaltare" in told


def test_an_account_is_closed_from_its_page_and_opened_again(world: World) -> None:
    theirs, mine = Reader(world.reporter), Reader(world.administrator)
    number = {"public_id": world.reporter.public_id}
    assert "Rapportör" in mine.get("account_close", **number)
    assert "Kontot är stängt" in mine.post("account_close", {"reason": "Har slutat"}, **number)
    assert theirs.client.get("/organisationer/").status_code == 302  # to the sign-in: a stranger now
    mine.post("account_switch", {"may": "write"}, status=200, **number)
    assert not fresh(world.reporter).may_write
    assert "öppet igen" in mine.post("account_reopen", **number)


def test_an_account_with_something_to_hand_over_says_where(world: World, things: Things) -> None:
    person = make_member(world.housing, "coordinator")
    things.give(world.housing, person)
    number = {"public_id": person.public_id}
    reader = Reader(world.administrator)
    assert "Först ska ansvar föras över" in reader.get("account_close", **number)
    assert "först måste föras över" in reader.post("account_close", {"reason": "X"}, status=200, **number)
    assert fresh(person).is_active


def test_the_list_of_accounts_costs_the_same_however_many(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader = Reader(world.administrator)
    make_member(world.housing, "reporter", place_keys=["kommundel/varby"])
    with django_assert_max_num_queries(40) as few:
        reader.get("accounts")
    for _ in range(15):
        make_member(world.police, "reporter", place_keys=["kommundel/varby"])
    with django_assert_max_num_queries(len(few.captured_queries)):
        reader.get("accounts")


# Roles


def test_the_page_of_roles_prints_every_role_with_what_it_may_do(world: World) -> None:
    page = Reader(world.reporter).get("roles")
    for role in ROLES.values():
        assert str(role.display_name) in page
        assert str(role.description) in page
        for one in role.permissions():
            assert str(one.label) in page
    assert all(one.id in page for one in permissions())


def test_the_matrix_of_roles_has_a_mark_for_each_permission_a_role_carries(world: World) -> None:
    response = Reader(world.reporter).client.get("/roller/")
    marks = response.content.decode().count('aria-hidden="true">●<')
    assert marks == sum(len(role.permissions()) for role in ROLES.values())


def test_a_stranger_sees_nothing(world: World) -> None:
    reader = Reader(world.stranger)
    for route in ("organisations", "roles", "accounts", "releases"):
        reader.get(route, status=403)
    reader.get("organisation", status=403, public_id=world.housing.public_id)
