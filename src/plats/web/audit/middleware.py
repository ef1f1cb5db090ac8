"""Refusals go on record, those that hide an object behind 'not found' too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from plats.web.audit.reads import note_denied
from plats.web.common.access import Access, access_of

GetResponse = Callable[[HttpRequest], HttpResponse]
REFUSALS = frozenset({403, 404})


class DeniedMiddleware:
    """Notes each refusal of someone who is signed in. Public pages that do not exist are nobody's secret."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in REFUSALS and self._concerns(request):
            note_denied(request, status=response.status_code)
        return response

    def _concerns(self, request: HttpRequest) -> bool:
        user = getattr(request, "user", None)
        match = request.resolver_match
        if user is None or not user.is_authenticated or match is None:
            return False
        return access_of(match.func) is not Access.PUBLIC
