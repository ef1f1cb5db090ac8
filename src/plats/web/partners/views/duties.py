"""The duties of lag (2023:196): how far one's organisation has come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.partners import actions, queries, queries_work
from plats.web.partners.forms import DutyForm
from plats.web.partners.permissions import DUTY_READ, DUTY_WRITE
from plats.web.partners.told import in_words
from plats.web.partners.views.shared import trail


@permitted(DUTY_READ)
@require_safe
def duties(request: SignedInRequest) -> HttpResponse:
    """Every duty, for each of one's organisations that has them: state, what shows it, when it is due again."""
    rows = [(one, queries.duties(request.user, one)) for one in queries.municipal(request.user)]
    context = {
        "rows": rows,
        "writable": request.user.grants.organisation_ids("duty.write"),
        "today": queries.today(),
        "breadcrumbs": trail((_("Vad lagen kräver"), "")),
    }
    return render(request, "partners/duties.html", context)


@permitted(DUTY_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def duty_change(request: SignedInRequest, public_id: UUID, duty: str) -> HttpResponse:
    """Say how far the organisation has come with one duty."""
    found = queries_work.duty_to_change(request.user, public_id, duty)
    if found is None:
        raise Http404(_("Det finns ingen skyldighet på den adressen, eller så är den inte din att ändra."))
    organisation, row = found
    form = DutyForm(request.POST or None, instance=row.state)
    differences = None
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"revision": form.shown_revision, "values": form.values}
        try:
            actions.set_duty(by=request.user, organisation=organisation, duty=duty, **said)
            return redirect("partners:duties")
        except ConflictError as error:
            differences = in_words(error)
    heading = row.definition.title.en if get_language() == "en" else row.definition.title.sv
    context = {"form": form, "heading": heading, "differences": differences}
    context |= {
        "back": reverse("partners:duties"),
        "conflict": differences is not None,
        "breadcrumbs": trail((heading, "")),
    }
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(request, "partners/write.html", context, status=status)
