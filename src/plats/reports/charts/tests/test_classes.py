"""Class breaks: whole numbers in gaps, every value in exactly one class, what is missing in none."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.reports.charts.classes import Ramp, class_breaks, diverging_breaks
from plats.reports.charts.legend import legend_words, position_of
from plats.vocabulary.units import Unit, write_value

_SHARED = Path("../shared/data/huddinge/deso2018_2022.csv")
shares = st.lists(st.floats(0, 1), max_size=40)


def test_breaks_fall_in_the_gaps() -> None:
    """Five clusters with wide gaps between them: 10-12, 30-32, 50-52, 70-72, 90-92 %."""
    values = [start + step / 100 for start in (0.1, 0.3, 0.5, 0.7, 0.9) for step in (0, 1, 2)]
    breaks = class_breaks(values, Unit.SHARE)
    # One class per cluster; in (12, 30], (32, 50] ... the roundest number is a multiple of ten.
    assert all(edge % 10 == 0 for edge in breaks.edges)
    assert [breaks.class_of(value) for value in values] == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3 + [4] * 3


def test_a_value_on_a_break_is_in_the_class_above() -> None:
    breaks = class_breaks([0.1, 0.5, 0.9], Unit.SHARE)
    edge = breaks.edges[0]
    assert breaks.class_of(edge / 100) == breaks.class_of(edge / 100 - 0.001) + 1
    # As written: 49,96 % is written 50,0 % and is in the same class as 50,0 %.
    assert breaks.class_of(edge / 100 - 0.0004) == breaks.class_of(edge / 100)


@settings(deadline=None, max_examples=60)
@given(shares)
def test_breaks_rise_and_hold_every_value_once(values: list[float]) -> None:
    breaks = class_breaks(values, Unit.SHARE)
    assert all(low < high for low, high in pairwise(breaks.edges))
    assert breaks.classes <= 5
    counts = [0] * breaks.classes
    for value in values:
        counts[breaks.class_of(value)] += 1
    assert sum(counts) == len(values)
    # A break always separates: no class is empty.
    assert all(counts) or not values


@settings(deadline=None, max_examples=60)
@given(shares)
def test_breaks_are_whole_numbers(values: list[float]) -> None:
    breaks = class_breaks(values, Unit.SHARE)
    step = 1 if breaks.high - breaks.low >= 10 else 0.1
    assert all(abs(edge / step - round(edge / step)) < 1e-6 for edge in breaks.edges)


def test_what_is_missing_has_no_colour() -> None:
    breaks = class_breaks([0.1, 0.2, 0.3], Unit.SHARE)
    assert breaks.colour_of(None) is None
    assert breaks.colour_of(0.1) == 0


def test_equal_values_and_no_values_are_one_class() -> None:
    assert class_breaks([0.5] * 6, Unit.SHARE).edges == ()
    assert class_breaks([], Unit.SHARE).classes == 1
    assert legend_words(class_breaks([], Unit.SHARE)) == "Färgskala i en klass"


def test_diverging_classes_are_equally_wide_on_both_sides() -> None:
    """Largest distance 10 points: near ends at 10 / 5 = 2, far begins at 10 * 3/5 = 6."""
    breaks = diverging_breaks([-0.1, -0.02, 0.0, 0.01, 0.05], Unit.PERCENTAGE_POINTS)
    assert breaks.edges == (-6, -2, 2, 6)
    assert breaks.ramp is Ramp.DIVERGING
    assert breaks.colour_of(0.0) == 2


def test_the_mean_stands_in_its_own_class_on_the_scale() -> None:
    values = [start + step / 100 for start in (0.1, 0.3, 0.5, 0.7, 0.9) for step in (0, 1, 2)]
    breaks = class_breaks(values, Unit.SHARE)
    for value in values:
        index = breaks.class_of(value)
        assert index / 5 <= position_of(value, breaks) <= (index + 1) / 5


def test_huddinge_employment_has_whole_breaks_and_five_classes() -> None:
    if not _SHARED.exists():
        pytest.skip("Mappen ../shared/data finns inte här.")
    sums: dict[str, list[float]] = {}
    with _SHARED.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            parts = sums.setdefault(row["regso"], [0.0, 0.0])
            parts[0] += float(row["sysselsatta"])
            parts[1] += float(row["am_totalt"])
    values = sorted(employed / everyone for employed, everyone in sums.values())
    breaks = class_breaks(values, Unit.SHARE)
    assert len(values) == 22
    assert breaks.classes == 5
    # The map agrees with the table: the class follows the figure as it is written.
    for value in values:
        written = float(write_value(value, Unit.SHARE).replace(",", "."))
        below = sum(edge <= written for edge in breaks.edges)
        assert breaks.class_of(value) == below
