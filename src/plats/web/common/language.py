"""Which language the reader has chosen. The address says it: Swedish at /, English at /en/."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language

# A slash, and what a browser takes for one or leaves out: '//host' would be another site's address.
_LEADING = re.compile(r"^[/\\\s\x00-\x1f]+")
OTHER = {"sv": "en", "en": "sv"}


def language() -> str:
    """The active language, 'sv' or 'en'."""
    active = (get_language() or "sv").split("-")[0]
    return active if active in OTHER else "sv"


def start_url(in_language: str | None = None) -> str:
    """The address of the start page in a language."""
    prefix = get_script_prefix()
    return prefix if (in_language or language()) == "sv" else f"{prefix}en/"


def other_language_url(request: HttpRequest) -> str:
    """The same page with the same query in the other language; holds for pages that do not exist too."""
    path = request.path_info.lstrip("/")
    if path == "en" or path.startswith("en/"):
        other = start_url("sv") + _LEADING.sub("", path.removeprefix("en"))
    else:
        other = start_url("en") + _LEADING.sub("", path)
    query = request.META.get("QUERY_STRING", "")
    return f"{other}?{query}" if query else other
