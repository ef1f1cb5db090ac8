"""Reads for the API: published commitments."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from plats.web.common.rest.paging import Page, PageQuery, page_of
from plats.web.partners.kinds import CommitmentState
from plats.web.partners.models import Agreement, Commitment


def commitments_page(query: PageQuery, state: CommitmentState | None) -> Page[Commitment]:
    """A page of published commitments. Two queries."""
    rows = _published()
    return page_of(rows.filter(state=state) if state else rows, query)


def commitment(public_id: UUID) -> Commitment | None:
    """The published commitment. Two queries."""
    found: Commitment | None = _published().filter(public_id=public_id).first()
    return found


# Internals


def _published() -> QuerySet[Commitment]:
    """What everyone sees, whoever asks: an agreement that is not published is not named."""
    agreements = Agreement.objects.visible_to(AnonymousUser())
    found: QuerySet[Commitment] = (
        Commitment.objects.visible_to(AnonymousUser())
        .select_related("organisation", "who")
        .prefetch_related(Prefetch("agreement", agreements))
    )
    return found
