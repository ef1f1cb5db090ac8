"""The body of a place's page: its opening and its sections, written once per version of the figures,
language and place.

It holds only what follows from the figures: nothing about who reads. The frame around it (menu, search, signed in or
not) is written anew for every reader.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plats.facts.query import Facts
from plats.web.common.language import language
from plats.web.common.sections import sections
from plats.web.places import queries
from plats.web.places.models import Place

# A body is some 150 kB: a hundred is little memory and covers what is read again and again.
_MOST = 100

# A new version of the figures brings a new reader of the store, and what was kept for the old one goes with it.
_kept: WeakKeyDictionary[Facts, OrderedDict[tuple[int, str], Body]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Body:
    """What is written once. Between the two the page puts what is written for every reader."""

    opening: SafeString
    sections: SafeString


def place_body(place: Place) -> Body:
    """The opening and every section of the place's page."""
    if not settings.PLATS_KEEP_PAGES:
        return _write(place)
    kept = _kept.setdefault(queries.facts(), OrderedDict())
    key = (place.pk, language())
    body = kept.get(key)
    if body is None:
        body = kept[key] = _write(place)
        while len(kept) > _MOST:
            kept.popitem(last=False)
    return body


# Internals


def _write(place: Place) -> Body:
    page = queries.place_page(place)
    built = [(section, section.build(page)) for section in sections()]
    context = {
        "place": place,
        "page": page,
        "definition": queries.division_definition(page.division),
        "opening": queries.opening(page),
        "sections": [(section, content) for section, content in built if content is not None],
    }
    return Body(
        render_to_string("places/_opening.html", context), render_to_string("places/_body.html", context)
    )
