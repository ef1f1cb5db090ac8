"""How money and differences of goals are written."""

from __future__ import annotations

from django import template

from plats.catalog.load import catalog
from plats.vocabulary.money import Money
from plats.vocabulary.units import NBSP, Unit, symbol_of, write_value
from plats.web.common.language import language

register = template.Library()


@register.filter
def kronor(ore: int) -> str:
    """An amount in kronor."""
    return str(Money(ore))


@register.filter
def with_unit(number: float, unit: Unit) -> str:
    """A number with its unit: 4,2 procentenheter."""
    symbol = symbol_of(unit, language())
    written = write_value(number, unit, language())
    return f"{written}{NBSP}{symbol}" if symbol else written


@register.filter
def signed(number: float, unit: Unit) -> str:
    """A change with its sign and unit: +1,2 procentenheter."""
    written = with_unit(number, unit)
    return f"+{written}" if number > 0 else written


@register.filter
def indicator_title(indicator: str) -> str:
    """What an indicator is called; its id when the catalog no longer has it."""
    found = catalog().indicators.get(indicator)
    return found.short_title.write(language()) if found else indicator
