"""What is written in a cell is read back unchanged, and is no formula."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plats.web.efforts.exchange import cells
from plats.web.efforts.exchange.files import TableError, read_table, write_csv, write_xlsx

# Control signs are no text a person writes, and workbooks do not hold them.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=30).map(
    lambda text: text.replace("_x", "x")
)
PART = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("|\\\n "), max_size=12)


@given(text=TEXT | st.sampled_from(["=1+1", "'=1", "''-2", "+46", "@a", " =1", "'", "'a"]))
def test_a_guarded_text_is_read_back_and_starts_no_formula(text: str) -> None:
    written = cells.shielded(text)
    assert cells.bared(written) == text
    assert not written.lstrip(" ").startswith(("=", "+", "-", "@"))


@given(things=st.lists(st.lists(PART, min_size=3, max_size=3), max_size=5))
def test_things_in_a_cell_are_read_back(things: list[list[str]]) -> None:
    kept = [parts for parts in things if any(parts)]
    assert cells.things_of(cells.lines_of(kept), 3) == kept


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
)
def test_a_number_is_read_back(number: Decimal) -> None:
    assert cells.decimal_of(cells.number_text(number)) == number


def test_numbers_are_read_as_people_write_them() -> None:
    assert cells.decimal_of("1 234,50") == Decimal("1234.50")
    assert cells.decimal_of("1234.5") == Decimal("1234.5")
    assert cells.whole_of("7,0") == 7


@pytest.mark.parametrize("wrong", ["7,5", "sju", "", "nan", "inf", "1e999999999"])
def test_what_is_no_whole_number_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=f"^{wrong}$"):
        cells.whole_of(wrong)


def test_too_many_parts_are_refused_and_not_dropped() -> None:
    with pytest.raises(ValueError, match="c"):
        cells.things_of("a | b | c", 2)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@given(rows=st.lists(st.lists(TEXT, min_size=2, max_size=2).map(lambda row: ["x", *row]), max_size=6))
def test_a_table_is_read_back(suffix: str, rows: list[list[str]]) -> None:
    head = ["a", "b", "c"]
    content = write_csv(head, rows) if suffix == "csv" else write_xlsx(head, rows, [])
    found_head, found = read_table(content, suffix)
    assert found_head[:3] == head
    assert [[*row, "", "", ""][:3] for row in found] == rows


@pytest.mark.parametrize(
    ("content", "suffix"),
    [(b"", "csv"), (b"\xff\xfe", "csv"), (b"no workbook", "xlsx"), (b'"a;b\n', "csv")],
)
def test_a_file_that_is_no_table_says_what_to_do(content: bytes, suffix: str) -> None:
    with pytest.raises(TableError, match=r"\.$"):
        read_table(content, suffix)


def test_a_comma_separated_file_is_read_too() -> None:
    assert read_table("Rubrik,Slag\nLäxhjälp,skola\n".encode(), "csv") == (
        ["Rubrik", "Slag"],
        [["Läxhjälp", "skola"]],
    )
