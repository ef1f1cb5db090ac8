"""Two views for the tests of closed doors and broken pages: one says whom it is open to, one does not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from plats.web.common.access import public, signed_in


def _silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("silent")


@public
def _open(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@public
def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a detail no reader should see")


@signed_in
def _inner(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inner")


urlpatterns = [
    path("tyst/", _silent),
    path("oppen/", _open),
    path("trasig/", _broken),
    path("inne/", _inner),
    path("", include("plats.web.accounts.urls")),
    path("", include("plats.web.common.urls")),
]
handler403 = "plats.web.common.errors.forbidden"
handler500 = "plats.web.common.errors.server_error"
