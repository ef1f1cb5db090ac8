"""What a person meets when a page cannot be shown: what happened and what to do."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from plats.web.common.language import language, start_url
from plats.web.common.request_id import request_id_of

_log = logging.getLogger(__name__)

_LAST_RESORT = (
    '<!doctype html><html lang="sv"><meta charset="utf-8"><title>Fel – Platsperspektiv</title>'
    "<h1>Något gick fel hos oss</h1><p>Försök igen om en stund.</p>"
    '<p lang="en">Something went wrong. Please try again in a while.</p></html>'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # The host may be why the request is refused, so nothing that asks for it is used.
    return _bare(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "common/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "common/errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "common/errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Shown when our program failed; asks nothing of the database, and survives a broken template."""
    try:
        return _bare(request, "500", 500)
    except Exception:  # noqa: BLE001  whatever broke, the reader is owed a page
        _log.exception("The page that says something broke is itself broken")
        return HttpResponse(_LAST_RESORT, status=500)


# Internals


def _bare(request: HttpRequest, name: str, status: int) -> HttpResponse:
    context = {"language": language(), "start_url": start_url(), "request_id": request_id_of(request)}
    return HttpResponse(render_to_string(f"common/errors/{name}.html", context), status=status)
