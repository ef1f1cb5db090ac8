"""Efforts by case number, their own or a decision's, and as they would be handed out: one's own organisations' only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.common.cases import CaseHit, CaseKind, CaseRecord, pieces_of, register_case_kind
from plats.web.documents.rules import case_number_pattern
from plats.web.efforts.models import Effort, EffortDecision

_MOST_FOUND = 200
_FIELDS = (
    "title",
    "case_number",
    "kind",
    "level",
    "moment",
    "state",
    "starts_on",
    "ends_on",
    "summary",
    "problem",
    "cause",
    "factor",
    "effect",
    "follow_up",
)


def register() -> None:
    """Let the registrar find them."""
    register_case_kind(CaseKind(Effort.object_kind, _("insatser"), _search, _find))


# Internals


def _search(user: Any, text: str) -> list[CaseHit]:
    pattern = case_number_pattern(text)
    if not any(map(str.isdigit, pattern)):
        return []
    decided = EffortDecision.objects.filter(case_number__regex=pattern).values("effort")
    found = _own(user).filter(Q(case_number__regex=pattern) | Q(pk__in=decided))
    return [_hit(one) for one in found.order_by("case_number", "-changed_at", "pk")[:_MOST_FOUND]]


def _find(user: Any, number: UUID) -> CaseRecord | None:
    one = _own(user).filter(public_id=number).first()
    if one is None:
        return None
    return CaseRecord(_hit(one), one, one.organisation, tuple(pieces_of(one, *_FIELDS)))


def _own(user: Any) -> Any:
    rows = Effort.objects.changeable_by(user, "read").select_related("organisation")
    return rows.prefetch_related("decisions")


def _hit(one: Effort) -> CaseHit:
    numbers = [one.case_number, *(decision.case_number for decision in one.decisions.all())]
    return CaseHit(
        one.object_kind,
        one.public_id,
        next((number for number in numbers if number), ""),
        one.title,
        one.organisation.name,
        timezone.localtime(one.changed_at).date(),
        one.get_absolute_url(),
    )
