"""Adding and removing a document's files."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.documents import actions, queries
from plats.web.documents.forms import AttachForm
from plats.web.documents.permissions import WRITE
from plats.web.documents.uploads.checking import too_large
from plats.web.documents.uploads.receiving import was_refused
from plats.web.documents.views.addresses import trail
from plats.web.documents.views.reading import render_document


@permitted(WRITE)
@require_POST
def attach(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Add a file to a document."""
    document = queries.find_to_change(request.user, public_id)
    if document is None:
        raise Http404(_("Det finns ingen handling på den adressen, eller så är den inte din att ändra."))
    form = AttachForm(request.POST, request.FILES)
    if was_refused(request, "file"):
        form.errors["file"] = form.error_class(too_large().messages)
    elif form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            actions.attach(by=request.user, document=document, file=sent, name=sent.name)
        except ValidationError as error:
            form.add_error("file", ValidationError(error.messages))
        else:
            return redirect(f"{document.get_absolute_url()}#filer")
    return render_document(request, document, attach_form=form)


@permitted(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, public_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Take a file from a document; asked about first."""
    attachment = queries.find_attachment_to_remove(request.user, public_id, attachment_id)
    if attachment is None:
        raise Http404(_("Det finns ingen fil på den adressen, eller så är den inte din att ändra."))
    document = attachment.document
    error = ""
    if request.method == "POST":
        try:
            actions.remove_attachment(by=request.user, attachment=attachment)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            return redirect(f"{document.get_absolute_url()}#filer")
    crumbs = trail((document.title, document.get_absolute_url()), (_("Ta bort fil"), ""))
    context = {"attachment": attachment, "document": document, "error": error, "breadcrumbs": crumbs}
    return render(request, "documents/remove.html", context, status=422 if error else 200)
