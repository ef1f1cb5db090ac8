"""What is done with documents: who may, what is refused, and what is left on record."""

from __future__ import annotations

import json
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.roles import ROLES
from plats.web.accounts.tests.world import World, fresh, make_member
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import unrecorded
from plats.web.documents.actions import (
    Content,
    change_document,
    close_document,
    create_document,
    remove_attachment,
    reopen_document,
)
from plats.web.documents.models import Document
from plats.web.documents.permissions import EXPORT, READ, WRITE
from plats.web.documents.tests.places import change, content, make_attachment, make_document
from plats.web.places.models import Place

NUMBER = "640823-3234"


def wrong(error: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(error.value.message_dict)


def test_a_document_is_kept_tidy_with_its_entry(world: World, varby: Place) -> None:
    document = make_document(
        world.analyst,
        world.committee,
        title="  Belysning  ",
        case_number="dnr ks  2026/12",
        description="Rad ett\r\nrad två ",
        place=varby,
    )
    document.refresh_from_db()
    assert (document.title, document.case_number, document.description) == (
        "Belysning",
        "KS 2026/12",
        "Rad ett\nrad två",
    )
    entry = AuditEntry.objects.get(act="document.create")
    assert (entry.actor, entry.organisation, entry.object_id) == (
        str(world.analyst.public_id),
        str(world.committee.public_id),
        str(document.public_id),
    )


def test_a_change_is_on_record_by_field_with_before_and_after(world: World) -> None:
    document = make_document(world.analyst, world.committee)
    changed = change(world, document, title="Ny rubrik")
    assert (changed.title, changed.revision) == ("Ny rubrik", 2)
    entry = AuditEntry.objects.get(act="document.change")
    assert set(entry.fields.split(",")) == {"title", "revision", "changed_at"}
    values = json.loads(AuditValues.objects.get(pk=entry.pk).values)
    assert values["title"] == ["Belysning i gångtunneln", "Ny rubrik"]


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_write_documents_write_them(world: World, role: str) -> None:
    """The data protection officer and the administrator see none, a politician reads."""
    writes = role not in ("politician", "data_protection_officer", "administrator")
    person = world.people[role]
    assert person.may(WRITE, world.committee) is writes
    assert person.may(READ, world.committee) is (writes or role == "politician")
    if role in ("politician", "data_protection_officer", "administrator", "reporter", "service_staff"):
        assert not person.may(EXPORT)
    if writes:
        assert make_document(person, world.committee)
    else:
        with pytest.raises(PermissionDenied):
            make_document(person, world.committee)


def test_nobody_writes_for_another_organisation(world: World) -> None:
    with pytest.raises(PermissionDenied):
        make_document(world.analyst, world.other)
    document = make_document(world.others["analyst"], world.other)
    for act in (
        lambda: change(world, document),
        lambda: close_document(by=world.analyst, document=document, closed_on=date(2026, 1, 1)),
        lambda: reopen_document(by=world.analyst, document=document),
        lambda: make_attachment(world.analyst, document),
    ):
        with pytest.raises(PermissionDenied):
            act()
    document.refresh_from_db()
    assert (document.revision, document.closed_on) == (1, None)


def test_whoever_may_not_write_anywhere_writes_nothing(world: World) -> None:
    with unrecorded("a test's world"):
        world.analyst.may_write = False
        world.analyst.save()
    with pytest.raises(PermissionDenied):
        make_document(fresh(world.analyst), world.committee)


def test_a_role_for_one_place_writes_about_that_place_only(world: World, varby: Place, skogas: Place) -> None:
    person = make_member(world.housing, "reporter", place_keys=["regso/varby-gard"])
    document = make_document(person, world.housing, place=varby)
    for place in (skogas, None):
        with pytest.raises(ValidationError) as error:
            make_document(person, world.housing, place=place)
        assert wrong(error) == {"place"}
        with pytest.raises(ValidationError) as error:
            change_document(by=person, document=document, revision=1, content=content(document, place=place))
        assert wrong(error) == {"place"}


def test_a_closed_organisation_gets_no_new_documents(world: World) -> None:
    with unrecorded("a test's world"):
        world.housing.closed_at = timezone.now()
        world.housing.save()
    with pytest.raises((ValidationError, PermissionDenied)):
        make_document(world.reporter, world.housing)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", ""),
        ("title", "a" * 201),
        ("case_number", "123"),
        ("case_number", "KS"),
        ("case_number", "KS-2026/" + "1" * 40),
        ("description", "a" * 10_001),
        ("title", f"Om {NUMBER}"),
        ("case_number", NUMBER),
        ("description", f"Ring 070-174 06 05 om {NUMBER}"),
    ],
)
def test_a_field_that_is_wrong_is_named_and_nothing_is_saved(world: World, field: str, said: str) -> None:
    with pytest.raises(ValidationError) as error:
        make_document(world.analyst, world.committee, **{field: said})
    assert wrong(error) == {field}
    document = make_document(world.analyst, world.committee)
    with pytest.raises(ValidationError) as error:
        change(world, document, **{field: said})
    assert wrong(error) == {field}
    assert Document.objects.count() == 1
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "said", ["KS-2023/123", "KS 2023/123.456", "5000-K123456-23", "BUN/2023:12", "ks-2023/1", "2023/456"]
)
def test_case_numbers_are_written_as_each_registry_does(world: World, said: str) -> None:
    assert make_document(world.analyst, world.committee, case_number=said).case_number == said.upper()


# the guard


def test_a_description_with_a_finding_is_saved_for_a_reason_that_is_on_record(world: World) -> None:
    said = Content(title="Ansökan", description=f"Sökande {NUMBER}", responsible=world.analyst)
    document = create_document(
        by=world.analyst,
        organisation=world.committee,
        content=said,
        reason="Handlingen är en inkommen ansökan",
    )
    document.refresh_from_db()
    assert NUMBER in document.description
    kept, told = AuditEntry.objects.filter(act="document.create").order_by("sequence")
    assert told.note == "override description: personal_number"
    assert told.object_id == kept.object_id == str(document.public_id)
    assert {AuditValues.objects.get(pk=one.pk).reason for one in (told, kept)} == {
        "Handlingen är en inkommen ansökan"
    }
    assert NUMBER not in "".join(map(str, AuditEntry.objects.values_list("note", "fields")))


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_the_guard_stands(world: World, reason: str) -> None:
    said = Content(title="Ansökan", description=NUMBER, responsible=world.analyst)
    with pytest.raises(ValidationError):
        create_document(by=world.analyst, organisation=world.committee, content=said, reason=reason)


def test_a_title_is_not_saved_for_any_reason(world: World) -> None:
    said = Content(title=NUMBER, responsible=world.analyst)
    with pytest.raises(ValidationError):
        create_document(by=world.analyst, organisation=world.committee, content=said, reason="Viktigt")


def test_what_was_once_let_through_does_not_stop_a_change_of_something_else(world: World) -> None:
    said = Content(title="Ansökan", description=NUMBER, responsible=world.analyst)
    document = create_document(
        by=world.analyst, organisation=world.committee, content=said, reason="Inkommen"
    )
    assert change(world, document, title="Ansökan, kompletterad").revision == 2
    with pytest.raises(ValidationError):
        change(world, Document.objects.get(), description=f"{NUMBER} igen")


# conflicts


def test_the_second_of_two_who_change_is_told_and_nothing_is_overwritten(world: World) -> None:
    document = make_document(world.analyst, world.committee)
    change(world, document, title="Den förstas")
    with pytest.raises(ConflictError) as error:
        change(world, document, title="Den andras", case_number="KS-2026/1")
    told = {one.label: (one.now, one.wanted) for one in error.value.differences}
    assert told == {"rubrik": ("Den förstas", "Den andras"), "diarienummer": ("", "KS-2026/1")}
    document.refresh_from_db()
    assert (document.title, document.revision) == ("Den förstas", 2)


# closing


def test_a_closed_document_is_read_and_not_changed_until_it_is_opened_again(world: World) -> None:
    document = make_document(world.analyst, world.committee)
    attachment = make_attachment(world.analyst, document)
    today = timezone.localdate()
    close_document(by=world.analyst, document=document, closed_on=today)
    document.refresh_from_db()
    assert document.closed_on == today
    for act in (
        lambda: change(world, document, title="Ny"),
        lambda: make_attachment(world.analyst, document, "en.png", colour=1),
        lambda: remove_attachment(by=world.analyst, attachment=attachment),
    ):
        with pytest.raises(ValidationError, match="avslutad"):
            act()
    reopen_document(by=world.analyst, document=document)
    document.refresh_from_db()
    assert document.closed_on is None
    assert change(world, document, title="Ny").title == "Ny"


def test_a_document_is_not_closed_in_the_future(world: World) -> None:
    with time_machine.travel("2026-11-27 23:30:00+01:00", tick=False):
        document = make_document(world.analyst, world.committee)
        close_document(by=world.analyst, document=document, closed_on=date(2026, 11, 27))
        with pytest.raises(ValidationError):
            close_document(by=world.analyst, document=document, closed_on=date(2026, 11, 28))


def test_a_document_is_not_closed_before_it_was_made(world: World) -> None:
    """Its time in the archive is counted from that day: one that was a century off would fall due at once."""
    with time_machine.travel("2026-11-27 00:30:00+01:00", tick=False):
        document = make_document(world.analyst, world.committee)
        for day in (date(1900, 1, 1), date(2026, 11, 26)):
            with pytest.raises(ValidationError, match="lades upp 2026-11-27"):
                close_document(by=world.analyst, document=document, closed_on=day)
        close_document(by=world.analyst, document=document, closed_on=date(2026, 11, 27))
