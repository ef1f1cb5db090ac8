"""Before and after harm: how many efforts there are of each, and what they take, by year and by kommundel.

An amount that is said of a place is that place's. One that is not is divided by the effort's shares; what no share says
where it goes is money of unknown place. An effort without any known amount is counted, and is never 0. Examples are
left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plats.vocabulary.codes import Division
from plats.web.efforts.kinds import Moment
from plats.web.efforts.models import Effort, EffortPlace, EffortResource
from plats.web.efforts.rules import WHOLE, Preventive, preventive
from plats.web.places.models import Place
from plats.web.places.territory import all_around


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A kommundel, or None for unknown place: how many efforts before and after harm, and where nobody has said; and
    their money, over all years."""

    place: Place | None
    before: int
    after: int
    undecided: int
    money: Preventive


@dataclass(frozen=True, slots=True)
class Prevention:
    """Both tables: money by year, and efforts and money by kommundel with unknown place last."""

    years: Sequence[tuple[int, Preventive]]
    places: Sequence[PlaceRow]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some öre of an effort in a place; None: unknown."""

    effort: int
    place: int | None
    ore: int


def prevention_of(user: Any) -> Prevention:
    """Before and after harm as this person sees it. Five queries."""
    seen = Effort.objects.visible_to(user).filter(is_example=False)
    moments: dict[int, str] = dict(seen.values_list("pk", "moment"))
    shares: dict[int, list[tuple[int, int | None]]] = {}
    lying = EffortPlace.objects.filter(effort__in=seen)
    for effort, place, share in lying.values_list("effort_id", "place_id", "share_millionths"):
        shares.setdefault(effort, []).append((place, share))
    taken = list(
        EffortResource.objects.filter(effort__in=seen).values_list(
            "effort_id", "year", "place_id", "amount_ore"
        )
    )
    return Prevention(_by_year(taken, moments), _by_place(taken, moments, shares))


# Internals

_Taken = tuple[int, int, int | None, int | None]


def _by_year(taken: Iterable[_Taken], moments: Mapping[int, str]) -> list[tuple[int, Preventive]]:
    years: dict[int, list[tuple[str, int | None]]] = {}
    for effort, year, _place, ore in taken:
        years.setdefault(year, []).append((moments[effort], ore))
    return [(year, preventive(amounts)) for year, amounts in sorted(years.items())]


def _by_place(
    taken: Iterable[_Taken],
    moments: Mapping[int, str],
    shares: Mapping[int, Sequence[tuple[int, int | None]]],
) -> list[PlaceRow]:
    parts = [part for row in taken for part in _parts(row, shares.get(row[0], ()))]
    priced = {part.effort for part in parts}
    rows = [
        _row(
            place,
            {one for one, lying in shares.items() if any(where in near for where, _share in lying)},
            [part for part in parts if part.place in near],
            moments,
            priced,
        )
        for place, near in all_around(Division.KOMMUNDEL).items()
    ]
    nowhere = [part for part in parts if part.place is None]
    return [*rows, _row(None, set(moments) - set(shares), nowhere, moments, priced)]


def _parts(row: _Taken, shares: Sequence[tuple[int, int | None]]) -> list[_Part]:
    """An amount where it goes. The öre that rounding leaves are with the last place, so that the sum stands."""
    effort, _year, place, ore = row
    if ore is None:
        return []
    if place is not None:
        return [_Part(effort, place, ore)]
    known = [(where, share) for where, share in shares if share is not None]
    parts = [_Part(effort, where, ore * share // WHOLE) for where, share in known]
    left = ore - sum(part.ore for part in parts)
    if known and sum(share for _where, share in known) == WHOLE:
        last = parts.pop()
        return [*parts, _Part(effort, last.place, last.ore + left)]
    return [*parts, _Part(effort, None, left)] if left else parts


def _row(
    place: Place | None,
    efforts: set[int],
    parts: Iterable[_Part],
    moments: Mapping[int, str],
    priced: set[int],
) -> PlaceRow:
    counted = [moments[one] for one in efforts]
    known: list[tuple[str, int | None]] = [(moments[part.effort], part.ore) for part in parts]
    unknown = sum(one not in priced for one in efforts)
    money = preventive([*known, *[(str(Moment.UNKNOWN), None)] * unknown])
    before, after = counted.count(Moment.BEFORE), counted.count(Moment.AFTER)
    return PlaceRow(place, before, after, len(counted) - before - after, money)
