"""The files of a document on its page, and that reading a protected one is on record."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.documents.actions import change_document
from plats.web.documents.models import Attachment, Document
from plats.web.documents.tests.asking import NUMBER, page, sent, signed_in
from plats.web.documents.tests.places import content, make_attachment, make_document
from plats.web.documents.tests.samples import picture, picture_with_everything


def attach(client: Client, document: Document, name: str, data: bytes, status: int) -> str:
    response = client.post(f"{document.get_absolute_url()}filer/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == status
    return response.content.decode()


def test_a_picture_is_attached_and_comes_back_without_its_position(world: World, document: Document) -> None:
    client = signed_in(world.analyst)
    attach(client, document, "Gångtunneln.jpg", picture_with_everything("JPEG"), 302)
    attachment = Attachment.objects.get()
    address = f"{document.get_absolute_url()}filer/{attachment.public_id}/"
    assert address in page(client, document.get_absolute_url())
    response = client.get(address)
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''G%C3%A5ngtunneln.jpg"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    with Image.open(io.BytesIO(b"".join(response))) as kept:
        assert not dict(kept.getexif())
        assert kept.size == (20, 40)


def test_a_bad_file_is_told_at_its_field(world: World, document: Document) -> None:
    client = signed_in(world.analyst)
    assert "Filen heter .pdf men innehåller en PNG-bild" in attach(client, document, "a.pdf", picture(), 422)
    assert "SVG- och webbfiler tas inte emot" in attach(client, document, "a.svg", b"<svg/>", 422)
    assert "Filen är tom" in attach(client, document, "a.txt", b"", 422)
    assert "personnummer" in attach(client, document, f"{NUMBER}.png", picture(), 422)
    shown = sent(client, f"{document.get_absolute_url()}filer/", 422)
    assert "Välj en fil först." in shown
    assert "<title>Fel: " in shown


def test_a_name_with_line_breaks_leaves_one_line_in_the_log(
    world: World, document: Document, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = signed_in(world.analyst)
    for name, data, status in (("a", picture(), 302), ("b", b"x", 422)):
        # Written so that the line breaks reach the program: percent signs are decoded after the header is read.
        suffix = "png" if status == 302 else "exe"
        disguised = f"{name}%0D%0A2026-11-27%20INFO%20plats.security%20Allt%20v%C3%A4l.{suffix}"
        head = f"--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''{disguised}\r\n\r\n"
        body = head.encode() + data + b"\r\n--b--\r\n"
        path = f"{document.get_absolute_url()}filer/"
        response = client.generic("POST", path, body, content_type="multipart/form-data; boundary=b")
        assert response.status_code == status
    assert not [record for record in caplog.records if "Allt v" in record.getMessage()]
    assert "Allt v" not in capfd.readouterr().err
    assert Attachment.objects.get().name == "a2026-11-27 INFO plats.security Allt väl.png"


def test_removing_a_file_is_asked_about_first(world: World, document: Document) -> None:
    attachment = make_attachment(world.analyst, document)
    client = signed_in(world.analyst)
    address = f"{document.get_absolute_url()}filer/{attachment.public_id}/ta-bort/"
    assert attachment.name in page(client, address)
    assert Attachment.objects.exists()
    assert client.post(address).status_code == 302
    assert not Attachment.objects.exists()
    page(client, address, 404)


def test_a_file_is_reached_through_its_own_document_only(world: World, document: Document) -> None:
    attachment = make_attachment(world.analyst, document)
    other = make_document(world.analyst, world.committee, title="En annan")
    page(signed_in(world.analyst), f"{other.get_absolute_url()}filer/{attachment.public_id}/", 404)


def test_a_content_the_disk_has_lost_is_not_found_and_goes_in_the_log(
    world: World, document: Document, home: Any, caplog: pytest.LogCaptureFixture
) -> None:
    attachment = make_attachment(world.analyst, document)
    (home / "files" / attachment.file.sha256[:2] / attachment.file.sha256).unlink()
    page(signed_in(world.analyst), f"{document.get_absolute_url()}filer/{attachment.public_id}/", 404)
    assert [one.levelname for one in caplog.records if attachment.file.sha256 in one.getMessage()] == [
        "ERROR"
    ]


def test_each_reading_of_a_protected_document_is_on_record(world: World, document: Document) -> None:
    attachment = make_attachment(world.analyst, document)
    client = signed_in(world.coordinator)
    addresses = [
        document.get_absolute_url(),
        f"{document.get_absolute_url()}andra/",
        f"{document.get_absolute_url()}filer/{attachment.public_id}/",
    ]
    for address in addresses:
        client.get(address).getvalue()
    assert not AuditEntry.objects.filter(act="read").exists()
    change_document(
        by=world.analyst, document=document, revision=1, content=content(document, is_protected=True)
    )
    for number, address in enumerate(addresses, start=1):
        client.get(address).getvalue()
        assert AuditEntry.objects.filter(act="read", object_id=str(document.public_id)).count() == number
    entry = AuditEntry.objects.filter(act="read").first()
    assert entry is not None
    assert (entry.actor, entry.organisation) == (
        str(world.coordinator.public_id),
        str(world.committee.public_id),
    )
