"""What is wrong with a parameter, in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from plats.web.common.rest.problems import InvalidParameter


def told(errors: Iterable[Mapping[str, Any]]) -> list[InvalidParameter]:
    """One line for each parameter that cannot be read."""
    return [InvalidParameter(property=str(error["loc"][-1]), reason=_reason(error)) for error in errors]


# Internals


def _reason(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    kind = str(error.get("type", ""))
    if kind == "greater_than_equal":
        return _("Ska vara minst %(number)s.") % {"number": context["ge"]}
    if kind == "less_than_equal":
        return _("Ska vara högst %(number)s.") % {"number": context["le"]}
    if kind == "string_too_long":
        return _("Är för långt. Högst %(number)s tecken.") % {"number": context["max_length"]}
    if kind == "enum":
        return _("Välj bland: %(values)s.") % {"values": context["expected"]}
    if kind.startswith("int"):
        return _("Ska vara ett heltal.")
    if kind.startswith("uuid"):
        return _("Ska vara ett id, som 00000000-0000-4000-8000-000000000001.")
    return _("Har fel form. Se beskrivningen.")
