"""Writing agreements and commitments: new ones, changes, publishing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts.conflicts import ConflictError, Difference
from plats.web.accounts.models import Organisation
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.partners import actions, queries
from plats.web.partners.forms import AgreementForm, CommitmentForm
from plats.web.partners.models import Agreement, Commitment
from plats.web.partners.permissions import (
    AGREEMENT_PUBLISH,
    AGREEMENT_WRITE,
    COMMITMENT_PUBLISH,
    COMMITMENT_WRITE,
)
from plats.web.partners.writing import set_published

_METHODS = ["GET", "HEAD", "POST"]


@permitted(COMMITMENT_WRITE)
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one may change: agreements and commitments of one's own organisations."""
    agreements, commitments = queries.mine(request.user)
    context = {"agreements": agreements, "commitments": commitments, "breadcrumbs": trail()}
    return render(request, "partners/mine.html", context)


@permitted(AGREEMENT_WRITE)
@require_http_methods(_METHODS)
def agreement_new(request: SignedInRequest) -> HttpResponse:
    """A new agreement, owned by the organisation one works in."""
    owner = _owner(request, "agreement.write")
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        one = actions.create_agreement(
            by=request.user, organisation=owner, values=form.values, **_belonging(form)
        )
        return redirect(one)
    return _shown(request, form, _("Ny överenskommelse"))


@permitted(AGREEMENT_WRITE)
@require_http_methods(_METHODS)
def agreement_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Change an agreement; when someone else was first one is told what differs."""
    one = _to_change(Agreement, request, public_id)
    form = AgreementForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            said: dict[str, Any] = {
                "revision": form.shown_revision,
                "values": form.values,
                **_belonging(form),
            }
            return redirect(actions.change_agreement(by=request.user, agreement=one, **said))
        except ConflictError as error:
            return _conflict(request, form, error)
    return _shown(request, form, _("Ändra överenskommelsen"))


@permitted(COMMITMENT_WRITE)
@require_http_methods(_METHODS)
def commitment_new(request: SignedInRequest) -> HttpResponse:
    """A new commitment, owned by the organisation one works in."""
    owner = _owner(request, "commitment.write")
    form = CommitmentForm(request.POST or None, initial={"who": owner, "made_on": queries.today()})
    if request.method == "POST" and form.is_valid():
        return redirect(actions.create_commitment(by=request.user, organisation=owner, values=form.values))
    return _shown(request, form, _("Nytt åtagande"))


@permitted(COMMITMENT_WRITE)
@require_http_methods(_METHODS)
def commitment_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Say what has become of a commitment; when someone else was first one is told what differs."""
    one = _to_change(Commitment, request, public_id)
    form = CommitmentForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            said: dict[str, Any] = {"revision": form.shown_revision, "values": form.values}
            return redirect(actions.change_commitment(by=request.user, commitment=one, **said))
        except ConflictError as error:
            return _conflict(request, form, error)
    return _shown(request, form, _("Ändra åtagandet"))


@permitted(AGREEMENT_PUBLISH)
@require_POST
def agreement_publish(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Let everyone see an agreement, or no longer."""
    return _published(request, Agreement, public_id)


@permitted(COMMITMENT_PUBLISH)
@require_POST
def commitment_publish(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Let everyone see a commitment, or no longer."""
    return _published(request, Commitment, public_id)


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumbs of a page below one's own rows."""
    own = (_("Överenskommelser och åtaganden"), reverse("partners:mine") if last else "")
    return [(_("Mitt arbete"), reverse("notices:mine")), own, *last]


# Internals


def _owner(request: SignedInRequest, act: str) -> Organisation:
    """The organisation asked for, or the first one works in."""
    choices = queries.writing_for(request.user, act)
    if not choices:
        raise Http404(_("Du har ingen organisation att skriva för just nu."))
    asked = request.GET.get("organisation", "")
    return next((one for one in choices if str(one.public_id) == asked), choices[0])


def _to_change(model: Any, request: SignedInRequest, public_id: UUID, act: str = "write") -> Any:
    one = queries.to_change(model, request.user, public_id, act)
    if one is None:
        raise Http404(_("Det finns inget på den adressen, eller så är det inte ditt att ändra."))
    return one


def _belonging(form: AgreementForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"parties": list(said["parties"]), "topics": said["topics"]}


def _published(request: SignedInRequest, model: Any, public_id: UUID) -> HttpResponse:
    one = _to_change(model, request, public_id, "publish")
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
    try:
        set_published(by=request.user, row=one, revision=revision, public="synlig" in request.POST)
    except ConflictError:
        message = _("Någon annan har ändrat raden. Läs den igen och publicera sedan.")
        context = {"title": one.title, "message": message, "breadcrumbs": trail((one.title, ""))}
        return render(request, "partners/told.html", context, status=409)
    return redirect("partners:mine")


def _shown(
    request: SignedInRequest,
    form: Any,
    heading: str,
    *,
    differences: list[Difference] | None = None,
) -> HttpResponse:
    context = {"form": form, "heading": heading, "differences": differences}
    context |= {"conflict": differences is not None, "breadcrumbs": trail((heading, ""))}
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(request, "partners/write.html", context, status=status)


def _conflict(request: SignedInRequest, form: Any, error: ConflictError) -> HttpResponse:
    """The form as it was sent, at the revision that now stands, with what differs told above it."""
    current: Any = error.obj
    sent = request.POST.copy()
    sent["revision"] = str(current.revision)
    again = type(form)(sent, instance=type(current).objects.get(pk=current.pk))
    return _shown(request, again, _("Ändra"), differences=error.differences)
