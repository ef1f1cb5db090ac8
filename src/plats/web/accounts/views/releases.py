"""Releases: what is shared with whom, on what ground, until when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plats.web.accounts import actions, queries
from plats.web.accounts.forms import ReasonForm, ReleaseForm
from plats.web.accounts.models import Organisation, Release, User
from plats.web.accounts.permissions import RELEASE_READ, RELEASE_READ_ALL, RELEASE_WRITE
from plats.web.accounts.releasable import releasable, releasable_kinds
from plats.web.accounts.views.shared import Crumbs, done, found_or_404, page, reader, sent
from plats.web.common.access import permitted

FORM = ("GET", "HEAD", "POST")


@permitted(RELEASE_READ)
@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    """What one's organisations share and are given; all flows, for those who watch over them."""
    user = reader(request)
    context = {
        "given": queries.releases_given(user),
        "taken": queries.releases_taken(user),
        "others": queries.releases_of_others(user) if user.may(RELEASE_READ_ALL) else [],
        "sees_all": user.may(RELEASE_READ_ALL),
        "may_share": bool(queries.organisations_to_share_for(user)) and bool(releasable_kinds()),
    }
    return page(request, "releases", context)


@permitted(RELEASE_READ)
@require_safe
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One release, with how to take it back."""
    user = reader(request)
    found = found_or_404(queries.release(user, public_id))
    may_revoke = queries.release_to_revoke(user, public_id) is not None and found.is_in_force
    context = {
        "release": found,
        "may_revoke": may_revoke,
        "form": ReasonForm(),
        "kind": releasable(found.what),
        "object_url": _where(found),
        "others": queries.releases_beside(user, found),
    }
    return page(request, "release", context, _crumbs(found.title))


@permitted(RELEASE_WRITE)
@require_http_methods(FORM)
def release_new(request: HttpRequest) -> HttpResponse:
    """Share something: a whole kind, or the one object that `slag` and `objekt` in the address name."""
    user = reader(request)
    given = _object(request, user)
    form = ReleaseForm(
        sent(request),
        givers=queries.organisations_to_share_for(user),
        takers=queries.organisations_to_share_with(user),
        title=given["title"] if given else "",
    )
    if form.is_valid():
        giver: Organisation = given["owner"] if given else form.giver()
        terms = form.terms(**({"what": given["what"], "object_id": given["object_id"]} if given else {}))
        try:
            made = actions.create_release(
                by=user, from_organisation=giver, to_organisation=form.taker(), terms=terms
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            return done(request, "released", "accounts:release", public_id=made.public_id)
    return page(request, "release_form", {"form": form, "given": given}, _crumbs(_("Ny delning")))


@permitted(RELEASE_WRITE)
@require_http_methods(["POST"])
def release_revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a release back."""
    user = reader(request)
    found = found_or_404(queries.release_to_revoke(user, public_id))
    form = ReasonForm(request.POST)
    refused = ""
    if form.is_valid():
        try:
            actions.revoke_release(by=user, release=found, reason=form.cleaned_data["reason"])
        except actions.ReleaseError as error:
            refused = str(error)
        else:
            return done(request, "revoked", "accounts:release", public_id=public_id)
    context = {"release": found, "may_revoke": found.is_in_force, "form": form, "refused": refused}
    beside = {"kind": releasable(found.what), "object_url": _where(found)}
    return page(request, "release", context | beside, _crumbs(found.title))


# Internals


def _object(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """The one object that is to be shared; None for a whole kind. Not found when it is not theirs to share."""
    what, number = request.GET.get("slag", ""), request.GET.get("objekt", "")
    if not number:
        return None
    kind = found_or_404(releasable(what))
    try:
        object_id = UUID(number)
    except ValueError:
        object_id = None
    found = found_or_404(kind.find(user, object_id) if object_id else None)
    return {"what": what, "object_id": object_id, "title": found[0], "owner": found[1], "kind": kind}


def _where(found: Release) -> str:
    """Where the one object that is shared is read; '' for a whole kind."""
    kind = releasable(found.what)
    return kind.url(found.object_id) if kind and kind.url and found.object_id and found.is_in_force else ""


def _crumbs(here: str) -> Crumbs:
    return [(_("Delningar"), reverse("accounts:releases")), (here, "")]
