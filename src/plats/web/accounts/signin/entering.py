"""Into the site and out of it. Every way in ends in `sign_in`: session, level and entry in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from plats.web.accounts.assurance import PASSWORD_LEVEL, STRONG_LEVEL, note_sign_in
from plats.web.accounts.models import Ending, Method, SecondFactor, User
from plats.web.accounts.signin import sessions
from plats.web.audit.recording import recorded
from plats.web.common.language import start_url

PENDING_LIVES = timedelta(minutes=5)
"""How long one may take over the second step."""
_PENDING = "plats_pending_sign_in"

LEVELS: dict[Method, int] = {
    Method.PASSWORD: PASSWORD_LEVEL,
    Method.TOTP: STRONG_LEVEL,
    Method.RECOVERY_CODE: STRONG_LEVEL,
    Method.PASSWORD_AND_PASSKEY: STRONG_LEVEL,
    Method.PASSKEY: STRONG_LEVEL,
}
"""What each way proves. The identity provider says its own level (`oidc.configuration`)."""


def sign_in(request: HttpRequest, user: User, *, method: Method, level: int | None = None) -> None:
    """Open a session. Nothing is open when the entry cannot be written."""
    with recorded(by=user, act="session.open") as record:
        if request.user.is_authenticated:
            sessions.close(request, Ending.REPLACED)
        setattr(request, sessions.METHOD_OF_REQUEST, method)
        # Gives the session a new key, so that one planted in the browser before leads nowhere.
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        note_sign_in(request, LEVELS[method] if level is None else level)
        record.noted(kind="session", object_id=request.session[sessions.NUMBER], note=method.value)


def sign_out(request: HttpRequest) -> None:
    """Close the session at hand. Without one there is nothing to do."""
    if not request.user.is_authenticated:
        logout(request)
        return
    with recorded(by=request.user, act="session.close") as record:
        row = sessions.close(request, Ending.SIGNED_OUT)
        record.noted(kind="session", object_id=str(row.public_id) if row else "")
        logout(request)


def confirm(request: HttpRequest, *, method: Method, level: int) -> None:
    """Someone who is signed in has shown once more who they are. The level never falls by it."""
    with recorded(by=request.user, act="session.confirm") as record:
        request.session.cycle_key()
        note_sign_in(request, max(level, request.assurance.level))  # type: ignore[attr-defined]
        record.noted(kind="session", object_id=request.session[sessions.NUMBER], note=method.value)


def account_of(address: str) -> User | None:
    """The account with this address, however its letters are cased."""
    found: User | None = User.objects.filter(email=address.strip().lower()).first()
    return found


def needs_second_step(user: User) -> bool:
    """Whether the account has something besides its password, which is then asked for wherever it signs in."""
    return bool(SecondFactor.objects.of(user).exists())


@dataclass(frozen=True, slots=True)
class Pending:
    """Who stands at the second step, where they wanted to go, and by what they got there."""

    user: User
    wanted: str
    first: Method

    def method(self, second: Method) -> Method:
        """What the session is said to have begun with: the provider, whatever code was added to it."""
        return Method.OIDC if self.first is Method.OIDC else second


def begin_second_step(
    request: HttpRequest, user: User, wanted: str, *, first: Method = Method.PASSWORD
) -> None:
    """Remember, for a few minutes and in this browser only, who has got through the first step."""
    request.session.cycle_key()
    request.session[_PENDING] = {
        "user": str(user.public_id),
        # Bound to the password: a changed one ends what was begun with the old.
        "proof": user.get_session_auth_hash(),
        "at": timezone.now().isoformat(),
        "next": wanted,
        "first": first.value,
    }


def pending(request: HttpRequest) -> Pending | None:
    """Who stands at the second step; None when nobody does, or too long has passed."""
    kept: dict[str, Any] = request.session.get(_PENDING, {})
    if not kept or timezone.now() - datetime.fromisoformat(kept["at"]) > PENDING_LIVES:
        return None
    user = User.objects.filter(public_id=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["proof"], user.get_session_auth_hash()):
        return None
    return Pending(user, str(kept["next"]), Method(kept["first"]))


def end_second_step(request: HttpRequest) -> None:
    """Forget who stood at the second step."""
    request.session.pop(_PENDING, None)


def ours(request: HttpRequest, wanted: str) -> str:
    """The address one wanted to go to if it is on our site, else the start page."""
    return wanted if is_ours(request, wanted) else start_url()


def is_ours(request: HttpRequest, wanted: str) -> bool:
    """Whether an address leads to our own site and nowhere else."""
    # From the root: a bare word would be taken for the name of a route, or lead on from the page one happens to be on.
    return wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
