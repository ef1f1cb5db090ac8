"""Evaluating: one indicator at one layer, for every period its sources have.

The sources of a layer are tried in order: figures stated for the layer itself, then those of finer divisions that
have a route to it. All of a formula's variables must come from the same place, so that a numerator and its
denominator always count the same people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plats.analysis.intervals import is_small
from plats.catalog.formulas import Count, Published, Rate, Share, SimpleFormula, WeightedMean, WeightedPercent
from plats.catalog.models import Indicator
from plats.derive.figures import (
    HIDDEN,
    MISSING,
    NOT_APPLICABLE,
    UNSTABLE,
    Column,
    Figures,
    Floats,
    Layer,
    LayerFigures,
)
from plats.derive.formulas import Limits, Result, Sums, add_columns, finish, travel
from plats.derive.routes import Route, Routes

Indexes = NDArray[np.int64]
Computed = Share | Count | Rate | WeightedMean | WeightedPercent
_SMALL = "Få personer: siffran kan svänga mycket från år till år."
_NOT_AGGREGATED = "Källans medelvärde eller median kan inte räknas om från delområden."


@dataclass(frozen=True)
class Setting:
    """What the formulas work on, and the decided limits."""

    figures: Figures
    routes: Routes
    limits: Limits
    smallest_denominator: int
    widest_interval: float


def evaluate(indicator: Indicator, layer: Layer, setting: Setting) -> Iterator[Result]:
    """The indicator at `layer`, one result for each period and sex that can be had; the first formula and the best
    source that has a period is the one used for it."""
    done: set[tuple[str, str]] = set()
    for formula in indicator.formulas:
        for result in _by_formula(formula, layer, setting):
            if (result.period, result.sex) not in done:
                done.add((result.period, result.sex))
                yield result


# Internals


def _by_formula(formula: SimpleFormula, layer: Layer, setting: Setting) -> Iterator[Result]:
    if isinstance(formula, Computed):
        yield from _computed(formula, layer, setting)
    elif isinstance(formula, Published):
        yield from _published(formula, layer, setting)


def _computed(formula: Computed, layer: Layer, setting: Setting) -> Iterator[Result]:
    routes: list[Route | None] = [None, *setting.routes.to(layer)]
    done: set[tuple[str, str]] = set()
    for route in routes:
        source = layer if route is None else route.source
        if source not in setting.figures.layers:
            continue
        content = setting.figures.layers[source]
        for period, sex, _ in content.periods(frozenset(formula.variables)):
            if (period, sex) not in done:
                done.add((period, sex))
                yield _result(formula, layer, route, _At(content, period, sex), setting)


@dataclass(frozen=True)
class _At:
    """The columns of one layer at one period."""

    content: LayerFigures
    period: str
    sex: str

    def columns(self, variables: tuple[str, ...]) -> list[Column]:
        return [self.content.column(name, self.period, self.sex) for name in variables]

    def age(self, variables: tuple[str, ...]) -> str:
        return self.content.age(variables[0], self.period, self.sex)


def _result(formula: Computed, layer: Layer, route: Route | None, at: _At, setting: Setting) -> Result:
    sums = _sums(formula, at)
    counts = travel(sums, route, setting.figures, setting.routes)
    whole = isinstance(formula, Count)
    per = float(formula.per) if isinstance(formula, Rate) else 1.0
    if whole:
        counts.denominator = np.ones_like(counts.numerator)
    values, states, reasons = finish(counts, per=per, whole_needed=whole, limits=setting.limits)
    counted = isinstance(formula, Share | Rate)
    result = Result(
        layer=layer,
        period=at.period,
        sex=at.sex,
        age=at.age(formula.variables),
        values=values,
        numerators=counts.numerator if counted else np.full_like(values, np.nan),
        denominators=np.full_like(values, np.nan) if whole else counts.denominator,
        states=states,
        coverage=counts.coverage,
        reasons=reasons,
        method=f"{formula.kind}/1",
        datasets=sums.datasets,
        crosswalks=frozenset().union(*(step.datasets for step in route.steps)) if route else frozenset(),
        route=route,
        source=layer if route is None else route.source,
        events=counts.numerator if isinstance(formula, Share | WeightedPercent) else np.array([]),
    )
    _mark(result, setting)
    return result


def _mark(result: Result, setting: Setting) -> None:
    """Mark figures that stand on few people, or on people split by land area, as unstable."""
    for index in _small(result, setting):
        result.states[index] = UNSTABLE
        result.reasons[index] = f"{result.reasons[index]} {_SMALL}".strip()
    if result.route is not None and result.route.by_surface:
        for index in np.flatnonzero(result.states <= UNSTABLE):
            result.states[index] = UNSTABLE
            result.reasons[index] = (
                f"{result.reasons[index]} Fördelad efter yta, inte efter var människor bor.".strip()
            )


def _small(result: Result, setting: Setting) -> Indexes:
    """Indexes of areas whose share stands on too few people; those whose counts are no share are left as they are."""
    at = countable(result)
    if not at.size:
        return at
    small = is_small(
        result.events[at],
        result.denominators[at],
        smallest_denominator=setting.smallest_denominator,
        widest=setting.widest_interval,
    )
    return at[small]


def countable(result: Result) -> Indexes:
    """Indexes of areas whose counts can stand behind an interval: the noise that sources add may put a part just
    above its whole, and a collection district has voters but no electors."""
    if not result.events.size:
        return np.array([], dtype=np.int64)
    with np.errstate(invalid="ignore"):
        whole = (result.events >= 0) & (result.events <= result.denominators) & (result.denominators > 0)
    return np.flatnonzero((result.states <= UNSTABLE) & whole)


def _sums(formula: Computed, at: _At) -> Sums:
    columns = at.columns(formula.variables)
    datasets = frozenset().union(*(column.datasets for column in columns))
    if isinstance(formula, WeightedMean | WeightedPercent):
        return _weighted(formula, at, datasets)
    if isinstance(formula, Count):
        numerator, states = add_columns(columns)
        return Sums(numerator, np.zeros_like(numerator), states, datasets)
    numerator, top = add_columns(at.columns(formula.numerator))
    if isinstance(formula, Share) and formula.subtract:
        taken, states = add_columns(at.columns(formula.subtract))
        numerator, top = numerator - taken, np.maximum(top, states)
    denominator, bottom = add_columns(at.columns(formula.denominator))
    return Sums(numerator, denominator, np.maximum(top, bottom), datasets)


def _weighted(formula: WeightedMean | WeightedPercent, at: _At, datasets: frozenset[tuple[str, str]]) -> Sums:
    """Value times weight, so that areas are put together by their people and never as a mean of means."""
    name, scale = (formula.value, 1.0) if isinstance(formula, WeightedMean) else (formula.percent, 100.0)
    column, weight = at.columns((name, formula.weight))
    states = np.maximum(column.states, weight.states)
    # Where nobody is counted the source states no mean: such an area weighs nothing and takes nothing away.
    empty = (weight.values == 0) & weight.known
    states = np.where(empty, 0, states).astype(np.int8)
    product = np.where(empty, 0.0, column.values * weight.values / scale)
    return Sums(product, np.where(states <= UNSTABLE, weight.values, np.nan), states, datasets)


def _published(formula: Published, layer: Layer, setting: Setting) -> Iterator[Result]:
    """The source's own figure where it states one; elsewhere not applicable, since it cannot be put together."""
    if layer not in setting.figures.layers:
        return
    content = setting.figures.layers[layer]
    stated = content.periods(frozenset({formula.variable}))
    for period, sex, _ in stated:
        column = content.column(formula.variable, period, sex)
        age = content.age(formula.variable, period, sex)
        reasons = np.full(len(column.values), "", dtype=object)
        reasons[column.states == MISSING] = "Källan har ingen siffra för området."
        reasons[column.states == HIDDEN] = "Skyddad av källan."
        reasons[column.states == UNSTABLE] = "Källan anger ett ungefärligt värde."
        yield _as_stated(layer, (period, sex, age), column, column.values * formula.scale, reasons)
    finer = (setting.figures.layers.get(route.source) for route in setting.routes.to(layer))
    periods = {
        found for content in finer if content for found in content.periods(frozenset({formula.variable}))
    }
    for period, sex, _ in sorted(periods - set(stated)):
        nothing = np.full(len(content.codes), np.nan)
        column = Column(nothing, np.full(len(content.codes), NOT_APPLICABLE, dtype=np.int8))
        yield _as_stated(
            layer,
            (period, sex, "total"),
            column,
            nothing,
            np.full(len(nothing), _NOT_AGGREGATED, dtype=object),
        )


def _as_stated(
    layer: Layer, when: tuple[str, str, str], column: Column, values: Floats, reasons: np.ndarray
) -> Result:
    period, sex, age = when
    nothing = np.full(len(values), np.nan)
    return Result(
        layer=layer,
        period=period,
        sex=sex,
        age=age,
        values=values,
        numerators=nothing,
        denominators=nothing,
        states=column.states.copy(),
        coverage=column.known.astype(float),
        reasons=reasons,
        method="published/1",
        datasets=frozenset(column.datasets),
        source=layer,
    )


def formula_of(indicator: Indicator) -> SimpleFormula:
    """The first formula of an indicator; what kind of figure it is."""
    return indicator.formulas[0]
