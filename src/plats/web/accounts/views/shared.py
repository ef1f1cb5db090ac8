"""What the pages of this app share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plats.web.accounts.models import Organisation, User
from plats.web.accounts.said import said, say

T = TypeVar("T")
Crumbs = Sequence[tuple[str, str]]


def reader(request: HttpRequest) -> User:
    """The one who is signed in; the view above has seen to it."""
    return cast("User", request.user)


def sent(request: HttpRequest) -> Any:
    """What a form was sent with; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def found_or_404(found: T | None) -> T:
    """What was asked for. Not there and not to be seen are one answer."""
    if found is None:
        raise Http404(_("Sidan finns inte, eller så är den inte öppen för dig."))
    return found


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], crumbs: Crumbs = ()
) -> HttpResponse:
    """A page with its breadcrumbs and what was just done."""
    shown = {"said": said(request), "breadcrumbs": list(crumbs)}
    return render(request, f"accounts/{template}.html", shown | dict(context))


def done(request: HttpRequest, what: str, route: str, **kwargs: Any) -> HttpResponse:
    """Go on to the next page, and tell there what was done."""
    say(request, what)
    return redirect(reverse(route, kwargs=kwargs))


def organisation_crumbs(organisation: Organisation | None = None, here: str = "") -> Crumbs:
    """From the list of organisations to this page."""
    crumbs = [(_("Organisationer"), reverse("accounts:organisations"))]
    if organisation is not None:
        address = reverse("accounts:organisation", kwargs={"public_id": organisation.public_id})
        crumbs.append((organisation.name, address))
    return [*crumbs, (here, "")] if here else [*crumbs[:-1], (crumbs[-1][0], "")]
