"""Every municipality has its name."""

from __future__ import annotations

import re

from plats.catalog.municipalities import municipality_names


def test_two_hundred_and_ninety_municipalities_each_with_a_name_of_its_own():
    names = municipality_names()
    assert len(names) == len(set(names.values())) == 290
    assert all(re.fullmatch(r"\d{4}", code) for code in names)
    # The first code, the one whose figures are embedded and the last.
    assert (names["0114"], names["0126"], names["2584"]) == ("Upplands Väsby", "Huddinge", "Kiruna")
    assert list(names) == sorted(names)


def test_names_that_a_file_reader_takes_for_something_else_are_still_names():
    assert all(name[0].isupper() and not name.isdigit() for name in municipality_names().values())
