"""What watches the installation asks here, and those who run it see it on a page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from plats.web.common.access import permitted, public
from plats.web.common.client_address import is_from_this_machine
from plats.web.operations import permissions
from plats.web.operations.health import checks
from plats.web.operations.state_metrics import exposition
from plats.web.operations.status import facts


@public
@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: that it is down is no reason to restart the site."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether each part can do its work, by id; 503 when one cannot."""
    answers = checks()
    content: dict[str, object] = {"ok": all(one.ok for one in answers)}
    content["checks"] = {one.id: one.ok for one in answers}
    if _may_see_details(request):
        content["details"] = {one.id: one.detail for one in answers}
    return JsonResponse(content, status=200 if content["ok"] else 503)


@public
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format, for programs on this machine and for those who hold the installation's token."""
    if not (is_from_this_machine(request) or _holds_token(request)):
        return HttpResponseForbidden(
            "Mätvärden lämnas till program på samma dator, eller till den som visar PLATS_METRICS_TOKEN.\n",
            content_type="text/plain; charset=utf-8",
        )
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


@permitted(permissions.READ)
@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """How the installation is, for those who run it."""
    answers = checks()
    context = {"checks": answers, "broken": [one for one in answers if not one.ok], "facts": facts()}
    return render(request, "operations/status.html", context)


# Internals


def _holds_token(request: HttpRequest) -> bool:
    token = settings.PLATS_METRICS_TOKEN
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and scheme.lower() == "bearer" and constant_time_compare(given.strip(), token)


def _may_see_details(request: HttpRequest) -> bool:
    """Asked after the checks: when the database is down nobody can be told from anybody."""
    user = request.user
    return user.is_authenticated and user.may(permissions.READ)
