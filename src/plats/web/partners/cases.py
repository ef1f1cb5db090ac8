"""Agreements, commitments and citizen promises by case number, and as they would be handed out: one's own only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.common.cases import CaseHit, CaseKind, CaseRecord, pieces_of, register_case_kind
from plats.web.documents.rules import case_number_pattern
from plats.web.partners.models import Agreement, CitizenPromise, Commitment

_MOST_FOUND = 200
_FIELDS: dict[Any, tuple[str, ...]] = {
    Agreement: (
        "title",
        "case_number",
        "purpose",
        "starts_on",
        "ends_on",
        "decided_on",
        "decided_by",
        "follow_up",
    ),
    CitizenPromise: (
        "title",
        "case_number",
        "theme",
        "starts_on",
        "ends_on",
        "activities",
        "follow_up",
        "public_answer",
    ),
    Commitment: ("title", "case_number", "made_in", "made_on", "who", "due_on", "state", "evidence"),
}


def register() -> None:
    """Let the registrar find them."""
    for model, label in (
        (Agreement, _("överenskommelser")),
        (Commitment, _("åtaganden")),
        (CitizenPromise, _("medborgarlöften")),
    ):
        register_case_kind(CaseKind(model.object_kind, label, _search(model), _find(model)))


# Internals


def _search(model: Any) -> Any:
    def search(user: Any, text: str) -> list[CaseHit]:
        pattern = case_number_pattern(text)
        if not any(map(str.isdigit, pattern)):
            return []
        found = _own(model, user).filter(case_number__regex=pattern)
        return [_hit(one) for one in found.order_by("case_number", "-changed_at", "pk")[:_MOST_FOUND]]

    return search


def _find(model: Any) -> Any:
    def find(user: Any, number: UUID) -> CaseRecord | None:
        one = _own(model, user).filter(public_id=number).first()
        if one is None:
            return None
        return CaseRecord(_hit(one), one, one.organisation, tuple(pieces_of(one, *_FIELDS[model])))

    return find


def _own(model: Any, user: Any) -> Any:
    return model.objects.changeable_by(user, "read").select_related("organisation")


def _hit(one: Any) -> CaseHit:
    return CaseHit(
        one.object_kind,
        one.public_id,
        one.case_number,
        one.title,
        one.organisation.name,
        timezone.localtime(one.changed_at).date(),
        one.get_absolute_url(),
    )
