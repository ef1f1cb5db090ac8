"""Cells: a figure with its state.

A state is a type and never a null: a hidden figure, a missing figure and a figure that cannot exist are three
different answers, and each survives every way out of the system (page, CSV, XLSX, DOCX, PDF, JSON).

Arithmetic:
    adding        any hidden part makes the sum hidden; else any missing part makes it missing; else any
                  not-applicable part makes it missing (the whole is not covered); unstable parts make it unstable
    dividing      the same, and a denominator of zero gives not_applicable
    subtracting   is not offered: a hidden part must not come back as total minus the rest
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    VALUE = "value"
    UNSTABLE = "unstable"
    HIDDEN = "hidden"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


# How a state without a number is written wherever figures are shown (SCB's signs).
SIGNS: dict[State, str] = {State.HIDDEN: "..", State.MISSING: "saknas", State.NOT_APPLICABLE: "."}

# The stronger state wins when cells are combined.
_STRENGTH = {State.VALUE: 0, State.UNSTABLE: 1, State.NOT_APPLICABLE: 2, State.MISSING: 3, State.HIDDEN: 4}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its state, its parts where known, and the reason when the state is not plain `value`.

    `value` is None exactly when the state is hidden, missing or not applicable.
    """

    state: State
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        has_number = self.value is not None and math.isfinite(self.value)
        if self.shows_number != has_number:
            raise ValueError(f"En cell i läget {self.state} kan inte ha värdet {self.value}.")

    @property
    def shows_number(self) -> bool:
        return self.state in (State.VALUE, State.UNSTABLE)

    @property
    def number(self) -> float:
        """The value of a cell that shows one; asking a cell that shows none is an error in the program."""
        if self.value is None:
            raise ValueError(f"Cellen är {self.state} och har inget tal.")
        return self.value


def value(number: float, *, numerator: float | None = None, denominator: float | None = None) -> Cell:
    return Cell(State.VALUE, float(number), numerator, denominator)


def missing(reason: str = "") -> Cell:
    return Cell(State.MISSING, reason=reason)


def hidden(reason: str = "") -> Cell:
    return Cell(State.HIDDEN, reason=reason)


def not_applicable(reason: str = "") -> Cell:
    return Cell(State.NOT_APPLICABLE, reason=reason)


def unstable(
    number: float, reason: str, *, numerator: float | None = None, denominator: float | None = None
) -> Cell:
    return Cell(State.UNSTABLE, float(number), numerator, denominator, reason)


def combined_state(states: Iterable[State]) -> State:
    """The state of a sum over cells in these states; an empty sum is missing, never zero."""
    strongest = max(states, key=_STRENGTH.__getitem__, default=State.MISSING)
    return State.MISSING if strongest is State.NOT_APPLICABLE else strongest


def add(cells: Iterable[Cell]) -> Cell:
    """The sum of cells, with the state the parts allow."""
    parts = list(cells)
    state = combined_state(cell.state for cell in parts)
    if state not in (State.VALUE, State.UNSTABLE):
        return Cell(state, reason=_reason(parts, state))
    return Cell(state, math.fsum(cell.number for cell in parts), reason=_reason(parts, state))


def divide(numerator: Cell, denominator: Cell) -> Cell:
    """numerator / denominator, keeping both parts; zero people in the denominator is not applicable."""
    state = combined_state((numerator.state, denominator.state))
    if state not in (State.VALUE, State.UNSTABLE):
        return Cell(state, reason=_reason([numerator, denominator], state))
    top, bottom = numerator.number, denominator.number
    if bottom == 0:
        return not_applicable("Ingen finns i nämnaren.")
    return Cell(state, top / bottom, top, bottom, _reason([numerator, denominator], state))


# Internals


def _reason(parts: list[Cell], state: State) -> str:
    if state is State.VALUE:
        return ""
    reasons = dict.fromkeys(cell.reason for cell in parts if cell.state is not State.VALUE and cell.reason)
    return " ".join(reasons)
