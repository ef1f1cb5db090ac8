"""What the pages of writing have in common: which effort it is about, and how a form is shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plats.web.accounts.conflicts import Difference
from plats.web.accounts.requests import SignedInRequest
from plats.web.efforts import queries
from plats.web.efforts.models import Effort


def to_change(request: SignedInRequest, public_id: UUID, act: str = "write") -> Effort:
    """The effort, when this person may do the act with it. Raises Http404 otherwise."""
    one = queries.to_change(request.user, public_id, act)
    if one is None:
        raise Http404(_("Det finns ingen insats på den adressen, eller så är den inte din att ändra."))
    return one


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumbs of a page below the list of what one writes."""
    own = (_("Insatser att skriva"), reverse("efforts:mine") if last else "")
    return [(_("Mitt arbete"), reverse("notices:mine")), own, *last]


def shown(
    request: SignedInRequest,
    form: Any,
    heading: str,
    *,
    about: Effort | None = None,
    lede: str = "",
    differences: list[Difference] | None = None,
) -> HttpResponse:
    """The form's page, with what was wrong in it; a form may say what its button is called."""
    context = {"form": form, "heading": heading, "about": about, "lede": lede}
    context |= {
        "differences": differences,
        "conflict": differences is not None,
        "breadcrumbs": trail((heading, "")),
    }
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(request, "efforts/write.html", context, status=status)
