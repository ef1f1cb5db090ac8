"""Periods: when a figure is true.

Each figure has its own period, kept in the cell and never in the table's heading. The text forms are what the
store holds and what a URL says:

    2022            a calendar year          2024/25          a school year
    HT2024          a school term            2023-12-31       a date
    riksdag-2018    an election
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class PeriodKind(StrEnum):
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    TERM = "term"
    DATE = "date"
    ELECTION = "election"


class PeriodError(ValueError):
    """A period that cannot be read; the message lists the forms that can."""


_FORMS = "Skriv 2022, 2024/25, HT2024, 2023-12-31 eller riksdag-2018."
_ELECTIONS = {
    "riksdag": "riksdagsvalet",
    "region": "regionvalet",
    "kommun": "kommunvalet",
    "eu": "Europaparlamentsvalet",
}
_MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


@dataclass(frozen=True, slots=True)
class Period:
    """A point or stretch of time of one kind. Only periods of the same series can be compared."""

    kind: PeriodKind
    text: str
    start: date

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> int:
        """The calendar year it starts in."""
        return self.start.year

    @property
    def series(self) -> str:
        """What it can be compared with: elections only with elections to the same assembly."""
        if self.kind is PeriodKind.ELECTION:
            return self.text.rsplit("-", 1)[0]
        return self.kind.value

    @property
    def label(self) -> str:
        """How the period is written in running Swedish text."""
        if self.kind is PeriodKind.DATE:
            return f"{self.start.day} {_MONTHS[self.start.month - 1]} {self.start.year}"
        if self.kind is PeriodKind.ELECTION:
            assembly, year = self.text.rsplit("-", 1)
            return f"{_ELECTIONS[assembly]} {year}"
        if self.kind is PeriodKind.SCHOOL_YEAR:
            return f"läsåret {self.text}"
        return self.text


@lru_cache(maxsize=1024)
def parse_period(text: str) -> Period:
    """Read a period from its text form. A page reads the same few hundreds of times, so they are kept."""
    clean = text.strip()
    try:
        period = _parse(clean)
    except ValueError:
        period = None
    if period is None:
        raise PeriodError(f"'{text}' är ingen period. {_FORMS}")
    return period


# Internals


def _parse(text: str) -> Period | None:
    if re.fullmatch(r"\d{4}", text):
        return Period(PeriodKind.YEAR, text, date(int(text), 1, 1))
    if match := re.fullmatch(r"(\d{4})/(\d{2})", text):
        first, second = int(match[1]), int(match[2])
        if (first + 1) % 100 != second:
            return None
        return Period(PeriodKind.SCHOOL_YEAR, text, date(first, 7, 1))
    if match := re.fullmatch(r"(HT|VT)(\d{4})", text):
        return Period(PeriodKind.TERM, text, date(int(match[2]), 7 if match[1] == "HT" else 1, 1))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return Period(PeriodKind.DATE, text, date.fromisoformat(text))
    if match := re.fullmatch(rf"({'|'.join(_ELECTIONS)})-(\d{{4}})", text):
        # Swedish general elections are held in September; the month only orders them among other periods.
        return Period(PeriodKind.ELECTION, text, date(int(match[2]), 9, 1))
    return None
