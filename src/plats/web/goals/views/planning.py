"""Plans: one's own, a new one, and whether everyone sees it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.goals import actions, queries_writing
from plats.web.goals.forms import PlanForm, PublishForm
from plats.web.goals.permissions import PLAN_PUBLISH, PLAN_READ, PLAN_WRITE
from plats.web.goals.views.ground import METHODS, absent, draft_address, form_page


@permitted(PLAN_READ)
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The plans of one's own organisations, drafts and adopted, published or not."""
    context = {
        "plans": queries_writing.own_plans(request.user),
        "may_write": queries_writing.writing_for(request.user).exists(),
        "breadcrumbs": [(_("Mitt arbete"), reverse("notices:mine")), (_("Planer och mål"), "")],
    }
    return render(request, "goals/mine.html", context)


@permitted(PLAN_WRITE)
@require_http_methods(METHODS)
def plan_new(request: SignedInRequest) -> HttpResponse:
    """A new plan with its first draft."""
    form = PlanForm(request.POST or None, owners=queries_writing.writing_for(request.user))

    def save() -> str:
        period = {name: form.cleaned_data[name] for name in ("organisation", "starts_on", "ends_on")}
        return draft_address(actions.begin_plan(by=request.user, content=form.content, **period))

    about = _(
        "Planen börjar som ett utkast. Vilket organ som antar den, och vilken dag, skrivs in när det är gjort."
    )
    more = {"about": about, "button": _("Skriv planen")}
    return form_page(request, form, save, of=None, heading=_("Ny plan"), back=reverse("goals:mine"), **more)


@permitted(PLAN_PUBLISH)
@require_http_methods(METHODS)
def plan_publish(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let everyone see what of a plan is adopted, or no longer, having been asked."""
    plan = queries_writing.plan_to_publish(request.user, slug)
    if plan is None:
        raise absent()
    initial = {"revision": plan.revision, "public": not plan.is_public}
    form = PublishForm(request.POST or None, initial=initial)

    def save() -> str:
        wanted = {name: form.cleaned_data[name] for name in ("revision", "public")}
        return actions.publish_plan(by=request.user, plan=plan, **wanted).get_absolute_url()

    return form_page(
        request, form, save, of=plan, back=plan.get_absolute_url(), **_asked(shown=plan.is_public)
    )


# Internals


def _asked(*, shown: bool) -> dict[str, str]:
    if shown:
        return {
            "heading": _("Sluta visa planen för alla?"),
            "about": _("Planen och dess mål syns sedan bara för din organisation."),
            "button": _("Sluta visa"),
        }
    return {
        "heading": _("Publicera planen?"),
        "about": _("Alla kan sedan läsa det som är antaget: mål, målvärden, pengar och uppföljning."),
        "button": _("Publicera"),
    }
