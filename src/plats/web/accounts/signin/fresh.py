"""What changes how one signs in asks first that one shows once more who one is."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from plats.web.accounts.assurance import STRONG_LEVEL, assurance_of
from plats.web.accounts.signin.entering import needs_second_step
from plats.web.common.access import READING_METHODS, STEP_UP_ROUTE, View


def confirmed(view: View) -> View:
    """Below `own_account`: a fresh sign-in, with the second factor where the account has one.

    So whoever comes by an unlocked screen or a password can neither add a factor of their own nor take one away.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assurance = assurance_of(request)
        strong = assurance.level >= STRONG_LEVEL or not needs_second_step(request.user)  # type: ignore[arg-type]
        if assurance.is_fresh and strong:
            return view(request, *args, **kwargs)
        # A form that was sent is not sent again by itself: one comes back to the page it was on.
        back = request.get_full_path() if request.method in READING_METHODS else reverse("accounts:overview")
        return HttpResponseRedirect(f"{reverse(STEP_UP_ROUTE)}?{urlencode({'next': back})}")

    return guarded
