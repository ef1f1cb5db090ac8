"""Money in whole öre: adds up to the last one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.vocabulary.money import Money, MoneyError
from plats.vocabulary.units import NBSP

ore = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("51 500 000", 5_150_000_000),
        (f"51{NBSP}500{NBSP}000 kr", 5_150_000_000),
        ("12,50", 1250),
        ("12.5", 1250),
        ("40320", 4_032_000),
        ("0,01", 1),
        ("-3", -300),
    ],
)
def test_kronor_as_people_write_them(text: str, amount: int) -> None:
    assert Money.from_kronor(text) == Money(amount)


@pytest.mark.parametrize("text", ["", "mycket", "12,5,0", "kr"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(MoneyError, match="är inget belopp"):
        Money.from_kronor(text)


@pytest.mark.parametrize("text", ["0,005", "nan", "inf"])
def test_parts_of_an_ore_are_refused(text: str) -> None:
    with pytest.raises(MoneyError):
        Money.from_kronor(text)


def test_a_third_three_times_is_not_the_whole() -> None:
    # 100 kr in three parts: 33,33 each and one öre left, which someone must decide about.
    assert Money(10_000) - Money.from_kronor("33,33") * 3 == Money(1)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (5_150_000_000, f"51{NBSP}500{NBSP}000{NBSP}kr"),
        (1250, f"12,50{NBSP}kr"),
        (1, f"0,01{NBSP}kr"),
        (0, f"0{NBSP}kr"),
    ],
)
def test_written_with_ore_only_when_there_are_any(amount: int, written: str) -> None:
    assert str(Money(amount)) == written


@settings(deadline=None, max_examples=100)
@given(ore, ore, st.integers(0, 1000))
def test_sums_are_exact(one: int, other: int, times: int) -> None:
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert (Money(one) * times).ore == one * times


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10**12))
def test_what_is_written_can_be_read_back(amount: int) -> None:
    assert Money.from_kronor(str(Money(amount))) == Money(amount)
