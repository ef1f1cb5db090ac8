"""Cells keep their state: what may be added and divided, and what never becomes a number."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.vocabulary.cells import (
    Cell,
    State,
    add,
    combined_state,
    divide,
    hidden,
    missing,
    not_applicable,
    unstable,
    value,
)

V, U, H, M, N = State.VALUE, State.UNSTABLE, State.HIDDEN, State.MISSING, State.NOT_APPLICABLE

# The sum of two cells, state by state: hidden beats missing; what cannot exist leaves the whole uncovered.
SUMS: dict[tuple[State, State], State] = {
    (V, V): V,
    (V, U): U,
    (V, N): M,
    (V, M): M,
    (V, H): H,
    (U, U): U,
    (U, N): M,
    (U, M): M,
    (U, H): H,
    (N, N): M,
    (N, M): M,
    (N, H): H,
    (M, M): M,
    (M, H): H,
    (H, H): H,
}


PAIRS = list(product(State, State))


def cell_in(state: State, number: float = 3.0) -> Cell:
    return {
        V: value(number),
        U: unstable(number, "Få personer."),
        H: hidden("Skyddad."),
        M: missing("Saknas."),
        N: not_applicable("Finns inte."),
    }[state]


def expected_sum(pair: tuple[State, State]) -> State:
    return SUMS[pair] if pair in SUMS else SUMS[pair[1], pair[0]]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}+{pair[1]}")
def test_the_sum_of_each_pair_of_states(pair: tuple[State, State]) -> None:
    total = add([cell_in(pair[0], 3), cell_in(pair[1], 4)])
    assert total.state is expected_sum(pair)
    assert total.value == (7 if expected_sum(pair) in (V, U) else None)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}/{pair[1]}")
def test_the_quotient_of_each_pair_of_states(pair: tuple[State, State]) -> None:
    quotient = divide(cell_in(pair[0], 3), cell_in(pair[1], 4))
    assert quotient.state is expected_sum(pair)
    assert quotient.value == (0.75 if expected_sum(pair) in (V, U) else None)


def test_nobody_in_the_denominator_is_not_applicable() -> None:
    assert divide(value(0), value(0)).state is N
    assert divide(value(3), value(0)).reason == "Ingen finns i nämnaren."
    # A part that cannot be seen decides before the zero does.
    assert divide(hidden(), value(0)).state is H


def test_a_quotient_keeps_both_its_parts() -> None:
    share = divide(value(4133), value(5000))
    assert (share.value, share.numerator, share.denominator) == (0.8266, 4133, 5000)


def test_an_empty_sum_is_missing_and_never_zero() -> None:
    assert add([]) == missing()
    assert combined_state([]) is M


def test_reasons_follow_the_cells_once_each() -> None:
    total = add([unstable(1, "Få personer."), unstable(2, "Få personer."), unstable(3, "Ungefärligt värde.")])
    assert total.reason == "Få personer. Ungefärligt värde."
    assert add([value(1), value(2)]).reason == ""


@pytest.mark.parametrize("state", [H, M, N])
def test_a_cell_without_a_number_cannot_be_given_one(state: State) -> None:
    with pytest.raises(ValueError, match="kan inte ha värdet"):
        Cell(state, 0.0)
    with pytest.raises(ValueError, match="inget tal"):
        _ = Cell(state).number


@pytest.mark.parametrize("number", [None, float("nan"), float("inf")])
def test_a_value_is_a_finite_number(number: float | None) -> None:
    with pytest.raises(ValueError, match="kan inte ha värdet"):
        Cell(V, number)


def test_subtraction_is_not_offered() -> None:
    with pytest.raises(TypeError):
        _ = value(3) - value(2)  # type: ignore[operator]


numbers = st.floats(-1e9, 1e9)
cells = st.one_of(
    numbers.map(value),
    numbers.map(lambda number: unstable(number, "Få personer.")),
    st.sampled_from([hidden("Skyddad."), missing("Saknas."), not_applicable("Finns inte.")]),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(cells, max_size=6))
def test_a_hidden_part_never_becomes_a_number(parts: list[Cell]) -> None:
    total = add([*parts, hidden("Skyddad.")])
    assert total.state is H
    assert total.value is None
    assert total.numerator is None


@settings(deadline=None, max_examples=80)
@given(st.lists(cells, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_changes_nothing(parts: list[Cell], random: st.DrawFn) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = add(parts), add(shuffled)
    assert (one.state, one.value) == (other.state, other.value)
