"""Changing a document, two who do it at once, closing it and opening it again."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from plats.web.accounts.tests.world import World
from plats.web.documents.actions import change_document, close_document
from plats.web.documents.models import Document
from plats.web.documents.tests.asking import LIST, NUMBER, page, sent, signed_in, written
from plats.web.documents.tests.browsing import as_a_browser_sends
from plats.web.documents.tests.places import content


def test_a_change_is_saved(world: World, document: Document) -> None:
    client = signed_in(world.coordinator)
    path = f"{document.get_absolute_url()}andra/"
    assert "Tunneln är mörk." in page(client, path)
    assert client.post(path, written(document, world.coordinator, title="Ny rubrik")).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.description, document.revision) == ("Ny rubrik", "Tunneln är mörk.", 2)


def test_two_who_change_one_document(world: World, document: Document) -> None:
    """The first changes title and case number. The second, who has both open, changes title and description."""
    client = signed_in(world.coordinator)
    path = f"{document.get_absolute_url()}andra/"
    mine = written(
        document, world.coordinator, title="Den andras", description="Den andras text\r\nmed två rader"
    )
    first = content(document, title="Den förstas", case_number="KS-2026/9")
    change_document(by=world.analyst, document=document, revision=1, content=first)

    shown = sent(client, path, 409, **mine)
    assert "Någon annan har ändrat handlingen medan du skrev" in shown
    told = shown[shown.index("<tbody>") : shown.index("</tbody>")]
    assert [word for word in ("Rubrik", "Diarienummer", "Beskrivning", "Ansvarig") if word in told] == [
        "Rubrik",
        "Diarienummer",
    ]
    assert "Den förstas" in told
    assert "Den andras" in told
    assert "KS-2026/9" in told
    # What the second wrote stands, what only the first wrote has come along.
    assert 'name="title" value="Den andras"' in shown
    assert "Den andras text\nmed två rader</textarea>" in shown.replace("\r\n", "\n")
    assert 'name="case_number" value="KS-2026/9"' in shown
    document.refresh_from_db()
    assert document.title == "Den förstas"

    again = mine | {
        "case_number": "KS-2026/9",
        "initial-case_number": "KS-2026/9",
        "initial-title": "Den förstas",
        "revision": "2",
    }
    assert client.post(path, again).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.case_number, document.revision) == ("Den andras", "KS-2026/9", 3)


def test_what_the_form_sends_after_a_conflict_saves_only_ones_own_changes(
    world: World, document: Document
) -> None:
    """The form that is shown after the conflict, sent back as it stands by a browser."""
    client = signed_in(world.coordinator)
    path = f"{document.get_absolute_url()}andra/"
    mine = written(document, world.coordinator, description="Den andras text")
    first = content(document, case_number="KS-2026/9", is_protected=True, responsible=world.coordinator)
    change_document(by=world.analyst, document=document, revision=1, content=first)
    shown = sent(client, path, 409, **mine)
    assert client.post(path, as_a_browser_sends(shown)).status_code == 302
    document.refresh_from_db()
    assert (document.case_number, document.is_protected, document.responsible, document.description) == (
        "KS-2026/9",
        True,
        world.coordinator,
        "Den andras text",
    )


def test_a_conflict_without_a_field_is_told_too(world: World, document: Document) -> None:
    client = signed_in(world.coordinator)
    close_document(by=world.analyst, document=document, closed_on=timezone.localdate())
    shown = sent(
        client,
        f"{document.get_absolute_url()}andra/",
        409,
        **written(document, world.coordinator, title="Ny"),
    )
    assert "Någon annan har ändrat" in shown
    assert 'value="Ny"' in shown


def test_unchanged_text_that_was_let_through_once_asks_for_no_new_reason(world: World) -> None:
    client = signed_in(world.analyst)
    said = {
        "title": "Ansökan",
        "description": f"Rad ett\r\n{NUMBER}",
        "responsible": str(world.analyst.public_id),
    }
    client.post(f"{LIST}ny/", said | {"override_reason": "Inkommen ansökan"})
    document = Document.objects.get()
    shown = written(document, world.analyst, title="Ny") | {
        "description": f"Rad ett\r\n{NUMBER}",
        "initial-description": f"Rad ett\r\n{NUMBER}",
    }
    assert client.post(f"{document.get_absolute_url()}andra/", shown).status_code == 302
    document.refresh_from_db()
    assert document.title == "Ny"


def test_closing_and_opening_again(world: World, document: Document) -> None:
    client = signed_in(world.analyst)
    address = document.get_absolute_url()
    assert "Skriv dagen som" in sent(client, f"{address}avsluta/", 422, closed_on="i går")
    today = timezone.localdate().isoformat()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "Dagen har inte varit" in sent(client, f"{address}avsluta/", 422, closed_on=tomorrow)
    assert client.post(f"{address}avsluta/", {"closed_on": today}).status_code == 302
    shown = page(client, address)
    assert f"<dt>Avslutad</dt><dd>{today}</dd>" in shown
    assert "Öppna handlingen igen" in shown
    assert "Bifoga" not in shown
    assert client.post(f"{address}oppna/").status_code == 302
    assert "Avsluta handlingen" in page(client, address)
