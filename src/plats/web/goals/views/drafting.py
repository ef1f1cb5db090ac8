"""Writing drafts, adopting them, and following up."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.goals import actions, queries_writing, rules
from plats.web.goals.forms import (
    AdoptForm,
    DraftForm,
    FollowUpForm,
    GoalForm,
    RevisionForm,
    UnderForm,
    written,
)
from plats.web.goals.permissions import GOAL_WRITE, PLAN_ADOPT, PLAN_READ, PLAN_WRITE
from plats.web.goals.views.ground import METHODS, absent, draft_address, form_page, goal_of, trail


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def draft_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin a new version of a plan; the adopted one's goals come along."""
    plan = queries_writing.plan_to_write(request.user, slug)
    if plan is None:
        raise absent()
    form = DraftForm(request.POST or None)

    def save() -> str:
        return draft_address(actions.draft_version(by=request.user, plan=plan, **form.cleaned_data))

    return form_page(
        request, form, save, heading=_("Nytt utkast"), back=plan.get_absolute_url(), about=plan.title
    )


@permitted(PLAN_READ)
@require_http_methods(["GET", "HEAD"])
def draft_detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A draft: its goals and targets, and what one may do with it."""
    version = queries_writing.draft(request.user, public_id, "read")
    if version is None:
        raise absent()
    organisation = version.plan.organisation
    may_write = request.user.may(PLAN_WRITE, organisation)
    context = {
        "version": version,
        "plan": version.plan,
        "goals": queries_writing.goals_of(version),
        "may_write": may_write,
        "changes": may_write and rules.may_change(version.state),
        "may_adopt": request.user.may(PLAN_ADOPT, organisation),
        "breadcrumbs": trail(version.plan, _("Utkast")),
    }
    return render(request, "goals/draft.html", context)


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def goal_new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A new goal in a draft."""
    version = queries_writing.draft(request.user, public_id, "write")
    if version is None:
        raise absent()
    form = GoalForm(request.POST or None, user=request.user, initial={"revision": version.revision})

    def save() -> str:
        actions.add_goal(
            by=request.user, version=version, revision=form.cleaned_data["revision"], content=form.content
        )
        return draft_address(version)

    return form_page(request, form, save, heading=_("Nytt mål"), back=draft_address(version), of=version)


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def goal_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Word a goal of a draft anew. An adopted one answers with why not."""
    one = goal_of(request, public_id)
    form = GoalForm(request.POST or None, user=request.user, initial=written(one))

    def save() -> str:
        actions.change_goal(
            by=request.user, one=one, revision=form.cleaned_data["revision"], content=form.content
        )
        return draft_address(one.plan_version)

    heading = _("Ändra målet")
    return form_page(
        request, form, save, heading=heading, back=draft_address(one.plan_version), of=one.plan_version
    )


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def goal_remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take a goal out of a draft, having been asked."""
    one = goal_of(request, public_id)
    form = RevisionForm(request.POST or None, initial={"revision": one.plan_version.revision})

    def save() -> str:
        actions.remove_goal(by=request.user, one=one, revision=form.cleaned_data["revision"])
        return draft_address(one.plan_version)

    more = {"about": one.title, "button": _("Ta bort målet ur utkastet")}
    heading, back = _("Ta bort målet?"), draft_address(one.plan_version)
    return form_page(request, form, save, heading=heading, back=back, of=one.plan_version, **more)


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def goal_place(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Let a goal of a draft belong to another. A circle is told, and nothing is moved."""
    one = goal_of(request, public_id)
    initial = {
        "revision": one.plan_version.revision,
        "parent": one.parent.public_id if one.parent else None,
    }
    form = UnderForm(request.POST or None, user=request.user, initial=initial)

    def save() -> str:
        wanted = {name: form.cleaned_data[name] for name in ("revision", "parent")}
        actions.place_goal(by=request.user, one=one, **wanted)
        return draft_address(one.plan_version)

    more = {"about": one.title, "heading": _("Flytta målet"), "back": draft_address(one.plan_version)}
    return form_page(request, form, save, of=one.plan_version, **more)


@permitted(PLAN_ADOPT)
@require_http_methods(METHODS)
def adopt_draft(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Say that the organ has adopted the draft."""
    version = queries_writing.draft(request.user, public_id, "adopt")
    if version is None:
        raise absent()
    form = AdoptForm(request.POST or None, initial={"revision": version.revision})

    def save() -> str:
        wanted = {
            name: form.cleaned_data[name] for name in ("revision", "adopted_on", "adopted_by", "case_number")
        }
        actions.adopt(by=request.user, version=version, **wanted)
        return version.plan.get_absolute_url()

    more = {"about": _("När planen är antagen ändras den inte mer."), "button": _("Anta planen")}
    return form_page(
        request, form, save, heading=_("Anta utkastet"), back=draft_address(version), of=version, **more
    )


@permitted(GOAL_WRITE)
@require_http_methods(METHODS)
def follow_up_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say how a goal stood after a period."""
    goal = queries_writing.goal_to_write(request.user, slug)
    if goal is None:
        raise absent()
    form = FollowUpForm(request.POST or None)

    def save() -> str:
        period = {name: form.cleaned_data[name] for name in ("year", "period")}
        actions.follow_up(by=request.user, goal=goal, said=form.judgement, **period)
        return goal.get_absolute_url()

    return form_page(
        request, form, save, heading=_("Följ upp målet"), back=goal.get_absolute_url(), about=goal.title
    )
