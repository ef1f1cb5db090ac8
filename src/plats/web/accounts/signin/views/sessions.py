"""One's sessions: where and since when, and ending those one does not want."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from plats.web.accounts.models import Ending, User
from plats.web.accounts.requests import SignedInRequest
from plats.web.accounts.said import said, say
from plats.web.accounts.signin import sessions
from plats.web.accounts.signin.views.shared import crumbs
from plats.web.common.access import own_account


@own_account
@require_http_methods(["GET", "HEAD", "POST"])
def session_list(request: SignedInRequest) -> HttpResponse:
    """List one's sessions; a POST ends one, or all but this one."""
    user = request.user
    here = request.session[sessions.NUMBER]
    if request.method == "POST":
        say(request, _end(request, user, here))
        return redirect("accounts:sessions")
    shown = {
        "sessions": sessions.living(user),
        "here": here,
        "said": said(request),
        "breadcrumbs": crumbs(gettext("Sessioner")),
    }
    return render(request, "accounts/sessions.html", shown)


# Internals


def _end(request: SignedInRequest, user: User, here: str) -> str:
    """End what was asked for; says which sentence tells it. Ending costs nobody anything, so it asks for no proof."""
    if "others" in request.POST:
        sessions.end_others(by=user, user=user, kept=here, ending=Ending.REVOKED)
        return "sessions"
    try:
        number = UUID(request.POST.get("session", ""))
    except ValueError:
        return "no_session"
    return "session" if sessions.end_one(by=user, number=number) else "no_session"
