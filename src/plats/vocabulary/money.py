"""Money in öre, as whole numbers: kronor never become floats, so a budget adds up to the last öre."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from plats.vocabulary.units import NBSP, write_number


class MoneyError(ValueError):
    """An amount that cannot be read; the message says how to write it."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in öre. Adds and subtracts; multiplies only by whole numbers."""

    ore: int

    def __add__(self, other: Money) -> Money:
        return Money(self.ore + other.ore)

    def __sub__(self, other: Money) -> Money:
        return Money(self.ore - other.ore)

    def __mul__(self, times: int) -> Money:
        return Money(self.ore * times)

    def __str__(self) -> str:
        decimals = 0 if self.ore % 100 == 0 else 2
        return f"{write_number(self.ore / 100, decimals)}{NBSP}kr"

    @classmethod
    def from_kronor(cls, text: str) -> Money:
        """Read kronor as a person writes them: '51 500 000', '12,50', '40320'."""
        clean = text.replace(NBSP, "").replace(" ", "").removesuffix("kr").replace(",", ".")
        try:
            ore = Decimal(clean) * 100
        except InvalidOperation:
            raise MoneyError(
                f"'{text}' är inget belopp. Skriv till exempel 51 500 000 eller 12,50."
            ) from None
        if not ore.is_finite() or ore != ore.to_integral_value():
            raise MoneyError(f"'{text}' har fler än två decimaler. Ange högst hela ören.")
        return cls(int(ore))
