"""Reads: what the pages of efforts show, each in a fixed number of questions to the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum
from django.utils import timezone

from plats.web.accounts.models import Organisation
from plats.web.efforts import rules
from plats.web.efforts.kinds import EffortKind, EffortState, Moment
from plats.web.efforts.models import Effort, EffortPlace, EffortResource, ServiceReach
from plats.web.goals.models import Goal
from plats.web.places.models import Place
from plats.web.places.territory import places_around

PER_PAGE = 100
NO_PLACE = "okand"
SHOWN_HERE = 12


@dataclass(frozen=True, slots=True)
class Chosen:
    """What narrows the list; what is empty, or not known, narrows nothing."""

    kind: str = ""
    state: str = ""
    place: str = ""
    owner: str = ""
    goal: str = ""

    @property
    def narrows(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True)
class Overview:
    """All efforts one sees, in figures. Examples are left out of every one of them but their own."""

    examples: int
    total: int
    before: int
    after: int
    undecided: int
    without_place: int
    without_amount: int
    without_goal: int
    money: rules.Preventive
    ending: Sequence[Effort]


@dataclass(frozen=True, slots=True)
class Here:
    """What there is for someone in a place: open today, coming or not told, and what an earlier day's source says.

    At most `SHOWN_HERE` of each are named, those that say how one reaches them first; `more` counts the rest.
    """

    today: Sequence[Effort]
    other: Sequence[Effort]
    earlier: Sequence[Effort]
    more: int


def overview(user: Any) -> Overview:
    """Every figure of the list's opening. Four queries."""
    today = timezone.localdate()
    seen = Effort.objects.visible_to(user)
    real = seen.filter(is_example=False)
    known = EffortResource.objects.filter(effort=OuterRef("pk"), amount_ore__isnull=False)
    placed = EffortPlace.objects.filter(effort=OuterRef("pk"))
    counted = real.annotate(priced=Exists(known), placed=Exists(placed)).aggregate(
        total=Count("pk", distinct=True),
        before=Count("pk", filter=Q(moment=Moment.BEFORE), distinct=True),
        after=Count("pk", filter=Q(moment=Moment.AFTER), distinct=True),
        undecided=Count("pk", filter=Q(moment=Moment.UNKNOWN), distinct=True),
        without_place=Count("pk", filter=Q(placed=False), distinct=True),
        without_amount=Count("pk", filter=Q(priced=False), distinct=True),
        without_goal=Count("pk", filter=Q(goal_links__isnull=True), distinct=True),
    )
    sums = (
        EffortResource.objects.filter(effort__in=real, amount_ore__isnull=False)
        .values_list("effort__moment")
        .annotate(Sum("amount_ore"))
        .order_by("effort__moment")
    )
    unknown: list[tuple[str, int | None]] = [(Moment.UNKNOWN, None)] * counted["without_amount"]
    ending = real.filter(
        ends_on__gte=today, ends_on__year=today.year, state__in=[str(one) for one in rules.LIVING]
    )
    return Overview(
        examples=seen.filter(is_example=True).count(),
        **counted,
        money=rules.preventive([*sums, *unknown]),
        ending=list(ending.select_related("organisation").order_by("ends_on", "title")),
    )


def effort_list(user: Any, chosen: Chosen, number: str) -> Page[Any]:
    """A page of the efforts one sees, narrowed, by kind and title. Seven queries at most."""
    rows = _narrowed(_whole(user), user, chosen).order_by("kind", "is_example", "title", "pk")
    return Paginator(rows, PER_PAGE).get_page(number)


def owners(user: Any) -> list[Organisation]:
    """The organisations that own an effort one sees, by name. One query."""
    seen = Effort.objects.visible_to(user).values("organisation")
    return list(Organisation.objects.filter(pk__in=seen).order_by("name"))


def effort(user: Any, slug: str) -> Effort | None:
    """The effort, if this person may see it, with all that belongs to it. Ten queries."""
    found: Effort | None = (
        _whole(user)
        .prefetch_related("services__place", "decisions", "states", "child_impact", "resources__place")
        .filter(slug=slug)
        .first()
    )
    return found


def to_change(user: Any, public_id: UUID, act: str = "write") -> Effort | None:
    """An effort that this person may do the act with."""
    found: Effort | None = (
        Effort.objects.changeable_by(user, act)
        .select_related("organisation")
        .filter(public_id=public_id)
        .first()
    )
    return found


def mine(user: Any) -> list[Effort]:
    """The efforts one may change, the latest change first, at most a page of them."""
    rows = Effort.objects.changeable_by(user).select_related("organisation")
    return list(rows.prefetch_related("places__place").order_by("-changed_at", "pk")[:PER_PAGE])


def writing_for(user: Any) -> list[Organisation]:
    """The organisations one may write efforts for."""
    numbers = user.grants.organisation_ids("effort.write")
    return list(Organisation.objects.visible_to(user).open().filter(pk__in=numbers).order_by("name"))


def goals_to_tie(user: Any, one: Effort) -> list[Goal]:
    """The goals that this person may tie an effort to: any one sees when one writes the effort, else one's own."""
    writes = Effort.objects.changeable_by(user).filter(pk=one.pk).exists()
    goals = Goal.objects.visible_to(user) if writes else Goal.objects.changeable_by(user)
    return list(goals.exclude(effort_links__effort=one).order_by("title"))


def here(user: Any, place: Place) -> Here:
    """What is done in a place, in what lies in it and in what it lies in. Nine queries at most, however much it is."""
    today = timezone.localdate()
    around = EffortPlace.objects.filter(place__in=places_around(place)).values("effort")
    gone = (EffortState.ENDED, EffortState.CANCELLED)
    rows = Effort.objects.visible_to(user).filter(pk__in=around).exclude(state__in=gone)
    rows = rows.exclude(ends_on__lt=today)
    open_now = Q(state__in=rules.OPEN) & (Q(starts_on__isnull=True) | Q(starts_on__lte=today))
    parts = (
        rows.filter(open_now, as_of__isnull=True),
        rows.exclude(open_now).filter(as_of__isnull=True),
        rows.filter(as_of__isnull=False),
    )
    now, other, earlier = (_first(one) for one in parts)
    shown = len(now) + len(other) + len(earlier)
    return Here(now, other, earlier, more=max(0, rows.count() - shown) if shown >= SHOWN_HERE else 0)


# Internals


def _first(rows: Any) -> list[Effort]:
    """The first of the rows with their services; those that have one before the others."""
    reached = Exists(ServiceReach.objects.filter(effort=OuterRef("pk")))
    ordered = rows.annotate(reached=reached).order_by("-reached", "is_example", "title", "pk")
    return list(ordered.select_related("organisation").prefetch_related("services__place")[:SHOWN_HERE])


def _whole(user: Any) -> Any:
    goals = Goal.objects.visible_to(user).order_by("title")
    rows = Effort.objects.visible_to(user).select_related("organisation")
    return rows.prefetch_related("places__place", "partners__organisation", Prefetch("goals", goals))


def _narrowed(rows: Any, user: Any, chosen: Chosen) -> Any:
    if chosen.kind in EffortKind.values:
        rows = rows.filter(kind=chosen.kind)
    if chosen.state in EffortState.values:
        rows = rows.filter(state=chosen.state)
    if chosen.place == NO_PLACE:
        rows = rows.filter(places__isnull=True)
    elif chosen.place:
        division, _slash, slug = chosen.place.partition("/")
        lying = EffortPlace.objects.filter(place__division=division, place__slug=slug)
        rows = rows.filter(pk__in=lying.values("effort"))
    if chosen.owner:
        rows = _owned(rows, chosen.owner)
    if chosen.goal:
        seen = Goal.objects.visible_to(user).filter(slug=chosen.goal)
        rows = rows.filter(goal_links__goal__in=seen)
    return rows


def _owned(rows: Any, owner: str) -> Any:
    try:
        return rows.filter(organisation__public_id=UUID(owner))
    except ValueError:
        return rows
