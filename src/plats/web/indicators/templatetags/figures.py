"""Words for figures on pages: units, divisions, methods, differences. Loaded in every template."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plats.catalog.load import catalog
from plats.derive.segregation.sentences import CAUSES
from plats.facts.query import LineageStep
from plats.vocabulary.messages import Figure
from plats.vocabulary.units import FORMS, Unit, symbol_of, write_value
from plats.web.common.language import language

register = template.Library()


@register.filter
def say_figure(figure: Figure) -> str:
    """A figure alone, without its unit."""
    return figure.write(language())


@register.filter
def say_signed(figure: Figure) -> str:
    """A difference with its sign: +23,5 or −1,8."""
    text = figure.write(language())
    return f"+{text}" if figure.value > 0 else text


@register.filter
def in_unit(value: float, unit: Unit | str) -> str:
    """A number written in its unit, without the symbol."""
    return write_value(value, Unit(unit), language())


@register.filter
def unit_title(unit: Unit) -> str:
    """What a column of this unit is headed: '%' for shares."""
    form = FORMS[Unit(unit)]
    return symbol_of(Unit(unit), language()) or (form.word_sv if language() == "sv" else form.word_en)


@register.filter
def division_title(division: str) -> str:
    return catalog().divisions[str(division)].title.write(language())


@register.filter
def division_plural(division: str) -> str:
    return catalog().divisions[str(division)].plural.write(language())


@register.filter
def cause(part: str) -> str:
    """A cause of a change in segregation, in words."""
    return CAUSES[part].write(language())


@register.filter
def division_way(way: str) -> str:
    """A route between divisions in words: 'DeSO-område → RegSO-område'."""
    return " → ".join(division_title(one) for one in way.split(" → "))


@register.filter
def method_title(slug: str) -> str:
    return catalog().methods[slug].write(language())


@register.simple_tag
def chain_steps(chain: Sequence[LineageStep]) -> SafeString:
    """The steps behind a figure. Most figures on a page share a few chains, so each is written once per language."""
    return _written_chain(tuple(chain), language())


@register.filter
def texts(value: Any) -> tuple[str, ...]:
    """A list of sentences of the catalog in the reader's language."""
    found: tuple[str, ...] = value.write(language())
    return found


@register.filter
def split(text: str) -> list[str]:
    return text.split()


# Internals


@lru_cache(maxsize=512)
def _written_chain(chain: tuple[LineageStep, ...], _language: str) -> SafeString:
    return render_to_string("indicators/_chain_steps.html", {"chain": chain})
