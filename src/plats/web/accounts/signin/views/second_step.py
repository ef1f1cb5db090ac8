"""The second step in: a code or a passkey. And the passkey as the only step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.assurance import STRONG_LEVEL
from plats.web.accounts.models import Method
from plats.web.accounts.signin import passkeys, sessions
from plats.web.accounts.signin.entering import end_second_step, ours, pending, sign_in
from plats.web.accounts.signin.forms import CodeForm
from plats.web.accounts.signin.queries import has_app, has_key
from plats.web.audit.recording import append
from plats.web.common.access import public


@public
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code, for whoever has just got the password right."""
    waiting = pending(request)
    if waiting is None:
        return _start_again(request, "late")
    user = waiting.user
    form = CodeForm(user, request.POST if request.method == "POST" else None, act="sign_in.fail")
    entrant = form.entrant()
    if entrant is None:
        shown = {"form": form, "has_app": has_app(user), "has_key": has_key(user)}
        return render(request, "accounts/second_step.html", shown)
    method, tried = entrant
    end_second_step(request)
    sign_in(request, user, method=waiting.method(method), level=STRONG_LEVEL)
    tried.succeeded()
    return redirect(waiting.wanted)


@public
@never_cache
@require_POST
def key_options(request: HttpRequest) -> JsonResponse:
    """What the browser is to ask a key for: one of those of whoever is signed in or half-way in, or any key."""
    waiting = pending(request)
    user = request.user if request.user.is_authenticated else waiting.user if waiting else None
    return JsonResponse(passkeys.options_to_show(request, user))


@public
@sensitive_post_parameters("credential")
@require_POST
def key_login(request: HttpRequest) -> HttpResponse:
    """A key alone is enough: it has verified its owner itself."""
    waiting = pending(request)
    wanted = ours(request, request.POST.get("next", waiting.wanted if waiting else ""))
    try:
        user = passkeys.shown(request, request.POST.get("credential", ""))
    except passkeys.PasskeyError as error:
        append(by=None, act="sign_in.fail", kind="user", note=f"passkey: {error}"[:200])
        return _start_again(request, "key")
    if waiting is not None and waiting.user != user:
        append(by=None, act="sign_in.fail", kind="user", note="passkey: another account")
        return _start_again(request, "key")
    end_second_step(request)
    method = waiting.method(Method.PASSWORD_AND_PASSKEY) if waiting else Method.PASSKEY
    sign_in(request, user, method=method, level=STRONG_LEVEL)
    return redirect(wanted)


# Internals


def _start_again(request: HttpRequest, why: str) -> HttpResponseRedirect:
    request.session[sessions.OVER] = why
    return redirect("accounts:login")
