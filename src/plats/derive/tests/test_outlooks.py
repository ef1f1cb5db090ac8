"""What is said of a coming year, and when nothing is: by hand, and on made courses whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.catalog.load import catalog
from plats.derive.outlooks import COVERAGE, FEWEST_PLACES, Aim, Ground, answer_from, last_run, look_ahead
from plats.facts.query import open_facts
from plats.facts.tests.stores import indicator, put, rows
from plats.facts.versions import FactStore
from plats.vocabulary.codes import AreaKey, Division

EMPLOYED = catalog().indicators["employed_share"]
LAST = 2023


def area(number: int, municipality: str = "0126") -> AreaKey:
    return AreaKey(Division.REGSO, "2020", f"{municipality}R{number:03}")


def courses(
    places: int = 60, years: int = 12, *, chance: float = 0.002
) -> dict[AreaKey, Mapping[int, float]]:
    """Shares that all rise two percentage points a year, with a little chance of each place's own."""
    random = np.random.default_rng(7)
    start = 0.4 + 0.1 * random.random((places, 1))
    steps = 0.02 + chance * random.standard_normal((places, years))
    panel = start + np.cumsum(steps, axis=1)
    first = LAST - years + 1
    return {
        area(number): {first + at: float(one) for at, one in enumerate(row)}
        for number, row in enumerate(panel, 1)
    }


def aim(year: int = LAST + 2, value: float = 2.0, *, upward: bool = True) -> Aim:
    return Aim(year, value, upward)


def test_eleven_steady_places_are_carried_on_by_what_is_common() -> None:
    # Every place rises 0.01 a year from its own start, so two years on is 0.02 more, and no error has been made.
    steady = {area(n): {2012 + at: 0.1 * n + 0.01 * at for at in range(12)} for n in range(1, 12)}
    answer = answer_from(steady, area(3), aim(2025, 0.5))
    assert answer.ground is Ground.TRIED
    assert answer.expected is not None
    assert answer.expected.value == pytest.approx(0.3 + 0.11 + 0.02)
    assert answer.expected.low == pytest.approx(answer.expected.high)


def test_a_tried_answer_has_an_interval_around_what_is_expected_and_a_chance_that_is_never_certain() -> None:
    answer = answer_from(courses(), area(1), aim())
    assert (answer.ground, answer.points, answer.places) == (Ground.TRIED, 12, 60)
    assert answer.expected is not None
    assert answer.test is not None
    assert answer.expected.low < answer.expected.value < answer.expected.high
    assert 0 < answer.expected.chance < 0.05, "The target lies far beyond what any error has been."
    assert answer.test.coverage >= COVERAGE - 0.1


@pytest.mark.parametrize("years", [1, 4, 7])
def test_under_eight_points_nothing_is_expected(years: int) -> None:
    answer = answer_from(courses(years=years), area(1), aim(LAST + 1))
    assert (answer.ground, answer.points, answer.expected) == (Ground.SHORT, years, None)


def test_with_eight_points_two_years_ahead_are_tried_and_a_third_is_not() -> None:
    assert answer_from(courses(years=8), area(1), aim(LAST + 2)).ground is Ground.TRIED
    beyond = answer_from(courses(years=8), area(1), aim(LAST + 3))
    assert (beyond.ground, beyond.furthest, beyond.horizon, beyond.expected) == (Ground.BEYOND, 2, 3, None)


def test_one_place_teaches_nothing_of_others() -> None:
    few = courses(places=FEWEST_PLACES - 1)
    answer = answer_from(few, area(1), aim())
    assert (answer.ground, answer.places, answer.expected) == (Ground.FEW_PLACES, FEWEST_PLACES - 1, None)


def test_a_place_with_a_gap_in_its_years_is_not_counted_among_those_learnt_from() -> None:
    some = courses(places=FEWEST_PLACES)
    some[area(2)] = {year: figure for year, figure in some[area(2)].items() if year != 2018}
    assert answer_from(some, area(1), aim()).ground is Ground.FEW_PLACES


def test_a_model_that_did_not_hit_nearer_than_no_change_says_nothing() -> None:
    """Every place goes up one year and back the next: what has been is no guide to what comes."""
    swing = {
        area(n): {LAST - at: 0.5 + 0.001 * n + (0.05 if (at + n) % 2 else -0.05) for at in range(12)}
        for n in range(1, 31)
    }
    answer = answer_from(swing, area(1), aim())
    assert (answer.ground, answer.expected) == (Ground.WEAK, None)
    assert answer.test is not None
    assert not answer.test.bears


def test_a_year_that_has_been_is_not_looked_ahead_to() -> None:
    assert answer_from(courses(), area(1), aim(LAST)).ground is Ground.PASSED


def test_a_place_without_figures_is_short() -> None:
    answer = answer_from(courses(), area(999), aim())
    assert (answer.ground, answer.points) == (Ground.SHORT, 0)


@given(st.sets(st.integers(1990, 2030)))
def test_the_last_run_is_the_years_without_a_gap_up_to_the_newest(years: set[int]) -> None:
    run = last_run(dict.fromkeys(years, 0.0))
    assert set(run) <= years
    if years:
        assert run == list(range(run[0], max(years) + 1))
        assert run[0] - 1 not in years


def _store(folder: Path, municipalities: int, *, hide: int = 0) -> FactStore:
    store = FactStore(folder)
    figures = [
        indicator(
            key.code,
            None if year == hide else figure,
            "hidden" if year == hide else "value",
            period=str(year),
            municipality=home,
        )
        for home in (f"{126 + at:04}" for at in range(municipalities))
        for key, series in (
            (area(int(one.code[-3:]), home), series) for one, series in courses(places=2).items()
        )
        for year, figure in series.items()
    ]
    put(store, indicators=rows("indicators", *figures))
    return store


def test_all_of_sweden_is_learnt_from_where_it_is_imported(tmp_path: Path) -> None:
    reader = open_facts(_store(tmp_path, 12), "0126")
    answer = look_ahead(reader, EMPLOYED, area(1), aim())
    assert (answer.ground, answer.places) == (Ground.TRIED, 24)


def test_the_municipality_alone_is_too_few_places(tmp_path: Path) -> None:
    reader = open_facts(_store(tmp_path, 1), "0126")
    answer = look_ahead(reader, EMPLOYED, area(1), aim())
    assert (answer.ground, answer.places) == (Ground.FEW_PLACES, 2)


def test_a_hidden_year_breaks_the_run_and_is_not_filled_in(tmp_path: Path) -> None:
    reader = open_facts(_store(tmp_path, 12, hide=LAST - 3), "0126")
    answer = look_ahead(reader, EMPLOYED, area(1), aim())
    assert (answer.ground, answer.points) == (Ground.SHORT, 3)
