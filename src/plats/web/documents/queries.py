"""Reads: what the pages of documents show, each in a fixed number of questions to the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from plats.web.accounts.models import Membership, Organisation, Release, User
from plats.web.accounts.permissions import RELEASE_WRITE
from plats.web.accounts.responsibility import Held
from plats.web.accounts.roles import ROLES, permission_ids
from plats.web.common.territory import covered_place_ids, place_choices
from plats.web.documents.models import Attachment, Document
from plats.web.documents.permissions import EXPORT, READ, WRITE
from plats.web.documents.rules import case_number_pattern, search_pattern
from plats.web.places.models import Place

PAGE_LENGTH = 50
_LATEST_FIRST = ("-changed_at", "-pk")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. Nothing said is no limit."""

    text: str = ""
    place_key: str = ""
    organisation: UUID | None = None
    state: str = ""  # '', 'open' or 'closed'

    @property
    def is_narrow(self) -> bool:
        return bool(self.text or self.place_key or self.organisation or self.state)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of the list: its rows, how many there are in all, which page it is and of how many."""

    rows: list[Document]
    total: int
    number: int
    last: int


def list_documents(user: User, filters: Filters, number: int = 1) -> DocumentPage:
    """The documents that this person sees, the latest first.

    Four queries when roles are read: the releases, the count, which rows are on the page, those rows with the number of
    their files. Which they are is asked by itself: a database that sorts ten thousand whole rows to show fifty is slow.
    With a place two more.
    """
    found = _narrowed(Document.objects.visible_to(user), filters)
    total = found.count()
    last = max(1, -(-total // PAGE_LENGTH))
    number = min(max(1, number), last)
    keys = found.order_by(*_LATEST_FIRST).values_list("pk", flat=True)
    shown = list(keys[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH])
    rows = _whole(Document.objects.filter(pk__in=shown)).annotate(files=Count("attachments"))
    return DocumentPage(list(rows), total, number, last)


def documents_to_export(user: User, filters: Filters) -> list[Document]:
    """The documents of one's own organisations that this person may take out as a file."""
    return list(_whole(_narrowed(Document.objects.changeable_by(user, EXPORT.act), filters)))


def find_document(user: User, public_id: UUID) -> Document | None:
    """The document, if this person may see it."""
    found: Document | None = _whole(Document.objects.visible_to(user)).filter(public_id=public_id).first()
    return found


def find_to_change(user: User, public_id: UUID) -> Document | None:
    """The document, if this person may change it."""
    found: Document | None = _whole(Document.objects.changeable_by(user)).filter(public_id=public_id).first()
    return found


def find_to_release(user: Any, public_id: UUID) -> tuple[str, Organisation] | None:
    """Title and owner of a document that this person may let another organisation see."""
    own = Document.objects.changeable_by(user, "read").select_related("organisation")
    found = own.filter(public_id=public_id).first()
    if found is None or not user.may(RELEASE_WRITE, found.organisation):
        return None
    return found.title, found.organisation


def document_url(public_id: UUID) -> str:
    """Where a document is read."""
    return reverse("documents:document", args=[public_id])


def shared_with(user: User, document: Document) -> list[Release]:
    """The releases in force by which others see the document, if this person may see them. One query."""
    return list(
        Release.objects.visible_to(user)
        .in_force()
        .filter(
            Q(object_id=document.public_id) | Q(object_id__isnull=True),
            what=Document.object_kind,
            from_organisation=document.organisation,
        )
        .select_related("to_organisation")
        .order_by("to_organisation__name", "valid_until")
    )


def release_url(user: User, document: Document) -> str:
    """Where this person may let another organisation see the document; '' when they may not."""
    if not user.may(RELEASE_WRITE, document.organisation):
        return ""
    try:
        start = reverse("accounts:release_new")
    except NoReverseMatch:
        return ""
    return f"{start}?{urlencode({'slag': Document.object_kind, 'objekt': str(document.public_id)})}"


def attachments_of(user: User, document: Document) -> list[Attachment]:
    """The document's files, in the order they came. One query."""
    return list(_with_files(Attachment.objects.visible_to(user)).filter(document=document))


def find_attachment(user: User, document_id: UUID, attachment_id: UUID) -> Attachment | None:
    """A file of a document that this person may see."""
    visible = _with_files(Attachment.objects.visible_to(user))
    found: Attachment | None = visible.filter(
        public_id=attachment_id, document__public_id=document_id
    ).first()
    return found


def find_attachment_to_remove(user: User, document_id: UUID, attachment_id: UUID) -> Attachment | None:
    """A file of a document that this person may change."""
    mine = _with_files(Attachment.objects.changeable_by(user))
    found: Attachment | None = mine.filter(public_id=attachment_id, document__public_id=document_id).first()
    return found


def owners_seen(user: User) -> list[Organisation]:
    """The organisations whose documents this person may see, to narrow a list to one: one's own, and those that have
    released documents to them."""
    own = user.grants.organisation_ids(READ.id)
    released = Release.objects.in_force().filter(to_organisation__in=own, what=Document.object_kind)
    seen = Q(pk__in=own) | Q(pk__in=released.values("from_organisation"))
    return list(Organisation.objects.visible_to(user).filter(seen).order_by("name"))


def organisations_to_write_for(user: User) -> list[Organisation]:
    """Those in which this person may write documents."""
    mine = user.grants.organisation_ids(WRITE.id)
    return list(Organisation.objects.visible_to(user).open().filter(pk__in=mine).order_by("name"))


def people_to_answer(user: User, organisation: Organisation) -> list[User]:
    """Those who may answer for a document of the organisation: its people who may write documents."""
    roles = [role for role in ROLES if WRITE.id in permission_ids(role)]
    held = Membership.objects.visible_to(user).current().filter(organisation=organisation, role__in=roles)
    people = {one.user_id: one.user for one in held.select_related("user")}
    return sorted(people.values(), key=lambda person: (person.name, person.pk))


def places_to_choose(user: User, organisation: Organisation) -> dict[str, tuple[Any, Place]]:
    """The places a document can be about, by key: name and place. Those of one's role, when it is for some."""
    allowed = user.grants.places_by_organisation(WRITE.id).get(organisation.pk, frozenset())
    rows = Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY)
    by_key = {f"{place.division}/{place.slug}": place for place in rows}
    return {
        key: (label, by_key[key])
        for key, label in place_choices()
        if key in by_key and (allowed is None or by_key[key].pk in allowed)
    }


def held_by(user: Any, organisation: Any) -> list[Held]:
    """How much someone answers for in an organisation, to be handed over before they leave.

    As a number: whoever ends a membership may be one who sees no documents.
    """
    number = Document.objects.filter(organisation=organisation, responsible=user).count()
    return [Held(ngettext("%(n)s handling", "%(n)s handlingar", number) % {"n": number})] if number else []


# Internals


def _whole(documents: Any) -> Any:
    return documents.select_related("organisation", "place", "responsible").order_by(*_LATEST_FIRST)


def _with_files(attachments: Any) -> Any:
    return attachments.select_related("file", "added_by", "document__organisation").order_by("added_at", "pk")


def _narrowed(documents: Any, filters: Filters) -> Any:
    if filters.text:
        documents = documents.filter(_with_text(filters.text))
    if filters.place_key:
        documents = documents.filter(place__in=covered_place_ids([filters.place_key]))
    if filters.organisation is not None:
        documents = documents.filter(organisation__public_id=filters.organisation)
    if filters.state:
        documents = documents.filter(closed_on__isnull=filters.state == "open")
    return documents


def _with_text(text: str) -> Q:
    pattern = search_pattern(text)
    wanted = Q(title__regex=pattern) | Q(description__regex=pattern)
    number = case_number_pattern(text)
    return wanted | Q(case_number__regex=number) if any(map(str.isdigit, number)) else wanted
