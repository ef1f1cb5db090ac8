"""Efforts in time: when each begins and ends as far as anyone has said, and what leaves a gap when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import F
from django.utils import timezone

from plats.web.efforts.kinds import EffortState
from plats.web.efforts.models import Effort, EffortPlace
from plats.web.efforts.rules import LIVING

WIDTH = 100
"""How wide a bar's axis is, in the drawing's own units."""
SHOWN = 200
SOON = timedelta(days=365)
FARTHEST = 30
"""How many years the axis reaches to each side of this one, at most: a day far away does not squeeze the rest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An effort on the axis: where its bar begins and how long it is, and whether either end is unknown.

    `leaves_gap` says that it ends within a year and that no other effort of the kind that this person sees goes on in
    any of its places, or anywhere when its places are unknown."""

    effort: Effort
    x: str
    width: str
    open_start: bool
    open_end: bool
    leaves_gap: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars from the earliest start, the years of the axis with where each begins, and where today is."""

    bars: Sequence[Bar]
    years: Sequence[tuple[int, str]]
    today: str
    undated: int
    more: int

    @property
    def first(self) -> int:
        return self.years[0][0]

    @property
    def last(self) -> int:
        return self.years[-1][0]


def timeline_of(user: Any) -> Timeline:
    """The efforts this person sees that have a known day, but for cancelled ones. Five queries."""
    today = timezone.localdate()
    seen = Effort.objects.visible_to(user).exclude(state=EffortState.CANCELLED)
    named = seen.exclude(starts_on=None, ends_on=None)
    early = F("starts_on").asc(nulls_first=True)
    ordered = named.select_related("organisation").order_by(
        early, F("ends_on").asc(nulls_last=True), "title", "pk"
    )
    shown = list(ordered[:SHOWN])
    first, last = _years(shown, today)
    start, days = date(first, 1, 1), (date(last + 1, 1, 1) - date(first, 1, 1)).days
    scale = WIDTH / days
    gaps = _leaving_gaps(seen.filter(is_example=False, state__in=[str(one) for one in LIVING]), today)
    return Timeline(
        bars=[_bar(one, start, scale, one.pk in gaps) for one in shown],
        years=[(year, _at((date(year, 1, 1) - start).days * scale)) for year in range(first, last + 1)],
        today=_at((today - start).days * scale),
        undated=seen.filter(is_example=False, starts_on=None, ends_on=None).count(),
        more=named.count() - len(shown),
    )


# Internals


class _Going(NamedTuple):
    """What is read of an effort to tell whether it goes on."""

    pk: int
    kind: str
    ends_on: date | None


def _years(dated: list[Effort], today: date) -> tuple[int, int]:
    """The first and last year of the axis: this one is always there, and none further away than `FARTHEST`."""
    named = [day.year for one in dated for day in (one.starts_on, one.ends_on) if day]
    first, last = min([today.year, *named]), max([today.year, *named])
    return max(first, today.year - FARTHEST), min(last, today.year + FARTHEST)


def _at(value: float) -> str:
    """A number as a drawing has it, with a point whatever the reader's language."""
    return f"{value:.2f}"


def _within(value: float) -> float:
    return min(max(value, 0.0), float(WIDTH))


def _bar(one: Effort, start: date, scale: float, leaves_gap: bool) -> Bar:
    begins = _within((one.starts_on - start).days * scale) if one.starts_on else 0.0
    # The last day is a whole day.
    ends = _within(((one.ends_on - start).days + 1) * scale) if one.ends_on else float(WIDTH)
    return Bar(one, _at(begins), _at(ends - begins), one.starts_on is None, one.ends_on is None, leaves_gap)


def _leaving_gaps(living: Any, today: date) -> set[int]:
    """Those that end within a year where no other of the kind goes on. Two queries."""
    rows = [_Going(*row) for row in living.values_list(*_Going._fields)]
    places: dict[int, set[int]] = {}
    for effort, place in EffortPlace.objects.filter(effort__in=living).values_list("effort_id", "place_id"):
        places.setdefault(effort, set()).add(place)
    by_kind: dict[str, list[_Going]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return {
        one.pk
        for one in rows
        if one.ends_on and today <= one.ends_on <= today + SOON
        if not any(_goes_on(other, one, places) for other in by_kind[one.kind])
    }


def _goes_on(other: _Going, one: _Going, places: dict[int, set[int]]) -> bool:
    if other.pk == one.pk or one.ends_on is None:
        return False
    there = places.get(one.pk)
    return (other.ends_on is None or other.ends_on > one.ends_on) and (
        not there or bool(there & places.get(other.pk, set()))
    )
