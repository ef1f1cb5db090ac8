"""Writing what belongs to an effort: services, resources, decisions, files, shares, and the answers about children."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.documents.uploads.checking import too_large
from plats.web.documents.uploads.receiving import was_refused
from plats.web.efforts import actions, parts, queries
from plats.web.efforts.forms import (
    ChildForm,
    DecisionForm,
    FileForm,
    RemoveForm,
    ResourceForm,
    ServiceForm,
    ShareForm,
)
from plats.web.efforts.permissions import WRITE
from plats.web.efforts.views.showing import shown, to_change

_METHODS = ["GET", "HEAD", "POST"]
_PARTS: dict[str, tuple[Any, Any]] = {
    "service": (ServiceForm, gettext_lazy("Ny service")),
    "resurs": (ResourceForm, gettext_lazy("Ny resurs")),
    "beslut": (DecisionForm, gettext_lazy("Nytt beslut")),
}


@permitted(WRITE)
@require_http_methods(_METHODS)
def part_new(request: SignedInRequest, public_id: UUID, part: str) -> HttpResponse:
    """Add a service, a resource or a decision to an effort."""
    one = to_change(request, public_id)
    if part not in _PARTS:
        raise Http404(_("Det går inte att lägga till det. Välj service, resurs eller beslut."))
    form_class, heading = _PARTS[part]
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            parts.add_part(by=request.user, effort=one, row=form.instance)
            return redirect(one)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return shown(request, form, str(heading), about=one)


@permitted(WRITE)
@require_http_methods(_METHODS)
def file_new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Attach a file to an effort."""
    one = to_change(request, public_id)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if was_refused(request, "file"):
        form.errors["file"] = form.error_class(too_large().messages)
    elif request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            parts.attach(by=request.user, effort=one, file=sent, name=sent.name)
            return redirect(one)
        except ValidationError as error:
            form.add_error("file", ValidationError(error.messages))
    lede = _("När insatsen är publicerad kan alla läsa filen. Bilder sparas utan uppgift om var de är tagna.")
    return shown(request, form, _("Bifoga fil"), about=one, lede=lede)


@permitted(WRITE)
@require_http_methods(_METHODS)
def children(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Answer what the effort does to children."""
    one = to_change(request, public_id)
    form = ChildForm(request.POST if request.method == "POST" else None, effort=one)
    if request.method == "POST" and form.is_valid():
        parts.answer_children(by=request.user, effort=one, answers=form.answers)
        return redirect(one)
    lede = _("Sju frågor efter barnkonventionen. Den som är tom visas som obesvarad.")
    return shown(request, form, _("Barnkonsekvens"), about=one, lede=lede)


@permitted(WRITE)
@require_http_methods(_METHODS)
def shares(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Say how much of the effort is in each of its places."""
    one = to_change(request, public_id)
    form = ShareForm(request.POST if request.method == "POST" else None, effort=one)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {
            "revision": form.cleaned_data["revision"] or 0,
            "values": {},
            "places": form.shares,
        }
        try:
            return redirect(actions.change_effort(by=request.user, effort=one, **said))
        except ConflictError:
            told = _(
                "Någon annan har ändrat insatsen medan du skrev. Läs den igen och skriv andelarna på nytt."
            )
            form.add_error(None, told)
        except ValidationError as error:
            form.add_error(None, error.messages)
    lede = _("Hur stor del av insatsen som är i varje plats. Tillsammans högst 100 procent.")
    return shown(request, form, _("Andel per plats"), about=one, lede=lede)


@permitted(WRITE)
@require_http_methods(_METHODS)
def parts_remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take away services, resources, decisions and files that no longer belong to the effort."""
    one = to_change(request, public_id)
    form = RemoveForm(request.POST if request.method == "POST" else None, rows=queries.parts_of(one))
    if request.method == "POST" and form.is_valid():
        parts.remove_parts(by=request.user, effort=one, rows=form.chosen)
        return redirect(one)
    lede = _("Det du väljer försvinner från insatsen. Vad det sa står kvar i granskningsloggen.")
    return shown(request, form, _("Ta bort från insatsen"), about=one, lede=lede)
