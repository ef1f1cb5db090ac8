"""A document whose time has come goes with everything of it, and comes back with no backup."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import translation

from plats.catalog.load import catalog
from plats.web.accounts.actions import ReleaseTerms, create_release
from plats.web.accounts.models import Release
from plats.web.accounts.models.release import LegalBasis
from plats.web.accounts.tests.world import World, make_world
from plats.web.audit.models import AuditValues
from plats.web.audit.recording import unrecorded
from plats.web.audit.verify import verify
from plats.web.documents.actions import close_document, remove_attachment, reopen_document
from plats.web.documents.models import Attachment, Document, StoredFile
from plats.web.documents.tests.places import make_attachment, make_document
from plats.web.documents.uploads.storage import path_of
from plats.web.notices.models import Notice
from plats.web.retention.journal import replay
from plats.web.retention.models import Tombstone
from plats.web.retention.planning import make_plan
from plats.web.retention.running import retain
from plats.web.retention.tests.restoring import backup, restore
from plats.web.retention.tests.things import local

CLOSED = date(2026, 6, 10)
DAYS = catalog().retention_rules["document"].days(CLOSED)
DUE = CLOSED + timedelta(days=DAYS)
SAID = "Belysningen i tunneln"


@pytest.fixture
def world(transactional_db: None, settings: LazySettings, tmp_path: Path) -> Iterator[World]:
    settings.PLATS_HOME = tmp_path
    with translation.override("sv"):
        yield make_world()


@pytest.fixture
def document(world: World) -> Document:
    """Written, shared, told about, and closed, with a file of its own and one that another document has too."""
    with time_machine.travel(local(CLOSED), tick=False):
        made = make_document(world.coordinator, world.committee, title=SAID, description=f"{SAID} är trasig.")
        make_attachment(world.coordinator, made, f"{SAID}.png")
        make_attachment(world.coordinator, made, "gemensam.png", size=(9, 9))
        other = make_document(world.coordinator, world.committee, title="En annan")
        make_attachment(world.coordinator, other, "gemensam.png", size=(9, 9))
        terms = ReleaseTerms(
            what="document",
            object_id=made.public_id,
            purpose="Gemensamt arbete",
            legal_basis=LegalBasis.NECESSARY,
            valid_until=CLOSED + timedelta(days=300),
        )
        create_release(
            by=world.coordinator, from_organisation=world.committee, to_organisation=world.other, terms=terms
        )
        Notice.objects.create(recipient=world.analyst, kind="document", text={}, url=made.get_absolute_url())
        close_document(by=world.coordinator, document=made, closed_on=CLOSED)
    return made


def erase() -> None:
    with time_machine.travel(local(DUE), tick=False):
        retain(by=None, plan=make_plan(decision="KS-2031/3", rules=["document"]))


@pytest.mark.parametrize(("offset", "is_due"), [(-1, False), (0, True), (1, True)])
@pytest.mark.parametrize("closed", [CLOSED, date(2026, 10, 25), date(2028, 2, 29)])
def test_a_closed_document_is_due_when_its_days_have_passed(
    world: World, document: Document, closed: date, offset: int, is_due: bool
) -> None:
    with unrecorded("a test moves the day"):
        Document.objects.filter(pk=document.pk).update(closed_on=closed)
    for hour, minute in ((0, 0), (23, 59)):
        with time_machine.travel(local(closed + timedelta(days=DAYS + offset), hour, minute), tick=False):
            found = [item for item in make_plan(decision="KS-2031/3").items if item.kind == "document"]
            assert [item.object_id for item in found] == ([str(document.public_id)] if is_due else [])
            assert [item for item in make_plan().items if item.kind == "document"] == []


def test_a_matter_that_goes_on_is_never_due(world: World, document: Document) -> None:
    reopen_document(by=world.coordinator, document=document)
    with time_machine.travel(local(DUE + timedelta(days=9999)), tick=False):
        assert not [item for item in make_plan(decision="KS-2031/3").items if item.kind == "document"]


def test_everything_of_it_goes_and_nothing_of_others(world: World, document: Document) -> None:
    own = document.attachments.get(name=f"{SAID}.png").file
    shared = document.attachments.get(name="gemensam.png").file
    erase()
    assert list(Document.objects.values_list("title", flat=True)) == ["En annan"]
    assert Attachment.objects.count() == 1
    assert (path_of(own.sha256).exists(), path_of(shared.sha256).exists()) == (False, True)
    assert not StoredFile.objects.filter(pk=own.pk).exists()
    assert not Notice.objects.filter(url__contains=str(document.public_id)).exists()
    stone = Tombstone.objects.get()
    assert (stone.object_id, stone.event_on, stone.due_on, stone.decision) == (
        str(document.public_id), CLOSED, DUE, "KS-2031/3",
    )  # fmt: skip


def test_that_it_was_shared_stays_without_saying_what(world: World, document: Document) -> None:
    erase()
    release = Release.objects.get()
    assert (release.title, release.to_organisation) == ("Raderad handling", world.other)


def test_a_release_still_in_force_ends_with_it(world: World, document: Document) -> None:
    with unrecorded("a test prolongs it"):
        Release.objects.update(valid_until=DUE + timedelta(days=9))
    erase()
    with time_machine.travel(local(DUE), tick=False):
        assert not Release.objects.in_force().exists()


def test_no_value_of_it_is_left_in_the_chain(world: World, document: Document) -> None:
    assert AuditValues.objects.filter(values__contains=SAID).count() > 1
    erase()
    assert not AuditValues.objects.filter(values__contains=SAID).exists()
    result = verify()
    assert result.whole
    assert set(result.erased) == {"KS-2031/3"}


def test_a_restored_backup_brings_back_neither_row_nor_file(
    world: World, document: Document, tmp_path: Path
) -> None:
    own = document.attachments.get(name=f"{SAID}.png").file
    rows = backup()
    shutil.copytree(tmp_path / "files", tmp_path / "copied")
    erase()
    restore(rows)
    shutil.copytree(tmp_path / "copied", tmp_path / "files", dirs_exist_ok=True)
    assert path_of(own.sha256).exists()
    with time_machine.travel(local(DUE + timedelta(days=1)), tick=False):
        assert replay() == 1
    assert not Document.objects.filter(public_id=document.public_id).exists()
    assert not path_of(own.sha256).exists()
    assert not AuditValues.objects.filter(values__contains=SAID).exists()
    result = verify()
    assert (result.whole, set(result.erased)) == (True, {"KS-2031/3"})


def test_the_name_of_a_file_that_was_taken_away_before_goes_too(world: World) -> None:
    with time_machine.travel(local(CLOSED), tick=False):
        made = make_document(world.coordinator, world.committee, title=SAID)
        other = make_document(world.coordinator, world.committee, title="En annan")
        for document in (made, other):
            gone = make_attachment(world.coordinator, document, f"Ansökan {document.title}.png")
            remove_attachment(by=world.coordinator, attachment=gone)
        close_document(by=world.coordinator, document=made, closed_on=CLOSED)
    erase()
    told = "".join(AuditValues.objects.values_list("values", flat=True))
    assert f"Ansökan {SAID}" not in told
    assert "Ansökan En annan" in told
    assert verify().whole
