"""The registers that print themselves: processings and data flows."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plats.web.accounts.permissions import RELEASE_READ_ALL
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.registers import flows, processings
from plats.web.registers.files import csv_file
from plats.web.registers.forms import FlowForm
from plats.web.registers.permissions import READ


@permitted(READ)
@require_safe
@never_cache
def processing_page(request: SignedInRequest) -> HttpResponse:
    """The Article 30 register."""
    context = {
        "groups": processings.processing_register(),
        "controllers": processings.controllers(request.user),
        "measures": processings.MEASURES,
        "breadcrumbs": [(_("Behandlingar"), "")],
    }
    return render(request, "registers/processings.html", context)


@permitted(READ)
@require_safe
@never_cache
def processing_file(request: SignedInRequest) -> HttpResponse:  # noqa: ARG001
    """The same as a file."""
    rows = processings.register_rows(processings.processing_register())
    return csv_file("behandlingar", processings.header(), rows)


@permitted(READ)
@require_safe
@never_cache
def flow_page(request: SignedInRequest) -> HttpResponse:
    """What goes from whom to whom."""
    form = FlowForm(request.GET, parties=flows.parties(request.user))
    context = {
        "form": form,
        "flows": flows.flows(request.user, form.filters),
        "query": request.GET.urlencode(),
        "sees_all": request.user.may(RELEASE_READ_ALL),
        "breadcrumbs": [(_("Dataflöden"), "")],
    }
    return render(request, "registers/flows.html", context)


@permitted(READ)
@require_safe
@never_cache
def flow_file(request: SignedInRequest) -> HttpResponse:
    """The same as a file, narrowed as on the page."""
    form = FlowForm(request.GET, parties=flows.parties(request.user))
    return csv_file("dataflode", flows.header(), flows.flow_rows(flows.flows(request.user, form.filters)))
