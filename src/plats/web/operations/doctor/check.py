"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from django.conf import settings


class Severity(StrEnum):
    """How bad it is. An error must be dealt with, a warning looked at."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check says: a sentence about how it is, and what to do."""

    check: str
    severity: Severity
    sentence: str
    advice: str = ""


class Check:
    """Something about an installation that may be wrong.

    id              what it is called, for programs
    title           what it is about, for people
    needs_database  left out when the database does not answer: then that is the finding
    """

    id: ClassVar[str]
    title: ClassVar[str]
    needs_database: ClassVar[bool] = False

    def findings(self) -> Iterator[Finding]:
        """What is wrong; nothing when all is well."""
        raise NotImplementedError

    def error(self, sentence: str, advice: str) -> Finding:
        return Finding(self.id, Severity.ERROR, sentence, advice)

    def warning(self, sentence: str, advice: str) -> Finding:
        return Finding(self.id, Severity.WARNING, sentence, advice)

    def in_production(self, sentence: str, advice: str) -> Finding:
        """An error in production, and something to look at elsewhere."""
        return self.error(sentence, advice) if settings.PLATS_PRODUCTION else self.warning(sentence, advice)


def home() -> Path:
    """The installation's home folder."""
    return Path(settings.PLATS_HOME)
