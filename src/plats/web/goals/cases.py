"""Plans by case number, their own or an adopted version's, and as they would be handed out: one's own only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.common.cases import CaseHit, CaseKind, CaseRecord, Piece, pieces_of, register_case_kind
from plats.web.documents.rules import case_number_pattern
from plats.web.goals.models import Plan, PlanVersion

_MOST_FOUND = 200
_VERSION = ("number", "state", "starts_on", "ends_on", "adopted_on", "adopted_by", "case_number")
_GOAL = ("title", "level", "text", "problem", "responsible")


def register() -> None:
    """Let the registrar find them."""
    register_case_kind(CaseKind(Plan.object_kind, _("planer"), _search, _find))


# Internals


def _search(user: Any, text: str) -> list[CaseHit]:
    pattern = case_number_pattern(text)
    if not any(map(str.isdigit, pattern)):
        return []
    adopted = PlanVersion.objects.filter(case_number__regex=pattern).values("plan")
    found = _own(user).filter(Q(case_number__regex=pattern) | Q(pk__in=adopted))
    return [_hit(one) for one in found.order_by("case_number", "-changed_at", "pk")[:_MOST_FOUND]]


def _find(user: Any, number: UUID) -> CaseRecord | None:
    """The plan with each version and its goals, oldest first."""
    one = _own(user).filter(public_id=number).first()
    if one is None:
        return None
    pieces = pieces_of(one, "title", "kind", "case_number")
    for version in sorted(one.versions.all(), key=lambda version: version.number):
        pieces += _apart(pieces_of(version, *_VERSION), f"v{version.number}")
        for place, goal in enumerate(version.goals.all(), 1):
            pieces += _apart(pieces_of(goal, *_GOAL), f"v{version.number}-{place}")
    return CaseRecord(_hit(one), one, one.organisation, tuple(pieces))


def _apart(pieces: list[Piece], where: str) -> list[Piece]:
    """Pieces of a row below the plan: each with a name of its own."""
    return [Piece(f"{where}-{one.name}", one.label, one.text, one.secrecy, one.is_personal) for one in pieces]


def _own(user: Any) -> Any:
    rows = Plan.objects.changeable_by(user, "read").select_related("organisation")
    return rows.prefetch_related("versions__goals__responsible")


def _hit(one: Plan) -> CaseHit:
    numbers = [one.case_number, *(version.case_number for version in one.versions.all())]
    return CaseHit(
        one.object_kind,
        one.public_id,
        next((number for number in numbers if number), ""),
        one.title,
        one.organisation.name,
        timezone.localtime(one.changed_at).date(),
        one.get_absolute_url(),
    )
