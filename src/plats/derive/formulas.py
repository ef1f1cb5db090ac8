"""Formulas: an indicator's definition applied to every area of a layer at once.

A share is always counts over counts, moved separately between divisions; a mean of shares is never taken. Where
part of an area's people lack a figure the result says so: unstable when nearly all are covered, else missing (or
hidden, when a hidden part is the reason). Limits are in catalog/parameters/coverage.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from plats.derive.figures import (
    HIDDEN,
    MISSING,
    NOT_APPLICABLE,
    UNSTABLE,
    VALUE,
    Column,
    Figures,
    Floats,
    Layer,
    LayerFigures,
    States,
)
from plats.derive.routes import Route, Routes, Step

Texts = NDArray[np.object_]


@dataclass
class Limits:
    """Below which coverage a share is missing or unstable, and below which a count is missing: a part of the people
    can stand for a share, never for a number of people."""

    missing_below: float
    unstable_below: float
    count_missing_below: float


@dataclass
class Result:
    """One indicator, one layer, one period: what the formula gives for each area."""

    layer: Layer
    period: str
    sex: str
    age: str
    values: Floats
    numerators: Floats
    denominators: Floats
    states: States
    coverage: Floats
    reasons: Texts
    method: str
    datasets: frozenset[tuple[str, str]] = frozenset()
    crosswalks: frozenset[tuple[str, str]] = frozenset()
    route: Route | None = None
    source: Layer | None = None
    # What small-number intervals may stand on; not published where the source gives only a rounded percent.
    events: Floats = field(default_factory=lambda: np.array([]))


@dataclass
class Counts:
    """Numerator and denominator of each area in the target layer, with how much of its people they stand on."""

    numerator: Floats
    denominator: Floats
    coverage: Floats
    worst: States
    unstable: NDArray[np.bool_]


@dataclass
class Sums:
    """Columns added up in one layer, before they travel."""

    numerator: Floats
    denominator: Floats
    states: States
    datasets: frozenset[tuple[str, str]]


def add_columns(columns: list[Column]) -> tuple[Floats, States]:
    """Sums over columns; the strongest state wins, as in `vocabulary.cells.add`."""
    states = np.max([column.states for column in columns], axis=0)
    states = np.where(states == NOT_APPLICABLE, MISSING, states).astype(np.int8)
    values = np.sum([np.where(column.known, column.values, 0.0) for column in columns], axis=0)
    return np.where(states <= UNSTABLE, values, np.nan), states


def travel(sums: Sums, route: Route | None, figures: Figures, routes: Routes) -> Counts:
    """Move numerator and denominator to the target layer, leaving out areas without a figure and saying how many
    people that leaves out."""
    known = sums.states <= UNSTABLE
    if route is None:
        ones = known.astype(float)
        return Counts(sums.numerator, sums.denominator, ones, sums.states, sums.states == UNSTABLE)
    numerator = route.move(np.where(known, sums.numerator, 0.0))
    denominator = route.move(np.where(known, sums.denominator, 0.0))
    return Counts(
        numerator=numerator,
        denominator=denominator,
        coverage=_coverage(known, route, figures, routes),
        worst=_worst(sums.states, route),
        unstable=route.move((sums.states == UNSTABLE).astype(float)) > 0,
    )


def finish(counts: Counts, *, per: float, whole_needed: bool, limits: Limits) -> tuple[Floats, States, Texts]:
    """Divide and decide each area's state and the reason for it."""
    with np.errstate(invalid="ignore", divide="ignore"):
        values = per * counts.numerator / counts.denominator
    states = np.full(len(values), VALUE, dtype=np.int8)
    reasons = np.full(len(values), "", dtype=object)
    lowest = limits.count_missing_below if whole_needed else limits.missing_below
    part = counts.coverage < limits.unstable_below
    states[part | counts.unstable] = UNSTABLE
    for index in np.flatnonzero(part):
        reasons[index] = f"Siffran bygger på {100 * counts.coverage[index]:.0f} procent av områdets invånare."
    short = counts.coverage < lowest
    states[short] = np.maximum(counts.worst[short], MISSING)
    for index in np.flatnonzero(short):
        reasons[index] = _short_reason(float(counts.coverage[index]), int(states[index]))
    empty = ~short & (counts.denominator == 0)
    states[empty] = NOT_APPLICABLE
    reasons[empty] = "Ingen finns i nämnaren."
    return np.where(states <= UNSTABLE, values, np.nan), states, reasons


# Internals


def _short_reason(coverage: float, state: int) -> str:
    if state == HIDDEN:
        return "En del av området är skyddad av källan."
    if coverage <= 0:
        return "Källan har ingen siffra för området."
    return f"Bara {100 * coverage:.0f} procent av områdets invånare täcks av källan."


def _coverage(known: NDArray[np.bool_], route: Route, figures: Figures, routes: Routes) -> Floats:
    """The share of each target area's people who live in source areas that have a figure."""
    first = route.steps[0]
    covered = _covered_by_step(known, first, figures, routes)
    for step in route.steps[1:]:
        people = people_of(figures.layers[step.source])
        covered = _ratio(step.move(covered * people), step.move(people))
    return covered


def _covered_by_step(known: NDArray[np.bool_], step: Step, figures: Figures, routes: Routes) -> Floats:
    """Coverage after one step: by how the target's people are spread over the sources where that is known, which also
    counts people in source areas that have no crosswalk; else by the people of the sources that have one."""
    spread = routes.share_of_people(step.target, step.source)
    if spread is not None and step.method != "key":
        inside = np.where(known[spread.to_index], spread.ppm, 0)
        return np.bincount(spread.from_index, weights=inside, minlength=step.size) / 1_000_000
    people = people_of(figures.layers[step.source])
    return _ratio(step.move(np.where(known, people, 0.0)), step.move(people))


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def people_of(layer: LayerFigures) -> Floats:
    """People in each area as weights for coverage: the latest population or electors, else every area alike."""
    for variable in ("population", "electors"):
        found = sorted(name for name in layer.columns if name[0] == variable)
        if found:
            column = layer.columns[found[-1]]
            return np.where(column.known, column.values, 0.0)
    return np.ones(len(layer.codes))


def _worst(states: States, route: Route) -> States:
    """The strongest state among the parts of each target area."""
    hidden = route.move((states == HIDDEN).astype(float)) > 0
    return np.where(hidden, HIDDEN, MISSING).astype(np.int8)
