"""What stands against what when two people write at once, in the words of the page and not of the tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from plats.web.accounts.conflicts import ConflictError, Difference

_LONGEST = 400


def in_words(error: ConflictError) -> list[Difference]:
    """Each difference with its field's name and both values as a reader says them."""
    return [
        Difference(
            one.label[:1].upper() + one.label[1:],
            _word(error.obj, one, one.now),
            _word(error.obj, one, one.wanted),
        )
        for one in error.differences
    ]


# Internals


def _word(row: Any, difference: Difference, value: Any) -> str:
    if value is None or value == "":
        return _("inget")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, date):
        return value.isoformat()
    choices = dict(_choices(row, difference.label))
    return str(choices.get(value, value))[:_LONGEST]


def _choices(row: Any, label: str) -> Any:
    """The choices of the field that is called so on the page; none for what is no field of the row."""
    for field in row._meta.concrete_fields:
        # Two fields may be called the same, as the state and the moment a row depicts: only one of them has choices.
        if str(field.verbose_name) == label and field.flatchoices:
            return field.flatchoices
    return ()
