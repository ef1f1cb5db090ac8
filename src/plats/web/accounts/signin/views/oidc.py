"""Signing in, and confirming who one is, at the municipality's identity provider."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plats.web.accounts.assurance import STRONG_LEVEL
from plats.web.accounts.models import Method
from plats.web.accounts.signin.entering import begin_second_step, confirm, needs_second_step, ours, sign_in
from plats.web.accounts.signin.oidc.configuration import IdentityProvider
from plats.web.accounts.signin.oidc.flow import Answer, OidcError, begin, finish
from plats.web.accounts.signin.oidc.linking import account_for, account_linked_to
from plats.web.audit.recording import append
from plats.web.common.access import public

_STATUS = {
    "unreachable": 502,
    "unknown": 403,
    "unverified": 403,
    "other_identity": 403,
    "wrong_account": 403,
    "weak": 403,
}


@public
@never_cache
@require_safe
def oidc_begin(request: HttpRequest) -> HttpResponse:
    """Off to the provider. Another site can lead no further than to a page that asks."""
    provider = _provider()
    wanted = ours(request, request.GET.get("next", ""))
    confirms = "bekrafta" in request.GET and request.user.is_authenticated
    if request.user.is_authenticated and not confirms:
        return redirect(wanted)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return render(request, "accounts/oidc_ask.html", {"provider": provider, "next": wanted})
    try:
        return HttpResponseRedirect(begin(request, provider, wanted=wanted, confirms=confirms))
    except OidcError as error:
        return _refused(request, provider, error)


@public
@never_cache
@require_safe
def oidc_answer(request: HttpRequest) -> HttpResponse:
    """Back from the provider. What is wrong with the answer is told, and goes on record."""
    provider = _provider()
    try:
        answer = finish(request, provider)
        return (
            _confirmed(request, provider, answer) if answer.confirms else _entered(request, provider, answer)
        )
    except OidcError as error:
        return _refused(request, provider, error)


# Internals


def _provider() -> IdentityProvider:
    if settings.PLATS_OIDC is None:
        raise Http404
    return settings.PLATS_OIDC


def _entered(request: HttpRequest, provider: IdentityProvider, answer: Answer) -> HttpResponse:
    wanted, level = ours(request, answer.wanted), provider.level_of(answer.acr)
    with transaction.atomic():
        user = account_for(answer, provider.issuer)
        if level < STRONG_LEVEL and needs_second_step(user):
            begin_second_step(request, user, wanted, first=Method.OIDC)
            return redirect("accounts:second_step")
        sign_in(request, user, method=Method.OIDC, level=level)
    return redirect(wanted)


def _confirmed(request: HttpRequest, provider: IdentityProvider, answer: Answer) -> HttpResponse:
    user, level = account_linked_to(answer, provider.issuer), provider.level_of(answer.acr)
    if user is None or user != request.user:
        raise OidcError("wrong_account")
    if level < STRONG_LEVEL and needs_second_step(user):
        # What the provider asked for is no more than a password: it does not stand in for the second factor.
        raise OidcError("weak")
    confirm(request, method=Method.OIDC, level=level)
    return redirect(ours(request, answer.wanted))


def _refused(request: HttpRequest, provider: IdentityProvider, error: OidcError) -> HttpResponse:
    by = request.user if request.user.is_authenticated else None
    append(by=by, act="sign_in.refuse", kind="identity_provider", note=error.reason)
    shown = {"provider": provider, "reason": error.reason}
    return render(request, "accounts/oidc_refused.html", shown, status=_STATUS.get(error.reason, 400))
