"""How money and differences of goals are written."""

from __future__ import annotations

from django import template

from plats.catalog.load import catalog
from plats.vocabulary.money import Money
from plats.vocabulary.units import Unit, symbol_of, write_value
from plats.web.common.language import language
from plats.web.goals import words
from plats.web.goals.figures import unit_of
from plats.web.goals.models import Target

register = template.Library()


@register.filter
def kronor(ore: int) -> str:
    """An amount in kronor."""
    return str(Money(ore))


@register.filter
def with_unit(number: float, unit: Unit) -> str:
    """A number with its unit: 4,2 procentenheter."""
    return words.with_unit(number, unit)


@register.filter
def target_written(target: Target) -> str:
    """The value to reach, with its unit."""
    found = catalog().indicators.get(target.indicator)
    return words.with_unit(target.target, unit_of(target, found))


@register.filter
def bare(number: float, unit: Unit) -> str:
    """A number as its unit is written, without the symbol."""
    return write_value(number, unit, language())


@register.filter
def symbol(unit: Unit) -> str:
    """The short text after a number of the unit."""
    return symbol_of(unit, language())


@register.filter
def signed(number: float, unit: Unit) -> str:
    """A change with its sign and unit: +1,2 procentenheter."""
    written = with_unit(number, unit)
    return f"+{written}" if number > 0 else written


register.filter("verdict", words.verdict)
register.filter("about_kind", words.about_kind)


@register.filter
def type_label(area_type: int) -> str:
    """What Statistics Sweden calls a type of area, after its number."""
    labels = catalog().indicators["area_type"].class_labels
    return f"{area_type}, {labels[area_type].write(language())}" if area_type in labels else str(area_type)


@register.filter
def indicator_title(indicator: str) -> str:
    """What an indicator is called; its id when the catalog no longer has it."""
    found = catalog().indicators.get(indicator)
    return found.short_title.write(language()) if found else indicator


@register.filter
def share(number: float) -> str:
    """A share in percent."""
    return words.with_unit(number, Unit.SHARE)
