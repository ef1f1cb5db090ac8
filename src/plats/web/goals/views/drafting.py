"""Writing drafts, adopting them, and following up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.goals import actions, queries
from plats.web.goals.forms import AdoptForm, DraftForm, FollowUpForm, GoalForm, TargetForm, written
from plats.web.goals.models import GoalVersion, PlanVersion
from plats.web.goals.permissions import GOAL_WRITE, PLAN_ADOPT, PLAN_READ, PLAN_WRITE

_METHODS = ["GET", "HEAD", "POST"]


@permitted(PLAN_WRITE)
@require_http_methods(_METHODS)
def draft_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin a new version of a plan; the adopted one's goals come along."""
    plan = queries.plan_to_write(request.user, slug)
    if plan is None:
        raise _absent()
    form = DraftForm(request.POST or None)

    def save() -> str:
        return _address(actions.draft_version(by=request.user, plan=plan, **form.cleaned_data))

    return _page(
        request, form, save, heading=_("Nytt utkast"), back=plan.get_absolute_url(), about=plan.title
    )


@permitted(PLAN_READ)
@require_http_methods(["GET", "HEAD"])
def draft_detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A draft: its goals and targets, and what one may do with it."""
    version = queries.draft(request.user, public_id, "read")
    if version is None:
        raise _absent()
    organisation = version.plan.organisation
    context = {
        "version": version,
        "plan": version.plan,
        "goals": queries.goals_of(version),
        "may_write": request.user.may(PLAN_WRITE, organisation),
        "may_adopt": request.user.may(PLAN_ADOPT, organisation),
        "breadcrumbs": _trail(version, _("Utkast")),
    }
    return render(request, "goals/draft.html", context)


@permitted(PLAN_WRITE)
@require_http_methods(_METHODS)
def goal_new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A new goal in a draft."""
    version = queries.draft(request.user, public_id, "write")
    if version is None:
        raise _absent()
    form = GoalForm(request.POST or None, user=request.user, initial={"revision": version.revision})

    def save() -> str:
        actions.add_goal(
            by=request.user, version=version, revision=form.cleaned_data["revision"], content=form.content
        )
        return _address(version)

    return _page(request, form, save, heading=_("Nytt mål"), back=_address(version), version=version)


@permitted(PLAN_WRITE)
@require_http_methods(_METHODS)
def goal_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Word a goal of a draft anew. An adopted one answers with why not."""
    one = _goal(request, public_id)
    form = GoalForm(request.POST or None, user=request.user, initial=written(one))

    def save() -> str:
        actions.change_goal(
            by=request.user, one=one, revision=form.cleaned_data["revision"], content=form.content
        )
        return _address(one.plan_version)

    heading = _("Ändra målet")
    return _page(
        request, form, save, heading=heading, back=_address(one.plan_version), version=one.plan_version
    )


@permitted(PLAN_WRITE)
@require_http_methods(_METHODS)
def goal_remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take a goal out of a draft, having been asked."""
    one = _goal(request, public_id)
    form = _Revision(request.POST or None, initial={"revision": one.plan_version.revision})

    def save() -> str:
        actions.remove_goal(by=request.user, one=one, revision=form.cleaned_data["revision"])
        return _address(one.plan_version)

    more = {"about": one.title, "button": _("Ta bort målet ur utkastet")}
    heading, back = _("Ta bort målet?"), _address(one.plan_version)
    return _page(request, form, save, heading=heading, back=back, version=one.plan_version, **more)


@permitted(PLAN_WRITE)
@require_http_methods(_METHODS)
def target_new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Tie a goal of a draft to an indicator."""
    one = _goal(request, public_id)
    form = TargetForm(request.POST or None, initial={"revision": one.plan_version.revision})

    def save() -> str:
        actions.add_target(
            by=request.user, one=one, revision=form.cleaned_data["revision"], content=form.content
        )
        return _address(one.plan_version)

    more = {"about": one.title, "heading": _("Nytt målvärde"), "back": _address(one.plan_version)}
    return _page(request, form, save, version=one.plan_version, **more)


@permitted(PLAN_ADOPT)
@require_http_methods(_METHODS)
def adopt_draft(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Say that the organ has adopted the draft."""
    version = queries.draft(request.user, public_id, "adopt")
    if version is None:
        raise _absent()
    form = AdoptForm(request.POST or None, initial={"revision": version.revision})

    def save() -> str:
        wanted = {
            name: form.cleaned_data[name] for name in ("revision", "adopted_on", "adopted_by", "case_number")
        }
        actions.adopt(by=request.user, version=version, **wanted)
        return version.plan.get_absolute_url()

    more = {"about": _("När planen är antagen ändras den inte mer."), "button": _("Anta planen")}
    return _page(
        request, form, save, heading=_("Anta utkastet"), back=_address(version), version=version, **more
    )


@permitted(GOAL_WRITE)
@require_http_methods(_METHODS)
def follow_up_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say how a goal stood after a period."""
    goal = queries.goal_to_write(request.user, slug)
    if goal is None:
        raise _absent()
    form = FollowUpForm(request.POST or None)

    def save() -> str:
        period = {name: form.cleaned_data[name] for name in ("year", "period")}
        actions.follow_up(by=request.user, goal=goal, said=form.judgement, **period)
        return goal.get_absolute_url()

    return _page(
        request, form, save, heading=_("Följ upp målet"), back=goal.get_absolute_url(), about=goal.title
    )


# Internals


class _Revision(django_forms.Form):
    revision = django_forms.IntegerField(widget=django_forms.HiddenInput)


def _page(
    request: SignedInRequest,
    form: Any,
    save: Callable[[], str],
    *,
    version: PlanVersion | None = None,
    **shown: Any,
) -> HttpResponse:
    """The form; saved when it is sent and holds. What does not is told where it was written."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(save())
            except ConflictError:
                status = 409
                form = _with_new_revision(form, version)
            except ValidationError as error:
                _tell(form, error)
    shown |= {"form": form, "conflict": status == 409, "breadcrumbs": _trail(version, shown["heading"])}
    return render(request, "goals/form.html", shown, status=status)


def _tell(form: Any, error: ValidationError) -> None:
    known = not hasattr(error, "error_dict") or set(error.error_dict) <= set(form.fields)
    form.add_error(None, error if known else error.messages)


def _with_new_revision(form: Any, version: PlanVersion | None) -> Any:
    """The same form, which may be saved again now that one has been told."""
    data = form.data.copy()
    if version is not None:
        version.refresh_from_db(fields=["revision"])
        data["revision"] = version.revision
    form.data = data
    return form


def _goal(request: SignedInRequest, public_id: UUID) -> GoalVersion:
    one = queries.goal_version(request.user, public_id)
    if one is None:
        raise _absent()
    return one


def _address(version: PlanVersion) -> str:
    return reverse("goals:draft", args=[version.public_id])


def _trail(version: PlanVersion | None, last: str) -> list[tuple[str, str]]:
    plan = [(version.plan.title, version.plan.get_absolute_url())] if version else []
    return [(_("Mål"), reverse("goals:list")), *plan, (last, "")]


def _absent() -> Http404:
    return Http404(_("Det finns inget på den adressen, eller så är det inte ditt att ändra."))
