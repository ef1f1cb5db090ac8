"""What everyone reads: the list of efforts, each effort, where and when they are, and the thread from goals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plats.web.audit.reads import note_read
from plats.web.common.access import public
from plats.web.common.territory import place_choices
from plats.web.documents.uploads.serving import attachment_response
from plats.web.efforts import queries
from plats.web.efforts.kinds import ChildQuestion, EffortKind, EffortState
from plats.web.efforts.models import Effort
from plats.web.efforts.needs import white_spots
from plats.web.efforts.permissions import READ
from plats.web.efforts.preventing import prevention_of
from plats.web.efforts.thread import thread_of
from plats.web.efforts.timeline import timeline_of
from plats.web.efforts.where import living, reach_map, where_efforts_are


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
    _note_if_shared(request, one)
    answers = {row.question: row.answer for row in one.child_impact.all()}
    signed_in = request.user.is_authenticated
    context = {
        "effort": one,
        "services": one.services.all(),
        "may_change": signed_in and queries.to_change(request.user, one.public_id) is not None,
        "release_url": queries.release_url(request.user, one) if signed_in else "",
        "goals": queries.goals_to_tie(request.user, one) if signed_in else [],
        "children": [(asked, answers.get(asked.value, "")) for asked in ChildQuestion],
        "answered": len(answers),
        "breadcrumbs": _below(one.title),
    }
    return render(request, "efforts/effort.html", context)


@public
@require_safe
def file(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponseBase:
    """A file of an effort, as a download."""
    found = queries.file_of(request.user, slug, public_id)
    if found is None:
        raise Http404(_("Det finns ingen fil på den adressen, eller så är insatsen inte publicerad."))
    _note_if_shared(request, found.effort)
    try:
        return attachment_response(found.file, found.name)
    except FileNotFoundError:
        told = _("Filens innehåll saknas på disken. Säg till den som sköter Platsperspektiv.")
        raise Http404(told) from None


@public
@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """Where efforts are: on a map, by kind and kommundel, and where the need is great and nothing is known."""
    there = living(request.user)
    context = {
        "map": reach_map(there),
        "table": where_efforts_are(there),
        "needs": white_spots(there),
        "breadcrumbs": _below(_("Var det görs")),
    }
    return render(request, "efforts/where.html", context)


@public
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Efforts in time, and what leaves a gap when it ends."""
    context = {"timeline": timeline_of(request.user), "breadcrumbs": _below(_("Tidslinje"))}
    return render(request, "efforts/timeline.html", context)


@public
@require_safe
def prevention(request: HttpRequest) -> HttpResponse:
    """Before and after harm, by year and by kommundel."""
    context = {"prevention": prevention_of(request.user), "breadcrumbs": _below(_("Före och efter skada"))}
    return render(request, "efforts/prevention.html", context)


@public
@require_safe
def thread(request: HttpRequest) -> HttpResponse:
    """The thread from goals to efforts, and its holes."""
    context = {"thread": thread_of(request.user), "breadcrumbs": _below(_("Den röda tråden"))}
    return render(request, "efforts/thread.html", context)


# Internals


def _below(title: str) -> list[tuple[str, str]]:
    return [(_("Insatser"), reverse("efforts:list")), (title, "")]


def _note_if_shared(request: HttpRequest, one: Effort) -> None:
    """That someone reads what another organisation has shared with theirs goes on record before it is shown."""
    reader: Any = request.user
    if not one.is_public and one.organisation_id not in reader.grants.organisation_ids(READ.id):
        note_read(request, one, organisation=one.organisation)
