"""The list of documents, and the list as a file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.audit.recording import append
from plats.web.common.access import permitted
from plats.web.documents import queries
from plats.web.documents.export import FORMATS, file_response
from plats.web.documents.forms import FilterForm
from plats.web.documents.permissions import EXPORT, READ, WRITE


@permitted(READ)
@require_safe
def document_list(request: SignedInRequest) -> HttpResponse:
    """The documents that one may see, the latest first, narrowed by words, place, organisation and state."""
    form = FilterForm(request.GET, user=request.user)
    filters = form.filters
    page = queries.list_documents(request.user, filters, _number(request.GET.get("sida", "")))
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "query": _query(request),
        "may_write": request.user.may(WRITE),
        "may_export": request.user.may(EXPORT),
        "breadcrumbs": [(_("Mitt arbete"), reverse("notices:mine")), (_("Handlingar"), "")],
    }
    return render(request, "documents/list.html", context)


@permitted(EXPORT)
@require_safe
def export(request: SignedInRequest, suffix: str) -> HttpResponse:
    """The list as a file, narrowed as on the page. That someone took it out stands in the audit chain."""
    if suffix not in FORMATS:
        raise Http404(_("Listan finns som csv och xlsx."))
    filters = FilterForm(request.GET, user=request.user).filters
    rows = queries.documents_to_export(request.user, filters)
    append(by=request.user, act="document.export", kind="document", note=f"{suffix} {len(rows)}")
    return file_response(rows, suffix)


# Internals


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _query(request: SignedInRequest) -> str:
    """The filters as they stand in the address, without the page's number."""
    kept = request.GET.copy()
    kept.pop("sida", None)
    return kept.urlencode()
