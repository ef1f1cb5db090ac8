"""Pages of figures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plats.vocabulary.codes import Division
from plats.web.common.access import public
from plats.web.indicators import compare as comparison
from plats.web.indicators import pages, queries


@public
def start(request: HttpRequest) -> HttpResponse:
    """Läget: the municipality's map, the distance between areas per theme, and what is missing."""
    page = pages.start_page(request.GET.get("indikator", ""), request.GET.get("indelning", ""))
    # The tabs ask for the map alone when htmx is there; the address is the same.
    template = (
        "indicators/_map.html" if request.headers.get("HX-Target") == "karta" else "indicators/start.html"
    )
    return render(request, template, {"page": page})


@public
def indicator_page(request: HttpRequest, indicator: str) -> HttpResponse:
    """One indicator: what it is, map, order, series, table, downloads."""
    found = queries.definitions().indicators.get(indicator)
    if found is None:
        raise Http404(_("Det finns ingen sådan indikator. Sök, eller välj under Så vet vi det."))
    asked = {name: request.GET.get(name, "") for name in ("indelning", "period", "plats")}
    page = pages.indicator_page(found, asked["indelning"], asked["period"] or None, asked["plats"])
    context = {
        "page": page,
        "breadcrumbs": [
            (_("Läget"), reverse("indicators:start")),
            (_("Indikatorer"), reverse("indicators:how_we_know") + "#indikatorer"),
            (page.title, ""),
        ],
    }
    return render(request, "indicators/indicator.html", context)


@public
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four places side by side, and places that are alike by chosen indicators."""
    division = request.GET.get("indelning", "") or str(Division.REGSO)
    page = comparison.compare_page(division, request.GET.getlist("plats"), request.GET.getlist("lik"))
    if page is None:
        raise Http404(_("Den indelningen finns inte här. Välj en annan på sidan Områden."))
    context = {"page": page, "breadcrumbs": [(_("Läget"), reverse("indicators:start")), (_("Jämför"), "")]}
    return render(request, "indicators/compare.html", context)
