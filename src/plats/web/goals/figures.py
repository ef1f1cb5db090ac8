"""A target beside the indicator's real figures: from where, now, to where, and how fast from now on.

Figures are read as everyone sees them. What is hidden or missing stays so; no distance is counted from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from plats.analysis.outlook.backtest import FEWEST_POINTS
from plats.analysis.outlook.pace import Pace, pace
from plats.catalog.load import catalog
from plats.catalog.models import Indicator
from plats.derive.kinds_of_area import KindOfArea, by_period, can_be_put_together, kind_of_area, put_together
from plats.derive.outlooks import Aim, Answer, look_ahead
from plats.derive.readings import comparable, municipality_key
from plats.facts.query import Fact, Facts
from plats.facts.snapshots import Provenance
from plats.vocabulary.cells import Cell, missing, value
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.units import Unit
from plats.web.goals.kinds import TargetDirection, TargetScope
from plats.web.goals.models import Target


@dataclass(frozen=True, slots=True)
class Point:
    """The figure a target is about, one year."""

    year: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Progress:
    """How it goes with a target."""

    target: Target
    indicator: Indicator | None
    baseline: Cell
    now: Cell
    now_year: int | None
    way: Pace | None
    points: int
    left_out: int  # areas without a figure in the newest gap
    kind: KindOfArea | None  # the areas of a target for a kind of area
    ahead: Answer | None  # None where no single place has the figure
    source: Provenance | None

    @property
    def unit(self) -> Unit:
        return self.indicator.unit if self.indicator else Unit.COUNT

    @property
    def shown_unit(self) -> Unit:
        """The unit of the figure."""
        return unit_of(self.target, self.indicator)

    @property
    def difference_unit(self) -> Unit:
        return _difference(self.unit)

    @property
    def has_pace_so_far(self) -> bool:
        """Whether any year has passed since the baseline."""
        return self.way is not None and math.isfinite(self.way.so_far)

    @property
    def is_short(self) -> bool:
        """Too few points to say anything about the likelihood of getting there."""
        return self.points < FEWEST_POINTS


def unit_of(target: Target, indicator: Indicator | None) -> Unit:
    """The unit of what a target is about: a gap is a difference."""
    unit = indicator.unit if indicator else Unit.COUNT
    return _difference(unit) if target.scope == TargetScope.GAP else unit


def progress_of(reader: Facts, targets: Sequence[Target]) -> list[Progress]:
    """Each target with its figures. The store is asked once for each target; the database not at all, when place and
    its versions are fetched with the target."""
    return [_progress(reader, one) for one in targets]


def gap_points(indicator: Indicator, facts: Iterable[Fact]) -> tuple[list[Point], int]:
    """The difference between the highest and the lowest area, period by period, in one edition at a time; and how many
    areas showed no figure in the newest period. A period with fewer than two figures has no gap."""
    by_period: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        by_period.setdefault((fact.period.text, fact.area.edition), []).append(fact)
    found: list[tuple[Fact, Cell, int]] = []
    for several in by_period.values():
        shown = [fact.cell.number for fact in several if fact.cell.shows_number]
        gap = value(max(shown) - min(shown)) if len(shown) > 1 else missing()
        found.append((several[0], gap, len(several) - len(shown)))
    found.sort(key=lambda one: (one[0].period.start, one[0].area.edition))
    kept = {id(fact) for fact in comparable(indicator, [fact for fact, _gap, _out in found])}
    points = [Point(fact.period.start.year, gap) for fact, gap, _out in found if id(fact) in kept]
    return points, (found[-1][2] if found else 0)


# Internals


def _difference(unit: Unit) -> Unit:
    return Unit.PERCENTAGE_POINTS if unit is Unit.SHARE else unit


@dataclass(frozen=True, slots=True)
class _Series:
    """The figure a target is about, through the years; the newest fact behind it, and whose it is."""

    points: Sequence[Point] = ()
    newest: Fact | None = None
    area: AreaKey | None = None
    left_out: int = 0
    kind: KindOfArea | None = field(default=None)


def _progress(reader: Facts, target: Target) -> Progress:
    indicator = catalog().indicators.get(target.indicator)
    series = _Series() if indicator is None else _series(reader, indicator, target)
    shown = [point for point in series.points if point.cell.shows_number]
    last = shown[-1] if shown else (series.points[-1] if series.points else None)
    baseline = _baseline(target, series.points)
    return Progress(
        target=target,
        indicator=indicator,
        baseline=baseline,
        now=_told(last.cell, target, indicator, series)
        if last
        else missing(_reason(target, indicator, series)),
        now_year=last.year if last else None,
        way=_way(target, baseline, last),
        points=len(shown),
        left_out=series.left_out,
        kind=series.kind,
        ahead=_ahead(reader, indicator, series, target),
        source=_source(reader, series.newest),
    )


def _series(reader: Facts, indicator: Indicator, target: Target) -> _Series:
    if target.scope == TargetScope.GAP:
        return _gap_series(reader, indicator)
    if target.scope == TargetScope.AREA_TYPE:
        return _kind_series(reader, indicator, target)
    if target.scope == TargetScope.MUNICIPALITY:
        areas = [municipality_key(reader.municipality)]
    else:
        areas = [version.key for version in target.place.versions.all()] if target.place is not None else []
    found = _total(reader.select(areas=areas, indicators=[indicator.id]))
    facts = comparable(indicator, sorted(found, key=lambda fact: fact.period.start))
    if not facts:
        return _Series()
    points = [Point(fact.period.start.year, fact.cell) for fact in facts]
    return _Series(points, facts[-1], facts[-1].area)


def _gap_series(reader: Facts, indicator: Indicator) -> _Series:
    if indicator.smallest_area == Division.MUNICIPALITY:
        return _Series()
    layer = {key for key in reader.areas if key.division == indicator.smallest_area}
    facts = _total(reader.select(areas=layer, indicators=[indicator.id]))
    points, left_out = gap_points(indicator, facts)
    newest = max(facts, key=lambda fact: fact.period.start, default=None)
    return _Series(points, newest, left_out=left_out)


def _kind_series(reader: Facts, indicator: Indicator, target: Target) -> _Series:
    """The areas that had the type in the baseline's year, followed all along."""
    kind = kind_of_area(reader, target.area_type or 0, target.baseline_year)
    if not (kind.areas and can_be_put_together(indicator)):
        return _Series(kind=kind)
    periods = by_period(reader.select(areas=kind.areas, indicators=[indicator.id]), kind.areas)
    firsts = sorted((several[0] for several in periods.values()), key=lambda fact: fact.period.start)
    facts = comparable(indicator, firsts)
    points = [
        Point(
            fact.period.start.year,
            put_together(indicator, [one.cell for one in periods[fact.period.text]]),
        )
        for fact in facts
    ]
    return _Series(points, facts[-1] if facts else None, kind=kind)


def _total(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.sex == "total"]


def _baseline(target: Target, points: Sequence[Point]) -> Cell:
    """What the plan says; else the figure of that year."""
    if target.baseline is not None:
        return value(target.baseline)
    return next((point.cell for point in points if point.year == target.baseline_year), missing())


def _way(target: Target, baseline: Cell, last: Point | None) -> Pace | None:
    if last is None or not (last.cell.shows_number and baseline.shows_number):
        return None
    if last.year < target.baseline_year or baseline.number == target.target:
        return None
    return pace(
        baseline=baseline.number,
        baseline_year=target.baseline_year,
        now=last.cell.number,
        now_year=last.year,
        target=target.target,
        target_year=target.target_year,
    )


def _ahead(reader: Facts, indicator: Indicator | None, series: _Series, target: Target) -> Answer | None:
    if indicator is None or series.area is None:
        return None
    aim = Aim(target.target_year, target.target, target.direction == TargetDirection.UP)
    return look_ahead(reader, indicator, series.area, aim)


def _source(reader: Facts, newest: Fact | None) -> Provenance | None:
    """The first source in the chain behind the newest figure."""
    chain = reader.lineage.get(newest.lineage, []) if newest else []
    return next((step.provenance for step in chain if step.provenance is not None), None)


def _told(cell: Cell, target: Target, indicator: Indicator | None, series: _Series) -> Cell:
    """A figure that is missing says why."""
    if cell.shows_number or cell.reason:
        return cell
    return Cell(cell.state, reason=_reason(target, indicator, series))


def _reason(target: Target, indicator: Indicator | None, series: _Series) -> str:
    if indicator is None:
        return _("Indikatorn finns inte längre.")
    if target.scope == TargetScope.AREA_TYPE:
        return _no_kind(indicator, series)
    if target.scope == TargetScope.GAP and indicator.smallest_area == Division.MUNICIPALITY:
        return _("Siffran finns bara för hela kommunen. Då finns ingen skillnad mellan områden att räkna.")
    if target.scope == TargetScope.GAP:
        return _("För få områden visar siffran. Det behövs minst två.")
    return _("Siffran är inte inläst för platsen.") if target.scope == TargetScope.PLACE else ""


def _no_kind(indicator: Indicator, series: _Series) -> str:
    if series.kind is None or series.kind.year is None:
        return _("SCB:s områdestyper är inte inlästa.")
    if not series.kind.areas:
        return _("Inget område i kommunen hade den typen %(year)s.") % {"year": series.kind.year}
    if not can_be_put_together(indicator):
        return _(
            "Siffran kan inte läggas ihop för flera områden: ett medelvärde eller ett index har inga delar att summera."
        )
    return _("Siffran eller dess delar är inte inlästa för alla områden av typen.")
