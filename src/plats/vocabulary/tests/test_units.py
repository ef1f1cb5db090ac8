"""Numbers as readers of Swedish and English write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.vocabulary.units import FORMS, MINUS, NBSP, Unit, decimals_of, symbol_of, write_number, write_value


@pytest.mark.parametrize(
    ("number", "decimals", "swedish", "english"),
    [
        (114504, 0, f"114{NBSP}504", "114,504"),
        (10521556, 0, f"10{NBSP}521{NBSP}556", "10,521,556"),
        (999, 0, "999", "999"),
        (60.05, 1, "60,1", "60.1"),
        (0.05, 1, "0,1", "0.1"),
        (-0.05, 1, f"{MINUS}0,1", f"{MINUS}0.1"),
        (-0.04, 1, "0,0", "0.0"),
        (2.5, 0, "3", "3"),
        (3.5, 0, "4", "4"),
        (-2.5, 0, f"{MINUS}3", f"{MINUS}3"),
        (2.675, 2, "2,68", "2.68"),
        (0.0, 1, "0,0", "0.0"),
        (-1234.5, 1, f"{MINUS}1{NBSP}234,5", f"{MINUS}1,234.5"),
    ],
)
def test_a_number_in_both_languages(number: float, decimals: int, swedish: str, english: str) -> None:
    assert write_number(number, decimals) == swedish
    assert write_number(number, decimals, "en") == english


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        (0.7656, Unit.SHARE, "76,6"),
        # 82,65 as a float is a hair below; the reader who rounds the published 82,65 gets 82,7.
        (0.8265, Unit.SHARE, "82,7"),
        (0.2615, Unit.PERCENTAGE_POINTS, "26,2"),
        (334.8229, Unit.TKR, "334,8"),
        (223.46, Unit.MERIT_POINTS, "223,5"),
        (3, Unit.AREA_CLASS, "3"),
    ],
)
def test_a_value_in_its_unit(number: float, unit: Unit, written: str) -> None:
    assert write_value(number, unit) == written


def test_every_unit_can_be_written_in_both_languages() -> None:
    assert FORMS.keys() == set(Unit)
    for unit in Unit:
        assert FORMS[unit].word_sv
        assert FORMS[unit].word_en
        assert decimals_of(unit) >= 0


def test_symbols() -> None:
    assert symbol_of(Unit.SHARE) == symbol_of(Unit.SHARE, "en") == "%"
    assert symbol_of(Unit.PERCENTAGE_POINTS) == "procentenheter"
    assert symbol_of(Unit.PERCENTAGE_POINTS, "en") == "percentage points"
    assert symbol_of(Unit.COUNT) == symbol_of(Unit.COUNT, "en") == ""


@settings(deadline=None, max_examples=200)
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_rounding_is_half_away_from_zero_on_what_is_written(number: Decimal, decimals: int) -> None:
    written = write_number(float(number), decimals).replace(NBSP, "").replace(",", ".").replace(MINUS, "-")
    assert Decimal(written) == number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@settings(deadline=None, max_examples=100)
@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_the_sign_is_a_real_minus_and_zero_has_none(number: float, decimals: int) -> None:
    written = write_number(number, decimals)
    assert "-" not in written
    if not written.strip("0," + MINUS):
        assert MINUS not in written
