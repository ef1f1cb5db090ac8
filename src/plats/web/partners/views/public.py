"""What everyone reads: partners, agreements, and the list of promises."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plats.web.common.access import public
from plats.web.partners import queries, queries_work
from plats.web.partners.export import FORMATS, file_response
from plats.web.partners.kinds import CommitmentState
from plats.web.partners.permissions import PAGE_WRITE
from plats.web.partners.regimes import then_and_now
from plats.web.partners.rules import count_by_state, term_on
from plats.web.partners.sections import built_sections


@public
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Those who work together, and what they have agreed."""
    context = {
        "pages": queries.pages(),
        "promises": queries.citizen_promises(request.user),
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
    context = {
        "agreement": one,
        "term": term_on(today, starts_on=one.starts_on, ends_on=one.ends_on),
        "commitments": queries.commitments_in(request.user, one),
        "promises": queries.citizen_promises(request.user, one),
        "overlapping": queries.overlapping(request.user, one),
        "may_change": _may_change(request, one),
        "today": today,
        "breadcrumbs": _trail((one.title, "")),
    }
    context |= _laws(one.as_of or one.starts_on, today)
    return render(request, "partners/agreement.html", context)


@public
@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it does, what it is party to, what it has promised and does. Never a person."""
    page = queries.page(slug)
    if page is None:
        raise Http404(_("Det finns ingen partner på den adressen."))
    context = {
        "page": page,
        "agreements": queries.agreements_of(request.user, page.organisation),
        "promises": queries.promises_by(request.user, page.organisation),
        "may_write": request.user.is_authenticated and request.user.may(PAGE_WRITE, page.organisation),
        "commitments": queries.commitments_by(request.user, page.organisation),
        "sections": built_sections(page.organisation, request.user),
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
    """One commitment: what, who, when, state, what shows it, and the law then and now."""
    one = queries.commitment(request.user, slug)
    if one is None:
        raise Http404(_("Det finns inget åtagande på den adressen."))
    crumbs = _trail((_("Löfteslistan"), reverse("partners:promises")), (one.title, ""))
    context = {"commitment": one, "may_change": _may_change(request, one), "breadcrumbs": crumbs}
    context |= _laws(one.as_of or one.made_on, queries.today())
    return render(request, "partners/commitment.html", context)


@public
@require_safe
def citizen_promise(request: HttpRequest, slug: str) -> HttpResponse:
    """One citizen promise: what, where, by whom, until when, and how it went."""
    one = queries.citizen_promise(request.user, slug)
    if one is None:
        raise Http404(_("Det finns inget medborgarlöfte på den adressen."))
    term = term_on(queries.today(), starts_on=one.starts_on, ends_on=one.ends_on)
    context = {"promise": one, "term": term, "may_change": _may_change(request, one)}
    return render(
        request, "partners/citizen_promise.html", context | {"breadcrumbs": _trail((one.title, ""))}
    )


@public
@require_safe
def by_number(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """To the page of the agreement, commitment or citizen promise with this number, for those who see it."""
    address = queries.address_of(request.user, public_id)
    if not address:
        raise Http404(_("Det finns inget på den adressen."))
    return redirect(address)


# Internals


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Samverkan"), reverse("partners:list")), *last]


def _may_change(request: HttpRequest, row: Any) -> bool:
    user: Any = request.user
    return user.is_authenticated and queries_work.to_change(type(row), user, row.public_id) is not None


def _laws(moment: date, today: date) -> dict[str, Any]:
    regimes = then_and_now(moment, today)
    return {"moment": moment, "regimes": regimes, "changes": sum(one.has_changed for one in regimes)}


def _chosen(request: HttpRequest) -> dict[str, Any]:
    return {"state": request.GET.get("lage", ""), "maker": request.GET.get("vem", "")}
