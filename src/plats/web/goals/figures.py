"""A target beside the indicator's real figures: from where, now, to where, and how fast from now on.

Figures are read as everyone sees them. What is hidden or missing stays so; no distance is counted from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from plats.analysis.outlook.backtest import FEWEST_POINTS
from plats.analysis.outlook.pace import Pace, pace
from plats.catalog.load import catalog
from plats.catalog.models import Indicator
from plats.derive.readings import comparable, municipality_key
from plats.facts.query import Fact, Facts
from plats.vocabulary.cells import Cell, missing, value
from plats.vocabulary.codes import AreaKey
from plats.vocabulary.units import Unit
from plats.web.goals.kinds import TargetScope
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

    @property
    def unit(self) -> Unit:
        return self.indicator.unit if self.indicator else Unit.COUNT

    @property
    def shown_unit(self) -> Unit:
        """The unit of the figure: a gap is a difference."""
        return self.difference_unit if self.target.scope == TargetScope.GAP else self.unit

    @property
    def difference_unit(self) -> Unit:
        return Unit.PERCENTAGE_POINTS if self.unit is Unit.SHARE else self.unit

    @property
    def is_short(self) -> bool:
        """Too few points to say anything about the likelihood of getting there."""
        return self.points < FEWEST_POINTS


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


def _progress(reader: Facts, target: Target) -> Progress:
    indicator = catalog().indicators.get(target.indicator)
    points, left_out = ([], 0) if indicator is None else _points(reader, indicator, target)
    shown = [point for point in points if point.cell.shows_number]
    last = shown[-1] if shown else (points[-1] if points else None)
    baseline = _baseline(target, points)
    now = last.cell if last else missing(_reason(target, indicator))
    return Progress(
        target=target,
        indicator=indicator,
        baseline=baseline,
        now=now,
        now_year=last.year if last else None,
        way=_way(target, baseline, last),
        points=len(shown),
        left_out=left_out,
    )


def _points(reader: Facts, indicator: Indicator, target: Target) -> tuple[list[Point], int]:
    if target.scope == TargetScope.GAP:
        layer = {key for key in reader.areas if key.division == indicator.smallest_area}
        return gap_points(indicator, _total(reader.select(areas=layer, indicators=[indicator.id])))
    areas: list[AreaKey] = []
    if target.scope == TargetScope.MUNICIPALITY:
        areas = [municipality_key(reader.municipality)]
    elif target.scope == TargetScope.PLACE and target.place is not None:
        areas = [version.key for version in target.place.versions.all()]
    facts = sorted(
        _total(reader.select(areas=areas, indicators=[indicator.id])), key=lambda fact: fact.period.start
    )
    return [Point(fact.period.start.year, fact.cell) for fact in comparable(indicator, facts)], 0


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


def _reason(target: Target, indicator: Indicator | None) -> str:
    if indicator is None:
        return _("Indikatorn finns inte längre.")
    if target.scope == TargetScope.AREA_TYPE:
        return _("Siffran räknas inte för ett slags områden.")
    return ""
