"""What is added to a figure after its formula: an interval, a rank interval, and whether it may leave the house.

Rank intervals are worked out for the municipality's own areas at the latest period: they say between which places
in order an area may stand when chance in small numbers is counted in. Disclosure marks are set here, over all areas
at once, so that page, file and API hide the same cells; the value itself stays inside for further derivation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from plats.analysis.disclosure import complementary, primary
from plats.analysis.intervals import jeffreys_interval
from plats.analysis.ranks import rank_intervals
from plats.catalog.formulas import Share
from plats.catalog.models import DatedValue, Indicator
from plats.derive.evaluate import countable, formula_of
from plats.derive.figures import HIDDEN, UNSTABLE
from plats.derive.formulas import Result
from plats.derive.routes import Integers, Routes
from plats.derive.tables import Row, no_extra
from plats.vocabulary.codes import Division

# Divisions whose areas are put in order; a rank among three police areas or sixteen schools' small years says nothing.
RANKED = (Division.REGSO, Division.DESO, Division.KOMMUNDEL, Division.ELECTORAL_DISTRICT)


@dataclass(frozen=True)
class ExtraSetting:
    """The decided numbers for intervals, ranks and disclosure."""

    level: float
    ranks: DatedValue
    disclosure: dict[str, DatedValue]
    asked_by: dict[str, str]
    """The rule that each frozen file asks for, by its hash."""
    routes: Routes
    home: str


def add_extras(
    indicator: Indicator, result: Result, municipalities: np.ndarray, *, latest: bool, setting: ExtraSetting
) -> Row:
    """Intervals for shares, ranks for the municipality's areas at the latest period, and the state at the exit."""
    extra = no_extra(result)
    if result.events.size:
        _add_intervals(extra, indicator, result, setting)
        if latest and Division(result.layer[0]) in RANKED:
            _add_ranks(extra, result, np.flatnonzero(municipalities == setting.home), setting)
    rule = _rule(indicator, result, setting)
    if rule != "none":
        _add_disclosure(extra, result, setting.disclosure[rule], setting.routes.wholes_of(result.layer))
    return extra


def protect_sexes(indicator: Indicator, made: list[tuple[Result, Row]], setting: ExtraSetting) -> None:
    """Where women's or men's figure is hidden, hide the other too, since the total minus one is the other; and where
    the total is hidden, hide both. Then hide beside those in every whole, until nothing more has to be."""
    parts = [(result, row) for result, row in made if result.sex != "total"]
    if not parts or all(_rule(indicator, result, setting) == "none" for result, _ in made):
        return
    wholes = setting.routes.wholes_of(parts[0][0].layer)
    before = -1
    while (hidden := sum(int(np.sum(row.shown == HIDDEN)) for _, row in made)) != before:
        before = hidden
        anywhere = np.any([row.shown == HIDDEN for _, row in made], axis=0)
        for result, row in parts:
            more = complementary(anywhere, np.array(wholes), result.denominators) if wholes else anywhere
            row.shown[more & (result.states <= UNSTABLE)] = HIDDEN


def rule_of(suppression: str, datasets: Iterable[tuple[str, str]], asked_by: Mapping[str, str]) -> str:
    """The disclosure rule: what a source asks for, else what the definition says. A source that is protected by its
    agency asks for none."""
    asked = sorted({asked_by.get(snapshot, "none") for _, snapshot in datasets} - {"none"})
    return asked[0] if asked else suppression


# Internals


def _rule(indicator: Indicator, result: Result, setting: ExtraSetting) -> str:
    return rule_of(indicator.suppression, result.datasets, setting.asked_by)


def _add_intervals(extra: Row, indicator: Indicator, result: Result, setting: ExtraSetting) -> None:
    if not isinstance(formula_of(indicator), Share):
        return
    usable = countable(result)
    low, high = jeffreys_interval(result.events[usable], result.denominators[usable], setting.level)
    extra.low[usable], extra.high[usable] = low, high


def _add_ranks(extra: Row, result: Result, home: np.ndarray, setting: ExtraSetting) -> None:
    at = np.intersect1d(home, countable(result))
    if len(at) < 2:
        return
    low, high = rank_intervals(
        result.events[at],
        result.denominators[at],
        draws=setting.ranks.whole("draws"),
        level=setting.ranks.number("level"),
        seed=setting.ranks.whole("seed"),
    )
    extra.rank_low[at], extra.rank_high[at], extra.rank_of[at] = low, high, len(at)


def _add_disclosure(extra: Row, result: Result, rule: DatedValue, wholes: list[Integers]) -> None:
    """Hide small groups, and the next smallest beside a lone hidden one in every whole that is shown too (municipality,
    RegSO), so that no hidden figure is a total minus the rest."""
    shows = result.states <= UNSTABLE
    hidden = np.zeros(len(shows), dtype=bool)
    counted = np.flatnonzero(shows & np.isfinite(result.denominators))
    events = result.events if result.events.size else result.denominators
    hidden[counted] = primary(
        events[counted],
        result.denominators[counted],
        more_than=rule.whole("more_than"),
        numerator_more_than=rule.whole("numerator_more_than"),
    )
    if wholes:
        hidden = complementary(hidden, np.array(wholes), result.denominators)
    extra.shown[hidden & shows] = HIDDEN
