"""Jobs as those who start them see them."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django import forms
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.audit.reads import note_read
from plats.web.common.access import permitted
from plats.web.common.templatetags.plats import say
from plats.web.jobs import actions, permissions, queries
from plats.web.jobs.forms import start_forms
from plats.web.jobs.kinds import JobKind, kinds_to_start
from plats.web.jobs.models import Job


@permitted(permissions.READ)
@require_safe
def job_list(request: SignedInRequest) -> HttpResponse:
    """One's own jobs, and those one may start; everyone's for those who look after the system."""
    return _list(request, start_forms(request.user))


@permitted(permissions.START)
@require_POST
def job_start(request: SignedInRequest, kind: str) -> HttpResponse:
    """Start a job of a kind. A form that is wrong comes back with what is wrong."""
    chosen = next((one for one in kinds_to_start(request.user) if one.id == kind), None)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST, prefix=chosen.id)
    if form.is_valid():
        try:
            job = actions.start_job(
                by=request.user,
                kind=chosen,
                parameters=form.cleaned_data,
                organisation=queries.organisation_to_start_for(request.user),
            )
        except actions.JobsError as error:
            form.add_error(None, str(error))
        else:
            return redirect("jobs:job", public_id=job.public_id)
    shown = [(one, form if one == chosen else empty) for one, empty in start_forms(request.user)]
    return _list(request, shown, status=422)


@permitted(permissions.READ)
@require_safe
def job(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One job: how far it has come, and what it came to."""
    found = _found(queries.job(request.user, public_id))
    context = _shown(request, found) | {"breadcrumbs": _crumbs(say(found.name))}
    return render(request, "jobs/job.html", context)


@permitted(permissions.READ)
@require_safe
def job_state(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The part of the page that changes while the job runs, for a page that is open."""
    return render(request, "jobs/_state.html", _shown(request, _found(queries.job(request.user, public_id))))


@permitted(permissions.CANCEL)
@require_POST
def job_cancel(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Cancel a job. One that has ended meanwhile is shown as it ended."""
    found = _found(queries.job_to_cancel(request.user, public_id))
    with suppress(actions.JobsError):
        actions.cancel_job(by=request.user, job=found)
    return redirect("jobs:job", public_id=public_id)


@permitted(permissions.READ)
@require_safe
def job_file(request: SignedInRequest, public_id: UUID, name: str) -> HttpResponseBase:
    """A file that a job has made."""
    found = _found(queries.job(request.user, public_id))
    path = queries.job_file(found, name)
    if path is None:
        raise Http404
    note_read(request, found, organisation=found.organisation)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


# Internals


def _list(
    request: SignedInRequest, kinds: list[tuple[JobKind, forms.Form]], status: int = 200
) -> HttpResponse:
    context = {
        "kinds": kinds,
        "jobs": queries.latest_jobs(request.user),
        "everyone": request.user.may(permissions.READ_ALL),
        "breadcrumbs": [(_("Mitt arbete"), reverse("notices:mine")), (_("Jobb"), "")],
    }
    return render(request, "jobs/jobs.html", context, status=status)


def _shown(request: SignedInRequest, found: Job) -> dict[str, object]:
    may_cancel = found.is_open and queries.job_to_cancel(request.user, found.public_id) is not None
    return {"job": found, "may_cancel": may_cancel}


def _found(found: Job | None) -> Job:
    if found is None:
        raise Http404
    return found


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [
        (_("Mitt arbete"), reverse("notices:mine")),
        (_("Jobb"), reverse("jobs:list")),
        (last, ""),
    ]
