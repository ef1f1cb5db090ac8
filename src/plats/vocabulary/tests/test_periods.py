"""Periods: what can be read, how it is said, and what can be compared with what."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.vocabulary.periods import Period, PeriodError, PeriodKind, parse_period

READ = [
    ("2022", PeriodKind.YEAR, date(2022, 1, 1), "2022"),
    ("2024/25", PeriodKind.SCHOOL_YEAR, date(2024, 7, 1), "läsåret 2024/25"),
    ("1999/00", PeriodKind.SCHOOL_YEAR, date(1999, 7, 1), "läsåret 1999/00"),
    ("VT2024", PeriodKind.TERM, date(2024, 1, 1), "VT2024"),
    ("HT2024", PeriodKind.TERM, date(2024, 7, 1), "HT2024"),
    ("2023-12-31", PeriodKind.DATE, date(2023, 12, 31), "31 december 2023"),
    ("2024-05-01", PeriodKind.DATE, date(2024, 5, 1), "1 maj 2024"),
    ("riksdag-2018", PeriodKind.ELECTION, date(2018, 9, 1), "riksdagsvalet 2018"),
    ("region-2022", PeriodKind.ELECTION, date(2022, 9, 1), "regionvalet 2022"),
    ("kommun-2022", PeriodKind.ELECTION, date(2022, 9, 1), "kommunvalet 2022"),
    ("eu-2024", PeriodKind.ELECTION, date(2024, 9, 1), "Europaparlamentsvalet 2024"),
]


@pytest.mark.parametrize(("text", "kind", "start", "label"), READ)
def test_each_form_is_read_and_written_back(text: str, kind: PeriodKind, start: date, label: str) -> None:
    period = parse_period(f" {text} ")
    assert (period.kind, period.start, period.label, str(period)) == (kind, start, label, text)
    assert period.year == start.year


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "20222",
        "2024/26",
        "2024/2025",
        "2023-02-30",
        "2023-13-01",
        "HT24",
        "ht2024",
        "val-2018",
        "riksdag",
        "0000",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(PeriodError) as error:
        parse_period(text)
    assert str(error.value) == (
        f"'{text}' är ingen period. Skriv 2022, 2024/25, HT2024, 2023-12-31 eller riksdag-2018."
    )


def test_periods_are_ordered_by_when_they_start() -> None:
    texts = ["riksdag-2022", "2023", "VT2022", "2021/22", "2022-12-31", "HT2022"]
    ordered = sorted((parse_period(text) for text in texts), key=lambda period: period.start)
    assert [str(period) for period in ordered] == [
        "2021/22", "VT2022", "HT2022", "riksdag-2022", "2022-12-31", "2023",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2022", "2023", True),
        ("2022", "2022/23", False),
        ("2022", "2022-12-31", False),
        ("HT2023", "VT2024", True),
        ("riksdag-2018", "riksdag-2022", True),
        ("riksdag-2022", "kommun-2022", False),
    ],
)
def test_only_periods_of_the_same_series_can_be_compared(one: str, other: str, same: bool) -> None:
    assert (parse_period(one).series == parse_period(other).series) is same


@settings(deadline=None, max_examples=60)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_any_date_survives_being_written_and_read(day: date) -> None:
    assert parse_period(day.isoformat()) == Period(PeriodKind.DATE, day.isoformat(), day)


@settings(deadline=None, max_examples=60)
@given(st.integers(1900, 2098))
def test_a_school_year_ends_the_year_after_it_begins(first: int) -> None:
    for step in range(3):
        text = f"{first}/{(first + step) % 100:02d}"
        if step == 1:
            assert parse_period(text).year == first
        else:
            with pytest.raises(PeriodError):
                parse_period(text)
