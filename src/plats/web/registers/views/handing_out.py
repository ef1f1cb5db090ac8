"""Handing out: a record is found by its case number, masked piece by piece, and handed out with a protocol."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.audit.reads import note_read
from plats.web.common.access import permitted
from plats.web.registers import queries
from plats.web.registers.files import text_file
from plats.web.registers.forms import CaseForm, HandOutForm
from plats.web.registers.handing_out.actions import hand_out
from plats.web.registers.handing_out.suggesting import suggestions
from plats.web.registers.handing_out.writing import as_text
from plats.web.registers.models import Handout
from plats.web.registers.permissions import HANDOUT


@permitted(HANDOUT)
@require_safe
@never_cache
def case_search(request: SignedInRequest) -> HttpResponse:
    """Find by case number, of every kind."""
    form = CaseForm(request.GET if "number" in request.GET else None)
    hits = queries.find_cases(request.user, form.cleaned_data["number"]) if form.is_valid() else None
    context = {"form": form, "hits": hits, "breadcrumbs": [(_("Sök diarienummer"), "")]}
    return render(request, "registers/cases.html", context)


@permitted(HANDOUT)
@require_safe
@never_cache
def handout_list(request: SignedInRequest) -> HttpResponse:
    """What has been handed out, the latest first."""
    text = request.GET.get("sida", "")
    number = int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else 1
    handouts, more = queries.list_handouts(request.user, max(1, number))
    context = {
        "handouts": handouts,
        "number": number,
        "more": more,
        "breadcrumbs": [(_("Utlämnanden"), "")],
    }
    return render(request, "registers/handouts.html", context)


@permitted(HANDOUT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_out_page(request: SignedInRequest, kind: str, number: UUID) -> HttpResponse:
    """Choose what to mask. That the record was read goes on record, protected or not."""
    record = queries.find_case(request.user, kind, number)
    if record is None or not request.user.may(HANDOUT, record.organisation):
        raise Http404(_("Det finns ingen handling på den adressen, eller så är den inte din att lämna ut."))
    note_read(request, record.obj, organisation=record.organisation)
    form = HandOutForm(request.POST or None, suggestions=suggestions(record))
    if form.is_valid():
        try:
            handout = hand_out(by=request.user, record=record, choices=form.choices)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("registers:handout", handout.public_id)
    context = {"record": record, "form": form, "breadcrumbs": _trail((_("Välj vad som maskas"), ""))}
    return render(request, "registers/hand_out.html", context, status=422 if form.errors else 200)


@permitted(HANDOUT)
@require_safe
@never_cache
def handout_page(request: SignedInRequest, number: UUID) -> HttpResponse:
    """The masked version and its protocol."""
    handout = _found(request, number)
    context = {"handout": handout, "breadcrumbs": _trail((str(handout), ""))}
    return render(request, "registers/handout.html", context)


@permitted(HANDOUT)
@require_safe
@never_cache
def handout_file(request: SignedInRequest, number: UUID) -> HttpResponse:
    """The masked version as a text, to send."""
    handout = _found(request, number)
    return text_file("utlamnande", as_text(handout))


# Internals


def _found(request: SignedInRequest, number: UUID) -> Handout:
    handout = queries.find_handout(request.user, number)
    if handout is None:
        raise Http404(_("Det finns inget utlämnande på den adressen."))
    return handout


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Utlämnanden"), reverse("registers:handouts")), *last]
