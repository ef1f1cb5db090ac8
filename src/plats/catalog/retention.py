"""Retention rules: how long something is kept, counted from which event, and what happens then."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from plats.catalog.base import Text
from plats.catalog.dated import Parameter

FOLDER = "retention"
DAYS = "days"


class Then(StrEnum):
    """What happens when the days have passed."""

    ERASE = "erase"
    """The row goes, with what belongs to it."""
    ANONYMISE = "anonymise"
    """The row stays for what points at it; nothing in it says who it was."""


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

    def days(self, on: date) -> int:
        """How many days things are kept, by what was decided on that day."""
        return self.on(on).whole(DAYS)
