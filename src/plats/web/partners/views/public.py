"""What everyone reads: partners, agreements, and the list of promises."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plats.web.common.access import public
from plats.web.partners import queries
from plats.web.partners.export import FORMATS, file_response
from plats.web.partners.kinds import CommitmentState
from plats.web.partners.regimes import then_and_now
from plats.web.partners.rules import count_by_state, term_on


@public
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Those who work together, and what they have agreed."""
    context = {
        "pages": queries.pages(),
        "agreements": queries.agreements(request.user, queries.today()),
        "breadcrumbs": [(_("Samverkan"), "")],
    }
    return render(request, "partners/overview.html", context)


@public
@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """One agreement: who, for how long, about what, what has been promised, and the law then and now."""
    one = queries.agreement(request.user, slug)
    if one is None:
        raise Http404(_("Det finns ingen överenskommelse på den adressen."))
    today = queries.today()
    moment = one.as_of or one.starts_on
    regimes = then_and_now(moment, today)
    context = {
        "agreement": one,
        "term": term_on(today, starts_on=one.starts_on, ends_on=one.ends_on),
        "commitments": queries.commitments_in(request.user, one),
        "regimes": regimes,
        "law_has_changed": any(topic.has_changed for topic in regimes),
        "moment": moment,
        "overlapping": queries.overlapping(request.user, one),
        "breadcrumbs": _trail((one.title, "")),
    }
    return render(request, "partners/agreement.html", context)


@public
@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it does, what it is party to, what it has promised. Never a person."""
    page = queries.page(slug)
    if page is None:
        raise Http404(_("Det finns ingen partner på den adressen."))
    context = {
        "page": page,
        "agreements": queries.agreements_of(request.user, page.organisation),
        "commitments": queries.commitments_by(request.user, page.organisation),
        "breadcrumbs": _trail((page.organisation.name, "")),
    }
    return render(request, "partners/partner.html", context)


@public
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Löfteslistan: what has been promised, by whom, when, and what became of it."""
    chosen = _chosen(request)
    found = queries.promises(request.user, **chosen)
    real = [one for one in found.every if not one.is_example]
    context = {
        "found": found,
        "chosen": chosen,
        "states": CommitmentState.choices,
        "counts": count_by_state(one.state for one in real),
        "total": len(real),
        "query": request.GET.urlencode(),
        "breadcrumbs": _trail((_("Löfteslistan"), "")),
    }
    return render(request, "partners/promises.html", context)


@public
@require_safe
def promises_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The published part of the list, narrowed as on the page, as a file."""
    if suffix not in FORMATS:
        raise Http404(_("Listan finns som csv och xlsx."))
    rows = queries.promises(request.user, **_chosen(request)).rows
    return file_response([one for one in rows if one.is_public], suffix)


@public
@require_safe
def commitment(request: HttpRequest, slug: str) -> HttpResponse:
    """One commitment: what, who, when, state, and what shows it."""
    one = queries.commitment(request.user, slug)
    if one is None:
        raise Http404(_("Det finns inget åtagande på den adressen."))
    crumbs = _trail((_("Löfteslistan"), reverse("partners:promises")), (one.title, ""))
    return render(request, "partners/commitment.html", {"commitment": one, "breadcrumbs": crumbs})


# Internals


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Samverkan"), reverse("partners:list")), *last]


def _chosen(request: HttpRequest) -> dict[str, Any]:
    return {"state": request.GET.get("lage", ""), "maker": request.GET.get("vem", "")}
