"""Places without a store of figures, and documents about them."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from plats.web.accounts.models import Organisation, User
from plats.web.accounts.tests.world import World
from plats.web.documents.actions import Content, attach, change_document, create_document
from plats.web.documents.models import Attachment, Document
from plats.web.documents.tests.samples import picture
from plats.web.places.models import AreaVersion, Place


def make_place(division: str, slug: str, name: str, code: str) -> Place:
    """The place alone, with no figures: also where another test's site has left the real ones in the database."""
    Place.objects.filter(municipality="0126", division=division, slug=slug).delete()
    AreaVersion.objects.filter(division=division, edition="2020", code=code).delete()
    place = Place.objects.create(municipality="0126", division=division, slug=slug, name=name)
    AreaVersion.objects.create(place=place, division=division, edition="2020", code=code)
    return place


def make_document(by: User, organisation: Organisation, **content: Any) -> Document:
    """A document written by the action, as any."""
    said = {"title": "Belysning i gångtunneln", "responsible": by} | content
    return create_document(by=by, organisation=organisation, content=Content(**said))


def make_attachment(by: User, document: Document, name: str = "tunneln.png", **drawn: Any) -> Attachment:
    """A picture on the document, put there by the action."""
    return attach(by=by, document=document, file=SimpleUploadedFile(name, picture("PNG", **drawn)), name=name)


def content(document: Document, **changes: Any) -> Content:
    said = {
        "title": document.title,
        "case_number": document.case_number,
        "description": document.description,
        "place": document.place,
        "responsible": document.responsible,
        "is_protected": document.is_protected,
    }
    return Content(**(said | changes))


def change(world: World, document: Document, **changes: Any) -> Document:
    """The committee's analyst changes some of it, having read it as it is."""
    said = content(document, **changes)
    return change_document(by=world.analyst, document=document, revision=document.revision, content=said)
