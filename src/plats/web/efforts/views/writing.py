"""Writing efforts: new ones, changes, what belongs to them, publishing, and tying them to goals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.models import Organisation
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted, signed_in
from plats.web.efforts import actions, queries
from plats.web.efforts.forms import EffortForm
from plats.web.efforts.models import Effort
from plats.web.efforts.permissions import PUBLISH, WRITE
from plats.web.efforts.views.showing import shown, to_change, trail
from plats.web.partners.told import in_words
from plats.web.partners.writing import set_published

_METHODS = ["GET", "HEAD", "POST"]


@permitted(WRITE)
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The efforts one may change."""
    context = {
        "efforts": queries.mine(request.user),
        "may_publish": bool(request.user.grants.organisation_ids(PUBLISH.id)),
        "breadcrumbs": trail(),
    }
    return render(request, "efforts/mine.html", context)


@permitted(WRITE)
@require_http_methods(_METHODS)
def effort_new(request: SignedInRequest) -> HttpResponse:
    """A new effort, owned by the organisation one works in."""
    owner = _owner(request)
    form = EffortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        belongs = actions.Belonging(places=form.chosen_places)
        said: dict[str, Any] = {"organisation": owner, "values": form.values, "belonging": belongs}
        try:
            return redirect(actions.create_effort(by=request.user, **said))
        except ValidationError as error:
            form.add_error(None, error)
    return shown(request, form, _("Ny insats"))


@permitted(WRITE)
@require_http_methods(_METHODS)
def effort_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Change an effort; when someone else was first one is told what differs."""
    one = to_change(request, public_id)
    form = EffortForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"revision": form.shown_revision, "values": form.values}
        said |= {"places": form.chosen_places, "reason": form.cleaned_data["reason"]}
        try:
            return redirect(actions.change_effort(by=request.user, effort=one, **said))
        except ConflictError as error:
            return _conflict(request, error)
        except ValidationError as error:
            form.add_error(None, error)
    return shown(request, form, _("Ändra insatsen"))


@permitted(PUBLISH)
@require_POST
def effort_publish(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Let everyone see an effort, or no longer."""
    one = to_change(request, public_id, "publish")
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
    try:
        set_published(by=request.user, row=one, revision=revision, public="synlig" in request.POST)
    except ConflictError:
        told = _("Någon annan har ändrat insatsen. Läs den igen och publicera sedan.")
        return _told(request, one, told, status=409)
    return redirect("efforts:mine")


@signed_in
@require_POST
def tie(request: SignedInRequest, slug: str) -> HttpResponse:
    """Tie an effort to one of the goals that the page offered."""
    one = queries.effort(request.user, slug)
    if one is None:
        raise Http404(_("Det finns ingen insats på den adressen, eller så är den inte publicerad."))
    asked = request.POST.get("mal", "")
    goal = next((goal for goal in queries.goals_to_tie(request.user, one) if goal.slug == asked), None)
    if goal is None:
        told = _("Det målet går inte att knyta. Läs insatsen igen och välj ett mål i listan.")
        return _told(request, one, told, status=422)
    actions.tie(by=request.user, effort=one, goal=goal)
    return redirect(one)


# Internals


def _owner(request: SignedInRequest) -> Organisation:
    choices = queries.writing_for(request.user)
    if not choices:
        raise Http404(_("Du har ingen organisation att skriva för just nu."))
    asked = request.GET.get("organisation", "")
    return next((one for one in choices if str(one.public_id) == asked), choices[0])


def _told(request: SignedInRequest, one: Effort, message: str, *, status: int) -> HttpResponse:
    """Why nothing was done, with the way back to the effort."""
    crumbs = [(_("Insatser"), reverse("efforts:list")), (one.title, "")]
    context = {"title": one.title, "message": message, "back": one.get_absolute_url(), "breadcrumbs": crumbs}
    return render(request, "efforts/told.html", context, status=status)


def _conflict(request: SignedInRequest, error: ConflictError) -> HttpResponse:
    """The form as it was sent, at the revision that now stands, with what differs told above it."""
    current: Any = error.obj
    sent = request.POST.copy()
    sent["revision"] = str(current.revision)
    again = EffortForm(sent, instance=queries.to_change(request.user, current.public_id))
    return shown(request, again, _("Ändra insatsen"), differences=in_words(error))
