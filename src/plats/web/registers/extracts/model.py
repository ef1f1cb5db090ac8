"""What an extract holds, the same for page, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row that has to do with the person: its number, how it does ('användare', 'skapad av'), and what it says."""

    number: str
    tie: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What one kind holds about the person, why, and for how long."""

    name: str
    purpose: str
    legal_basis: str
    kept: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A text where the person's name or address stands. What else it says may be about others, so it is not here."""

    name: str
    number: str
    field: str


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything that is held about a person."""

    name: str
    email: str
    number: str
    made_at: datetime
    sections: tuple[Section, ...] = field(default=())
    mentions: tuple[Mention, ...] = field(default=())

    @property
    def count(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    def as_json(self) -> dict[str, Any]:
        return {
            "person": {"name": self.name, "email": self.email, "account": self.number},
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "sections": [_section(one) for one in self.sections],
            "mentions": [
                {"what": one.name, "number": one.number, "field": one.field} for one in self.mentions
            ],
        }

    def as_rows(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Kind, number, tie, field and value; a row without values is one line."""
        for section in self.sections:
            for row in section.rows:
                for label, value in row.values or (("", ""),):
                    yield section.name, row.number, row.tie, label, value
        for mention in self.mentions:
            yield mention.name, mention.number, "", mention.field, ""


# Internals


def _section(section: Section) -> dict[str, Any]:
    return {
        "what": section.name,
        "purpose": section.purpose,
        "legal_basis": section.legal_basis,
        "kept": section.kept,
        "rows": [{"number": one.number, "tie": one.tie, "values": dict(one.values)} for one in section.rows],
    }
