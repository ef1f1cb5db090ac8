from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.sources.files.figures import APPROXIMATE, read_figures
from plats.sources.files.tests.helpers import figures
from plats.vocabulary.cells import Cell, State
from plats.vocabulary.units import write_number


def read(*cells: str | None, **changes: object) -> list[Cell]:
    found = read_figures(pa.array(cells, pa.string()), figures(**changes))
    assert not found.errors
    rows = zip(found.state.to_pylist(), found.value.to_pylist(), found.reason.to_pylist(), strict=True)
    return [Cell(State(state), value, reason=reason) for state, value, reason in rows]


def error(cell: str, **changes: object) -> str:
    return read_figures(pa.array([cell]), figures(**changes)).errors[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("\u00a012\u00a0", 12),
        ("114 504", 114_504),
        ("114\u00a0504", 114_504),
        ("10\u202f521\u202f556", 10_521_556),
        ("-3", -3),
        ("\u22123", -3),
        ("0", 0),
    ],
)
def test_whole_numbers_are_read_with_the_blanks_people_put_in_them(text: str, number: float) -> None:
    assert read(text)[0].number == number


def test_decimal_comma_is_read_when_declared() -> None:
    assert [cell.number for cell in read("94,4", "1 234,5", decimal=",")] == [94.4, 1234.5]


def test_the_sources_signs_become_states() -> None:
    states = [cell.state for cell in read("..", ".", "", None, "saknas", " .. ")]
    assert states == [
        State.HIDDEN,
        State.NOT_APPLICABLE,
        State.MISSING,
        State.MISSING,
        State.MISSING,
        State.HIDDEN,
    ]


@pytest.mark.parametrize("text", ["~100", "cirka 100", "Cirka 100", "~ 100"])
def test_an_approximate_value_is_unstable_and_says_why(text: str) -> None:
    cell = read(text)[0]
    assert (cell.state, cell.number, cell.reason) == (State.UNSTABLE, 100, APPROXIMATE)


def test_every_state_but_value_has_a_reason() -> None:
    assert all(cell.reason for cell in read("..", ".", "", "~5"))
    assert read("5")[0].reason == ""


def test_a_municipalitys_own_sign_is_understood_when_declared() -> None:
    assert read("-", states={"-": "missing"})[0].state is State.MISSING
    assert "states" in error("-")


def test_zero_is_never_missing_and_missing_never_zero() -> None:
    zero, empty = read("0", "")
    assert (zero.state, zero.number) == (State.VALUE, 0)
    assert empty.value is None


def test_a_decimal_comma_where_a_point_was_declared_is_refused_with_what_to_write() -> None:
    assert 'decimal: ","' in error("12,5")
    assert 'decimal: "."' in error("12.5", decimal=",")


@pytest.mark.parametrize(
    "text", ["12%", "tolv", "1,2,3", "12 5", "1 23", "~tolv", "nan", "inf", "1e5", "0x10"]
)
def test_what_is_no_number_is_refused_and_never_guessed(text: str) -> None:
    assert text in error(text)


def test_a_formula_is_refused() -> None:
    assert error("=A1+B1") == "cellen innehåller en formel; spara som värden"


def test_numbers_that_no_file_can_mean_are_missing_or_refused() -> None:
    found = read_figures(pa.array([1.5, float("nan"), None, float("inf")], pa.float64()), figures())
    assert found.state.to_pylist()[:3] == ["value", "missing", "missing"]
    assert list(found.errors) == [3]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-10_000_000, 10_000_000), min_size=1, max_size=30))
def test_a_number_written_for_a_swedish_reader_is_read_back_exactly(numbers: list[int]) -> None:
    cells = read(*[write_number(number / 10, 1) for number in numbers], decimal=",")
    assert [Fraction(cell.number) for cell in cells] == [Fraction(number / 10) for number in numbers]
