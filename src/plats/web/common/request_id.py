"""A number for each request: in the log, in the response, and on the page that says something broke."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
_current_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Gives each request a number: in the log, in the response and on the page that says something broke.

    A number sent by the browser is not used: anyone could write anything into our log.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(6)
        request.META["plats.request_id"] = number
        token = _current_id.set(number)
        try:
            response = self.get_response(request)
        finally:
            _current_id.reset(token)
        response["X-Request-ID"] = number
        return response


class RequestIdFilter(logging.Filter):
    """Puts the request's number on each log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django logs a response after the middleware has let go of it, and sends the request along.
        request = getattr(record, "request", None)
        sent_along = request_id_of(request) if isinstance(request, HttpRequest) else ""
        record.request_id = sent_along or _current_id.get()
        return True


def request_id_of(request: HttpRequest) -> str:
    """The request's number, or '' when the middleware was never reached."""
    return str(request.META.get("plats.request_id", ""))


def current_request_id() -> str:
    """The number of the request being answered; '' outside one."""
    number = _current_id.get()
    return "" if number == "-" else number
