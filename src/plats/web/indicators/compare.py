"""Comparing: up to four places side by side, and places that are alike by indicators the reader chooses."""

from __future__ import annotations

from dataclasses import dataclass

from plats.catalog.models import DivisionDefinition, Indicator
from plats.derive.likeness import Likeness, alike
from plats.derive.readings import Distribution, distributions
from plats.facts.query import Fact
from plats.vocabulary.codes import Division
from plats.web.indicators import queries
from plats.web.places.models import Place
from plats.web.places.queries import divisions_with_places, facts

MOST = 4
# What 'alike' starts from, before the reader chooses: people, homes and work, and nothing about background.
DEFAULT_BASIS = (
    "population",
    "age_0_19_share",
    "rental_share",
    "employed_share",
    "post_secondary_long_share",
)


@dataclass
class CompareRow:
    """One indicator: the municipality's figure and each chosen place's."""

    indicator: Indicator
    facts: list[Fact | None]
    municipality: Fact | None


@dataclass
class ComparePage:
    """The comparison."""

    division: Division
    definition: DivisionDefinition
    divisions: list[tuple[Division, DivisionDefinition]]
    choices: list[Place]
    chosen: list[Place]
    too_many: bool
    rows: list[CompareRow]
    basis: list[Indicator]
    possible_basis: list[Indicator]
    likeness: list[tuple[Place, Likeness]]


def compare_page(division: str, slugs: list[str], basis: list[str]) -> ComparePage | None:
    """The page for the places in the address; unknown places are passed over, and a fifth is said to be too many."""
    available = divisions_with_places()
    if division not in [str(one) for one in available]:
        return None
    chosen_division = Division(division)
    choices = _in_geographic_order(chosen_division)
    by_slug = {place.slug: place for place in choices}
    wanted = list(dict.fromkeys(slug for slug in slugs if slug in by_slug))
    chosen = [by_slug[slug] for slug in wanted[:MOST]]
    reader = facts()
    shown = [
        one
        for one in queries.definitions().indicators.values()
        if chosen_division in one.divisions and one.available
    ]
    found = distributions(reader, queries.definitions(), [one.id for one in shown], chosen_division)
    possible = [
        one for one in shown if one.id in found and not one.class_labels and len(found[one.id].shown) > 2
    ]
    selected = [one for one in possible if one.id in (basis or DEFAULT_BASIS)]
    names = queries.definitions().divisions
    return ComparePage(
        division=chosen_division,
        definition=names[division],
        divisions=[(one, names[str(one)]) for one in available],
        choices=choices,
        chosen=chosen,
        too_many=len(wanted) > MOST,
        rows=[_row(one, found[one.id], chosen) for one in shown if one.id in found] if chosen else [],
        basis=selected,
        possible_basis=possible,
        likeness=_likeness(chosen, choices, [found[one.id] for one in selected]),
    )


# Internals


def code_of(place: Place) -> str:
    """The place's area code, the same in every edition."""
    return str(place.versions.all()[0].code)


def _in_geographic_order(division: Division) -> list[Place]:
    """The division's places from north-west to south-east, with their versions. Two queries."""
    reader = facts()
    places = Place.objects.filter(division=str(division), municipality=reader.municipality)
    by_code = {code_of(place): place for place in places.prefetch_related("versions")}
    return [by_code[code] for code in queries.where(reader).codes(division) if code in by_code]


def _likeness(
    chosen: list[Place], choices: list[Place], basis: list[Distribution]
) -> list[tuple[Place, Likeness]]:
    """Places like the first chosen one, by at least two figures: likeness in one figure is just its order."""
    if not chosen or len(basis) < 2:
        return []
    by_code = {code_of(place): place for place in choices}
    return [(by_code[one.code], one) for one in alike(code_of(chosen[0]), basis) if one.code in by_code]


def _row(indicator: Indicator, distribution: Distribution, chosen: list[Place]) -> CompareRow:
    by_code = {fact.area.code: fact for fact in distribution.facts}
    return CompareRow(indicator, [by_code.get(code_of(place)) for place in chosen], distribution.municipality)
