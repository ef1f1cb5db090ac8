"""Goals and plans as everyone reads them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plats.web.accounts.models import Organisation, User
from plats.web.common.access import public
from plats.web.common.permissions import Permission
from plats.web.goals import queries
from plats.web.goals.permissions import GOAL_WRITE, PLAN_ADOPT, PLAN_PUBLISH, PLAN_WRITE
from plats.web.goals.sections import goal_sections


@public
@require_safe
def goal_list(request: HttpRequest) -> HttpResponse:
    """Goals by plan: what each is measured by, how it goes, and the money set aside."""
    return render(request, "goals/list.html", {"overview": queries.overview(request.user)})


@public
@require_safe
def goal_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One goal: how it has been worded, what it is measured by, how far it is."""
    page = queries.goal_page(request.user, slug)
    if page is None:
        raise Http404(_("Det finns inget mål på den adressen, eller så är det inte publicerat."))
    context = {
        "page": page,
        "goal": page.goal,
        "sections": goal_sections(page.goal, request.user),
        "may_follow_up": _may(request, GOAL_WRITE, page.goal.organisation),
        "breadcrumbs": [(_("Mål"), reverse("goals:list")), (page.goal.title, "")],
    }
    return render(request, "goals/goal.html", context)


@public
@require_safe
def plan_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan: its versions, and what each changed."""
    found = queries.plan_page(request.user, slug)
    if found is None:
        raise Http404(_("Det finns ingen plan på den adressen, eller så är den inte publicerad."))
    plan, versions = found
    context = {
        "plan": plan,
        "versions": versions,
        "may_write": _may(request, PLAN_WRITE, plan.organisation),
        "may_adopt": _may(request, PLAN_ADOPT, plan.organisation),
        "may_publish": _may(request, PLAN_PUBLISH, plan.organisation),
        "has_draft": any(row.version.state == "draft" for row in versions),
        "breadcrumbs": [(_("Mål"), reverse("goals:list")), (plan.title, "")],
    }
    return render(request, "goals/plan.html", context)


# Internals


def _may(request: HttpRequest, permission: Permission, organisation: Organisation) -> bool:
    user = request.user
    return isinstance(user, User) and user.may(permission, organisation)
