"""White spots: areas where the need is greatest and no effort of the kind that would answer it is known.

For each kind of effort one indicator says where the need is greatest: the worst quarter of the municipality's RegSO in
the indicator's own direction. A spot is an area among those that no living effort of the kind is known to reach. Which
indicator belongs to which kind is a judgement of ours, to be decided by the municipality; kinds without an indicator by
area say so. That an area is no spot does not mean that what is done is enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plats.catalog.load import catalog
from plats.catalog.models import Direction, Indicator
from plats.derive.readings import Distribution, distributions
from plats.facts.versions import EmptyStoreError
from plats.reports.pictures import written
from plats.vocabulary.codes import Division
from plats.web.common.language import language
from plats.web.efforts.kinds import EffortKind
from plats.web.efforts.rules import worst
from plats.web.efforts.where import Living
from plats.web.places.models import Place
from plats.web.places.queries import facts, links
from plats.web.places.territory import all_around

MEASURED_BY: Mapping[EffortKind, str] = {
    EffortKind.SCHOOL: "lower_secondary_share",
    EffortKind.EARLY_SUPPORT: "low_economic_standard_share",
    EffortKind.FAMILY_CENTRE: "low_economic_standard_share",
    EffortKind.HOME_VISITS: "low_economic_standard_share",
    EffortKind.LEISURE: "low_economic_standard_share",
    EffortKind.CULTURE: "low_economic_standard_share",
    EffortKind.SAFETY_PRESENCE: "safety_survey_share",
    EffortKind.SITUATIONAL: "safety_survey_share",
    EffortKind.EMPLOYMENT: "employed_share",
    EffortKind.BUSINESS: "employed_share",
    EffortKind.DIALOGUE: "turnout_riksdag",
}
GREATEST = 0.25
"""The share of the areas whose need counts as greatest."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An area of great need that no effort of the kind is known to reach, with the figure that says so."""

    place: Place
    figure: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A kind of effort: what says where it is needed most, how many areas that is, and those that none reaches.

    `indicator` is None where no figure by area measures the need; `areas` is 0 where the figures are not loaded.
    `unplaced` efforts of the kind have no known place, and may be in a spot."""

    kind: EffortKind
    indicator: Indicator | None
    period: str
    areas: int
    spots: Sequence[Spot]
    unplaced: int


def white_spots(there: Living) -> list[NeedRow]:
    """A row for each kind, in order. Three queries, and one batch of figures."""
    around = all_around(Division.REGSO)
    by_address = {place.get_absolute_url(): place for place in around}
    places = {code: by_address[where] for code, where in links(Division.REGSO).items() if where in by_address}
    reached = {place.pk: set(there.reaching(near)) for place, near in around.items()}
    figures, unplaced = _figures(), there.unplaced
    return [
        _row(kind, figures.get(MEASURED_BY.get(kind, "")), places, reached, unplaced[kind.value])
        for kind in EffortKind
    ]


# Internals


def _row(
    kind: EffortKind,
    found: Distribution | None,
    places: Mapping[str, Place],
    reached: Mapping[int, set[str]],
    unplaced: int,
) -> NeedRow:
    indicator = catalog().indicators.get(MEASURED_BY.get(kind, ""))
    if found is None:
        return NeedRow(kind, indicator, "", 0, (), unplaced)
    by_code = {fact.area.code: fact for fact in found.shown if fact.area.code in places}
    values = {code: fact.cell.number for code, fact in by_code.items()}
    lowest = found.indicator.direction is Direction.HIGHER_IS_BETTER
    greatest = worst(values, share=GREATEST, lowest=lowest)
    spots = [
        Spot(places[code], written(by_code[code], found.indicator.unit, language()))
        for code in greatest
        if kind.value not in reached[places[code].pk]
    ]
    return NeedRow(kind, indicator, found.period, len(greatest), spots, unplaced)


def _figures() -> Mapping[str, Distribution]:
    try:
        return distributions(facts(), catalog(), sorted(set(MEASURED_BY.values())), Division.REGSO)
    except EmptyStoreError:
        return {}
