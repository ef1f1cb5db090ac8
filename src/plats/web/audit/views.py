"""The log, for the one who watches over it. Values show only in an entry that is opened, which is itself an entry."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plats.web.audit import queries
from plats.web.audit.forms import FilterForm
from plats.web.audit.permissions import ERASE, READ
from plats.web.audit.queries import Filters
from plats.web.audit.recording import append
from plats.web.audit.verified import last_verification
from plats.web.common.access import permitted

OPENING_ACT = "audit.open"


@permitted(READ)
@require_safe
@never_cache
def entry_list(request: HttpRequest) -> HttpResponse:
    """Who has done and seen what, the latest first."""
    form = FilterForm(request.GET)
    context = {
        "page": queries.list_entries(request.user, form.filters),
        "form": form,
        "query": _query(request),
        "verification": last_verification(),
        "may_erase": request.user.may(ERASE),  # type: ignore[union-attr]
        "breadcrumbs": _trail(),
    }
    return render(request, "audit/list.html", context)


@permitted(READ)
@require_safe
@never_cache
def object_page(request: HttpRequest, object_id: str) -> HttpResponse:
    """Who has looked at one object, and everything that was done with it."""
    before = request.GET.get("before", "")
    until = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    page = queries.list_entries(request.user, Filters(object_id=object_id, before=until))
    if not page.lines and until is None:
        raise Http404(_("Det finns inget i loggen om det objektet. Kontrollera numret."))
    context = {
        "object_id": object_id,
        "kinds": queries.kinds_of(request.user, object_id),
        "lookers": queries.lookers(request.user, object_id),
        "page": page,
        "breadcrumbs": _trail((_("Ett objekt"), "")),
    }
    return render(request, "audit/object.html", context)


@permitted(READ)
@require_safe
@never_cache
def entry_page(request: HttpRequest, sequence: int) -> HttpResponse:
    """One entry with its values. That it was opened goes on record first."""
    entry = queries.find_entry(request.user, sequence)
    if entry is None:
        raise Http404(_("Det finns ingen post med det numret."))
    append(by=request.user, act=OPENING_ACT, kind="audit", object_id=str(sequence))
    context = {
        "opened": queries.open_entry(request.user, entry),
        "breadcrumbs": _trail((_("Post %(number)s") % {"number": sequence}, "")),
    }
    return render(request, "audit/entry.html", context)


# Internals


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Granskningslogg"), reverse("audit:list") if last else ""), *last]


def _query(request: HttpRequest) -> str:
    """The filters as they stand in the address, without the page's place."""
    kept = request.GET.copy()
    kept.pop("before", None)
    return kept.urlencode()
