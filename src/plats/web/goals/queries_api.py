"""Reads for the API: published goals as the adopted version of a published plan words them. A draft is never read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Prefetch, QuerySet

from plats.facts.versions import EmptyStoreError
from plats.web.common.rest.paging import Page, PageQuery, page_of
from plats.web.goals.figures import Progress, progress_of
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import Goal, GoalVersion, Plan, Target
from plats.web.places.queries import facts


def goals_page(query: PageQuery) -> Page[Goal]:
    """A page of published goals. Seven queries."""
    return page_of(_published(), query)


def goal(public_id: UUID) -> Goal | None:
    """The published goal. Seven queries."""
    found: Goal | None = _published().filter(public_id=public_id).first()
    return found


def progress(targets: Sequence[Target]) -> dict[int, Progress]:
    """How it goes with each target, by its number; nothing before any figure is loaded. No query."""
    try:
        reader = facts()
    except EmptyStoreError:
        return {}
    return {one.target.pk: one for one in progress_of(reader, targets)}


# Internals


def _published() -> QuerySet[Goal]:
    everyone = AnonymousUser()
    goals = Goal.objects.visible_to(everyone)
    adopted = (
        GoalVersion.objects.filter(
            plan_version__state=VersionState.ADOPTED, plan_version__plan__in=Plan.objects.visible_to(everyone)
        )
        .select_related("plan_version__plan", "responsible")
        .prefetch_related(Prefetch("parent", goals), "targets__place__versions")
        .order_by(F("plan_version__starts_on").desc(nulls_last=True), "pk")
    )
    found: QuerySet[Goal] = goals.select_related("organisation").prefetch_related(
        Prefetch("versions", adopted), "follow_ups"
    )
    return found
