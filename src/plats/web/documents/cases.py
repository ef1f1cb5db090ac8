"""Documents by case number, and as they would be handed out: one's own organisations' only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.common.cases import CaseHit, CaseKind, CaseRecord, Piece, pieces_of, register_case_kind
from plats.web.documents.models import Document
from plats.web.documents.queries import attachments_of
from plats.web.documents.rules import case_number_pattern

KIND = "document"
_MOST_FOUND = 200
_FIELDS = (
    "title",
    "case_number",
    "description",
    "place",
    "responsible",
    "created_at",
    "changed_at",
    "closed_on",
)


def search(user: Any, text: str) -> list[CaseHit]:
    """The documents with this case number, however its parts are divided; none for a text without a digit."""
    pattern = case_number_pattern(text)
    if not any(map(str.isdigit, pattern)):
        return []
    found = _own(user).filter(case_number__regex=pattern).order_by("case_number", "-changed_at", "pk")
    return [_hit(one) for one in found[:_MOST_FOUND]]


def find(user: Any, number: UUID) -> CaseRecord | None:
    document = _own(user).filter(public_id=number).first()
    if document is None:
        return None
    files = [
        Piece(f"file-{one.public_id}", str(_("bilaga")), one.name, is_personal=True)
        for one in attachments_of(user, document)
    ]
    return CaseRecord(
        _hit(document), document, document.organisation, (*pieces_of(document, *_FIELDS), *files)
    )


def register() -> None:
    register_case_kind(CaseKind(KIND, _("handlingar"), search, find))


# Internals


def _own(user: Any) -> Any:
    rows = Document.objects.changeable_by(user, "read")
    return rows.select_related("organisation", "place", "responsible")


def _hit(document: Document) -> CaseHit:
    return CaseHit(
        KIND,
        document.public_id,
        document.case_number,
        document.title,
        document.organisation.name,
        timezone.localtime(document.changed_at).date(),
        document.get_absolute_url(),
    )
