"""What is done with every request: headers that Django does not set, and closed doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from plats.web.common.access import access_of

GetResponse = Callable[[HttpRequest], HttpResponse]


class ExtraHeadersMiddleware:
    """Sets the security headers of the settings on every response that has not said otherwise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers: dict[str, str] = settings.PLATS_EXTRA_HEADERS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


class AccessMiddleware:
    """Keeps closed every view that has not said who it is open to."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:  # noqa: ARG002
        if access_of(view) is None:
            raise PermissionDenied(f"Vyn för {request.path} säger inte vem den är öppen för.")
