"""One's own account: what it is, how it is protected, and the password."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.accounts.said import said, say
from plats.web.accounts.signin import sessions
from plats.web.accounts.signin.entering import ours
from plats.web.accounts.signin.forms import NewPasswordForm, PasswordAgainForm
from plats.web.accounts.signin.passwords import change_password
from plats.web.accounts.signin.queries import identities_of, protection_of, roles_held
from plats.web.accounts.signin.views.shared import crumbs
from plats.web.common.access import own_account


@own_account
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Name, address, roles, protection, sessions."""
    user = request.user
    shown = {
        "said": said(request),
        "roles": roles_held(user),
        "protection": protection_of(user),
        "identities": identities_of(user),
        "provider": settings.PLATS_OIDC,
        "sessions": len(sessions.living(user)),
    }
    return render(request, "accounts/overview.html", shown)


@own_account
@require_safe
def protect(request: SignedInRequest) -> HttpResponse:
    """Where one is led in production before anything else: choose a second factor."""
    wanted = ours(request, request.GET.get("next", ""))
    return render(request, "accounts/protect.html", {"next": wanted, "forced": settings.PLATS_PRODUCTION})


@own_account
@sensitive_post_parameters("password", "new_password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """A new password, for one who knows the old."""
    user = request.user
    data = request.POST if request.method == "POST" else None
    current, new = (
        PasswordAgainForm(user, data, label=gettext("Nuvarande lösenord")),
        NewPasswordForm(user, data),
    )
    # The new one is judged first: a weak one is no reason to count a guess at the old.
    if data is not None and new.is_valid() and current.is_valid():
        change_password(request, by=user, password=new.cleaned_data["new_password"])
        say(request, "password")
        return redirect("accounts:overview")
    return render(
        request,
        "accounts/password.html",
        {"current": current, "new": new, "breadcrumbs": crumbs(gettext("Byt lösenord"))},
    )
