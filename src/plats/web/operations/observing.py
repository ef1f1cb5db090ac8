"""Each request is timed, counted and written in the access log: by its route, never by its address."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from plats.web.common.client_address import client_network
from plats.web.operations import metrics
from plats.web.operations.logs import ACCESS

GetResponse = Callable[[HttpRequest], HttpResponse]

STATIC, UNMATCHED = "static", "unmatched"
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
OTHER_METHOD = "OTHER"

_log = logging.getLogger(ACCESS)
_network: ContextVar[Callable[[], str] | None] = ContextVar("network", default=None)


def current_network() -> str:
    """The network that the request being answered came from; '' outside one."""
    found = _network.get()
    return found() if found is not None else ""


@dataclass
class Meter:
    """Counts the questions to the database while one request is answered, and how long they took."""

    queries: int = 0
    seconds: float = 0.0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - started


class ObservingMiddleware:
    """Stands next to the outermost, so that refusals and static files are seen too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started, meter = time.perf_counter(), Meter()
        token = _network.set(lambda: client_network(request))
        try:
            with connection.execute_wrapper(meter):
                response = self.get_response(request)
        finally:
            _network.reset(token)
        _note(request, response.status_code, time.perf_counter() - started, meter)
        return response


def route_of(request: HttpRequest) -> str:
    """The name of the address: one of those in the URL configuration, or one of two words for what is in none."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else UNMATCHED


def method_of(request: HttpRequest) -> str:
    """The HTTP method, one of a known few: anyone can send any word."""
    return request.method if request.method in METHODS else OTHER_METHOD


# Internals


def _note(request: HttpRequest, status: int, seconds: float, meter: Meter) -> None:
    route, method = route_of(request), method_of(request)
    metrics.REQUESTS.labels(route, method, str(status)).inc()
    metrics.REQUEST_SECONDS.labels(route).observe(seconds)
    if meter.queries:
        metrics.DATABASE_QUERIES.labels(route).inc(meter.queries)
        metrics.DATABASE_SECONDS.labels(route).inc(meter.seconds)
    if route == STATIC and status < 400:
        return
    _log.info(
        "%s %s %s",
        method,
        route,
        status,
        extra={
            "route": route,
            "method": method,
            "status": status,
            "ms": round(1000 * seconds, 1),
            "queries": meter.queries,
            "user": _number_of(request),
        },
    )


def _number_of(request: HttpRequest) -> str:
    """The account's number; '' for one who is not signed in, and while the database cannot say."""
    user = getattr(request, "user", None)
    with suppress(DatabaseError):
        if user is not None and user.is_authenticated:
            return str(user.public_id)
    return ""
