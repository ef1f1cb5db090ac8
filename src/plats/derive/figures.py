"""Observations as arrays: one column per variable and period, one row per area of a division's edition.

What the sources state, laid out so that a formula is one line of arithmetic for all of Sweden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from plats.vocabulary.cells import State

Floats = NDArray[np.float64]
Codes = NDArray[np.str_]
States = NDArray[np.int8]

# States as small numbers, the stronger the larger, so that combining is a maximum.
STATES: tuple[State, ...] = (State.VALUE, State.UNSTABLE, State.NOT_APPLICABLE, State.MISSING, State.HIDDEN)
NUMBER_OF = {state: number for number, state in enumerate(STATES)}
VALUE, UNSTABLE, NOT_APPLICABLE, MISSING, HIDDEN = range(5)

Layer = tuple[str, str]  # division and edition
Name = tuple[str, str, str, str]  # variable, period, sex, age


@dataclass
class Column:
    """One variable at one period over the areas of a layer."""

    values: Floats
    states: States
    datasets: set[tuple[str, str]] = field(default_factory=set)  # (dataset, snapshot)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a number."""
        return self.states <= UNSTABLE


@dataclass
class LayerFigures:
    """All columns of one division and edition."""

    codes: Codes
    columns: dict[Name, Column] = field(default_factory=dict)

    def periods(self, variables: frozenset[str]) -> list[tuple[str, str, str]]:
        """(period, sex, age-of-first) combinations at which every variable exists."""
        found: dict[tuple[str, str], set[str]] = {}
        for variable, period, sex, _ in self.columns:
            if variable in variables:
                found.setdefault((period, sex), set()).add(variable)
        return [(period, sex, "") for (period, sex), names in sorted(found.items()) if names == variables]

    def column(self, variable: str, period: str, sex: str) -> Column:
        """The variable at the period, whatever its age group is called (a definition names one age group only)."""
        return next(column for name, column in self.columns.items() if name[:3] == (variable, period, sex))

    def age(self, variable: str, period: str, sex: str) -> str:
        return next(name[3] for name in self.columns if name[:3] == (variable, period, sex))


@dataclass
class Figures:
    """Every layer, and how many cells two sources disagree about."""

    layers: dict[Layer, LayerFigures]
    disagreements: list[str]


def read_figures(observations: pa.Table, areas: pa.Table, order: dict[str, str]) -> Figures:
    """Lay out the observations. `order` gives each dataset's retrieval date: where two sources state the same cell,
    the one retrieved last stands, and a difference is reported."""
    codes = _codes(observations, areas)
    figures = Figures({layer: LayerFigures(found) for layer, found in codes.items()}, [])
    ordered = sorted(_groups(observations), key=lambda group: (order.get(group.dataset, ""), group.dataset))
    for group in ordered:
        _place(figures, group)
    return figures


# Internals


@dataclass
class _Group:
    """The rows of one dataset that belong in one column."""

    layer: Layer
    name: Name
    dataset: str
    snapshot: str
    areas: Codes
    values: Floats
    states: States


def _codes(observations: pa.Table, areas: pa.Table) -> dict[Layer, Codes]:
    """The areas of each layer: those the store knows by name and those some figure mentions."""
    found: dict[Layer, set[str]] = {}
    for table, code in ((observations, "area"), (areas, "code")):
        unique = (
            table.select(["division", "edition", code]).group_by(["division", "edition", code]).aggregate([])
        )
        for division, edition, name in zip(*(unique.column(i).to_pylist() for i in range(3)), strict=True):
            found.setdefault((division, edition), set()).add(name)
    return {layer: np.array(sorted(names)) for layer, names in found.items()}


_KEYS = ["division", "edition", "variable", "period", "sex", "age", "dataset", "snapshot"]


def _groups(observations: pa.Table) -> Iterator[_Group]:
    if observations.num_rows == 0:
        return
    encoded = [observations.column(key).combine_chunks().dictionary_encode() for key in _KEYS]
    identity = np.zeros(observations.num_rows, dtype=np.int64)
    for column in encoded:
        identity = identity * (len(column.dictionary) + 1) + column.indices.to_numpy(zero_copy_only=False)
    _, first, inverse = np.unique(identity, return_index=True, return_inverse=True)
    rows_of = np.split(np.argsort(inverse, kind="stable"), np.cumsum(np.bincount(inverse))[:-1])
    areas = observations.column("area").to_numpy().astype(str)
    values = observations.column("value").to_numpy()
    states = _state_numbers(observations.column("state").combine_chunks())
    for start, rows in zip(first, rows_of, strict=True):
        key = [column.dictionary[column.indices[int(start)].as_py()].as_py() for column in encoded]
        division, edition, variable, period, sex, age, dataset, snapshot = key
        yield _Group(
            (division, edition),
            (variable, period, sex, age),
            dataset,
            snapshot,
            areas[rows],
            values[rows],
            states[rows],
        )


def _state_numbers(states: pa.StringArray) -> States:
    encoded = states.dictionary_encode()
    numbers = np.array([NUMBER_OF[State(name)] for name in encoded.dictionary.to_pylist()], dtype=np.int8)
    found: States = numbers[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _place(figures: Figures, group: _Group) -> None:
    layer = figures.layers[group.layer]
    size = len(layer.codes)
    column = layer.columns.get(group.name)
    if column is None:
        column = Column(np.full(size, np.nan), np.full(size, MISSING, dtype=np.int8))
        layer.columns[group.name] = column
    at = np.searchsorted(layer.codes, group.areas)
    both = column.known[at] & (group.states <= UNSTABLE)
    differing = int(np.sum(both & (column.values[at] != group.values)))
    if differing:
        figures.disagreements.append(
            f"{group.name[0]} {group.name[1]} ({group.layer[0]}): {differing} celler skiljer mellan källorna; "
            f"{group.dataset} gäller."
        )
    # A source that lacks the figure takes nothing from one that has it.
    told = (group.states <= UNSTABLE) | ~column.known[at]
    column.values[at[told]] = np.where(group.states <= UNSTABLE, group.values, np.nan)[told]
    column.states[at[told]] = group.states[told]
    column.datasets.add((group.dataset, group.snapshot))
