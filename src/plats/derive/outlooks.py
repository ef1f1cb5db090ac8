"""Outlooks: where a figure is expected to be a coming year, by a model pooled over places and tried on earlier years.

What the store has decides what is said. Each answer says what it rests on, or why nothing is expected: a series that
is short, too few places to learn from, a year beyond those that could be tried, a trial that did not bear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from weakref import WeakKeyDictionary

import numpy as np

from plats.analysis.arrays import FloatArray
from plats.analysis.outlook.backtest import (
    FEWEST_POINTS,
    HorizonTest,
    backtest,
    chance_of_reaching,
    horizons_tried,
    outlook,
)
from plats.catalog.models import Indicator
from plats.derive.readings import comparable
from plats.facts.query import Fact, Facts
from plats.vocabulary.codes import AreaKey

COVERAGE = 0.8
"""How often an interval is to hold what came."""
FEWEST_PLACES = 10
"""Places whose whole series is shown, at least: the limits of an interval are read from their errors."""

Series = Mapping[int, float]


class Ground(StrEnum):
    """What an answer rests on."""

    TRIED = "tried"  # something is expected
    SHORT = "short"
    FEW_PLACES = "few_places"
    BEYOND = "beyond"
    WEAK = "weak"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Expected:
    """Where the figure is expected to be, with its interval, and how often earlier errors would reach the target."""

    value: float
    low: float
    high: float
    chance: float  # 0-1, never either


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said of a coming year, and on what ground."""

    ground: Ground
    points: int  # comparable years in a row, the newest last
    places: int  # with a whole series over those years
    horizon: int
    furthest: int  # years ahead that could be tried; 0 when none
    test: HorizonTest | None = None
    expected: Expected | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked: the figure to reach, when, and from which side."""

    year: int
    value: float
    upward: bool


def look_ahead(reader: Facts, indicator: Indicator, area: AreaKey, aim: Aim) -> Answer:
    """Whether an area's figure will be where it is aimed. All of Sweden's areas are learnt from where they are
    imported, else the municipality's own. Asked again of the same figures, the answer is the one already given."""
    kept = _answers.setdefault(reader, {})
    key = (indicator.id, area, aim)
    answer = kept.get(key)
    if answer is None:
        answer = kept[key] = answer_from(_series_of_all(reader, indicator, area), area, aim)
        if len(kept) > _MOST_ANSWERS:
            kept.pop(next(iter(kept)), None)
    return answer


def answer_from(series: Mapping[AreaKey, Series], area: AreaKey, aim: Aim) -> Answer:
    """As `look_ahead`, from the figures by area and year."""
    run = last_run(series.get(area, {}))
    areas = sorted(series, key=str)
    panel = _panel([series[one] for one in areas], run)
    places = int(np.isfinite(panel).all(axis=1).sum())
    horizons = horizons_tried(len(run)) if len(run) >= FEWEST_POINTS else range(0)
    horizon = aim.year - run[-1] if run else 0
    ground = _ground(len(run), places, horizon, horizons)
    answer = Answer(ground, len(run), places, horizon, horizons[-1] if horizons else 0)
    if ground is not Ground.TRIED:
        return answer
    return _tried(answer, panel, areas.index(area), aim)


def last_run(series: Series) -> list[int]:
    """The years in a row that end with the newest."""
    years = sorted(series)
    first = len(years) - 1
    while first > 0 and years[first - 1] == years[first] - 1:
        first -= 1
    return years[max(0, first) :]


def by_year(indicator: Indicator, facts: Iterable[Fact]) -> dict[int, float]:
    """An area's comparable figures that are shown, by year. Empty when a year has several: then none is the year's."""
    points = comparable(indicator, sorted(facts, key=lambda fact: fact.period.start))
    years = [fact.period.year for fact in points]
    if len(set(years)) < len(years):
        return {}
    return {fact.period.year: fact.cell.number for fact in points if fact.cell.shows_number}


# Internals

# A version of the store never changes, so its series, and what they answer, hold as long as its reader.
_Kept = dict[tuple[str, str, str], dict[AreaKey, dict[int, float]]]
_kept: WeakKeyDictionary[Facts, _Kept] = WeakKeyDictionary()
_MOST_KEPT = 20
_answers: WeakKeyDictionary[Facts, dict[tuple[str, AreaKey, Aim], Answer]] = WeakKeyDictionary()
_MOST_ANSWERS = 1000


def _series_of_all(reader: Facts, indicator: Indicator, area: AreaKey) -> Mapping[AreaKey, Series]:
    kept = _kept.setdefault(reader, {})
    key = (indicator.id, str(area.division), area.edition)
    series = kept.get(key)
    if series is None:
        series = kept[key] = {
            one: by_year(indicator, several) for one, several in _by_area(reader, indicator, area).items()
        }
        if len(kept) > _MOST_KEPT:
            kept.pop(next(iter(kept)), None)
    return series


def _by_area(reader: Facts, indicator: Indicator, area: AreaKey) -> dict[AreaKey, list[Fact]]:
    select = reader.select_nationwide if reader.has_nation else reader.select
    found: dict[AreaKey, list[Fact]] = {}
    for fact in select(indicators=[indicator.id], division=(area.division, [area.edition])):
        if fact.sex == "total":
            found.setdefault(fact.area, []).append(fact)
    return found


def _panel(series: Sequence[Series], years: Sequence[int]) -> FloatArray:
    rows = [[one.get(year, np.nan) for year in years] for one in series]
    return np.asarray(rows, dtype=np.float64).reshape(len(series), len(years))


def _ground(points: int, places: int, horizon: int, horizons: range) -> Ground:
    if points < FEWEST_POINTS:
        return Ground.SHORT
    if horizon < 1:
        return Ground.PASSED
    if places < FEWEST_PLACES:
        return Ground.FEW_PLACES
    return Ground.TRIED if horizon in horizons else Ground.BEYOND


def _tried(answer: Answer, panel: FloatArray, row: int, aim: Aim) -> Answer:
    test = next(one for one in backtest(panel, COVERAGE) if one.horizon == answer.horizon)
    if not test.bears:
        return _with(answer, Ground.WEAK, test, None)
    seen = outlook(panel, answer.horizon, COVERAGE)
    chance = chance_of_reaching(seen, aim.value, aim.upward)
    expected = Expected(
        float(seen.expected[row]), float(seen.low[row]), float(seen.high[row]), float(chance[row])
    )
    return _with(answer, Ground.TRIED, test, expected)


def _with(answer: Answer, ground: Ground, test: HorizonTest, expected: Expected | None) -> Answer:
    return Answer(ground, answer.points, answer.places, answer.horizon, answer.furthest, test, expected)
