"""One's own organisation's efforts as a file, which can be read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import translation

from plats.web.efforts.exchange.content import BELONGING, OWNER, columns, header, written
from plats.web.efforts.exchange.files import write_csv, write_xlsx
from plats.web.efforts.exchange.world import Known, efforts_of, known_efforts, world_of


def export_efforts(*, by: Any, suffix: str) -> bytes:
    """The efforts one may change, as 'csv' or 'xlsx'. Everything for the command line."""
    # One form of the file whatever the reader's language: it is read back by its headings.
    with translation.override("sv"):
        rows = _rows(known_efforts(efforts_of(by), world_of(by)))
        return write_csv(header(), rows) if suffix == "csv" else write_xlsx(header(), rows, _notes())


# Internals


def _rows(known: Iterable[Known]) -> Iterator[list[str]]:
    for one in known:
        cells = written(one.content)
        yield [str(one.effort.public_id), str(one.effort.revision), *(cells[name] for name in header()[2:])]


def _notes() -> list[tuple[str, str]]:
    first = [
        ("Id", "töm för en ny insats; ändra annars inte"),
        ("Ändring", "ändra inte: säger om någon annan hunnit före"),
        (OWNER, "den egna organisationens namn"),
    ]
    return [*first, *((column.heading, column.takes) for column in (*columns(), *BELONGING))]
