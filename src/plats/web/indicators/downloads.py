"""Figures and pictures as files, and the report."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plats.catalog.models import Indicator
from plats.vocabulary.codes import Division
from plats.web.common.access import public
from plats.web.common.downloads import csv_response, json_response, xlsx_response
from plats.web.indicators import files, queries

_WRITERS = {"csv": csv_response, "xlsx": xlsx_response, "json": json_response}


@public
def figures(request: HttpRequest, indicator: str, division: str, kind: str) -> HttpResponse:
    """Every area's figure at every period, with state, parts and source."""
    found, chosen = _checked(indicator, division)
    if kind not in _WRITERS:
        raise Http404(_("Välj csv, xlsx eller json."))
    return _WRITERS[kind](files.figure_table(found, chosen))


@public
def picture(request: HttpRequest, indicator: str, division: str, picture: str, kind: str) -> HttpResponse:
    """The map, the order or the series as a picture of its own."""
    found, chosen = _checked(indicator, division)
    content = files.picture_file(found, chosen, picture, kind)
    if content is None:
        raise Http404(_("Den bilden finns inte för den här indikatorn och indelningen."))
    return _attachment(content, f"{indicator}-{division}-{picture}.{kind}", files.PICTURE_TYPES[kind])


@public
def report_page(request: HttpRequest) -> HttpResponse:
    """What the report holds, and where to get it."""
    return render(
        request,
        "indicators/report.html",
        {"breadcrumbs": [(_("Läget"), reverse("indicators:start")), (_("Rapport"), "")]},
    )


@public
def report(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The report of the municipality, made once per version of the figures."""
    content = files.report_file(name, kind)
    if content is None:
        raise Http404(_("Den rapporten finns inte. Välj en på sidan Rapport."))
    return _attachment(content, f"platsperspektiv-{name}.{kind}", files.REPORT_TYPES[kind])


@public
def place_report(request: HttpRequest, division: str, slug: str) -> HttpResponse:
    """One place on paper."""
    made = files.place_report_file(division, slug)
    if made is None:
        raise Http404(_("Det finns ingen plats på den adressen."))
    return _attachment(made[1], f"platsperspektiv-{made[0]}.pdf", files.REPORT_TYPES["pdf"])


# Internals


def _checked(indicator: str, division: str) -> tuple[Indicator, Division]:
    found = queries.definitions().indicators.get(indicator)
    if found is None or division not in [str(one) for one in found.divisions]:
        raise Http404(_("Den indikatorn finns inte för den indelningen."))
    return found, Division(division)


def _attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
