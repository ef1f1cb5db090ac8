"""A document and its files."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.audit.reads import note_read
from plats.web.common.access import permitted
from plats.web.documents import queries
from plats.web.documents.forms import AttachForm, CloseForm
from plats.web.documents.models import Document
from plats.web.documents.permissions import READ
from plats.web.documents.uploads import attachment_response
from plats.web.documents.views.addresses import trail

_log = logging.getLogger(__name__)


@permitted(READ)
@require_safe
def document_detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One document: what it says, its files, and what one may do with it."""
    document = queries.find_document(request.user, public_id)
    if document is None:
        raise Http404(_("Det finns ingen handling på den adressen, eller så är den inte din att se."))
    note_if_it_matters(request, document)
    return render_document(request, document)


@permitted(READ)
@require_safe
def download(request: SignedInRequest, public_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """A file of a document, as a download."""
    attachment = queries.find_attachment(request.user, public_id, attachment_id)
    if attachment is None:
        raise Http404(_("Det finns ingen fil på den adressen, eller så är den inte din att se."))
    note_if_it_matters(request, attachment.document)
    try:
        return attachment_response(attachment.file, attachment.name)
    except FileNotFoundError:
        _log.error("The content of file %s is not on disk", attachment.file.sha256)
        raise Http404(
            _("Filens innehåll saknas på disken. Säg till den som sköter Platsperspektiv.")
        ) from None


def note_if_it_matters(request: SignedInRequest, document: Document) -> None:
    """That someone is shown a protected document, or another organisation's, goes on record before it is shown."""
    is_guest = document.organisation_id not in request.user.grants.organisation_ids(READ.id)
    if document.is_protected or is_guest:
        note_read(request, document, organisation=document.organisation)


def render_document(
    request: SignedInRequest,
    document: Document,
    *,
    attach_form: AttachForm | None = None,
    close_form: CloseForm | None = None,
) -> HttpResponse:
    """The document's page, with the forms as they were sent when something was wrong in them."""
    mine = queries.find_to_change(request.user, document.public_id) is not None
    wrong = [form for form in (attach_form, close_form) if form is not None]
    context = {
        "document": document,
        "attachments": queries.attachments_of(request.user, document),
        "may_change": mine and request.user.may_write,
        "shared_with": queries.shared_with(request.user, document),
        "release_url": queries.release_url(request.user, document),
        "attach_form": attach_form or AttachForm(),
        "close_form": close_form or CloseForm(),
        "breadcrumbs": trail((document.title, "")),
    }
    return render(request, "documents/document.html", context, status=422 if wrong else 200)
