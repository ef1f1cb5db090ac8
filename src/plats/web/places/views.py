"""Pages of places."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plats.vocabulary.codes import Division
from plats.web.common.access import public
from plats.web.common.sections import live_sections
from plats.web.places import queries
from plats.web.places.body import place_body


@public
def place_list(request: HttpRequest, division: str = "") -> HttpResponse:
    """The municipality's places, from north-west to south-east."""
    choices = queries.divisions_with_places()
    chosen = _division(division, choices)
    context = {
        "divisions": [(one, queries.division_definition(one)) for one in choices],
        "chosen": chosen,
        "definition": queries.division_definition(chosen),
        "places": queries.list_places(chosen),
        "breadcrumbs": [(_("Läget"), reverse("indicators:start")), (_("Områden"), "")],
    }
    return render(request, "places/list.html", context)


@public
def place_detail(request: HttpRequest, division: str, slug: str) -> HttpResponse:
    """One place: what is there, its figures, and what cannot be said."""
    place = queries.find_place(division, slug)
    if place is None:
        raise Http404(_("Det finns ingen plats på den adressen."))
    context = {
        "place": place,
        "body": place_body(place),
        "live": [
            (section, content)
            for section in live_sections()
            if (content := section.build(place, request.user)) is not None
        ],
        "breadcrumbs": [
            (_("Läget"), reverse("indicators:start")),
            (_("Områden"), reverse("places:division", args=[division])),
            (place.name, ""),
        ],
    }
    return render(request, "places/place.html", context)


@public
def search_page(request: HttpRequest) -> HttpResponse:
    """What the search found among places, schools and other sites, and indicators."""
    text = request.GET.get("q", "")[:100]
    context = {"search_text": text, "hits": queries.search(text)}
    return render(request, "places/search.html", context)


# Internals


def _division(text: str, choices: list[Division]) -> Division:
    if not text and choices:
        return Division.REGSO if Division.REGSO in choices else choices[0]
    if text not in [str(one) for one in choices]:
        raise Http404(_("Den indelningen finns inte här. Välj en annan på sidan Områden."))
    return Division(text)
