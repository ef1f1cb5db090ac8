"""What a goal of a draft is measured by, and its lines in the budget."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.goals import actions, queries_writing
from plats.web.goals.forms import BudgetForm, RevisionForm, TargetForm, set_out
from plats.web.goals.models import Target
from plats.web.goals.permissions import PLAN_WRITE
from plats.web.goals.views.ground import METHODS, absent, draft_address, form_page, goal_of


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def target_new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Tie a goal of a draft to an indicator."""
    one = goal_of(request, public_id)
    form = TargetForm(request.POST or None, initial={"revision": one.plan_version.revision})

    def save() -> str:
        actions.add_target(
            by=request.user, one=one, revision=form.cleaned_data["revision"], content=form.content
        )
        return draft_address(one.plan_version)

    more = {"about": one.title, "heading": _("Nytt målvärde"), "back": draft_address(one.plan_version)}
    return form_page(request, form, save, of=one.plan_version, **more)


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def target_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Set a target of a draft anew."""
    target = _target(request, public_id)
    version = target.goal_version.plan_version
    form = TargetForm(request.POST or None, initial=set_out(target))

    def save() -> str:
        revision = form.cleaned_data["revision"]
        actions.change_target(by=request.user, target=target, revision=revision, content=form.content)
        return draft_address(version)

    more = {"about": target.goal_version.title, "heading": _("Ändra målvärdet")}
    return form_page(request, form, save, of=version, back=draft_address(version), **more)


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def target_remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take a target from a goal of a draft, having been asked."""
    target = _target(request, public_id)
    version = target.goal_version.plan_version
    form = RevisionForm(request.POST or None, initial={"revision": version.revision})

    def save() -> str:
        actions.remove_target(by=request.user, target=target, revision=form.cleaned_data["revision"])
        return draft_address(version)

    more = {"about": target.goal_version.title, "removes": target, "button": _("Ta bort målvärdet")}
    heading, back = _("Ta bort målvärdet?"), draft_address(version)
    return form_page(request, form, save, of=version, heading=heading, back=back, **more)


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def budget_new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A line of the budget for a goal of a draft. What is not known is left empty."""
    one = goal_of(request, public_id)
    form = BudgetForm(request.POST or None, initial={"revision": one.plan_version.revision})

    def save() -> str:
        revision = form.cleaned_data["revision"]
        actions.add_budget_line(by=request.user, one=one, revision=revision, **form.line)
        return draft_address(one.plan_version)

    more = {"about": one.title, "heading": _("Ny budgetrad"), "back": draft_address(one.plan_version)}
    return form_page(request, form, save, of=one.plan_version, **more)


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def budget_remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take a budget line from a goal of a draft, having been asked."""
    line = queries_writing.budget_line(request.user, public_id)
    if line is None:
        raise absent()
    version = line.goal_version.plan_version
    form = RevisionForm(request.POST or None, initial={"revision": version.revision})

    def save() -> str:
        actions.remove_budget_line(by=request.user, line=line, revision=form.cleaned_data["revision"])
        return draft_address(version)

    more = {"about": str(line), "button": _("Ta bort budgetraden")}
    heading, back = _("Ta bort budgetraden?"), draft_address(version)
    return form_page(request, form, save, of=version, heading=heading, back=back, **more)


# Internals


def _target(request: SignedInRequest, public_id: UUID) -> Target:
    target = queries_writing.target(request.user, public_id)
    if target is None:
        raise absent()
    return target
