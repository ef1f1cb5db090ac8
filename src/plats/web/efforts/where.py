"""Where efforts are: by kind and kommundel, and how many reach each area; where several meet, and where none is known.

Examples, ended and cancelled efforts are left out. An effort in a kommundel reaches all its areas, and one in an area
is in its kommundel too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plats.catalog.load import catalog
from plats.derive.readings import distributions
from plats.facts.versions import EmptyStoreError
from plats.reports.charts.choropleth import KeyRow, draw_choropleth, key_rows
from plats.reports.charts.classes import Breaks, class_breaks
from plats.reports.charts.legend import draw_legend
from plats.reports.charts.model import Shade
from plats.reports.charts.svg import Element, render
from plats.reports.pictures import map_sheet
from plats.vocabulary.codes import Division
from plats.vocabulary.messages import Message
from plats.vocabulary.units import Unit
from plats.web.common.drawing import paint_for_page
from plats.web.common.markup import Svg
from plats.web.efforts.kinds import EffortKind
from plats.web.efforts.models import Effort, EffortPlace
from plats.web.efforts.rules import LIVING
from plats.web.places.models import Place
from plats.web.places.queries import facts, links
from plats.web.places.territory import all_around


@dataclass(frozen=True, slots=True)
class Living:
    """The efforts that may be there: each one's kind, and the places each lies in."""

    kinds: Mapping[int, str]
    lying: Sequence[tuple[int, int]]

    @property
    def unplaced(self) -> Counter[str]:
        """How many of each kind have no known place."""
        placed = {effort for effort, _place in self.lying}
        return Counter(kind for pk, kind in self.kinds.items() if pk not in placed)

    def reaching(self, near: frozenset[int]) -> list[str]:
        """The kind of each effort that lies in one of these places, once however many of them it lies in."""
        return [self.kinds[pk] for pk in {effort for effort, where in self.lying if where in near}]


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


@dataclass(frozen=True, slots=True)
class ReachMap:
    """The areas coloured by how many efforts reach them; those that none is known to reach are hatched.

    `only` is the number when those reached all have the same: then there is no scale."""

    svg: Svg
    legend: Svg | None
    only: int | None
    keys: Sequence[KeyRow]


def living(user: Any) -> Living:
    """The efforts this person sees that may be there. Two queries."""
    seen = Effort.objects.visible_to(user).filter(is_example=False, state__in=[str(one) for one in LIVING])
    lying = EffortPlace.objects.filter(effort__in=seen).values_list("effort_id", "place_id")
    return Living(dict(seen.values_list("pk", "kind")), list(lying))


def where_efforts_are(there: Living) -> WhereTable:
    """The table. Two queries."""
    around = all_around(Division.KOMMUNDEL)
    counted = {place: Counter(there.reaching(near)) for place, near in around.items()}
    unplaced = there.unplaced
    rows = [
        KindRow(kind, [counted[place][kind.value] for place in around], unplaced[kind.value])
        for kind in EffortKind
    ]
    return WhereTable(list(around), rows)


def reach_map(there: Living) -> ReachMap | None:
    """The map of RegSO; None when their borders are not loaded. Three queries."""
    try:
        people = distributions(facts(), catalog(), ["population"], Division.REGSO).get("population")
    except EmptyStoreError:
        return None
    sheet = map_sheet(facts(), Division.REGSO, people.edition) if people else None
    if sheet is None:
        return None
    numbers = {
        place.get_absolute_url(): len(there.reaching(near))
        for place, near in all_around(Division.REGSO).items()
    }
    addresses = links(Division.REGSO)
    breaks = class_breaks([float(one) for one in numbers.values() if one], Unit.COUNT)
    shades = [_shade(area.code, addresses.get(area.code, ""), numbers, breaks) for area in sheet.areas]
    paint = paint_for_page()
    title = paint.say(Message("Hur många kända insatser som når varje område"))
    legend = _svg(draw_legend(breaks, paint=paint)) if breaks.edges else None
    only = next((one for one in numbers.values() if one), None) if not breaks.edges else None
    drawing = draw_choropleth(sheet, shades, title=title, paint=paint)
    return ReachMap(_svg(drawing), legend, only, key_rows(sheet, shades, paint))


# Internals


def _shade(code: str, address: str, numbers: Mapping[str, int], breaks: Breaks) -> Shade:
    number = numbers.get(address, 0)
    said = paint_for_page().say(Message("ingen känd")) if not number else str(number)
    return Shade(
        code=code,
        written=said,
        href=address,
        class_index=breaks.colour_of(float(number)) if number else None,
        unstable=False,
        current=False,
        people=None,
    )


def _svg(drawing: Element) -> Svg:
    return Svg(render(drawing))
