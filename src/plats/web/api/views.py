"""The page that describes the API to people, and the description for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plats.web.api.assembly import ROOT, VERSION, description
from plats.web.api.limits import requests_per_minute
from plats.web.api.page import operations, problems
from plats.web.common.access import public


@public
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and an example; a page of our own, which fetches nothing from elsewhere."""
    return render(
        request,
        "api/docs.html",
        {
            "root": ROOT,
            "version": VERSION,
            "operations": operations(description()),
            "problems": problems(),
            "limit": requests_per_minute(),
            "breadcrumbs": [(_("Öppet gränssnitt"), "")],
        },
    )


def openapi(request: HttpRequest) -> HttpResponse:
    """The description as OpenAPI 3.1."""
    return JsonResponse(description())
