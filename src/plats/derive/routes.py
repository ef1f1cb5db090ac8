"""Routes between divisions: by which crosswalks figures can travel from one layer of areas to another.

Counts are moved with whole millionths (see `plats.analysis.crosswalk`), so nothing is lost or invented on the way.
Municipalities need no crosswalk: an area's code begins with its municipality's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from plats.analysis.crosswalk import move_counts
from plats.derive.figures import Codes, Figures, Floats, Layer
from plats.vocabulary.codes import Division

Integers = NDArray[np.int64]
PPM = 1_000_000

# From which divisions a municipality's own figure is summed: those that cover it whole, finest first.
_COVERING = (Division.DESO, Division.REGSO, Division.ELECTORAL_DISTRICT)
MUNICIPALITY: Layer = (str(Division.MUNICIPALITY), "")

# Figures travel only from finer to coarser divisions: the other way would invent differences inside an area.
_FINE_TO_COARSE = (
    Division.DESO,
    Division.ELECTORAL_DISTRICT,
    Division.POLICE_AREA,
    Division.REGSO,
    Division.CUSTOM,
    Division.KOMMUNDEL,
    Division.MUNICIPALITY,
)


@dataclass(frozen=True)
class Step:
    """One crosswalk between two layers, as indexes into their codes."""

    source: Layer
    target: Layer
    from_index: Integers
    to_index: Integers
    ppm: Integers
    size: int
    method: str
    datasets: frozenset[tuple[str, str]]

    def move(self, counts: Floats) -> Floats:
        return move_counts(counts, self.from_index, self.to_index, self.ppm, self.size)


@dataclass(frozen=True)
class Route:
    """Crosswalks after each other."""

    steps: tuple[Step, ...]

    @property
    def source(self) -> Layer:
        return self.steps[0].source

    @property
    def target(self) -> Layer:
        return self.steps[-1].target

    @property
    def exact(self) -> bool:
        """Whether each source area lies whole in one target area."""
        return all(step.method == "key" for step in self.steps)

    @property
    def by_surface(self) -> bool:
        """Whether a step splits people by land area, which says little about where they live."""
        return any(step.method == "area" for step in self.steps)

    def move(self, counts: Floats) -> Floats:
        for step in self.steps:
            counts = step.move(counts)
        return counts


class Routes:
    """Which routes lead to a layer, the best first."""

    def __init__(self, figures: Figures, crosswalks: pa.Table) -> None:
        self._steps = {(step.source, step.target): step for step in _read_steps(figures, crosswalks)}
        self._steps.update({(step.source, step.target): step for step in _municipality_steps(figures)})
        self._sizes = {layer: len(content.codes) for layer, content in figures.layers.items()}

    def to(self, target: Layer) -> list[Route]:
        """Routes of one or two steps to `target`: exact before split, then short before long, then finest first."""
        single = [Route((step,)) for (_, to), step in self._steps.items() if to == target and _coarsens(step)]
        double = [
            Route((first, route.steps[0]))
            for route in single
            for (_, to), first in self._steps.items()
            if to == route.source and _coarsens(first) and target != MUNICIPALITY
        ]
        reached: dict[Layer, Route] = {}
        for route in sorted(
            [*single, *double], key=lambda route: (not route.exact, len(route.steps), _rank(route.source))
        ):
            reached.setdefault(route.source, route)
        return list(reached.values())

    def wholes_of(self, layer: Layer) -> list[Integers]:
        """For each coarser layer that this one lies whole in: the index of the whole each area is part of; -1 for
        areas that are part of none."""
        found = []
        for (source, _), step in self._steps.items():
            if source == layer and step.method == "key" and _coarsens(step):
                inside = np.full(self._sizes[layer], -1, dtype=np.int64)
                inside[step.from_index] = step.to_index
                found.append(inside)
        return found

    def up(self, layer: Layer) -> tuple[Layer, Integers] | None:
        """The next larger layer inside the municipality that this one lies whole in, and the index of the larger area
        that each area is part of (-1 for none); None when there is none."""
        keys = [
            step
            for (source, _), step in self._steps.items()
            if source == layer and step.method == "key" and step.target != MUNICIPALITY and _coarsens(step)
        ]
        if not keys:
            return None
        step = min(keys, key=lambda one: (_order(one.target), one.target))
        inside = np.full(self._sizes[layer], -1, dtype=np.int64)
        inside[step.from_index] = step.to_index
        return step.target, inside

    def share_of_people(self, target: Layer, source: Layer) -> Step | None:
        """The crosswalk the other way, which says how a target's people are spread over the sources."""
        return self._steps.get((target, source))


# Internals


def _order(layer: Layer) -> int:
    return [str(division) for division in _FINE_TO_COARSE].index(layer[0])


def _coarsens(step: Step) -> bool:
    return _order(step.source) < _order(step.target)


def _rank(layer: Layer) -> int:
    order = [str(division) for division in _COVERING]
    return order.index(layer[0]) if layer[0] in order else len(order)


def _read_steps(figures: Figures, crosswalks: pa.Table) -> list[Step]:
    layers = crosswalks.select(["from_division", "from_edition", "to_division", "to_edition", "method"])
    unique = layers.group_by(layers.column_names).aggregate([]).to_pylist()
    return [_read_step(figures, crosswalks, row) for row in unique]


def _read_step(figures: Figures, crosswalks: pa.Table, row: dict[str, str]) -> Step:
    chosen = pc.field("from_division") == row["from_division"]
    for name in ("from_edition", "to_division", "to_edition", "method"):
        chosen = chosen & (pc.field(name) == row[name])
    part = crosswalks.filter(chosen)
    source, target = (row["from_division"], row["from_edition"]), (row["to_division"], row["to_edition"])
    from_codes = part.column("from_code").to_numpy().astype(str)
    to_codes = part.column("to_code").to_numpy().astype(str)
    known = np.isin(from_codes, _codes(figures, source)) & np.isin(to_codes, _codes(figures, target))
    used = set(zip(part.column("dataset").to_pylist(), part.column("snapshot").to_pylist(), strict=True))
    return Step(
        source=source,
        target=target,
        from_index=np.searchsorted(_codes(figures, source), from_codes[known]),
        to_index=np.searchsorted(_codes(figures, target), to_codes[known]),
        ppm=part.column("ppm").to_numpy()[known],
        size=len(_codes(figures, target)),
        method=row["method"],
        datasets=frozenset(used),
    )


def _codes(figures: Figures, layer: Layer) -> Codes:
    return figures.layers[layer].codes if layer in figures.layers else np.array([], dtype=str)


def _municipality_steps(figures: Figures) -> list[Step]:
    if MUNICIPALITY not in figures.layers:
        return []
    municipalities = figures.layers[MUNICIPALITY].codes
    steps = []
    for layer, content in figures.layers.items():
        if layer[0] not in _COVERING:
            continue
        prefix = np.array([code[:4] for code in content.codes])
        at = np.flatnonzero(np.isin(prefix, municipalities))
        to = np.searchsorted(municipalities, prefix[at])
        ppm = np.full(len(at), PPM, dtype=np.int64)
        steps.append(Step(layer, MUNICIPALITY, at, to, ppm, len(municipalities), "key", frozenset()))
    return steps
