"""How figures and sentences are written on a page, in the reader's language. Loaded in every template."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from plats.vocabulary.cells import SIGNS, Cell, State
from plats.vocabulary.messages import Message
from plats.vocabulary.periods import Period
from plats.vocabulary.units import NBSP, Unit, symbol_of, write_number, write_value
from plats.web.common import language as _language
from plats.web.common.markup import Svg
from plats.web.common.periods import part_words, period_words
from plats.web.common.reasons import translate_reason

register = template.Library()


class Writable(Protocol):
    """Something with both languages, such as a text of the catalog."""

    def write(self, language: str = "sv") -> str: ...


@register.filter
def say(message: Message | str) -> str:
    """A sentence with its figures and periods, translated; a plain string is translated as it stands."""
    if isinstance(message, Message):
        parts = {
            name: part_words(part) if isinstance(part, str) else part for name, part in message.parts.items()
        }
        return Message(message.text, **parts).say(gettext, _language.language())
    return translate_reason(message)


@register.filter
def period(value: Period | str) -> str:
    """A period in words: 'riksdag-2018' is 'riksdagsvalet 2018'; a year stays as it is."""
    return period_words(str(value))


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """A number with the reader's decimal sign and thousands; an absent one is an error of the template."""
    if value is None:
        raise ValueError(
            "Filtret number fick inget tal. Visa celler med {% cell %}, som kan säga att ett tal saknas."
        )
    return write_number(value, decimals, _language.language())


@register.filter
def about(metres: float) -> str:
    """A distance as nearly as it is worth: to fifty metres below a kilometre, to a hundred above."""
    step = 50 if metres < 1000 else 100
    return write_number(max(step, round(metres / step) * step), 0, _language.language())


@register.filter
def text(value: Writable | str) -> str:
    """A text of the catalog in the reader's language."""
    return value if isinstance(value, str) else value.write(_language.language())


@register.simple_tag
def cell(shown: Cell, unit: Unit, *, with_unit: bool = False) -> SafeString:
    """A figure with its state: 62,3 · 89,9* · .. · saknas · . and the reason, for eyes and ears."""
    reason = translate_reason(shown.reason)
    if not shown.shows_number:
        return _sign(shown.state, reason)
    written = _written(shown.number, unit, with_unit=with_unit)
    if shown.state is State.VALUE:
        return format_html("{}", written)
    spoken = " ".join(part for part in (gettext("osäkert"), reason) if part)
    return format_html(
        '{}<i class="u" title="{}" aria-hidden="true">*</i><span class="vh"> ({})</span>',
        written,
        reason,
        spoken,
    )


@register.filter
def svg(picture: object) -> str:
    """A picture drawn by our own code, as markup; anything else is escaped as text."""
    if isinstance(picture, Svg):
        return mark_safe(picture)  # noqa: S308  our own drawing, marked by its type
    return str(picture)


@register.simple_tag(takes_context=True)
def other_language_url(context: template.Context) -> str:
    """The address of this page in the other language."""
    request: HttpRequest = context["request"]
    return _language.other_language_url(request)


# Internals


def _written(value: float, unit: Unit, *, with_unit: bool) -> str:
    language = _language.language()
    symbol = symbol_of(unit, language) if with_unit else ""
    written = write_value(value, unit, language)
    return f"{written}{NBSP}{symbol}" if symbol else written


def _sign(state: State, reason: str) -> SafeString:
    """A state without a number: the agencies' sign for the eye, a word for the ear."""
    word = {State.HIDDEN: gettext("dolt"), State.MISSING: gettext("saknas")}.get(
        state, gettext("inte tillämpligt")
    )
    sign = word if state is State.MISSING else SIGNS[state]
    spoken = f"{word}: {reason}" if reason else word
    title = reason or word
    return format_html(
        '<span class="state" title="{}"><span aria-hidden="true">{}</span><span class="vh">{}</span></span>',
        title,
        sign,
        spoken,
    )
