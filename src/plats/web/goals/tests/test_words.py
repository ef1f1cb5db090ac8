"""What is said of whether a target will be reached: never a likelihood that has not been tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from plats.analysis.outlook.backtest import HorizonTest
from plats.analysis.outlook.pace import pace
from plats.catalog.load import catalog
from plats.derive.outlooks import Answer, Expected, Ground
from plats.facts.query import Facts
from plats.vocabulary.cells import State, value
from plats.web.goals.figures import Progress, progress_of
from plats.web.goals.models import Target
from plats.web.goals.words import about_kind, verdict

EMPLOYED = catalog().indicators["employed_share"]


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


def _target(**said: Any) -> Target:
    wanted = {
        "indicator": EMPLOYED.id,
        "scope": "municipality",
        "direction": "up",
        "baseline": 0.5,
        "baseline_year": 2020,
        "target": 0.8,
        "target_year": 2028,
    }
    return Target(**wanted | said)


def _progress(
    answer: Answer | None, *, points: int = 12, now: float = 0.6, year: int = 2025, **said: Any
) -> Progress:
    target = _target(**said)
    way = pace(
        baseline=0.5, baseline_year=2020, now=now, now_year=year, target=0.8, target_year=target.target_year
    )
    return Progress(target, EMPLOYED, value(0.5), value(now), year, way, points, 0, None, answer, None)


def _test(mean: float = 0.01, coverage: float = 0.8) -> HorizonTest:
    return HorizonTest(3, 4, 100, mean, 0.02, coverage, 0.05, 0.8)


def _answer(ground: Ground, **more: Any) -> Answer:
    return Answer(**{"ground": ground, "points": 12, "places": 22, "horizon": 3, "furthest": 6} | more)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (_answer(Ground.FEW_PLACES, places=1), "bara 1 plats har den"),
        (_answer(Ground.BEYOND, points=8, furthest=2), "med 8 punkter går det att pröva 2 år framåt"),
        (_answer(Ground.SHORT, points=3), "3 jämförbara punkter: för kort serie"),
        (_answer(Ground.WEAK, test=_test(mean=0.03)), "inget ändras hade träffat lika nära"),
        (_answer(Ground.WEAK, test=_test(coverage=0.5)), "intervallet höll 50,0\u00a0% av gångerna"),
        (None, "sägs bara avstånd och takt"),
    ],
)
def test_where_nothing_is_expected_the_reason_is_told_and_no_chance(answer: Answer | None, told: str) -> None:
    said = verdict(_progress(answer))
    assert told in said
    assert "hundra" not in said


def test_a_tried_answer_tells_what_is_expected_and_how_often_it_would_be_enough() -> None:
    expected = Expected(value=0.66, low=0.63, high=0.69, chance=0.07)
    said = verdict(_progress(_answer(Ground.TRIED, test=_test(), expected=expected)))
    assert "66,0\u00a0% att vänta 2028" in said
    assert "ungefär 7 gått så långt" in said


@pytest.mark.parametrize(
    ("chance", "told"),
    [(0.0004, "färre än en"), (0.9996, "fler än 99"), (0.01, "ungefär 1 "), (0.5, "ungefär 50 ")],
)
def test_a_chance_is_never_told_as_none_or_certain(chance: float, told: str) -> None:
    expected = Expected(value=0.66, low=0.63, high=0.69, chance=chance)
    assert told in verdict(_progress(_answer(Ground.TRIED, test=_test(), expected=expected)))


@pytest.mark.parametrize("points", [1, 7])
def test_under_eight_points_no_chance_is_told_whatever_else_is_known(points: int) -> None:
    expected = Expected(value=0.66, low=0.63, high=0.69, chance=0.07)
    said = verdict(_progress(_answer(Ground.TRIED, test=_test(), expected=expected), points=points))
    assert "för kort serie" in said
    assert "hundra" not in said


def test_what_is_reached_and_what_is_past_needs_no_outlook() -> None:
    assert "Målet är nått" in verdict(_progress(None, now=0.8))
    assert "passerat" in verdict(_progress(None, target_year=2025))


def test_a_kind_of_area_has_a_figure_and_says_which_areas(site: Facts) -> None:
    one = progress_of(site, [_target(scope="area_type", area_type=2, baseline=None, baseline_year=2022)])[0]
    assert one.now.shows_number
    assert one.now.numerator is not None
    assert one.kind is not None
    assert about_kind(one) == "5 områden som hade typen 2022. Samma områden följs alla år."
    assert one.source is not None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"scope": "area_type", "area_type": 1}, "Inget område i kommunen hade den typen"),
        ({"scope": "area_type", "area_type": 2, "indicator": "mean_wage_income"}, "kan inte läggas ihop"),
        (
            {"scope": "area_type", "area_type": 2, "indicator": "low_economic_standard_share"},
            "inte inlästa för alla områden",
        ),
        ({"scope": "gap", "indicator": "reported_crimes_per_1000"}, "bara för hela kommunen"),
        ({"indicator": "lycka"}, "finns inte längre"),
    ],
)
def test_a_figure_that_cannot_be_had_says_why(site: Facts, said: dict[str, Any], why: str) -> None:
    one = progress_of(site, [_target(**said)])[0]
    assert one.now.state is State.MISSING
    assert why in one.now.reason
    assert "kan inte räknas" in verdict(one)


def test_a_long_series_of_the_municipality_alone_is_not_pooled(site: Facts) -> None:
    """Huddinge's reported crimes have eleven years in a row, and no other municipality to learn from."""
    target = _target(indicator="reported_crimes_per_1000", direction="down", baseline=None, target=0.8)
    one = progress_of(site, [target])[0]
    assert not one.is_short
    assert one.ahead is not None
    assert one.ahead.ground is Ground.FEW_PLACES
    assert "bara 1 plats har den" in verdict(one)


def test_a_tried_answer_is_shown_with_its_interval_and_how_it_was_tried() -> None:
    expected = Expected(value=0.66, low=0.63, high=0.69, chance=0.07)
    one = _progress(_answer(Ground.TRIED, test=_test(), expected=expected))
    shown = render_to_string("goals/_target.html", {"one": one})
    assert "63,0\u00a0% till 69,0\u00a0% i fyra fall av fem" in shown
    assert "från 4 tidigare år på 22 platser; intervallet höll 80,0\u00a0% av gångerna" in shown
    assert "Väntat värde" in shown


def test_a_target_without_figures_is_shown_with_why(site: Facts) -> None:
    one = progress_of(site, [_target(scope="gap", indicator="reported_crimes_per_1000", baseline=None)])[0]
    shown = render_to_string("goals/_target.html", {"one": one})
    for told in ("saknas", "bara för hela kommunen", "okänt år", "Källa: okänd"):
        assert told in shown, told
    assert "Väntat värde" not in shown
