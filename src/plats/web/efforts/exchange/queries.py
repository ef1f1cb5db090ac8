"""Reads for changing many: one's own efforts, narrowed; and the rows that were chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from plats.web.efforts.exchange.kinds import KIND
from plats.web.efforts.models import Effort, EffortGoal
from plats.web.goals.models import Goal
from plats.web.jobs.models import Job

MOST_CHOSEN = 500
_LATEST_JOBS = 10


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which of one's own efforts are looked for; what is empty narrows nothing."""

    words: str = ""
    kind: str = ""
    state: str = ""
    place: str = ""


def own_efforts(user: Any, narrowed: Narrowed) -> list[Effort]:
    """One's own efforts, by title, at most so many as can be changed at once. One query."""
    rows = Effort.objects.changeable_by(user).select_related("organisation")
    if narrowed.words:
        rows = rows.filter(title__icontains=narrowed.words)
    if narrowed.kind:
        rows = rows.filter(kind=narrowed.kind)
    if narrowed.state:
        rows = rows.filter(state=narrowed.state)
    if narrowed.place:
        division, _slash, slug = narrowed.place.partition("/")
        rows = rows.filter(places__place__division=division, places__place__slug=slug)
    return list(rows.order_by("title", "public_id")[:MOST_CHOSEN])


def chosen_efforts(user: Any, numbers: Collection[UUID]) -> dict[UUID, Effort]:
    """Those of the chosen that this person may change. One query."""
    rows = Effort.objects.changeable_by(user).filter(public_id__in=numbers)
    return {one.public_id: one for one in rows}


def publishable(user: Any, efforts: Iterable[Effort]) -> set[int]:
    """Those that this person may publish. One query."""
    rows = Effort.objects.changeable_by(user, "publish").filter(pk__in=[one.pk for one in efforts])
    return set(rows.values_list("pk", flat=True))


def linked_to(goal: Goal, efforts: Iterable[Effort]) -> set[int]:
    """Those that are for the goal already. One query."""
    rows = EffortGoal.objects.filter(goal=goal, effort__in=[one.pk for one in efforts])
    return set(rows.values_list("effort_id", flat=True))


def goals_to_choose(user: Any) -> list[Goal]:
    """The goals that this person sees. One query."""
    return list(Goal.objects.visible_to(user).order_by("title"))


def file_jobs(user: Any) -> list[Job]:
    """One's own latest files, newest first. One query."""
    return list(Job.objects.visible_to(user).filter(kind=KIND, started_by=user)[:_LATEST_JOBS])


def file_job(user: Any, public_id: UUID) -> Job | None:
    """One's own file. One query."""
    found: Job | None = (
        Job.objects.visible_to(user).filter(kind=KIND, started_by=user, public_id=public_id).first()
    )
    return found
