"""Parameters: decided numbers with the day they apply from, so that an old figure can be explained."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from plats.catalog.base import CatalogError, Definition, Text


class DatedValue(Definition):
    """The numbers of a parameter from a certain day, and who decided them."""

    from_: date = Field(alias="from")
    value: dict[str, int | float]
    unit: dict[str, str]
    decided_by: str
    reference: str

    def number(self, name: str) -> float:
        if name not in self.value:
            raise CatalogError(
                f"Parametern har inget tal '{name}'. Den har: {', '.join(self.value) or 'inga tal'}."
            )
        return float(self.value[name])

    def whole(self, name: str) -> int:
        return int(self.number(name))


class Parameter(Definition):
    """A decided number or set of numbers, with its history."""

    id: str
    title: Text
    description: Text
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue:
        """The numbers in force that day; an error when none had been decided yet."""
        decided = [value for value in self.values if value.from_ <= day]
        if not decided:
            raise CatalogError(f"Parametern '{self.id}' har inget beslutat värde den {day.isoformat()}.")
        return max(decided, key=lambda value: value.from_)
