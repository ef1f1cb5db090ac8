"""Retention rules: how long something is kept, counted from which event, and what happens then."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from plats.catalog.base import CatalogError, Text
from plats.catalog.dated import DatedValue, Parameter

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

    def faults(self) -> list[str]:
        """What is wrong with the numbers, in words: whole days for what is let go, none for what is kept for good."""
        if self.is_for_ever:
            is_wrong = self.needs_decision or any(one.value for one in self.values)
            told = "det som bevaras har inga dagar och kräver inget gallringsbeslut. Ta bort dem."
            return [told] if is_wrong else []
        return [
            f"värdet från {one.from_} ska vara ett helt antal dagar, minst 1: days, med enheten dagar."
            for one in self.values
            if not _is_whole_days(one)
        ]


# Internals


def _is_whole_days(one: DatedValue) -> bool:
    days = one.value.get(DAYS, 0)
    return list(one.value) == [DAYS] and days >= 1 and days == int(days) and one.unit.get(DAYS) == "dagar"
