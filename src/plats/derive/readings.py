"""Readings: what page, file and report show about a place or an indicator.

A reading is a figure with what it is read against: the same figure for the municipality and the nation at the same
period, where Sweden's areas stand, and earlier points that can be compared. Nothing is compared across a declared
break or between periods of different kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from plats.analysis.quantiles import percentile_of
from plats.catalog.load import Catalog
from plats.catalog.models import Indicator
from plats.derive.national import DECIMALS
from plats.facts.query import Fact, Facts
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.periods import parse_period

NATION = AreaKey(Division.NATION, "", "00")
SCHOOL_LAYER = (Division.SCHOOL, ("",))


def municipality_key(code: str) -> AreaKey:
    return AreaKey(Division.MUNICIPALITY, "", code)


@dataclass(frozen=True)
class Reading:
    """One indicator for one area, at its latest period, with what to read it against."""

    indicator: Indicator
    fact: Fact
    earlier: tuple[Fact, ...]  # comparable earlier points, oldest first, without the latest
    municipality: Fact | None
    nation: Fact | None
    percentile: int | None  # of Sweden's areas in the same division: how many percent have at most this value

    @property
    def series(self) -> tuple[Fact, ...]:
        """The comparable points, oldest first, the latest last."""
        return (*self.earlier, self.fact)

    @property
    def difference(self) -> float | None:
        """How much the area's value is above the municipality's; None where either has no number."""
        if (
            self.municipality is None
            or not self.municipality.cell.shows_number
            or not self.fact.cell.shows_number
        ):
            return None
        if self.fact.area == self.municipality.area:
            return None
        return self.fact.cell.number - self.municipality.cell.number


@dataclass(frozen=True)
class Distribution:
    """One indicator over all areas of a division at one period."""

    indicator: Indicator
    division: Division
    facts: tuple[Fact, ...]  # one per area, in code order
    municipality: Fact | None
    nation: Fact | None
    all_periods: tuple[Fact, ...]  # every fact of the division, for series
    periods: tuple[str, ...]  # the periods that can be chosen, oldest first
    by_sex: tuple[Fact, ...] = ()  # women's and men's figures at the period, where a source has them

    @property
    def period(self) -> str:
        return self.facts[0].period.text if self.facts else ""

    @property
    def edition(self) -> str:
        """The edition of the division that the figures are for."""
        return self.facts[0].area.edition if self.facts else ""

    @property
    def shown(self) -> tuple[Fact, ...]:
        """The areas that show a number."""
        return tuple(fact for fact in self.facts if fact.cell.shows_number)


def place_readings(facts: Facts, definitions: Catalog, keys: Sequence[AreaKey]) -> list[Reading]:
    """Every indicator that has a figure (or a reason for none) for the place's area versions, in catalog order.

    One query: the place, the municipality and the nation together.
    """
    home = municipality_key(facts.municipality)
    found = facts.select(areas=[*keys, home, NATION])
    by_area: dict[AreaKey, dict[str, list[Fact]]] = {}
    for fact in found:
        if fact.sex == "total":
            by_area.setdefault(fact.area, {}).setdefault(fact.indicator, []).append(fact)
    own: dict[str, list[Fact]] = {}
    for key in keys:
        for name, several in by_area.get(key, {}).items():
            own.setdefault(name, []).extend(several)
    return [
        _reading(
            facts,
            indicator,
            own[name],
            by_area.get(home, {}).get(name, []),
            by_area.get(NATION, {}).get(name, []),
        )
        for name, indicator in definitions.indicators.items()
        if name in own
    ]


def distributions(
    facts: Facts,
    definitions: Catalog,
    indicators: Iterable[str],
    division: Division,
    *,
    period: str | None = None,
    edition: str | None = None,
) -> dict[str, Distribution]:
    """The chosen indicators over all areas of a division, in one query; the latest period unless one is asked for.

    `edition` keeps to figures for one edition of the division, so that a table has one set of areas.
    """
    names = tuple(indicators)
    key = (names, division, period, edition)
    kept = _kept.setdefault(facts, {})
    if key not in kept:
        kept[key] = _distributions(facts, definitions, names, division, period=period, edition=edition)
        while len(kept) > _MOST_KEPT:
            kept.pop(next(iter(kept)))
    return dict(kept[key])


def school_facts(facts: Facts) -> dict[str, dict[str, Fact]]:
    """Each school's latest figures, by school unit code and indicator."""
    latest: dict[str, dict[str, Fact]] = {}
    for fact in facts.select(division=SCHOOL_LAYER):
        latest.setdefault(fact.area.code, {})[fact.indicator] = fact
    return latest


# Internals

# A version of the store never changes, so what is laid out of it once holds as long as its reader. Pages ask for the
# same few distributions again and again.
_MOST_KEPT = 200
_Key = tuple[tuple[str, ...], Division, str | None, str | None]
_kept: WeakKeyDictionary[Facts, dict[_Key, dict[str, Distribution]]] = WeakKeyDictionary()


def _distributions(
    facts: Facts,
    definitions: Catalog,
    names: tuple[str, ...],
    division: Division,
    *,
    period: str | None,
    edition: str | None,
) -> dict[str, Distribution]:
    found = _figures_of(facts, division, list(names), edition)
    grouped: dict[str, list[Fact]] = {name: [] for name in names}
    for fact in found:
        grouped[fact.indicator].append(fact)
    made = {
        name: _distribution(definitions.indicators[name], division, grouped[name], period) for name in names
    }
    return {name: one for name, one in made.items() if one.facts}


def _figures_of(facts: Facts, division: Division, names: list[str], edition: str | None) -> list[Fact]:
    beside = [municipality_key(facts.municipality), NATION]
    if division == Division.SCHOOL:
        # Schools are no areas: they are asked for as a division of their own.
        return facts.select(division=SCHOOL_LAYER, indicators=names) + facts.select(
            areas=beside, indicators=names
        )
    wanted = [key for key in facts.areas if key.division == division and edition in (None, key.edition)]
    return facts.select(areas=[*wanted, *beside], indicators=names)


def _reading(
    facts: Facts, indicator: Indicator, own: list[Fact], home: list[Fact], nation: list[Fact]
) -> Reading:
    points = sorted(own, key=lambda fact: fact.period.start)
    numbered = [fact for fact in points if fact.cell.shows_number]
    latest = numbered[-1] if numbered else points[-1]
    return Reading(
        indicator=indicator,
        fact=latest,
        earlier=tuple(comparable(indicator, numbered))[:-1] if numbered else (),
        municipality=_same_period(home, latest),
        nation=_same_period(nation, latest),
        percentile=_percentile(facts, latest),
    )


def comparable(indicator: Indicator, points: Sequence[Fact]) -> list[Fact]:
    """The points that can be compared with the last one: same kind of period, after the last declared break."""
    if not points:
        return []
    last = points[-1]
    breaks = [parse_period(one.period).start for one in indicator.comparability_breaks]
    passed = [start for start in breaks if start <= last.period.start]
    return [
        fact
        for fact in points
        if fact.period.series == last.period.series
        and fact.age == last.age
        and all(fact.period.start >= start for start in passed)
    ]


def _same_period(candidates: list[Fact], fact: Fact) -> Fact | None:
    return next((one for one in candidates if one.period == fact.period), None)


def _percentile(facts: Facts, fact: Fact) -> int | None:
    table = facts.percentiles.get((fact.indicator, str(fact.area.division), fact.period.text))
    if table is None or not fact.cell.shows_number:
        return None
    return percentile_of(round(fact.cell.number, DECIMALS), table)


def _distribution(
    indicator: Indicator, division: Division, found: list[Fact], period: str | None
) -> Distribution:
    total = [fact for fact in found if fact.sex == "total"]
    inside = [fact for fact in total if fact.area.division == division]
    periods = sorted({fact.period for fact in inside if fact.cell.shows_number}, key=lambda one: one.start)
    if not periods:
        periods = sorted({fact.period for fact in inside}, key=lambda one: one.start)
    texts = tuple(one.text for one in periods)
    chosen = period if period in texts else (texts[-1] if texts else "")
    at = _of_one_edition([fact for fact in inside if fact.period.text == chosen])

    def beside(where: Division) -> Fact | None:
        return next(
            (fact for fact in total if fact.area.division == where and fact.period.text == chosen), None
        )

    return Distribution(
        indicator=indicator,
        division=division,
        facts=at,
        municipality=beside(Division.MUNICIPALITY),
        nation=beside(Division.NATION),
        all_periods=tuple(inside),
        periods=texts,
        by_sex=tuple(fact for fact in found if fact.sex != "total" and fact.period.text == chosen),
    )


def _of_one_edition(facts: list[Fact]) -> tuple[Fact, ...]:
    """The facts of the edition that shows most numbers; of equals the oldest, whose period it is."""
    shown = Counter(dict.fromkeys(sorted({fact.area.edition for fact in facts}), 0))
    shown.update(fact.area.edition for fact in facts if fact.cell.shows_number)
    if not shown:
        return ()
    kept = max(shown, key=lambda edition: shown[edition])
    return tuple(fact for fact in facts if fact.area.edition == kept)
