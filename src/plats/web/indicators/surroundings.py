"""What figures say of a place and its neighbours together: put together as one, and whether they stand out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plats.analysis.clusters.finding import Finding, sentence
from plats.derive.readings import distributions
from plats.derive.surroundings import with_neighbours
from plats.vocabulary.messages import Count, Figure, Message, Part
from plats.vocabulary.units import Unit
from plats.web.common.language import language
from plats.web.places.queries import PlacePage, municipality_name

# Shares of people that can be added over areas, in the order they are told. Background is described on the page about
# segregation, with what it cannot say.
SURROUNDINGS = (
    "population",
    "age_0_19_share",
    "rental_share",
    "employed_share",
    "unemployed_share",
    "lower_secondary_share",
    "post_secondary_long_share",
)


def build_surroundings(page: PlacePage) -> Mapping[str, Any] | None:
    """The place and the areas that border on it; nothing where no border is loaded or nobody is next to it."""
    neighbours = page.geography.neighbours_of(page.division, page.code)
    found = distributions(page.facts, page.definitions, SURROUNDINGS, page.division)
    rows = with_neighbours(list(found.values()), page.code, neighbours)
    if not rows:
        return None
    return {
        "sentence": _sentence(page.place.name, len(neighbours), rows),
        "rows": [row for row in rows if row.indicator.unit is not Unit.COUNT],
        "findings": _findings(page),
        "municipality": municipality_name(page.facts.municipality),
    }


# Internals


def _findings(page: PlacePage) -> list[tuple[Message, str]]:
    """What was found of the area, with the figures it holds for, in the order of the catalog."""
    found = {name: told for key in page.keys for name, told in page.facts.standing_out.get(key, {}).items()}
    titles: dict[str, list[str]] = {}
    for name, indicator in page.definitions.indicators.items():
        if name in found:
            titles.setdefault(found[name], []).append(indicator.title.write(language()))
    return [(sentence(Finding(told)), ", ".join(several)) for told, several in titles.items()]


def _sentence(name: str, neighbours: int, rows: list[Any]) -> Message:
    people = next((row for row in rows if row.indicator.id == "population" and row.around.shows_number), None)
    parts: dict[str, Part] = {"name": name, "neighbours": Count(neighbours)}
    if people is None:
        return Message("{name} gränsar till {neighbours} av kommunens områden.", **parts)
    parts |= {"people": Figure(people.around.number, Unit.COUNT), "period": people.here.period.text}
    if neighbours == 1:
        return Message(
            "{name} gränsar till ett område i kommunen. Tillsammans har de {people} invånare ({period}).",
            **parts,
        )
    return Message(
        "{name} gränsar till {neighbours} områden i kommunen. Tillsammans har de {people} invånare ({period}).",
        **parts,
    )
