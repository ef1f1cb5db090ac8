"""The page about segregation, and its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plats.web.common.access import public
from plats.web.common.downloads import csv_response, json_response, xlsx_response
from plats.web.indicators.segregation import files, pages

_WRITERS = {"csv": csv_response, "xlsx": xlsx_response, "json": json_response}


@public
def segregation(request: HttpRequest) -> HttpResponse:
    """How evenly groups live in the municipality: measures, levels, areas, change, other municipalities."""
    asked = {name: request.GET.get(name, "") for name in ("grupper", "indelning", "ar")}
    page = pages.segregation_page(asked["grupper"], asked["indelning"], asked["ar"])
    context = {
        "page": page,
        "breadcrumbs": [(_("Läget"), reverse("indicators:start")), (_("Segregation"), "")],
    }
    return render(request, "indicators/segregation.html", context)


@public
def segregation_file(request: HttpRequest, grouping: str, part: str, kind: str) -> HttpResponse:
    """A table of the page as CSV, XLSX or JSON, or one of its pictures as SVG or PNG."""
    division, period = request.GET.get("indelning", ""), request.GET.get("ar", "")
    if kind in _WRITERS:
        table = files.table(grouping, part, division, period)
        if table is not None:
            return _WRITERS[kind](table)
    picture = files.picture(grouping, part, division, period, kind)
    if picture is None:
        raise Http404(_("Den filen finns inte. Välj en på sidan Segregation."))
    name = f"segregation-{grouping}-{part}.{kind}"
    return HttpResponse(
        picture,
        content_type=files.PICTURE_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
