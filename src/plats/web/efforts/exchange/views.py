"""Efforts as a file, out and in, and one change of many."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.audit.recording import append
from plats.web.common.access import permitted
from plats.web.documents.models import StoredFile
from plats.web.documents.uploads import UploadError, store
from plats.web.efforts.exchange import actions, queries
from plats.web.efforts.exchange import jobs as file_jobs
from plats.web.efforts.exchange.bulk import Outcome, outcomes
from plats.web.efforts.exchange.export import export_efforts
from plats.web.efforts.exchange.files import SUFFIXES
from plats.web.efforts.exchange.forms import ChangeForm, FileForm, NarrowForm, chosen_from
from plats.web.efforts.exchange.report import MOST_SHOWN, REPORT, read_report
from plats.web.efforts.permissions import EXCHANGE
from plats.web.jobs.actions import start_job
from plats.web.jobs.models import Job
from plats.web.jobs.queries import job_file
from plats.web.jobs.states import State


@permitted(EXCHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: SignedInRequest) -> HttpResponse:
    """One's own efforts as a file, and a file to try."""
    is_sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    if is_sent and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            stored = store(sent, by=request.user)
        except UploadError as error:
            form.add_error("file", str(error))
        else:
            return _started(request, stored, form.cleaned_data["suffix"], write=False)
    context = {
        "form": form,
        "jobs": queries.file_jobs(request.user),
        "breadcrumbs": _trail((_("Insatser som fil"), "")),
    }
    return render(request, "efforts/exchange/file.html", context, status=422 if form.errors else 200)


@permitted(EXCHANGE)
@require_safe
def export(request: SignedInRequest, suffix: str) -> HttpResponse:
    """One's own efforts, to change in a spreadsheet and send back."""
    if suffix not in SUFFIXES:
        raise Http404(_("Välj csv eller xlsx."))
    body = export_efforts(by=request.user, suffix=suffix)
    append(by=request.user, act="effort.export", kind="effort", note=suffix)
    response = HttpResponse(body, content_type=SUFFIXES[suffix])
    name = f"insatser-{timezone.localdate().isoformat()}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@permitted(EXCHANGE)
@require_safe
def outcome(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What became of a file, row by row; what was only tried can be done from here."""
    job = _job(request, public_id)
    path = job_file(job, REPORT)
    lines = read_report(path) if path else []
    refused = any(line.fate == "refused" for line in lines)
    context = {
        "job": job,
        "lines": lines[:MOST_SHOWN],
        "more": max(0, len(lines) - MOST_SHOWN),
        "may_write": bool(lines) and not refused and not job.parameters["write"] and job.state == State.DONE,
        "breadcrumbs": _trail((_("Insatser som fil"), reverse("exchange:file")), (_("Utfall"), "")),
    }
    return render(request, "efforts/exchange/outcome.html", context)


@permitted(EXCHANGE)
@require_POST
def write(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Do what a file was tried for. It is read anew, so what has changed meanwhile is told and not written over."""
    job = _job(request, public_id)
    sent = job.parameters["file"]
    return _start(request, sent, write=True)


@permitted(EXCHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: SignedInRequest) -> HttpResponse:
    """Choose efforts, see what would become of each, then change them in one act."""
    narrow = NarrowForm(request.GET or None)
    form = ChangeForm(request.POST if request.method == "POST" else None, user=request.user)
    chosen = chosen_from(request.POST.getlist("chosen"))
    context = {"narrow": narrow, "form": form, "breadcrumbs": _trail((_("Ändra flera insatser"), ""))}
    if request.method == "POST" and not chosen:
        form.add_error(None, _("Välj minst en insats i listan."))
    if request.method == "POST" and form.is_valid() and chosen:
        if "confirmed" not in request.POST:
            told = outcomes(by=request.user, chosen=chosen, change=form.change)
            return _preview(request, context, told)
        try:
            told = actions.change_many(by=request.user, chosen=chosen, change=form.change)
        except actions.BulkError as error:
            return _preview(request, context, error.outcomes, status=409)
        return render(request, "efforts/exchange/done.html", context | {"outcomes": told})
    context["efforts"] = queries.own_efforts(request.user, narrow.narrowed)
    context["most"] = queries.MOST_CHOSEN
    context["ticked"] = {str(one.number) for one in chosen}
    return render(request, "efforts/exchange/many.html", context, status=422 if form.errors else 200)


# Internals


def _preview(
    request: SignedInRequest, context: dict[str, object], told: list[Outcome], status: int = 200
) -> HttpResponse:
    shown = {
        "outcomes": told,
        "refused": sum(bool(one.refusal) for one in told),
        "changed": sum(bool(one.changes) for one in told),
    }
    return render(request, "efforts/exchange/preview.html", context | shown, status=status)


def _started(request: SignedInRequest, stored: StoredFile, suffix: str, *, write: bool) -> HttpResponse:
    return _start(request, {"number": stored.pk, "suffix": suffix}, write=write)


def _start(request: SignedInRequest, sent: dict[str, object], *, write: bool) -> HttpResponse:
    parameters = {"file": sent, "who": {"number": request.user.pk}, "write": write}
    job = start_job(by=request.user, kind=file_jobs.kind(), parameters=parameters)
    return redirect("exchange:outcome", public_id=job.public_id)


def _job(request: SignedInRequest, public_id: UUID) -> Job:
    found = queries.file_job(request.user, public_id)
    if found is None:
        raise Http404(_("Det finns ingen fil på den adressen, eller så är den inte din."))
    return found


def _trail(*crumbs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Mitt arbete"), reverse("notices:mine")), *crumbs]
