"""Writing documents: new ones, changes, closing and opening again."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.models import Organisation
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.documents import actions, queries
from plats.web.documents.forms import ChangeForm, CloseForm, Difference, DocumentForm, after_conflict
from plats.web.documents.models import Document
from plats.web.documents.permissions import WRITE
from plats.web.documents.views.addresses import trail
from plats.web.documents.views.reading import note_if_it_matters, render_document


@permitted(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """A new document, for the organisation one works in; for one who works in several, first which."""
    choices = queries.organisations_to_write_for(request.user)
    organisation = _chosen(choices, request.GET.get("organisation", ""))
    crumbs = trail((_("Ny handling"), ""))
    if organisation is None:
        return render(request, "documents/choose.html", {"choices": choices, "breadcrumbs": crumbs})
    form = DocumentForm(request.POST or None, user=request.user, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            document = actions.create_document(
                by=request.user, organisation=organisation, content=form.content, reason=form.reason
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(document)
    context = {"form": form, "organisation": organisation, "breadcrumbs": crumbs}
    return render(request, "documents/create.html", context, status=422 if form.errors else 200)


@permitted(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Change a document. When someone else was first one is told what differs, and keeps what one wrote."""
    document = _to_change(request, public_id)
    form = ChangeForm(request.POST or None, user=request.user, document=document)
    differences: list[Difference] | None = None
    if request.method != "POST":
        note_if_it_matters(request, document)
    elif form.is_valid():
        try:
            return redirect(_changed(request, form))
        except ConflictError as error:
            form, differences = after_conflict(form, error, request.user)
        except ValidationError as error:
            form.add_error(None, error)
    crumbs = trail((document.title, document.get_absolute_url()), (_("Ändra"), ""))
    context = {"form": form, "document": document, "differences": differences, "breadcrumbs": crumbs}
    context["conflict"] = differences is not None
    return render(request, "documents/change.html", context, status=_status(form, differences is not None))


@permitted(WRITE)
@require_POST
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Say that the matter is over."""
    document = _to_change(request, public_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close_document(
                by=request.user, document=document, closed_on=form.cleaned_data["closed_on"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(document)
    return render_document(request, document, close_form=form)


@permitted(WRITE)
@require_POST
def reopen(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Go on with a matter that was over."""
    document = _to_change(request, public_id)
    actions.reopen_document(by=request.user, document=document)
    return redirect(document)


# Internals


def _changed(request: SignedInRequest, form: ChangeForm) -> Document:
    return actions.change_document(
        by=request.user,
        document=form.document,
        revision=form.cleaned_data["revision"],
        content=form.content,
        reason=form.reason,
    )


def _to_change(request: SignedInRequest, public_id: UUID) -> Document:
    document = queries.find_to_change(request.user, public_id)
    if document is None:
        raise Http404(_("Det finns ingen handling på den adressen, eller så är den inte din att ändra."))
    return document


def _chosen(choices: list[Organisation], text: str) -> Organisation | None:
    """The organisation asked for, or the only one there is."""
    if len(choices) == 1:
        return choices[0]
    return next((one for one in choices if str(one.public_id) == text), None)


def _status(form: ChangeForm, conflict: bool) -> int:
    if conflict:
        return 409
    return 422 if form.errors else 200
