"""What is done with every request of someone who is signed in: is the session alive, and is it strong enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from plats.web.accounts.assurance import STRONG_LEVEL
from plats.web.accounts.models import Ending
from plats.web.accounts.signin import sessions
from plats.web.accounts.signin.entering import needs_second_step
from plats.web.common.access import READING_METHODS, STEP_UP_ROUTE

GetResponse = Callable[[HttpRequest], HttpResponse]

PROTECT_ROUTE = "accounts:protect"
# What one reaches while the session is too weak: making it stronger, and leaving.
REACHED_WEAK = frozenset(
    {
        PROTECT_ROUTE,
        STEP_UP_ROUTE,
        "accounts:totp",
        "accounts:keys",
        "accounts:new_key_options",
        "accounts:login",
        "accounts:logout",
        "accounts:key_options",
        "accounts:key_login",
        "accounts:second_step",
        "accounts:oidc_begin",
        "accounts:oidc_answer",
    }
)


class LivingSessionMiddleware:
    """Ends a session that is over: revoked, unused for too long, or too old. What is shown to those who are signed in
    is kept neither by the browser nor on the way."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._judge(request)
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if signed_in or request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    def _judge(self, request: HttpRequest) -> None:
        row, now = sessions.row_of(request), timezone.now()
        # A session without its row was not opened by a sign-in of ours.
        ending = Ending.REVOKED if row is None else sessions.ending_of(row, now)
        if row is not None and ending is None:
            sessions.note_seen(row, now)
        elif ending is not None:
            sessions.end_at_request(request, row, ending)


class StrongSignInMiddleware:
    """In production a password alone opens nothing: whoever has no second factor is led to set one up first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],  # noqa: ARG002  Django's signature
        args: Any,  # noqa: ARG002
        kwargs: Any,  # noqa: ARG002
    ) -> HttpResponse | None:
        assurance = getattr(request, "assurance", None)
        if not settings.PLATS_PRODUCTION or assurance is None or assurance.level >= STRONG_LEVEL:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in REACHED_WEAK:
            return None
        route = STEP_UP_ROUTE if needs_second_step(request.user) else PROTECT_ROUTE  # type: ignore[arg-type]
        back = request.get_full_path() if request.method in READING_METHODS else ""
        return HttpResponseRedirect(f"{reverse(route)}?{urlencode({'next': back})}")
