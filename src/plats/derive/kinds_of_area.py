"""A figure for a kind of area: all the municipality's areas that Statistics Sweden gives one type, taken together.

The same areas are followed every year. Types are relative and made anew each year, so a group whose areas are changed
along the way would move without anything having changed where people live.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plats.catalog.models import Indicator
from plats.facts.query import Fact, Facts
from plats.vocabulary.cells import Cell, add, divide, missing
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.units import Unit

AREA_TYPE = "area_type"


@dataclass(frozen=True, slots=True)
class KindOfArea:
    """The areas of a type, as the types stood one year."""

    areas: tuple[AreaKey, ...]
    year: int | None  # None when no types are imported


def kind_of_area(reader: Facts, area_type: int, year: int) -> KindOfArea:
    """The areas that had the type that year; where it is not known, the nearest known year, of two the earlier."""
    by_year: dict[int, list[AreaKey]] = {}
    for fact in reader.select(indicators=[AREA_TYPE]):
        if fact.area.division == Division.REGSO and fact.cell.shows_number:
            areas = by_year.setdefault(fact.period.year, [])
            if fact.cell.number == area_type:
                areas.append(fact.area)
    if not by_year:
        return KindOfArea((), None)
    nearest = min(sorted(by_year), key=lambda known: abs(known - year))
    return KindOfArea(tuple(by_year[nearest]), nearest)


def can_be_put_together(indicator: Indicator) -> bool:
    """Whether areas' figures can be one figure: people are counted together, and so are a share's two parts. A mean,
    a median or an index cannot."""
    return indicator.unit in (Unit.SHARE, Unit.COUNT)


def put_together(indicator: Indicator, cells: Sequence[Cell]) -> Cell:
    """One figure of several areas'. Hidden or missing in one area is so for all: nothing is filled in.

    Missing as well when a share is published without its parts.
    """
    if not can_be_put_together(indicator) or not cells:
        return missing()
    if indicator.unit is Unit.COUNT:
        return add(cells)
    tops, bottoms = (
        [_part(one, one.numerator) for one in cells],
        [_part(one, one.denominator) for one in cells],
    )
    return divide(add(tops), add(bottoms))


def by_period(facts: Iterable[Fact], areas: Sequence[AreaKey]) -> dict[str, list[Fact]]:
    """The facts of these areas, period by period, where every area has one."""
    found: dict[str, dict[AreaKey, Fact]] = {}
    for fact in facts:
        if fact.area in areas and fact.sex == "total":
            found.setdefault(fact.period.text, {})[fact.area] = fact
    return {period: [of[one] for one in areas] for period, of in found.items() if len(of) == len(areas)}


# Internals


def _part(cell: Cell, number: float | None) -> Cell:
    if not cell.shows_number:
        return cell
    return missing() if number is None else Cell(cell.state, number, reason=cell.reason)
