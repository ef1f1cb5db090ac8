"""Efforts by kind and kommundel: where several of a kind meet, and where none is known. One table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from plats.vocabulary.codes import Division
from plats.web.efforts.kinds import EffortKind
from plats.web.efforts.models import Effort, EffortPlace
from plats.web.efforts.rules import LIVING
from plats.web.places.models import Place
from plats.web.places.territory import places_around


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of effort: how many in each kommundel, in column order, and how many without a known place."""

    kind: EffortKind
    counts: Sequence[int]
    unplaced: int


@dataclass(frozen=True, slots=True)
class WhereTable:
    """Kommundelar as columns, kinds as rows. An effort in two kommundelar is counted in both."""

    places: Sequence[Place]
    rows: Sequence[KindRow]


def where_efforts_are(user: Any) -> WhereTable:
    """The table, examples and ended efforts left out. Three queries, and two for each kommundel."""
    parts = list(
        Place.objects.filter(
            municipality=settings.PLATS_MUNICIPALITY, division=str(Division.KOMMUNDEL)
        ).order_by("name")
    )
    living = Effort.objects.visible_to(user).filter(is_example=False, state__in=[str(one) for one in LIVING])
    kinds = dict(living.values_list("pk", "kind"))
    lying = list(EffortPlace.objects.filter(effort__in=living).values_list("effort_id", "place_id"))
    counted: Counter[tuple[str, int]] = Counter()
    for place in parts:
        inside = places_around(place)
        for effort in {effort for effort, where in lying if where in inside}:
            counted[kinds[effort], place.pk] += 1
    placed = {effort for effort, _place in lying}
    unplaced = Counter(kind for pk, kind in kinds.items() if pk not in placed)
    rows = [
        KindRow(kind, [counted[kind.value, place.pk] for place in parts], unplaced[kind.value])
        for kind in EffortKind
    ]
    return WhereTable(parts, rows)
