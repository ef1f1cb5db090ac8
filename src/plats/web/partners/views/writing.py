"""Writing agreements and commitments: new ones, changes, renewal, publishing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.partners import actions, queries, queries_work
from plats.web.partners.forms import AgreementForm, CommitmentForm
from plats.web.partners.models import Agreement, Commitment
from plats.web.partners.permissions import (
    AGREEMENT_PUBLISH,
    AGREEMENT_WRITE,
    COMMITMENT_PUBLISH,
    COMMITMENT_WRITE,
)
from plats.web.partners.rules import renewed_period
from plats.web.partners.views.shared import (
    METHODS,
    conflict,
    found_or_404,
    owner_of,
    publish,
    refuse,
    row_to_change,
    sharing,
    shown,
    trail,
)


@permitted(COMMITMENT_WRITE)
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one may change: agreements, commitments, citizen promises and pages of one's own organisations."""
    agreements, commitments, promises = queries_work.mine(request.user)
    context = {
        "agreements": agreements,
        "commitments": commitments,
        "promises": promises,
        "organisations": queries_work.writing_for(request.user, "partner_page.write"),
        "breadcrumbs": trail(),
    }
    return render(request, "partners/mine.html", context)


@permitted(AGREEMENT_WRITE)
@require_http_methods(METHODS)
def agreement_new(request: SignedInRequest) -> HttpResponse:
    """A new agreement, owned by the organisation one works in."""
    owner = owner_of(request, "agreement.write")
    form = AgreementForm(request.POST or None, user=request.user, owner=owner)
    heading = _("Ny överenskommelse")
    if request.method == "POST" and form.is_valid():
        if overlapping := _unseen_overlap(request, form):
            return shown(request, form, heading, overlapping=overlapping)
        said: dict[str, Any] = {"values": form.values, **_belonging(form)}
        one = actions.create_agreement(by=request.user, organisation=owner, **said)
        return redirect("partners:agreement_plan", one.public_id)
    return shown(request, form, heading)


@permitted(AGREEMENT_WRITE)
@require_http_methods(METHODS)
def agreement_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Change an agreement; when someone else was first one is told what differs."""
    one = row_to_change(Agreement, request, public_id)
    form = AgreementForm(request.POST or None, instance=one, user=request.user, owner=one.organisation)
    heading = _("Ändra överenskommelsen")
    if request.method == "POST" and form.is_valid():
        if overlapping := _unseen_overlap(request, form, one):
            return shown(request, form, heading, overlapping=overlapping)
        said: dict[str, Any] = {"values": form.values, **_belonging(form), "revision": form.shown_revision}
        try:
            return redirect(actions.change_agreement(by=request.user, agreement=one, **said))
        except ConflictError as error:
            return conflict(request, form, error, heading)
        except ValidationError as error:
            refuse(form, error)
    return shown(request, form, heading)


@permitted(AGREEMENT_WRITE)
@require_safe
def agreement_plan(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """All that belongs to an agreement, for those who write it: parties, plan, follow-ups, promises, who sees it."""
    one = found_or_404(queries_work.agreement_to_change(request.user, public_id))
    context = {
        "agreement": one,
        "promises": queries.citizen_promises(request.user, one),
        **sharing(request, one),
        "may_publish": request.user.may(AGREEMENT_PUBLISH, one.organisation),
        "today": queries.today(),
        "breadcrumbs": trail((one.title, "")),
    }
    return render(request, "partners/plan.html", context)


@permitted(AGREEMENT_WRITE)
@require_http_methods(METHODS)
def agreement_renew(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The agreement that follows on this one, with its parties and focus areas to begin with."""
    old = found_or_404(queries_work.agreement_to_change(request.user, public_id))
    form = AgreementForm(
        request.POST or None, user=request.user, owner=old.organisation, initial=_as_renewed(old)
    )
    heading, more = _("Förnya överenskommelsen"), {"renewed": old}
    if request.method == "POST" and form.is_valid():
        if overlapping := _unseen_overlap(request, form):
            return shown(request, form, heading, overlapping=overlapping, **more)
        said: dict[str, Any] = {"values": form.values, **_belonging(form)}
        try:
            one = actions.renew_agreement(by=request.user, agreement=old, **said)
            return redirect("partners:agreement_plan", one.public_id)
        except ValidationError as error:
            refuse(form, error)
    return shown(request, form, heading, **more)


@permitted(COMMITMENT_WRITE)
@require_http_methods(METHODS)
def commitment_new(request: SignedInRequest) -> HttpResponse:
    """A new commitment, owned by the organisation one works in."""
    owner = owner_of(request, "commitment.write")
    begun = {"who": owner, "made_on": queries.today()}
    form = CommitmentForm(request.POST or None, initial=begun, user=request.user, owner=owner)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.create_commitment(by=request.user, organisation=owner, values=form.values))
    return shown(request, form, _("Nytt åtagande"))


@permitted(COMMITMENT_WRITE)
@require_http_methods(METHODS)
def commitment_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Say what has become of a commitment; when someone else was first one is told what differs."""
    one = row_to_change(Commitment, request, public_id)
    form = CommitmentForm(request.POST or None, instance=one, user=request.user, owner=one.organisation)
    heading, more = _("Ändra åtagandet"), sharing(request, one)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"revision": form.shown_revision, "values": form.values}
        try:
            return redirect(actions.change_commitment(by=request.user, commitment=one, **said))
        except ConflictError as error:
            return conflict(request, form, error, heading, **more)
    return shown(request, form, heading, **more)


@permitted(AGREEMENT_PUBLISH)
@require_POST
def agreement_publish(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Let everyone see an agreement, or no longer."""
    return publish(request, Agreement, public_id)


@permitted(COMMITMENT_PUBLISH)
@require_POST
def commitment_publish(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Let everyone see a commitment, or no longer."""
    return publish(request, Commitment, public_id)


# Internals


def _belonging(form: AgreementForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"parties": list(said["parties"]), "topics": said["topics"]}


def _unseen_overlap(
    request: SignedInRequest, form: AgreementForm, one: Agreement | None = None
) -> list[Agreement]:
    """Other agreements of the same parties, at the same time, about the same, unless it has been said that it is known.

    The form then asks."""
    said = form.cleaned_data
    if said["overlap_seen"]:
        return []
    parties, topics = {party.pk for party in said["parties"]}, set(said["topics"])
    period = (said["starts_on"], said["ends_on"])
    found = queries.overlapping_with(request.user, period, parties, topics, one)
    if found:
        form.ask_about_overlap()
    return found


def _as_renewed(old: Agreement) -> dict[str, Any]:
    starts_on, ends_on = renewed_period(old.starts_on, old.ends_on)
    return {
        "title": old.title,
        "purpose": old.purpose,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "follow_up": old.follow_up,
        "parties": [one.organisation_id for one in old.parties.all() if one.left_on is None],
        "topics": [one.topic for one in old.focus_areas.all()],
    }
