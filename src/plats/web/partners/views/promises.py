"""Writing citizen promises: new ones, how it went, publishing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plats.web.accounts.conflicts import ConflictError
from plats.web.accounts.requests import SignedInRequest
from plats.web.common.access import permitted
from plats.web.partners import actions, queries_work
from plats.web.partners.forms import PromiseForm
from plats.web.partners.models import CitizenPromise
from plats.web.partners.permissions import PROMISE_PUBLISH, PROMISE_WRITE
from plats.web.partners.views.shared import (
    METHODS,
    conflict,
    owner_of,
    publish,
    refuse,
    row_to_change,
    sharing,
    shown,
)


@permitted(PROMISE_WRITE)
@require_http_methods(METHODS)
def promise_new(request: SignedInRequest) -> HttpResponse:
    """A new citizen promise, in the agreement that the address names."""
    owner = owner_of(request, "citizen_promise.write")
    named = request.GET.get("overenskommelse", "")
    among = queries_work.agreements_to_name(request.user, owner)
    begun = {"agreement": next((one for one in among if str(one.public_id) == named), None)}
    form = PromiseForm(request.POST or None, initial=begun, user=request.user, owner=owner)
    if request.method == "POST" and form.is_valid():
        try:
            said: dict[str, Any] = {"organisation": owner, "values": form.values}
            return redirect(actions.create_promise(by=request.user, **said))
        except ValidationError as error:
            refuse(form, error)
    return shown(request, form, _("Nytt medborgarlöfte"))


@permitted(PROMISE_WRITE)
@require_http_methods(METHODS)
def promise_change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Change a citizen promise or tell how it went; when someone else was first one is told what differs."""
    one = row_to_change(CitizenPromise, request, public_id)
    form = PromiseForm(request.POST or None, instance=one, user=request.user, owner=one.organisation)
    heading, more = _("Ändra löftet"), sharing(request, one)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"revision": form.shown_revision, "values": form.values}
        try:
            return redirect(actions.change_promise(by=request.user, promise=one, **said))
        except ConflictError as error:
            return conflict(request, form, error, heading, **more)
        except ValidationError as error:
            refuse(form, error)
    return shown(request, form, heading, **more)


@permitted(PROMISE_PUBLISH)
@require_POST
def promise_publish(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Let everyone see a citizen promise, or no longer."""
    return publish(request, CitizenPromise, public_id)
