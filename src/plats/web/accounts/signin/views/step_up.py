"""Showing once more who one is, before something sensitive."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plats.web.accounts.models import Method, User
from plats.web.accounts.requests import SignedInRequest
from plats.web.accounts.signin import passkeys
from plats.web.accounts.signin.entering import LEVELS, confirm, needs_second_step, ours
from plats.web.accounts.signin.forms import CodeForm, PasswordAgainForm
from plats.web.accounts.signin.queries import has_app, has_key, identities_of
from plats.web.audit.recording import append
from plats.web.common.access import own_account

_FAILED = "session.confirm_fail"


@own_account
@sensitive_post_parameters("password", "code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def step_up(request: SignedInRequest) -> HttpResponse:
    """Confirm with the strongest one has, and come back to the page that asked for it."""
    user = request.user
    wanted = ours(request, request.POST.get("next", request.GET.get("next", "")))
    data = request.POST if request.method == "POST" and "credential" not in request.POST else None
    form = (
        CodeForm(user, data, act=_FAILED, by=user)
        if needs_second_step(user)
        else PasswordAgainForm(user, data)
    )
    method = form.method() or _by_key(request, user)
    if method is not None:
        confirm(request, method=method, level=LEVELS[method])
        return redirect(wanted)
    shown = {
        "form": form,
        "next": wanted,
        "key_failed": gettext("Nyckeln gick inte att godta. Försök igen.")
        if "credential" in request.POST
        else "",
        "has_code": has_app(user) or not needs_second_step(user),
        "has_key": has_key(user),
        "provider": settings.PLATS_OIDC if identities_of(user) else None,
    }
    return render(request, "accounts/step_up.html", shown)


# Internals


def _by_key(request: SignedInRequest, user: User) -> Method | None:
    """A passkey of this very account. Another's, though real, confirms nothing."""
    if "credential" not in request.POST:
        return None
    try:
        if passkeys.shown(request, request.POST["credential"]) == user:
            return Method.PASSKEY
        told = "another account"
    except passkeys.PasskeyError as error:
        told = str(error)
    append(by=user, act=_FAILED, kind="user", object_id=str(user.public_id), note=f"passkey: {told}"[:200])
    return None
