"""Showing once more who one is, before something sensitive."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plats.web.accounts.assurance import PASSWORD_LEVEL
from plats.web.accounts.models import Method
from plats.web.accounts.signin.entering import confirm, ours
from plats.web.accounts.signin.forms import PasswordAgainForm
from plats.web.common.access import own_account


@own_account
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def step_up(request: HttpRequest) -> HttpResponse:
    """Confirm, and come back to the page that asked for it."""
    wanted = ours(request, request.POST.get("next", request.GET.get("next", "")))
    form = PasswordAgainForm(request.user, request.POST if request.method == "POST" else None)  # type: ignore[arg-type]
    if form.is_bound and form.is_valid():
        confirm(request, method=Method.PASSWORD, level=PASSWORD_LEVEL)
        return redirect(wanted)
    return render(request, "accounts/step_up.html", {"form": form, "next": wanted})
