"""Reads for the API: published efforts with what belongs to them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from plats.web.common.rest.paging import Page, PageQuery, page_of
from plats.web.efforts.kinds import EffortKind, EffortState
from plats.web.efforts.models import Effort
from plats.web.goals.models import Goal


def efforts_page(
    query: PageQuery,
    *,
    kind: EffortKind | None,
    state: EffortState | None,
    place: str | None,
    goal: UUID | None,
) -> Page[Effort]:
    """A page of published efforts that fit every condition. Nine queries, however many there are."""
    rows = _published()
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if place:
        division, _slash, slug = place.partition("/")
        rows = rows.filter(places__place__division=division, places__place__slug=slug)
    if goal:
        rows = rows.filter(goals__in=Goal.objects.visible_to(AnonymousUser()).filter(public_id=goal))
    return page_of(rows, query)


def effort(public_id: UUID) -> Effort | None:
    """The published effort. Nine queries."""
    found: Effort | None = _published().filter(public_id=public_id).first()
    return found


# Internals


def _published() -> QuerySet[Effort]:
    goals = Goal.objects.visible_to(AnonymousUser()).order_by("pk")
    found: QuerySet[Effort] = (
        Effort.objects.visible_to(AnonymousUser())
        .select_related("organisation")
        .prefetch_related(
            Prefetch("goals", goals),
            "places__place",
            "partners__organisation",
            "resources__place",
            "services__place",
        )
    )
    return found
