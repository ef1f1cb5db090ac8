"""How sure we are of who is behind a session, and since when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

FRESH = timedelta(minutes=15)
SIGNED_IN_AT = "plats_signed_in_at"
LEVEL = "plats_assurance_level"
PASSWORD_LEVEL, STRONG_LEVEL = 2, 3

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Assurance:
    """The level of the sign-in (2: password; 3: two factors, a passkey or an e-legitimation) and when it was made."""

    level: int
    at: datetime | None
    strong_needed: bool

    @property
    def is_fresh(self) -> bool:
        return self.at is not None and timezone.now() - self.at <= FRESH

    @property
    def enough_for_sensitive(self) -> bool:
        """Fresh, and strong where the installation asks for it."""
        return self.is_fresh and (self.level >= STRONG_LEVEL or not self.strong_needed)


def assurance_of(request: HttpRequest) -> Assurance:
    """What the session says. A session that says nothing is not trusted with anything sensitive."""
    stamp = request.session.get(SIGNED_IN_AT)
    return Assurance(
        level=int(request.session.get(LEVEL, 0)),
        at=datetime.fromisoformat(stamp) if stamp else None,
        strong_needed=settings.PLATS_PRODUCTION,
    )


def note_sign_in(request: HttpRequest, level: int) -> None:
    """Stamp the session: someone has just shown who they are."""
    request.session[SIGNED_IN_AT] = timezone.now().isoformat()
    request.session[LEVEL] = level


def stamp_on_sign_in(sender: Any, request: HttpRequest | None, **_: Any) -> None:  # noqa: ARG001
    """Called by Django whenever someone signs in, by whichever way."""
    if request is not None:
        note_sign_in(request, PASSWORD_LEVEL)


class AssuranceMiddleware:
    """Puts the session's assurance on the request, for `permitted` to judge."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.assurance = assurance_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)
