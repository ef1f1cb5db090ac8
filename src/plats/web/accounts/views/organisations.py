"""Organisations and their units."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts import actions, queries
from plats.web.accounts.conflicts import ConflictError, Difference
from plats.web.accounts.forms import ContactForm, OrganisationForm, ReasonForm, UnitForm
from plats.web.accounts.leaving import abandoned
from plats.web.accounts.models import Organisation, User
from plats.web.accounts.permissions import (
    MEMBER_END,
    MEMBER_END_ALL,
    ORGANISATION_CHANGE,
    ORGANISATION_CHANGE_ALL,
    ORGANISATION_CREATE,
)
from plats.web.accounts.views.shared import done, found_or_404, organisation_crumbs, page, reader, sent
from plats.web.common.access import permitted, signed_in

FORM = ("GET", "HEAD", "POST")


@signed_in
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Which organisations take part."""
    user = reader(request)
    rows = queries.organisations(user)
    context = {
        "rows": [row for row in rows if row.organisation.closed_at is None],
        "closed": [row for row in rows if row.organisation.closed_at is not None],
        "may_create": user.may(ORGANISATION_CREATE),
    }
    return page(request, "organisations", context)


@signed_in
@require_safe
def organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One organisation: whom one turns to, its units, who works there and what it shares."""
    user = reader(request)
    found = found_or_404(queries.organisation(user, public_id))
    context = {
        "organisation": found,
        "units": queries.units(user, found),
        "sees_members": queries.sees_members(user, found),
        "members": queries.members(user, found),
        "given": queries.releases_given(user, found),
        "taken": queries.releases_taken(user, found),
        **_may(user, found),
    }
    return page(request, "organisation", context, organisation_crumbs(found))


@permitted(ORGANISATION_CREATE)
@require_http_methods(FORM)
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Take up an organisation."""
    form = OrganisationForm(sent(request))
    if form.is_valid():
        written = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        try:
            made = actions.create_organisation(by=reader(request), **written)
        except ValidationError as error:
            form.refuse(error)
        else:
            return done(request, "organisation_created", "accounts:organisation", public_id=made.public_id)
    return page(request, "organisation_form", {"form": form}, organisation_crumbs(None, _("Ny organisation")))


@permitted(ORGANISATION_CHANGE)
@require_http_methods(FORM)
def organisation_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change an organisation. The second of two who do is told what the first wrote, and keeps what they wrote."""
    user = reader(request)
    found = found_or_404(queries.organisation_to_change(user, public_id))
    form_class = OrganisationForm if user.may(ORGANISATION_CHANGE_ALL) else ContactForm
    form = form_class(sent(request), initial=_written(found))
    differences: list[Difference] = []
    if form.is_valid():
        wanted = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        revision = form.cleaned_data["revision"] or 0
        try:
            actions.change_organisation(by=user, organisation=found, revision=revision, wanted=wanted)
        except ValidationError as error:
            form.refuse(error)
        except ConflictError as error:
            form, differences = _again(form, error), error.differences
        else:
            return done(request, "organisation_changed", "accounts:organisation", public_id=public_id)
    context = {"form": form, "organisation": found, "differences": differences}
    return page(request, "organisation_form", context, organisation_crumbs(found, _("Ändra")))


@permitted(ORGANISATION_CHANGE_ALL)
@require_http_methods(FORM)
def organisation_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an organisation, after a page that says what it means."""
    user = reader(request)
    found = found_or_404(queries.organisation_to_change(user, public_id))
    form = ReasonForm(sent(request))
    refused = ""
    if form.is_valid():
        try:
            actions.close_organisation(by=user, organisation=found, reason=form.cleaned_data["reason"])
        except actions.LeavingError as error:
            refused = str(error)
        else:
            return done(request, "organisation_closed", "accounts:organisation", public_id=public_id)
    context = {"form": form, "organisation": found, "refused": refused}
    return page(request, "organisation_close", context, organisation_crumbs(found, _("Avsluta")))


@permitted(ORGANISATION_CHANGE)
@require_http_methods(FORM)
def unit_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a unit."""
    user = reader(request)
    found = found_or_404(queries.organisation_to_change(user, public_id))
    form = UnitForm(sent(request))
    if form.is_valid():
        try:
            actions.add_unit(by=user, organisation=found, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.refuse(error)
        else:
            return done(request, "unit_added", "accounts:organisation", public_id=public_id)
    context = {"form": form, "organisation": found}
    return page(request, "unit_form", context, organisation_crumbs(found, _("Ny enhet")))


@permitted(ORGANISATION_CHANGE)
@require_http_methods(FORM)
def unit_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Rename a unit; the page also offers to close it."""
    user = reader(request)
    unit = found_or_404(queries.unit_to_change(user, public_id))
    form = UnitForm(sent(request), initial={"name": unit.name})
    if form.is_valid():
        try:
            actions.rename_unit(by=user, unit=unit, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.refuse(error)
        else:
            return done(
                request, "unit_changed", "accounts:organisation", public_id=unit.organisation.public_id
            )
    context = {"form": form, "organisation": unit.organisation, "unit": unit}
    return page(request, "unit_form", context, organisation_crumbs(unit.organisation, _("Ändra enhet")))


@permitted(ORGANISATION_CHANGE)
@require_POST
def unit_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a unit in which nobody works."""
    user = reader(request)
    unit = found_or_404(queries.unit_to_change(user, public_id))
    try:
        actions.close_unit(by=user, unit=unit)
    except actions.LeavingError as error:
        context = {"form": UnitForm(initial={"name": unit.name}), "unit": unit, "refused": str(error)}
        crumbs = organisation_crumbs(unit.organisation, _("Ändra enhet"))
        return page(request, "unit_form", context | {"organisation": unit.organisation}, crumbs)
    return done(request, "unit_closed", "accounts:organisation", public_id=unit.organisation.public_id)


# Internals


def _may(user: User, organisation: Organisation) -> dict[str, Any]:
    """What this person can do on the organisation's page, and what waits there for someone who can."""
    invites = queries.organisation_to_invite_to(user, organisation.public_id) is not None
    ends = user.may(MEMBER_END_ALL) or user.may(MEMBER_END, organisation)
    return {
        "may_change": queries.organisation_to_change(user, organisation.public_id) is not None,
        "may_close": user.may(ORGANISATION_CHANGE_ALL) and organisation.closed_at is None,
        "may_invite": invites,
        "may_end": ends,
        "invitations": queries.invitations(user, organisation) if invites else [],
        "abandoned": abandoned(organisation) if ends else [],
    }


def _written(organisation: Organisation) -> dict[str, Any]:
    names = ("name", "kind", "contact_function", "contact_email", "revision")
    return {name: getattr(organisation, name) for name in names}


def _again(form: ContactForm, error: ConflictError) -> ContactForm:
    """The form as it was written, to be sent again knowing what stands there now."""
    data = {**form.data.dict(), "revision": str(getattr(error.obj, "revision", ""))}  # type: ignore[attr-defined]
    return type(form)(data, initial=form.initial)
