"""A document's files as acts, handing documents over, and what may be released."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from plats.web.accounts.releasable import releasable
from plats.web.accounts.responsibility import responsibilities
from plats.web.accounts.tests.world import World, fresh, make_member, make_organisation
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded
from plats.web.documents.actions import (
    attach,
    close_document,
    remove_attachment,
    transfer_documents,
)
from plats.web.documents.models import Attachment, Document
from plats.web.documents.tests.places import change, make_attachment, make_document
from plats.web.documents.tests.samples import picture
from plats.web.documents.uploads.limits import limit

NUMBER = "640823-3234"


def test_a_file_is_attached_and_removed_with_entries(world: World) -> None:
    document = make_document(world.analyst, world.committee)
    attachment = make_attachment(world.analyst, document, "../Vårby\r\n.png")
    assert attachment.name == "Vårby.png"
    assert attachment.added_by == world.analyst
    before = Document.objects.get().changed_at
    remove_attachment(by=world.analyst, attachment=attachment)
    assert not Attachment.objects.exists()
    assert Document.objects.get().changed_at >= before
    acts = list(AuditEntry.objects.order_by("sequence").values_list("act", flat=True))
    assert acts == [
        "document.create",
        "file.store",
        "document.attach",
        "document.attach",
        "document.remove_attachment",
        "document.remove_attachment",
    ]


def test_adding_a_file_is_no_conflict_with_someone_who_writes(world: World) -> None:
    document = make_document(world.analyst, world.committee)
    make_attachment(world.coordinator, document)
    assert change(world, document, title="Ny").revision == 2


def test_the_same_file_twice_and_too_many_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document(world.analyst, world.committee)
    make_attachment(world.analyst, document)
    with pytest.raises(ValidationError, match="finns redan"):
        make_attachment(world.analyst, document, "samma.png")
    monkeypatch.setattr(
        "plats.web.documents.actions.limit", lambda name: {"most_files": 1}.get(name) or limit(name)
    )
    with pytest.raises(ValidationError, match="fler ryms inte"):
        make_attachment(world.analyst, document, "annan.png", colour=1)
    assert Attachment.objects.count() == 1


def test_a_file_named_after_a_person_is_stopped_before_it_is_kept(world: World, home: Any) -> None:
    document = make_document(world.analyst, world.committee)
    sent = SimpleUploadedFile(f"{NUMBER}.png", picture())
    with pytest.raises(ValidationError, match="personnummer"):
        attach(by=world.analyst, document=document, file=sent, name=sent.name or "")
    assert not (home / "files").exists()


# handing over and releasing


def test_leaving_hands_over_every_document(world: World) -> None:
    mine = [make_document(world.analyst, world.committee, title=f"Handling {number}") for number in range(3)]
    other = make_document(world.coordinator, world.committee)
    kind = next(one for one in responsibilities() if one.kind == "document")
    (held,) = kind.held_by(world.analyst, world.committee)
    assert held.title == "3 handlingar"
    assert "Handling 1" not in held.title, "Whoever ends a membership may be one who sees no documents."
    transfer_documents(
        by=None, from_user=world.analyst, to_user=world.coordinator, organisation=world.committee
    )
    assert {one.responsible_id for one in Document.objects.all()} == {world.coordinator.pk}
    assert kind.held_by(world.analyst, world.committee) == []
    assert {one.object_id for one in AuditEntry.objects.filter(act="document.transfer", kind="document")} == {
        str(one.public_id) for one in mine
    }
    other.refresh_from_db()
    assert other.revision == 1


def test_only_what_one_owns_and_may_share_can_be_released(world: World) -> None:
    document = make_document(world.analyst, world.committee)
    found = releasable("document")
    assert found is not None
    assert found.find(world.coordinator, document.public_id) == (document.title, world.committee)
    for nobody in (world.analyst, world.others["coordinator"], world.administrator, world.officer):
        assert found.find(nobody, document.public_id) is None


def test_a_document_of_an_organisation_that_one_has_left_is_not_changed(world: World) -> None:
    organisation = make_organisation("Skolnämnden (exempel)")
    person = make_member(organisation, "analyst")
    document = make_document(person, organisation)
    with unrecorded("a test's world"):
        person.memberships.update(ended_at=timezone.now() + timedelta(seconds=1))
    with pytest.raises(PermissionDenied):
        close_document(by=fresh(person), document=document, closed_on=date(2026, 1, 1))
