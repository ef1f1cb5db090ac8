"""Efforts and files for tests."""

from __future__ import annotations

from typing import Any

from plats.web.accounts.models import Organisation
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.content import header
from plats.web.efforts.exchange.export import export_efforts
from plats.web.efforts.exchange.files import read_table, write_csv, write_xlsx
from plats.web.efforts.models import Effort
from plats.web.goals.models import Goal
from plats.web.partners.writing import free_slug

WHY = "rows that a file is about"
LEAST = {"Rubrik": "Läxhjälp", "Slag": "skola", "Problem": "Få når målen.", "Orsak": "Trångt hemma."}


def make_effort(owner: Organisation, title: str = "Fritidsbank", **values: Any) -> Effort:
    wanted = {"kind": "leisure", "problem": "Få barn idrottar.", "cause": "Utrustning är dyr."}
    with unrecorded(WHY):
        made: Effort = Effort.objects.create(
            organisation=owner, slug=free_slug(Effort, title), title=title, **wanted | values
        )
    return made


def make_goal(owner: Organisation, title: str = "Fler i arbete", *, public: bool = True) -> Goal:
    with unrecorded(WHY):
        made: Goal = Goal.objects.create(
            organisation=owner, slug=free_slug(Goal, title), title=title, is_public=public
        )
    return made


def file_of(*rows: dict[str, str], suffix: str = "csv") -> bytes:
    """A file with these cells; the rest empty."""
    lines = [[row.get(name, "") for name in header()] for row in rows]
    return write_csv(header(), lines) if suffix == "csv" else write_xlsx(header(), lines, [])


def exported(by: Any, suffix: str = "csv") -> list[dict[str, str]]:
    """The rows of an export, by heading."""
    head, rows = read_table(export_efforts(by=by, suffix=suffix), suffix)
    return [dict(zip(head, [*row, *[""] * len(head)], strict=False)) for row in rows]
