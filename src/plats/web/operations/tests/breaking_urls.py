"""Addresses whose views fail with words that a log may not hold."""

from __future__ import annotations

import logging

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from plats.web.common.access import public
from plats.web.config.urls import urlpatterns as site


@public
def value(request: HttpRequest) -> HttpResponse:
    name, number = request.GET["name"], request.GET["number"]
    try:
        return HttpResponse(int(name))
    except ValueError as error:
        raise LookupError(f"{name} {number}") from error


@public
def row(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE canary (name text PRIMARY KEY)")
        cursor.execute("INSERT INTO canary VALUES (%s)", [request.GET["name"]])
        cursor.execute("INSERT INTO canary VALUES (%s)", [request.GET["name"]])
    return HttpResponse("")


@public
def warning(request: HttpRequest) -> HttpResponse:
    logging.getLogger("plats.security").warning("Något misstänkt")
    return HttpResponse("")


urlpatterns = [
    path("trasig/", value, name="value"),
    path("dubblett/", row, name="row"),
    path("varning/", warning, name="warning"),
    *site,
]
