"""What the pages of those who write have in common: whose, which row, the form again, what was changed meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.models import Organisation
from plats.web.accounts.requests import SignedInRequest
from plats.web.partners import queries_work
from plats.web.partners.told import in_words
from plats.web.partners.writing import set_published

METHODS = ["GET", "HEAD", "POST"]


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumbs of a page below one's own rows."""
    own = (_("Överenskommelser och åtaganden"), reverse("partners:mine") if last else "")
    return [(_("Mitt arbete"), reverse("notices:mine")), own, *last]


def owner_of(request: SignedInRequest, act: str) -> Organisation:
    """The organisation asked for, or the first one works in."""
    choices = queries_work.writing_for(request.user, act)
    if not choices:
        raise Http404(_("Du har ingen organisation att skriva för just nu."))
    asked = request.GET.get("organisation", "")
    return next((one for one in choices if str(one.public_id) == asked), choices[0])


def found_or_404(found: Any) -> Any:
    """What was found. What is another organisation's is not found."""
    if found is None:
        raise Http404(_("Det finns inget på den adressen, eller så är det inte ditt att ändra."))
    return found


def row_to_change(model: Any, request: SignedInRequest, public_id: UUID, act: str = "write") -> Any:
    """A row of the kind that one may do the act with."""
    return found_or_404(queries_work.to_change(model, request.user, public_id, act))


def sharing(request: SignedInRequest, row: Any) -> dict[str, Any]:
    """With whom a row is shared already, and where it can be shared with more."""
    return {
        "release_address": queries_work.release_address(request.user, row),
        "shared_with": queries_work.shared_with(request.user, row),
    }


def publish(request: SignedInRequest, model: Any, public_id: UUID) -> HttpResponse:
    """Let everyone see a row, or no longer, if it still is as it was when the button was shown."""
    one = row_to_change(model, request, public_id, "publish")
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
    try:
        set_published(by=request.user, row=one, revision=revision, public="synlig" in request.POST)
    except ConflictError:
        message = _("Någon annan har ändrat raden. Läs den igen och publicera sedan.")
        context = {"title": one.title, "message": message, "breadcrumbs": trail((one.title, ""))}
        return render(request, "partners/told.html", context, status=409)
    return redirect("partners:mine")


def shown(request: SignedInRequest, form: Any, heading: str, **more: Any) -> HttpResponse:
    """The form on its page. `more` may hold `back` (where one goes without saving), `conflict`, `differences`."""
    crumbs = more.pop("crumbs", [])
    context = {"form": form, "heading": heading, "back": reverse("partners:mine"), **more}
    context["breadcrumbs"] = trail(*crumbs, (heading, ""))
    status = 409 if more.get("conflict") else 422 if form.errors else 200
    return render(request, "partners/write.html", context, status=status)


def conflict(
    request: SignedInRequest, form: Any, error: ConflictError, heading: str, **more: Any
) -> HttpResponse:
    """The form as it was sent, at the revision that now stands, with what differs told above it."""
    current: Any = error.obj
    sent = request.POST.copy()
    sent["revision"] = str(current.revision)
    form.data = sent
    return shown(request, form, heading, conflict=True, differences=in_words(error), **more)


def refuse(form: Any, error: ValidationError) -> None:
    """Tell at its field, or above the form, what an act did not accept."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(
            name if name in form.fields else None, [text for one in errors for text in one.messages]
        )
