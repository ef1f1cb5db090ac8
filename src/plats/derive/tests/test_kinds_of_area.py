"""A kind of area: which areas, and when their figures can be one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.catalog.load import catalog
from plats.derive.kinds_of_area import by_period, can_be_put_together, kind_of_area, put_together
from plats.facts.query import Facts, open_facts
from plats.facts.tests.stores import indicator, put, rows
from plats.facts.versions import FactStore
from plats.vocabulary.cells import Cell, State, hidden, missing, unstable, value

INDICATORS = catalog().indicators
EMPLOYED, WAGE, PEOPLE = (INDICATORS[one] for one in ("employed_share", "mean_wage_income", "population"))


def share(top: int, bottom: int) -> Cell:
    return value(top / bottom, numerator=top, denominator=bottom)


@pytest.fixture
def reader(tmp_path: Path) -> Facts:
    """Three areas: one of type 2 all along, one that becomes type 2 in 2023, one that is never it."""
    store = FactStore(tmp_path)
    types = {"0126R001": (2, 2), "0126R002": (3, 2), "0126R003": (4, 4)}
    put(
        store,
        indicators=rows(
            "indicators",
            *(
                indicator(code, float(one), indicator="area_type", period=year)
                for code, both in types.items()
                for year, one in zip(("2022", "2023"), both, strict=True)
            ),
            *(indicator(code, 0.5, numerator=50.0, denominator=100.0) for code in ("0126R001", "0126R002")),
        ),
    )
    return open_facts(store, "0126")


@pytest.mark.parametrize(
    ("year", "known", "areas"),
    [
        (2022, 2022, ["0126R001"]),
        (2023, 2023, ["0126R001", "0126R002"]),
        (2019, 2022, ["0126R001"]),
        (2030, 2023, ["0126R001", "0126R002"]),
    ],
)
def test_the_areas_are_those_of_the_year_or_the_nearest_known(
    reader: Facts, year: int, known: int, areas: list[str]
) -> None:
    kind = kind_of_area(reader, 2, year)
    assert (kind.year, [one.code for one in kind.areas]) == (known, areas)


def test_a_type_that_no_area_has_is_empty_and_its_year_known(reader: Facts) -> None:
    assert kind_of_area(reader, 1, 2022) == type(kind_of_area(reader, 1, 2022))((), 2022)


def test_without_imported_types_nothing_is_known(tmp_path: Path) -> None:
    store = FactStore(tmp_path)
    put(store, indicators=rows("indicators", indicator("0126R001", 0.5)))
    assert kind_of_area(open_facts(store, "0126"), 2, 2022).year is None


def test_a_share_is_of_all_people_together_and_not_a_mean_of_shares() -> None:
    # 10 of 100 and 90 of 100 and 300 of 600: 400 of 800.
    found = put_together(EMPLOYED, [share(10, 100), share(90, 100), share(300, 600)])
    assert found.value == float(Fraction(400, 800))


def test_people_are_counted_together() -> None:
    assert put_together(PEOPLE, [value(120), value(30)]).value == 150


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ([share(1, 2), hidden()], State.HIDDEN),
        ([share(1, 2), missing()], State.MISSING),
        ([share(1, 2), value(0.4)], State.MISSING),
        ([share(1, 2), unstable(0.5, "få", numerator=1, denominator=2)], State.UNSTABLE),
        ([], State.MISSING),
    ],
)
def test_what_one_area_does_not_show_the_whole_does_not(cells: list[Cell], state: State) -> None:
    assert put_together(EMPLOYED, cells).state is state


def test_a_mean_is_not_put_together() -> None:
    assert not can_be_put_together(WAGE)
    assert put_together(WAGE, [value(200), value(300)]).state is State.MISSING


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(500, 900)), min_size=1, max_size=8))
def test_the_whole_lies_between_its_areas(parts: list[tuple[int, int]]) -> None:
    cells = [share(*one) for one in parts]
    found = put_together(EMPLOYED, cells).number
    assert min(one.number for one in cells) - 1e-12 <= found <= max(one.number for one in cells) + 1e-12


def test_a_year_that_an_area_lacks_is_no_year_of_the_whole(reader: Facts) -> None:
    facts = reader.select(indicators=["employed_share"])
    both = kind_of_area(reader, 2, 2023).areas
    assert list(by_period(facts, both)) == ["2022"]
    third = kind_of_area(reader, 4, 2023).areas
    assert by_period(facts, (*both, *third)) == {}
