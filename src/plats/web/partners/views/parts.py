"""Writing what belongs to an agreement: activities, follow-ups, focus areas, how a party takes part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.partners import actions, queries_work
from plats.web.partners.forms_parts import ActivityForm, FocusForm, FollowUpForm, PartyForm
from plats.web.partners.models import Activity, Agreement, AgreementFollowUp, AgreementParty, FocusArea
from plats.web.partners.permissions import AGREEMENT_WRITE
from plats.web.partners.views.shared import METHODS, conflict, found_or_404, refuse, row_to_change, shown


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of part: its table, its form, and what the pages are called. Without `new` it follows the agreement's own
    form: it is neither added nor removed here."""

    model: Any
    form: Any
    change: Any
    new: Any = ""


PARTS = {
    "aktiviteter": Part(
        Activity, ActivityForm, gettext_lazy("Ändra aktiviteten"), gettext_lazy("Ny aktivitet")
    ),
    "uppfoljningar": Part(
        AgreementFollowUp, FollowUpForm, gettext_lazy("Ändra uppföljningen"), gettext_lazy("Ny uppföljning")
    ),
    "fokus": Part(FocusArea, FocusForm, gettext_lazy("Beskriv fokusområdet")),
    "parter": Part(AgreementParty, PartyForm, gettext_lazy("Så deltar parten")),
}


@permitted(AGREEMENT_WRITE)
@require_http_methods(METHODS)
def part_new(request: SignedInRequest, public_id: UUID, part: str) -> HttpResponse:
    """Add an activity or a follow-up to an agreement."""
    agreement, kind = row_to_change(Agreement, request, public_id), _kind(part)
    if not kind.new:
        raise Http404(_("Det läggs till i överenskommelsens egna uppgifter."))
    form = kind.form(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_part(by=request.user, agreement=agreement, row=form.instance)
            return redirect(_plan(agreement))
        except ValidationError as error:
            refuse(form, error)
    return shown(request, form, str(kind.new), **_around(agreement))


@permitted(AGREEMENT_WRITE)
@require_http_methods(METHODS)
def part_change(request: SignedInRequest, public_id: UUID, part: str, number: UUID) -> HttpResponse:
    """Change a part of an agreement; when someone else was first one is told what differs."""
    kind, agreement, one = _found(request, public_id, part, number)
    form = kind.form(request.POST or None, instance=one, agreement=agreement)
    more = {"about": str(one), **_around(agreement)}
    if kind.new:
        more["remove"] = reverse("partners:part_remove", args=[public_id, part, number])
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"revision": form.shown_revision, "values": form.values}
        try:
            actions.change_part(by=request.user, part=one, **said)
            return redirect(_plan(agreement))
        except ConflictError as error:
            return conflict(request, form, error, str(kind.change), **more)
        except ValidationError as error:
            refuse(form, error)
    return shown(request, form, str(kind.change), **more)


@permitted(AGREEMENT_WRITE)
@require_POST
def part_remove(request: SignedInRequest, public_id: UUID, part: str, number: UUID) -> HttpResponse:
    """Take away an activity or a follow-up that was written by mistake."""
    kind, agreement, one = _found(request, public_id, part, number)
    if not kind.new:
        raise Http404(_("Det tas bort i överenskommelsens egna uppgifter."))
    actions.remove_part(by=request.user, part=one)
    return redirect(_plan(agreement))


# Internals


def _kind(part: str) -> Part:
    return found_or_404(PARTS.get(part))  # type: ignore[no-any-return]


def _found(request: SignedInRequest, public_id: UUID, part: str, number: UUID) -> tuple[Part, Agreement, Any]:
    kind, agreement = _kind(part), row_to_change(Agreement, request, public_id)
    one = found_or_404(queries_work.part_to_change(kind.model, request.user, public_id, number))
    return kind, agreement, one


def _plan(agreement: Agreement) -> str:
    return reverse("partners:agreement_plan", args=[agreement.public_id])


def _around(agreement: Agreement) -> dict[str, Any]:
    return {"back": _plan(agreement), "crumbs": [(agreement.title, _plan(agreement))]}
