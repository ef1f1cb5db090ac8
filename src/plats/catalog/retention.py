"""Retention rules: how long something is kept, counted from which event, and what happens then."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from plats.catalog.base import CatalogError, Text
from plats.catalog.dated import Parameter

FOLDER = "retention"
DAYS = "days"


class Then(StrEnum):
    """What happens when the days have passed."""

    ERASE = "erase"
    """The row goes, with what belongs to it."""
    ANONYMISE = "anonymise"
    """The row stays for what points at it; nothing in it says who it was."""
    KEEP = "keep"
    """It is never let go: it goes to the archive for good, and the rule has no number of days."""


class RetentionRule(Parameter):
    """A decided number of days with its history, as every parameter; and what they are counted from."""

    counted_from: Text
    then: Then
    needs_decision: bool
    """Whether each erasure takes a decision of its own; else the rule itself is the decision."""

    @property
    def rule_id(self) -> str:
        """The id that models name: 'document' of 'retention/document'."""
        return self.id.removeprefix(f"{FOLDER}/")

    @property
    def is_for_ever(self) -> bool:
        """Whether what the rule is about is kept for good (bevaras)."""
        return self.then is Then.KEEP

    def days(self, on: date) -> int:
        """How many days things are kept, by what was decided on that day. CatalogError for what is kept for good."""
        if self.is_for_ever:
            raise CatalogError(f"Det som regeln '{self.rule_id}' gäller bevaras: det har inget antal dagar.")
        return self.on(on).whole(DAYS)
