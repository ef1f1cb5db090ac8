"""What the rows of a file may point at, and whose rows the one who sends it may change. Read once per file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from plats.web.accounts.models import Organisation
from plats.web.efforts.exchange.content import Content, values_of
from plats.web.efforts.models import (
    Effort,
    EffortGoal,
    EffortPartner,
    EffortPlace,
    EffortResource,
    ServiceReach,
)
from plats.web.goals.models import Goal
from plats.web.places.models import Place
from plats.web.places.territory import gone_places

RESOURCE_FIELDS = ("year", "place", "source", "amount_ore", "hours", "seats")
SERVICE_FIELDS = (
    "place",
    "where",
    "opening_hours",
    "contact_function",
    "phone",
    "website",
    "languages",
    "without_appointment",
    "waiting_days",
    "easy_text",
    "english_text",
)


@dataclass(frozen=True)
class World:
    """Names to rows. `writers` and `publishers`: the organisations one may write and publish for as a whole; None is
    all. A role for some places writes no files: a row of a file may say any place. `gone`: places that are no area in
    the newest edition of their division."""

    places: dict[str, int]
    gone: frozenset[int]
    goals: dict[str, int]
    organisations: dict[str, int]
    writers: frozenset[int] | None
    publishers: frozenset[int] | None

    def may_write(self, organisation: int) -> bool:
        return self.writers is None or organisation in self.writers

    def may_publish(self, organisation: int) -> bool:
        return self.publishers is None or organisation in self.publishers


def world_of(by: Any) -> World:
    """The world of one person; all of it for the command line."""
    goals = Goal.objects.all() if by is None else Goal.objects.visible_to(by)
    organisations = Organisation.objects.all() if by is None else Organisation.objects.visible_to(by)
    here = Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY)
    return World(
        places={
            f"{division}/{slug}": pk for division, slug, pk in here.values_list("division", "slug", "pk")
        },
        gone=gone_places(),
        goals=dict(goals.values_list("slug", "pk")),
        organisations=dict(organisations.order_by("pk").values_list("name", "pk")),
        writers=None if by is None else _whole(by, "effort.write"),
        publishers=None if by is None else _whole(by, "effort.publish"),
    )


def _whole(by: Any, permission: str) -> frozenset[int]:
    held = by.grants.places_by_organisation(permission)
    return frozenset(organisation for organisation, places in held.items() if places is None)


def efforts_of(by: Any) -> QuerySet[Effort]:
    """The efforts one may change: those of the organisations one writes for."""
    found: QuerySet[Effort] = Effort.objects.all() if by is None else Effort.objects.changeable_by(by)
    return found


@dataclass(frozen=True)
class Known:
    """An effort that is there, with what a file says about it."""

    effort: Effort
    content: Content


def known_efforts(rows: QuerySet[Effort], world: World) -> list[Known]:
    """The efforts with all that belongs to them, by title. Six queries, however many there are."""
    efforts = list(rows.select_related("organisation").order_by("title", "public_id"))
    places = {pk: place for place, pk in world.places.items()}
    goals = {pk: slug for slug, pk in world.goals.items()}
    links = _by_effort(EffortGoal.objects.filter(effort__in=rows).values_list("effort_id", "goal_id"))
    shares = _by_effort(
        EffortPlace.objects.filter(effort__in=rows).values_list("effort_id", "place_id", "share_millionths")
    )
    partners = _by_effort(
        EffortPartner.objects.filter(effort__in=rows).values_list("effort_id", "organisation__name", "part")
    )
    resources = _by_effort(
        EffortResource.objects.filter(effort__in=rows).values_list("effort_id", *RESOURCE_FIELDS)
    )
    services = _by_effort(
        ServiceReach.objects.filter(effort__in=rows).values_list("effort_id", *SERVICE_FIELDS)
    )
    return [
        Known(
            one,
            Content(
                organisation=one.organisation.name,
                values=values_of(one),
                # A goal that one may not see is neither told nor touched.
                goals=[goals[goal] for (goal,) in links.get(one.pk, ()) if goal in goals],
                places=[(places[place], share) for place, share in shares.get(one.pk, ())],
                partners=partners.get(one.pk, ()),
                resources=[
                    (year, places.get(place, ""), *rest) for year, place, *rest in resources.get(one.pk, ())
                ],
                services=[(places.get(place, ""), *rest) for place, *rest in services.get(one.pk, ())],
            ),
        )
        for one in efforts
    ]


def by_number(known: Iterable[Known]) -> dict[UUID, Known]:
    return {one.effort.public_id: one for one in known}


# Internals


def _by_effort(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for effort, *rest in rows:
        found.setdefault(effort, []).append(tuple(rest))
    return found
