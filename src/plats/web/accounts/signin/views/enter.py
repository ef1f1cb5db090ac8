"""The first step in, and the way out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.models import Method
from plats.web.accounts.signin import sessions
from plats.web.accounts.signin.entering import begin_second_step, needs_second_step, ours, sign_in, sign_out
from plats.web.accounts.signin.forms import LoginForm
from plats.web.common.access import public
from plats.web.common.language import start_url


@public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Address and password, or another way in. Afterwards one comes to the page one asked for, if it is ours."""
    wanted = ours(request, request.POST.get("next", request.GET.get("next", "")))
    if request.user.is_authenticated:
        return redirect(wanted)
    form = LoginForm(request, request.POST if request.method == "POST" else None)
    entrant = form.entrant()
    if entrant is None:
        return render(request, "accounts/login.html", _around(request, form, wanted))
    user, tried = entrant
    if needs_second_step(user):
        tried.passed_step()
        begin_second_step(request, user, wanted)
        return redirect("accounts:second_step")
    sign_in(request, user, method=Method.PASSWORD)
    tried.succeeded()
    return redirect(wanted)


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Signs out. Only by POST: a link or a picture on another site must not be able to.

    The browser is asked to forget what pages kept. Not its cache: that holds nothing of ours, since pages of one who is
    signed in say no-store, and emptying it takes seconds.
    """
    sign_out(request)
    answer = redirect(start_url())
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


# Internals


def _around(request: HttpRequest, form: LoginForm, wanted: str) -> dict[str, Any]:
    """The page around the form: why the last session ended, and the other ways in."""
    over = request.session.pop(sessions.OVER, "")
    return {
        "form": form,
        "next": wanted,
        "over": over,
        "idle_minutes": settings.PLATS_IDLE_MINUTES,
        "longest_hours": int(sessions.ABSOLUTE.total_seconds() // 3600),
        "provider": settings.PLATS_OIDC,
    }
