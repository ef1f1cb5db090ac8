"""What everyone reads: the list of efforts, each effort, where they are, and the thread from goals."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plats.web.common.access import public
from plats.web.common.territory import place_choices
from plats.web.efforts import queries
from plats.web.efforts.kinds import EffortKind, EffortState
from plats.web.efforts.thread import thread_of
from plats.web.efforts.where import where_efforts_are


@public
@require_safe
def effort_list(request: HttpRequest) -> HttpResponse:
    """All efforts together: how many, before or after harm, what is unknown; and each of them."""
    wanted = {"kind": "slag", "state": "lage", "place": "plats", "owner": "vem", "goal": "mal"}
    chosen = queries.Chosen(**{name: request.GET.get(key, "")[:100] for name, key in wanted.items()})
    kept = request.GET.copy()
    kept.pop("sida", None)
    context = {
        "overview": queries.overview(request.user),
        "page": queries.effort_list(request.user, chosen, request.GET.get("sida", "1")),
        "chosen": chosen,
        "kinds": EffortKind.choices,
        "states": EffortState.choices,
        "places": [(queries.NO_PLACE, _("Okänd plats eller hela kommunen")), *place_choices()],
        "owners": queries.owners(request.user),
        "query": kept.urlencode(),
        "breadcrumbs": [(_("Insatser"), "")],
    }
    return render(request, "efforts/list.html", context)


@public
@require_safe
def effort_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One effort: what, against which problem and cause, where, for whom, with what, and how one reaches it."""
    one = queries.effort(request.user, slug)
    if one is None:
        raise Http404(_("Det finns ingen insats på den adressen, eller så är den inte publicerad."))
    signed_in = request.user.is_authenticated
    context = {
        "effort": one,
        "services": one.services.all(),
        "may_change": signed_in and queries.to_change(request.user, one.public_id) is not None,
        "goals": queries.goals_to_tie(request.user, one) if signed_in else [],
        "breadcrumbs": [(_("Insatser"), reverse("efforts:list")), (one.title, "")],
    }
    return render(request, "efforts/effort.html", context)


@public
@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """Where efforts are, by kind: overlaps, and places where nothing of a kind is known."""
    crumbs = [(_("Insatser"), reverse("efforts:list")), (_("Var det görs"), "")]
    return render(
        request, "efforts/where.html", {"table": where_efforts_are(request.user), "breadcrumbs": crumbs}
    )


@public
@require_safe
def thread(request: HttpRequest) -> HttpResponse:
    """The thread from goals to efforts, and its holes."""
    crumbs = [(_("Insatser"), reverse("efforts:list")), (_("Den röda tråden"), "")]
    return render(request, "efforts/thread.html", {"thread": thread_of(request.user), "breadcrumbs": crumbs})
