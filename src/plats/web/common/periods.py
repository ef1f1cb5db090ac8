"""Periods and days in words, in the reader's language."""

from __future__ import annotations

import re

from django.utils.translation import gettext

# A year, a school year and a date are written alike in both languages and stay as they are.
_ELECTION = re.compile(r"(riksdag|region|kommun|eu)-(\d{4})")
_RETRIEVED = re.compile(r"\bhämtat (\d{4}-\d{2}-\d{2})$")
_TERM = re.compile(r"(HT|VT)(\d{4})")


def period_words(text: str) -> str:
    """A period's text form as a reader meets it: 'riksdag-2018' is 'riksdagsvalet 2018'."""
    if match := _ELECTION.fullmatch(text):
        return f"{_election(match[1])} {match[2]}"
    if match := _TERM.fullmatch(text):
        return f"{_term(match[1])} {match[2]}"
    return text


def part_words(text: str) -> str:
    """A plain part of a sentence as a reader meets it: a period in words, a source with the day it was retrieved.

    Names and other plain parts stay as they are.
    """
    return _RETRIEVED.sub(lambda match: gettext("hämtat %(day)s") % {"day": match[1]}, period_words(text))


# Internals


def _election(assembly: str) -> str:
    return {
        "riksdag": gettext("riksdagsvalet"),
        "region": gettext("regionvalet"),
        "kommun": gettext("kommunvalet"),
        "eu": gettext("Europaparlamentsvalet"),
    }[assembly]


def _term(half: str) -> str:
    return {"HT": gettext("höstterminen"), "VT": gettext("vårterminen")}[half]
