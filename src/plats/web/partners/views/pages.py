"""Writing one's own organisation's page for the public, and the functions one turns to there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.partners import actions, queries_work
from plats.web.partners.forms_parts import ContactForm, PageForm
from plats.web.partners.models import PartnerContact
from plats.web.partners.permissions import PAGE_WRITE
from plats.web.partners.views.shared import METHODS, conflict, found_or_404, refuse, shown


@permitted(PAGE_WRITE)
@require_http_methods(METHODS)
def page_write(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What the public reads about one's organisation: what it does, where its own site is."""
    organisation, page = found_or_404(queries_work.page_to_write(request.user, public_id))
    form = PageForm(request.POST or None, instance=page)
    heading = _("Sidan om %(name)s") % {"name": organisation.name}
    more = {"page": page, "contacts": list(page.contacts.all()) if page else []}
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"revision": form.shown_revision, "values": form.values}
        try:
            actions.set_page(by=request.user, organisation=organisation, **said)
            return redirect("partners:page_write", public_id)
        except ConflictError as error:
            return conflict(request, form, error, heading, **more)
    return shown(request, form, heading, **more)


@permitted(PAGE_WRITE)
@require_http_methods(METHODS)
def contact_new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Add a function that the public may turn to. The page comes first."""
    organisation, page = found_or_404(queries_work.page_to_write(request.user, public_id))
    if page is None:
        message = _("Skriv sidan först. Sedan går det att lägga till kontakter.")
        context = {"title": organisation.name, "message": message}
        return render(request, "partners/told.html", context, status=409)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_contact(by=request.user, page=page, values=form.values)
            return redirect("partners:page_write", public_id)
        except ValidationError as error:
            refuse(form, error)
    return shown(request, form, _("Ny kontakt"), back=reverse("partners:page_write", args=[public_id]))


@permitted(PAGE_WRITE)
@require_http_methods(METHODS)
def contact_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Change a contact; when someone else was first one is told what differs."""
    one = found_or_404(queries_work.contact_to_change(request.user, public_id))
    form = ContactForm(request.POST or None, instance=one)
    heading, more = _("Ändra kontakten"), {"back": _page(one)}
    more["remove"] = reverse("partners:contact_remove", args=[public_id])
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"revision": form.shown_revision, "values": form.values}
        try:
            actions.change_contact(by=request.user, contact=one, **said)
            return redirect(_page(one))
        except ConflictError as error:
            return conflict(request, form, error, heading, **more)
        except ValidationError as error:
            refuse(form, error)
    return shown(request, form, heading, **more)


@permitted(PAGE_WRITE)
@require_POST
def contact_remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take away a function that one no longer turns to."""
    one = found_or_404(queries_work.contact_to_change(request.user, public_id))
    actions.remove_contact(by=request.user, contact=one)
    return redirect(_page(one))


# Internals


def _page(contact: PartnerContact) -> str:
    return reverse("partners:page_write", args=[contact.page.organisation.public_id])
