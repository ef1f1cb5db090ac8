from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.web.operations.masking import LONGEST, masked, one_line, safe


@pytest.mark.parametrize(
    "number",
    [
        "19121212-1212",
        "191212121212",
        "121212-1212",
        "121212+1212",
        "1212121212",
        "19121272-1212",  # a coordination number: 60 added to the day
        "121212 - 1212",
        "121212-1213",  # the check digit is wrong, but someone meant a person
    ],
)
def test_a_personal_number_is_taken_out_however_it_is_written(number: str) -> None:
    assert masked(f"Fel för {number}, igen") == "Fel för [nummer], igen"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("till tolvan.kanarie@exempel.se nu", "till [e-post] nu"),
        ("till tolvan+åäö@sub.exempel.se", "till [e-post]"),
        ("ring 070-123 45 67 nu", "ring [telefon] nu"),
        ("ring 08-123 456 78", "ring [telefon]"),
        ("ring +46 70 123 45 67", "ring [telefon]"),
        ("från 192.0.2.17 igen", "från [adress] igen"),
        ("från 2001:db8::7 igen", "från [adress] igen"),
        ("från 2001:db8:1:2:3:4:5:6", "från [adress]"),
        ("från ::1", "från [adress]"),
        ("GET /sok/?q=tolvan&x=1 bröts", "GET /sok/?… bröts"),
    ],
)
def test_what_points_at_someone_is_taken_out(text: str, left: str) -> None:
    assert masked(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "3 jobb på 12:34:56 gav 1 234 rader",
        "Version 5.2.19 av django",
        "Läget 2023-02-13",
        "plats/regso/flemingsberg-vastra",
        "0f3a9c51d2ab",
        "UNIQUE constraint failed: accounts_user.email",
        "Är allt klart? Ja.",
    ],
)
def test_what_an_operator_needs_is_left(text: str) -> None:
    assert masked(text) == text


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Z", "C"]), max_size=300))
def test_no_text_makes_two_lines_or_moves_the_cursor(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not [letter for letter in line if unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_texts_never_become_the_same_line_by_hiding_a_letter(one: str, other: str) -> None:
    """What cannot be shown is written as its number, not dropped: a forged line cannot pass for a real one."""
    if "\\" not in one + other and one != other:
        assert one_line(one) != one_line(other)


def test_a_number_broken_over_two_lines_is_still_taken_out() -> None:
    assert "1212" not in safe("19121212\n1212")


def test_a_line_has_an_end() -> None:
    assert len(safe("a" * 10 * LONGEST)) == LONGEST + 1
