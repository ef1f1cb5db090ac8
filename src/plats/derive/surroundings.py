"""A place in its surroundings: the place and its neighbours put together, and what lies nearest in a straight line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from plats.analysis.access.nearest import nearest_in_a_straight_line
from plats.catalog.models import Indicator
from plats.derive.geography import geography
from plats.derive.kinds_of_area import put_together
from plats.derive.readings import Distribution
from plats.facts.query import Fact, Facts, Site
from plats.vocabulary.cells import Cell
from plats.vocabulary.codes import Division

# What people go to, in the order it is told.
KINDS = ("library", "sports", "culture", "school", "station")


@dataclass(frozen=True, slots=True)
class Together:
    """One figure here, here and in the areas next to it as one, and in the municipality."""

    indicator: Indicator
    here: Fact
    around: Cell
    municipality: Fact | None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest of a kind, in metres as the crow flies from a point inside the area."""

    site: Site
    metres: float


def with_neighbours(
    distributions: Sequence[Distribution], code: str, neighbours: Sequence[str]
) -> list[Together]:
    """The figures that can be put together, over the area and its neighbours; none where there are no neighbours."""
    rows = [_together(one, code, neighbours) for one in distributions] if neighbours else []
    return [row for row in rows if row is not None]


def nearest_of_each(facts: Facts, division: Division, code: str) -> list[Nearest]:
    """The nearest of each kind that the municipality has; empty when no point of the area is loaded."""
    kept = _kept.setdefault(facts, {})
    if (division, code) not in kept:
        kept[division, code] = _nearest(facts, geography(facts).point(division, code))
    return kept[division, code]


# Internals

# Where things stand does not change within a version of the store.
_kept: WeakKeyDictionary[Facts, dict[tuple[Division, str], list[Nearest]]] = WeakKeyDictionary()


def _together(distribution: Distribution, code: str, neighbours: Sequence[str]) -> Together | None:
    by_code = {fact.area.code: fact for fact in distribution.facts}
    here = by_code.get(code)
    cells = [by_code[one].cell for one in (code, *neighbours) if one in by_code]
    if here is None or len(cells) < len(neighbours) + 1:
        return None
    around = put_together(distribution.indicator, cells)
    if here.cell.shows_number and not around.shows_number and all(one.shows_number for one in cells):
        return None  # stated without its parts, so that areas cannot be added
    return Together(distribution.indicator, here, around, distribution.municipality)


def _nearest(facts: Facts, point: tuple[float, float] | None) -> list[Nearest]:
    if point is None:
        return []
    found = []
    for kind in KINDS:
        sites = [site for site in facts.sites if site.kind == kind]
        if sites:
            places = np.array([[site.x, site.y] for site in sites])
            answer = nearest_in_a_straight_line([point], places)
            found.append(Nearest(sites[int(answer.supply[0])], float(answer.distances[0])))
    return found
