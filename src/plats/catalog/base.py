"""What every definition is built of: bilingual texts, and who answers for it.

Roles stand in owner, authored_by and checked_by, never names of persons.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from plats.vocabulary.messages import Bilingual


class Definition(BaseModel):
    """Something read from a definition file: never changed after reading, and no field may be misspelt."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CatalogError(ValueError):
    """A definition that is missing or cannot be read; the message says which, where and what to do."""


class Text(Definition):
    """A text in Swedish and English."""

    sv: str
    en: str

    def write(self, language: str = "sv") -> str:
        return self.sv if language == "sv" else self.en

    @property
    def bilingual(self) -> Bilingual:
        """The same text as a part of a `Message`."""
        return Bilingual(self.sv, self.en)


class Texts(Definition):
    """The same list of sentences in Swedish and English."""

    sv: tuple[str, ...]
    en: tuple[str, ...]

    def write(self, language: str = "sv") -> tuple[str, ...]:
        return self.sv if language == "sv" else self.en


class Change(Definition):
    date: date
    description: str
    by: str


class Reviewed(Definition):
    """Who answers for a definition, and when it is gone through again."""

    owner: str
    authored_by: str
    checked_by: str
    reviewed_on: date
    next_review: date
    change_log: tuple[Change, ...]
