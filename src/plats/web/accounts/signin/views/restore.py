"""Restoring someone's sign-in, and choosing the new password that the letter's link is for."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from plats.web.accounts import queries
from plats.web.accounts.forms import ReasonForm
from plats.web.accounts.guessing import note_miss, tries_too_often
from plats.web.accounts.mail import NotSentError
from plats.web.accounts.permissions import ACCOUNT_RESTORE
from plats.web.accounts.signin import restoring, sessions
from plats.web.accounts.signin.forms import NewPasswordForm
from plats.web.accounts.views.shared import done, found_or_404, reader
from plats.web.common.access import permitted, public


@permitted(ACCOUNT_RESTORE)
@require_http_methods(["GET", "HEAD", "POST"])
def account_restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Clear what an account signs in with and send it a letter, after a page that says what that means."""
    user = reader(request)
    person = found_or_404(queries.account(user, public_id))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    may = person.is_active and person != user
    if not (may and form.is_valid()):
        return render(request, "accounts/restore.html", {"person": person, "form": form, "may": may})

    def link(token: str) -> str:
        address = reverse("accounts:new_password", kwargs={"public_id": public_id, "token": token})
        return request.build_absolute_uri(address)

    try:
        restoring.restore(by=user, user=person, reason=form.cleaned_data["reason"], link=link)
    except NotSentError:
        return done(request, "restored_unsent", "accounts:account", public_id=public_id)
    return done(request, "restored", "accounts:account", public_id=public_id)


@public
@sensitive_post_parameters("new_password", "again")
@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, public_id: UUID, token: str) -> HttpResponse:
    """Choose a new password, for the one who has the letter."""
    user = None if tries_too_often(request) else restoring.account_of_letter(public_id, token)
    if user is None:
        note_miss(request)
        return render(request, "accounts/new_password.html", {"form": None}, status=404)
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/new_password.html", {"form": form, "person": user})
    restoring.choose_password(by=user, password=form.cleaned_data["new_password"])
    request.session[sessions.OVER] = "chosen"
    return redirect("accounts:login")
