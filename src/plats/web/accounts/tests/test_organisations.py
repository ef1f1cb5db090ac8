"""Organisations and units: who may change what, and what happens to those who belong to one that closes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from plats.web.accounts.actions import (
    LeavingError,
    add_unit,
    change_organisation,
    close_organisation,
    close_unit,
    create_organisation,
    rename_unit,
)
from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import Invitation, Membership, Organisation, Release, Unit, User
from plats.web.accounts.tests.world import World, fresh, make_member
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded


def create(by: User | None, name: str = "Räddningstjänsten (exempel)", **fields: str) -> Organisation:
    return create_organisation(by=by, name=name, kind=OrganisationKind.RESCUE_SERVICE, **fields)  # type: ignore[arg-type]


def test_the_administrator_takes_up_an_organisation_and_it_is_on_record(world: World) -> None:
    made = create(
        world.administrator, contact_email=" Kontakt@Exempel.SE ", contact_function=" Vakthavande  befäl "
    )
    assert (made.created_by, made.contact_email, made.contact_function) == (
        world.administrator,
        "kontakt@exempel.se",
        "Vakthavande befäl",
    )
    entry = AuditEntry.objects.get(act="organisation.create")
    assert (entry.actor, entry.object_id) == (str(world.administrator.public_id), str(made.public_id))


@pytest.mark.parametrize("role", ["analyst", "coordinator", "partner_lead", "data_protection_officer"])
def test_nobody_else_takes_up_an_organisation(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        create(world.people[role])
    assert not Organisation.objects.filter(kind="rescue_service").exists()


@pytest.mark.parametrize("name", ["BOSTADSBOLAGET (exempel)", " bostadsbolaget  (EXEMPEL) ", "  "])
def test_a_name_that_is_taken_or_none_is_refused(world: World, name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        create(world.administrator, name)
    assert "name" in refused.value.message_dict


def test_swedish_letters_are_folded_too(world: World) -> None:
    """SQLite folds a to z only, so the database alone would let ÖSTRA and östra live side by side."""
    create(world.administrator, "Östra brandkåren (exempel)")
    with pytest.raises(ValidationError):
        create(world.administrator, "ÖSTRA BRANDKÅREN (exempel)")


def test_the_database_itself_refuses_a_second_of_the_name_and_an_unknown_kind(world: World) -> None:
    for values in ({"name": "bostadsbolaget (exempel)", "kind": "police"}, {"name": "X", "kind": "party"}):
        with pytest.raises(IntegrityError), transaction.atomic(), unrecorded("test"):
            Organisation.objects.create(**values)


def test_a_lead_changes_the_contact_of_their_own_and_not_its_name(world: World) -> None:
    changed = change_organisation(
        by=world.lead, organisation=world.housing, revision=1, wanted={"contact_function": "Bovärden"}
    )
    assert (changed.contact_function, changed.revision) == ("Bovärden", 2)
    with pytest.raises(PermissionDenied):
        change_organisation(by=world.lead, organisation=world.housing, revision=2, wanted={"name": "Nytt"})
    with pytest.raises(PermissionDenied):
        change_organisation(
            by=world.lead, organisation=world.police, revision=1, wanted={"contact_function": "Bovärden"}
        )


def test_the_second_of_two_who_change_is_told_field_by_field_and_nothing_is_lost(world: World) -> None:
    change_organisation(
        by=world.lead,
        organisation=world.housing,
        revision=1,
        wanted={"contact_function": "Bovärden", "contact_email": "ett@exempel.se"},
    )
    with pytest.raises(ConflictError) as told:
        change_organisation(
            by=world.administrator,
            organisation=world.housing,
            revision=1,
            wanted={"contact_function": "Trygghetsvärden", "contact_email": "ett@exempel.se"},
        )
    assert [(one.label, one.now, one.wanted) for one in told.value.differences] == [
        ("kontakt", "Bovärden", "Trygghetsvärden")
    ]
    world.housing.refresh_from_db()
    assert world.housing.contact_function == "Bovärden"


def test_a_kind_in_which_someones_role_could_not_be_held_is_refused(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        change_organisation(
            by=world.administrator,
            organisation=world.other,
            revision=1,
            wanted={"kind": OrganisationKind.POLICE},
        )
    assert "Registrator" in refused.value.message_dict["kind"][0]
    changed = change_organisation(
        by=world.administrator,
        organisation=world.housing,
        revision=1,
        wanted={"kind": OrganisationKind.BUSINESS},
    )
    assert changed.kind == "business"


def test_a_closed_organisation_gives_nobody_anything_from_the_next_request(world: World) -> None:
    with unrecorded("test"):
        Release.objects.create(
            from_organisation=world.police,
            to_organisation=world.housing,
            what="document",
            title="X",
            valid_until=timezone.localdate(),
        )
        Invitation.objects.create(
            token_digest="0" * 64,
            email="ny@exempel.se",
            organisation=world.housing,
            role="reporter",
            expires_at=timezone.now() + timedelta(days=1),
        )
    assert world.lead.grants.organisation_ids("member.read") == [world.housing.pk]
    close_organisation(by=world.administrator, organisation=world.housing, reason="Har upphört")
    assert fresh(world.lead).grants.held == {}
    assert not Membership.objects.filter(organisation=world.housing, ended_at__isnull=True).exists()
    assert not Invitation.objects.open().exists()
    assert not Release.objects.in_force().exists()
    kinds = set(AuditEntry.objects.filter(act="organisation.close").values_list("kind", flat=True))
    assert kinds == {"organisation", "membership", "invitation", "release"}
    with pytest.raises(LeavingError):
        close_organisation(by=world.administrator, organisation=world.housing, reason="Igen")


def test_the_organisation_of_the_last_administrator_cannot_be_closed(world: World) -> None:
    close_organisation(by=world.administrator, organisation=world.other, reason="En av två")
    with pytest.raises(LeavingError, match="systemförvaltaren"):
        close_organisation(by=world.administrator, organisation=world.committee, reason="Den andra")


def test_only_the_administrator_closes(world: World) -> None:
    with pytest.raises(PermissionDenied):
        close_organisation(by=world.lead, organisation=world.housing, reason="Vill inte mer")


def test_units_are_named_once_in_their_organisation_and_anew_in_another(world: World) -> None:
    unit = add_unit(by=world.lead, organisation=world.housing, name="Distrikt Öst")
    for name in ("distrikt  öst", ""):
        with pytest.raises(ValidationError) as refused:
            add_unit(by=world.lead, organisation=world.housing, name=name)
        assert "name" in refused.value.message_dict
    add_unit(by=world.police_lead, organisation=world.police, name="Distrikt Öst")
    rename_unit(by=world.lead, unit=unit, name="Distrikt  Väst")
    unit.refresh_from_db()
    assert unit.name == "Distrikt Väst"
    with pytest.raises(PermissionDenied):
        rename_unit(by=world.police_lead, unit=unit, name="Vårt nu")


def test_a_unit_is_closed_once_nobody_works_in_it(world: World) -> None:
    unit = add_unit(by=world.lead, organisation=world.housing, name="Distrikt Öst")
    member = make_member(world.housing, "service_staff")
    with unrecorded("test"):
        Membership.objects.filter(user=member).update(unit=unit)
    with pytest.raises(LeavingError):
        close_unit(by=world.lead, unit=unit)
    with unrecorded("test"):
        Membership.objects.filter(user=member).update(ended_at=timezone.now())
    close_unit(by=world.lead, unit=unit)
    assert not Unit.objects.open().filter(pk=unit.pk).exists()
