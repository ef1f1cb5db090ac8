"""Readings: what may be compared with what."""

from __future__ import annotations

import pytest

from plats.catalog.base import Text
from plats.catalog.load import catalog
from plats.catalog.models import ComparabilityBreak, Indicator
from plats.derive.readings import Reading, comparable
from plats.derive.tests.made import fact
from plats.vocabulary.cells import hidden, missing

PLAIN = catalog().indicators["employed_share"]


def broken(*periods: str) -> Indicator:
    reason = Text(sv="Ny definition.", en="New definition.")
    breaks = tuple(ComparabilityBreak(period=period, reason=reason) for period in periods)
    return PLAIN.model_copy(update={"comparability_breaks": breaks})


def kept(indicator: Indicator, periods: list[str]) -> list[str]:
    return [one.period.text for one in comparable(indicator, [fact(0.5, period=text) for text in periods])]


@pytest.mark.parametrize(
    ("breaks", "left"),
    [
        ([], ["2019", "2020", "2021", "2022"]),
        (["2021"], ["2021", "2022"]),
        (["2020", "2022"], ["2022"]),
        # A break that lies ahead says nothing about what has been.
        (["2023"], ["2019", "2020", "2021", "2022"]),
    ],
)
def test_nothing_is_compared_across_a_break(breaks: list[str], left: list[str]) -> None:
    assert kept(broken(*breaks), ["2019", "2020", "2021", "2022"]) == left


def test_only_periods_of_the_last_ones_kind_are_compared() -> None:
    assert kept(PLAIN, ["2020", "2020/21", "2021-12-31", "2022"]) == ["2020", "2022"]
    assert kept(PLAIN, ["riksdag-2014", "kommun-2018", "riksdag-2018"]) == ["riksdag-2014", "riksdag-2018"]


def test_another_age_group_is_another_figure() -> None:
    points = [fact(0.5, period="2020", age="20-64"), fact(0.5, period="2021", age="15-74")]
    assert [one.period.text for one in comparable(PLAIN, points)] == ["2021"]


def test_no_points_no_series() -> None:
    assert comparable(PLAIN, []) == []


def reading(own: float | None, beside: float | None) -> Reading:
    area = fact(missing() if own is None else own)
    home = fact(hidden() if beside is None else beside, "municipality::0126")
    return Reading(PLAIN, area, (), home, None, None)


def test_the_difference_from_the_municipality() -> None:
    assert reading(0.60, 0.75).difference == pytest.approx(-0.15)
    assert reading(None, 0.75).difference is None
    assert reading(0.60, None).difference is None
    whole = fact(0.75, "municipality::0126")
    assert Reading(PLAIN, whole, (), whole, None, None).difference is None
    assert Reading(PLAIN, fact(0.6), (), None, None, None).difference is None


def test_the_series_ends_with_the_latest() -> None:
    points = tuple(fact(0.5, period=year) for year in ("2020", "2021"))
    latest = fact(0.6, period="2022")
    assert Reading(PLAIN, latest, points, None, None, None).series == (*points, latest)
