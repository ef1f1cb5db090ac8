"""What became of each row, as a file beside the job and as the page shows it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.utils.translation import gettext as _

from plats.web.efforts.exchange.cells import bared, shielded
from plats.web.efforts.exchange.planning import Plan, Row

REPORT = "utfall.csv"
HEADER = ("rad", "insats", "utfall", "kolumn", "stod", "blir", "att göra")
MOST_SHOWN = 200
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: a row that is new or unchanged, a column that changes, or a fault."""

    row: str
    title: str
    fate: str
    column: str
    before: str
    after: str
    what_to_do: str

    @property
    def word(self) -> str:
        """What its fate is called."""
        words = {
            "new": _("ny"),
            "changed": _("ändrad"),
            "unchanged": _("oförändrad"),
            "refused": _("avvisad"),
        }
        return words[self.fate]


def write_report(plan: Plan) -> bytes:
    """The report as CSV, one line per row, changed column or fault."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in plan.rows:
        for line in _lines(row):
            writer.writerow([shielded(text) for text in line])
    return out.getvalue().encode("utf-8-sig")


def read_report(path: Path) -> list[Line]:
    """The report's lines, those of unchanged rows left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        lines = [Line(*map(bared, row)) for row in rows]
    return [line for line in lines if line.fate != "unchanged"]


# Internals


def _lines(row: Row) -> list[tuple[str, ...]]:
    start = (str(row.number), row.title, str(row.fate))
    if row.faults:
        return [(*start, fault.column, "", "", fault.text) for fault in row.faults]
    if row.changes:
        return [
            (*start, column, before[:_LONGEST], after[:_LONGEST], "")
            for column, (before, after) in row.changes.items()
        ]
    return [(*start, "", "", "", "")]
