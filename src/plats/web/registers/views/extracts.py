"""Registerutdrag: someone is looked for and chosen, and everything held about them is gathered. That is on record."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.registers.extracts import Extract, candidates, make_extract, subject_of
from plats.web.registers.files import csv_file, json_file
from plats.web.registers.forms import PersonForm
from plats.web.registers.permissions import EXTRACT

FORMS = ("page", "json", "csv")


@permitted(EXTRACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def extract_search(request: SignedInRequest) -> HttpResponse:
    """Look for the person. The name is sent in the form, never in the address."""
    form = PersonForm(request.POST or None)
    context: dict[str, object] = {"form": form, "breadcrumbs": [(_("Registerutdrag"), "")]}
    if form.is_valid():
        text = form.cleaned_data["person"].strip()
        found = candidates(request.user, text)
        is_address = "@" in text and all(one.user.email != text.lower() for one in found)
        context |= {"searched": text, "candidates": found, "address": text.lower() if is_address else ""}
    return render(request, "registers/extract_search.html", context, status=422 if form.errors else 200)


@permitted(EXTRACT)
@require_POST
@never_cache
def extract(request: SignedInRequest) -> HttpResponse:
    """The extract, as a page or a file. Without anyone chosen one is led back to choose."""
    if not (request.POST.get("account") or request.POST.get("email")):
        return redirect("registers:extract_search")
    subject = subject_of(
        request.user,
        account=_uuid(request.POST.get("account", "")),
        email=request.POST.get("email", "")[:254],
    )
    form = request.POST.get("form", "page")
    if subject is None or form not in FORMS:
        raise Http404(_("Det finns inget sådant konto. Sök igen."))
    made = make_extract(by=request.user, subject=subject, form=form)
    if form == "json":
        return json_file("registerutdrag", made.as_json())
    if form == "csv":
        return csv_file("registerutdrag", _header(), made.as_rows())
    return _page(request, made)


# Internals


def _page(request: SignedInRequest, made: Extract) -> HttpResponse:
    crumbs = [(_("Registerutdrag"), reverse("registers:extract_search")), (made.name or made.email, "")]
    return render(request, "registers/extract.html", {"extract": made, "breadcrumbs": crumbs})


def _header() -> list[str]:
    return [_("Slag"), _("Nummer"), _("Hur"), _("Fält"), _("Värde")]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
