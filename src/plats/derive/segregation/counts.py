"""Counts by group: how many of each group live in every area of a layer, for one definition and period.

All groups of an area come from the same source at the same period, so that they are parts of the same people. A
figure that is missing or hidden makes the area unknown, never empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from plats.catalog.segregations import SegregationDefinition, SegregationGroup
from plats.derive.figures import Column, Figures, Floats, Layer, LayerFigures
from plats.derive.formulas import add_columns, people_of
from plats.derive.routes import Route, Routes


@dataclass(frozen=True)
class GroupCounts:
    """One definition over a layer at a period, for every area of the country that the store knows."""

    definition: SegregationDefinition
    layer: Layer
    period: str
    codes: np.ndarray
    counts: Floats  # (areas, groups) people or dwellings; NaN in a whole area where any group is unknown
    people: Floats  # (areas,) inhabitants, to say how many live where figures are unknown
    datasets: frozenset[tuple[str, str]]
    route: Route | None


def group_counts(
    definition: SegregationDefinition, layer: Layer, figures: Figures, routes: Routes
) -> Iterator[GroupCounts]:
    """The definition's groups at `layer`, once for each period that some source has: the layer's own figures first,
    then those of finer areas that lie whole in it."""
    done: set[str] = set()
    exact = [route for route in routes.to(layer) if route.exact]
    for route in [None, *exact]:
        source = layer if route is None else route.source
        content = figures.layers.get(source)
        for period in [] if content is None else _periods(content):
            found = None if content is None or period in done else _counts(definition, content, period)
            if content is None or found is None:
                continue
            done.add(period)
            counts, datasets = found
            yield GroupCounts(
                definition,
                layer,
                period,
                figures.layers[layer].codes,
                counts if route is None else _moved(counts, route),
                people_of(figures.layers[layer]),
                datasets,
                route,
            )


# Internals


def _periods(content: LayerFigures) -> list[str]:
    return sorted({period for _, period, sex, _ in content.columns if sex == "total"})


def _counts(
    definition: SegregationDefinition, content: LayerFigures, period: str
) -> tuple[Floats, frozenset[tuple[str, str]]] | None:
    """(areas, groups), and where it comes from; None when some group has no figures at the period."""
    had = {name[0]: column for name, column in content.columns.items() if name[1:3] == (period, "total")}
    columns = [_group(group, had) for group in definition.groups]
    if any(values is None for values, _ in columns):
        return None
    counts = np.column_stack([values for values, _ in columns if values is not None])
    rests = [number for number, group in enumerate(definition.groups) if group.rest_of is not None]
    for rest in rests:
        # Percents are stated whole and may sum past the total; nobody is less than nobody.
        counts[:, rest] = np.maximum(counts[:, rest] - np.delete(counts, rest, axis=1).sum(axis=1), 0.0)
    counts[np.isnan(counts).any(axis=1)] = np.nan
    used = [one for _, several in columns for one in several]
    return counts, frozenset().union(*(column.datasets for column in used))


def _group(group: SegregationGroup, had: dict[str, Column]) -> tuple[Floats | None, list[Column]]:
    """The group's counts and the columns behind; for the rest, the total that the others are taken from."""
    if group.percent is not None and group.of is not None:
        if group.percent not in had or group.of not in had:
            return None, []
        percent, whole = had[group.percent], had[group.of]
        known = percent.known & whole.known
        return np.where(known, percent.values * whole.values / 100, np.nan), [percent, whole]
    ways = group.alternatives or ((group.rest_of or "",),)
    for names in ways:
        if all(name in had for name in names):
            used = [had[name] for name in names]
            return add_columns(used)[0], used
    return None, []


def _moved(counts: Floats, route: Route) -> Floats:
    """Counts added up in the larger areas; unknown where any part is, or where nothing leads."""
    unknown = np.isnan(counts).any(axis=1)
    moved = np.column_stack([route.move(np.where(unknown, 0.0, group)) for group in counts.T])
    lacking = (route.move(unknown.astype(float)) > 0) | (route.move(np.ones(len(counts))) == 0)
    moved[lacking] = np.nan
    return moved
