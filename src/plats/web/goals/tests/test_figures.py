from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.catalog.load import catalog
from plats.facts.query import Fact, Facts
from plats.vocabulary.cells import Cell, hidden, value
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.periods import parse_period
from plats.web.goals.figures import gap_points, progress_of
from plats.web.goals.models import Target
from plats.web.places.models import Place

INDICATOR = catalog().indicators["employed_share"]


def _fact(code: str, year: int, cell: Cell, edition: str = "2020") -> Fact:
    return Fact(
        indicator=INDICATOR.id,
        area=AreaKey(Division.REGSO, edition, code),
        period=parse_period(str(year)),
        sex="total",
        age="",
        cell=cell,
        low=None,
        high=None,
        rank=None,
        coverage=None,
        method="",
        lineage="",
    )


def _year(year: int, *shares: float | None) -> list[Fact]:
    return [
        _fact(f"0126R{number:03}", year, hidden() if one is None else value(one))
        for number, one in enumerate(shares, 1)
    ]


def test_a_gap_is_highest_minus_lowest_each_year() -> None:
    """2020: 0.9 - 0.5 = 0.4. 2021: 0.8 - 0.6 = 0.2."""
    points, left_out = gap_points(INDICATOR, [*_year(2021, 0.8, 0.6, 0.7), *_year(2020, 0.5, 0.9, 0.7)])
    assert [(one.year, one.cell.number) for one in points] == [
        (2020, pytest.approx(0.4)),
        (2021, pytest.approx(0.2)),
    ]
    assert left_out == 0


def test_a_hidden_area_is_left_out_and_told() -> None:
    points, left_out = gap_points(INDICATOR, _year(2021, 0.8, None, 0.7))
    assert (points[-1].cell.number, left_out) == (pytest.approx(0.1), 1)


def test_one_area_alone_has_no_gap() -> None:
    points, left_out = gap_points(INDICATOR, _year(2021, 0.8, None))
    assert (points[-1].cell.shows_number, left_out) == (False, 1)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12), st.floats(-5, 5))
def test_a_gap_is_never_negative_and_does_not_move_when_all_areas_do(
    shares: Sequence[float], by: float
) -> None:
    here = gap_points(INDICATOR, _year(2021, *shares))[0][0].cell.number
    moved = gap_points(INDICATOR, _year(2021, *(one + by for one in shares)))[0][0].cell.number
    assert here >= 0
    assert moved == pytest.approx(here, abs=1e-9)


def _target(**said: object) -> Target:
    wanted = {
        "indicator": INDICATOR.id,
        "scope": "municipality",
        "direction": "up",
        "baseline_year": 2000,
        "baseline": 0.5,
        "target": 2.0,
        "target_year": 2100,
    }
    return Target(**(wanted | said))


def test_distance_and_pace_are_from_the_stores_newest_figure(site: Facts) -> None:
    one = progress_of(site, [_target()])[0]
    assert one.way is not None
    assert one.now_year is not None
    assert one.way.distance == pytest.approx(2.0 - one.now.number)
    assert one.way.needed == pytest.approx((2.0 - one.now.number) / (2100 - one.now_year))
    assert one.is_short


def test_an_unknown_indicator_has_no_figures(site: Facts) -> None:
    one = progress_of(site, [_target(indicator="lycka")])[0]
    assert (one.indicator, one.way, one.points, one.now.shows_number) == (None, None, 0, False)


def test_a_baseline_newer_than_the_figures_gives_no_pace(site: Facts) -> None:
    assert progress_of(site, [_target(baseline_year=2090)])[0].way is None


def test_a_place_has_its_own_figure(site: Facts) -> None:
    place = Place.objects.get(division="regso", slug="varby-gard")
    whole, local = progress_of(site, [_target(), _target(scope="place", place=place)])
    assert local.now.number < whole.now.number, "Vårby gård has fewer in work than the municipality."
