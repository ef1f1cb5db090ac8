"""Adding and taking away second factors: the app for codes, passkeys, recovery codes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.models import Method, SecondFactor, User
from plats.web.accounts.requests import SignedInRequest
from plats.web.accounts.said import said, say
from plats.web.accounts.signin import factors, passkeys
from plats.web.accounts.signin.entering import LEVELS, confirm, ours
from plats.web.accounts.signin.forms import AppCodeForm, KeyForm
from plats.web.accounts.signin.fresh import confirmed
from plats.web.accounts.signin.queries import key_of, protection_of
from plats.web.accounts.signin.views.shared import crumbs
from plats.web.common.access import own_account


@own_account
@confirmed
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def totp(request: SignedInRequest) -> HttpResponse:
    """Set up an app for codes: picture and secret first, then the app's own code as proof."""
    user = request.user
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    wanted = ours(request, request.POST.get("next", request.GET.get("next", "")))
    if form.is_valid():
        if factors.add_totp(request, by=user, code=form.cleaned_data["code"]):
            return _protected(request, user, Method.TOTP, wanted)
        form.add_error(
            "code", gettext("Koden stämmer inte. Kontrollera att telefonens klocka går rätt och försök igen.")
        )
    setup = factors.set_up(request, anew=not form.is_bound)
    shown = {"form": form, "setup": setup, "next": wanted, "has_app": protection_of(user).app is not None}
    shown["breadcrumbs"] = crumbs(gettext("App för koder"))
    return render(request, "accounts/totp.html", shown)


@own_account
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def totp_remove(request: SignedInRequest) -> HttpResponse:
    """Take the app away, after one more question."""
    app = protection_of(request.user).app
    if app is None:
        return redirect("accounts:overview")
    if request.method == "POST":
        return _remove(request, app, "app_removed")
    return render(request, "accounts/totp_remove.html", {"breadcrumbs": crumbs(gettext("App för koder"))})


@own_account
@confirmed
@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: SignedInRequest) -> HttpResponse:
    """One's passkeys, and adding one."""
    user = request.user
    form = KeyForm(request.POST if request.method == "POST" else None)
    wanted = ours(request, request.POST.get("next", request.GET.get("next", "")))
    if form.is_valid():
        try:
            passkeys.add(
                request, by=user, name=form.cleaned_data["name"], answer=form.cleaned_data["credential"]
            )
            say(request, "key_added")
            return _protected(request, user, Method.PASSKEY, wanted)
        except passkeys.PasskeyError:
            form.add_error(
                None, gettext("Nyckeln gick inte att lägga till. Försök igen, eller använd en annan nyckel.")
            )
    shown = {"form": form, "keys": protection_of(user).keys, "next": wanted, "said": said(request)}
    shown["breadcrumbs"] = crumbs(gettext("Nycklar"))
    return render(request, "accounts/keys.html", shown)


@own_account
@confirmed
@require_POST
def new_key_options(request: SignedInRequest) -> JsonResponse:
    """What the browser is to ask a new key for."""
    return JsonResponse(passkeys.options_to_add(request, request.user))


@own_account
@confirmed
@require_POST
def key_remove(request: SignedInRequest) -> HttpResponse:
    """Take a passkey away."""
    key = key_of(request.user, request.POST.get("key", ""))
    return _remove(request, key, "key_removed") if key is not None else redirect("accounts:overview")


@own_account
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """How many codes are left; a POST makes new ones and shows them, once."""
    user = request.user
    protection = protection_of(user)
    if not protection.is_there:
        return redirect("accounts:protect")
    codes = factors.new_recovery_codes(by=user) if request.method == "POST" else []
    shown: dict[str, Any] = {
        "codes": codes,
        "left": protection.codes_left,
        "next": reverse("accounts:overview"),
    }
    shown["breadcrumbs"] = crumbs(gettext("Återställningskoder"))
    return render(request, "accounts/recovery_codes.html", shown)


# Internals


def _protected(request: SignedInRequest, user: User, method: Method, wanted: str) -> HttpResponse:
    """A factor was added, and shown in the same breath: the session is as strong as one that began with it."""
    codes = factors.first_recovery_codes(by=user)
    confirm(request, method=method, level=LEVELS[method])
    if not codes:
        return redirect("accounts:overview")
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": wanted, "first": True})


def _remove(request: SignedInRequest, factor: SecondFactor, done: str) -> HttpResponse:
    user = request.user
    try:
        factors.remove(by=user, factors=[factor], last_may_go=not settings.PLATS_PRODUCTION)
        say(request, done)
    except factors.LastFactorError:
        say(request, "last_factor")
    return redirect("accounts:overview")
