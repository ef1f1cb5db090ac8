"""Who sees which documents: released ones, until when, and for which places."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from plats.web.accounts.actions import ReleaseTerms, create_release, revoke_release
from plats.web.accounts.tests.world import World, fresh, make_member
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded
from plats.web.documents.actions import change_document
from plats.web.documents.models import Document
from plats.web.documents.tests.asking import LIST, page, sent, signed_in
from plats.web.documents.tests.places import content, make_attachment, make_document
from plats.web.places.models import Place


@pytest.fixture
def shared(world: World, document: Document) -> Document:
    """The committee's document, released to the housing company until the last of December."""
    with time_machine.travel("2026-11-27 09:00:00+01:00", tick=False):
        create_release(
            by=world.coordinator,
            from_organisation=world.committee,
            to_organisation=world.housing,
            terms=ReleaseTerms(
                what="document",
                object_id=document.public_id,
                purpose="Gemensam planering",
                legal_basis="public",
                valid_until=date(2026, 12, 31),
            ),
        )
    return document


@time_machine.travel("2026-12-01 09:00:00+01:00", tick=False)
def test_a_released_document_is_read_and_not_changed(world: World, shared: Document) -> None:
    attachment = make_attachment(world.analyst, shared)
    client = signed_in(fresh(world.reporter))
    address = shared.get_absolute_url()
    assert shared.title in page(client, LIST)
    shown = page(client, address)
    assert "Du kan läsa den men inte ändra den" in shown
    assert "Bifoga" not in shown
    assert "Avsluta handlingen" not in shown
    file = client.get(f"{address}filer/{attachment.public_id}/")
    assert (file.status_code, file.getvalue()[:4]) == (200, b"\x89PNG")
    for path in ("andra/", f"filer/{attachment.public_id}/ta-bort/"):
        page(client, address + path, 404)
    for path in ("andra/", "avsluta/", "oppna/", "filer/", f"filer/{attachment.public_id}/ta-bort/"):
        sent(client, address + path, 404)
    assert shared.title not in client.get(f"{LIST}lista.csv").content.decode()


@pytest.mark.parametrize(("day", "status"), [("2026-12-31 23:30", 200), ("2027-01-01 00:30", 404)])
def test_a_release_ends_when_its_last_day_does(world: World, shared: Document, day: str, status: int) -> None:
    with time_machine.travel(f"{day}:00+01:00", tick=False):
        client = signed_in(fresh(world.reporter))
        page(client, shared.get_absolute_url(), status)
        assert (shared.title in page(client, LIST)) is (status == 200)


@time_machine.travel("2026-12-01 09:00:00+01:00", tick=False)
def test_a_withdrawn_release_is_over_at_the_next_request(world: World, shared: Document) -> None:
    from plats.web.accounts.models import Release

    attachment = make_attachment(world.analyst, shared)
    client = signed_in(fresh(world.reporter))
    page(client, shared.get_absolute_url())
    revoke_release(by=world.coordinator, release=Release.objects.get(), reason="Uppdraget är slut")
    page(client, shared.get_absolute_url(), 404)
    page(client, f"{shared.get_absolute_url()}filer/{attachment.public_id}/", 404)
    assert shared.title not in page(client, LIST)


@time_machine.travel("2026-12-01 09:00:00+01:00", tick=False)
def test_a_role_for_one_place_sees_what_is_released_about_that_place(
    world: World, varby: Place, skogas: Place, shared: Document
) -> None:
    person = make_member(world.housing, "reporter", place_keys=["regso/varby-gard"])
    for place, status in ((None, 404), (skogas, 404), (varby, 200)):
        shared.refresh_from_db()
        said = content(shared, place=place)
        change_document(by=world.analyst, document=shared, revision=shared.revision, content=said)
        page(signed_in(fresh(person)), shared.get_absolute_url(), status)


def test_a_role_for_one_place_sees_that_place_and_what_it_wrote_itself(
    world: World, varby: Place, skogas: Place
) -> None:
    person = make_member(world.housing, "reporter", place_keys=["regso/varby-gard"])
    here = make_document(world.reporter, world.housing, title="Om Vårby", place=varby)
    there = make_document(world.reporter, world.housing, title="Om Skogås", place=skogas)
    nowhere = make_document(world.reporter, world.housing, title="Om allt")
    mine = make_document(person, world.housing, title="Min egen", place=varby)
    with unrecorded("a test's world"):
        mine.place = skogas
        mine.save()
    client = signed_in(person)
    shown = page(client, LIST)
    assert [one.title for one in (here, there, nowhere, mine) if one.title in shown] == [
        "Om Vårby",
        "Min egen",
    ]
    for document, status in ((here, 200), (there, 404), (nowhere, 404), (mine, 200)):
        page(client, document.get_absolute_url(), status)


@time_machine.travel("2026-12-01 09:00:00+01:00", tick=False)
def test_another_organisations_reading_is_on_record_and_ones_own_is_not(
    world: World, shared: Document
) -> None:
    attachment = make_attachment(world.analyst, shared)
    addresses = [shared.get_absolute_url(), f"{shared.get_absolute_url()}filer/{attachment.public_id}/"]
    for person, number in ((world.analyst, 0), (world.reporter, 2)):
        for address in addresses:
            assert signed_in(fresh(person)).get(address).getvalue()
        readings = AuditEntry.objects.filter(act="read", object_id=str(shared.public_id))
        assert readings.count() == number
    assert set(readings.values_list("actor", flat=True)) == {str(world.reporter.public_id)}
