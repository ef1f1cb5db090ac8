"""Accounts as the administrator sees them, and the roles as everyone does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts import actions, queries
from plats.web.accounts.forms import ReasonForm, SwitchForm
from plats.web.accounts.leaving import departure
from plats.web.accounts.models import User
from plats.web.accounts.permissions import ACCOUNT_RESTORE, ACCOUNT_SWITCH, MEMBER_END_ALL, MEMBER_READ_ALL
from plats.web.accounts.roles import ROLES
from plats.web.accounts.views.shared import Crumbs, done, found_or_404, page, reader, sent
from plats.web.common.access import permitted, signed_in
from plats.web.common.permissions import permissions

FORM = ("GET", "HEAD", "POST")


@signed_in
@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """Every role: what it is for, where it may be held, and what it may do."""
    roles = list(ROLES.values())
    carried = {role.id: {one.id for one in role.permissions()} for role in roles}
    matrix = [(one, [(role, one.id in carried[role.id]) for role in roles]) for one in permissions()]
    return page(request, "roles", {"roles": roles, "matrix": matrix})


@permitted(MEMBER_READ_ALL)
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account, with its roles and its switches."""
    wanted = request.GET.get("q", "").strip()[:100]
    return page(request, "accounts", {"rows": queries.accounts(reader(request), wanted), "wanted": wanted})


@permitted(MEMBER_READ_ALL)
@require_safe
def account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account: its switches, its roles now and before."""
    person = found_or_404(queries.account(reader(request), public_id))
    return _account(request, person)


@permitted(ACCOUNT_SWITCH)
@require_POST
def account_switch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open or close an account's reading and writing, everywhere."""
    user = reader(request)
    person = found_or_404(queries.account(user, public_id))
    form = SwitchForm(request.POST)
    if not form.is_valid() or not person.is_active:
        return _account(request, person, form=form)
    may = actions.May(form.cleaned_data["may"])
    try:
        actions.set_switches(by=user, user=person, may=may, reason=form.cleaned_data["reason"])
    except actions.LeavingError as error:
        return _account(request, person, form=form, refused=str(error))
    return done(request, "switched", "accounts:account", public_id=public_id)


@permitted(MEMBER_END_ALL)
@require_http_methods(FORM)
def account_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account, after a page that says what is left to hand over."""
    user = reader(request)
    person = found_or_404(queries.account(user, public_id))
    held = [one for one in queries.memberships_of(user, person) if one.ended_at is None]
    form = ReasonForm(sent(request))
    refused = ""
    if form.is_valid() and person.is_active:
        try:
            actions.close_account(by=user, user=person, reason=form.cleaned_data["reason"])
        except actions.LeavingError as error:
            refused = str(error)
        else:
            return done(request, "account_closed", "accounts:account", public_id=public_id)
    left = [one for one in held if not departure(one).is_free]
    context = {"person": person, "form": form, "refused": refused, "held": held, "left": left}
    return page(request, "account_close", context, _crumbs(person, _("Stäng konto")))


@permitted(MEMBER_END_ALL)
@require_POST
def account_reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a closed account again, without roles."""
    user = reader(request)
    person = found_or_404(queries.account(user, public_id))
    actions.reopen_account(by=user, user=person)
    return done(request, "account_reopened", "accounts:account", public_id=public_id)


# Internals


def _account(
    request: HttpRequest, person: User, *, form: SwitchForm | None = None, refused: str = ""
) -> HttpResponse:
    user = reader(request)
    memberships = queries.memberships_of(user, person)
    now = "write" if person.may_write else "read" if person.may_read else "nothing"
    context: dict[str, Any] = {
        "person": person,
        "form": form or SwitchForm(initial={"may": now}),
        "refused": refused,
        "current": [one for one in memberships if one.is_current],
        "former": [one for one in memberships if not one.is_current],
        "may_switch": user.may(ACCOUNT_SWITCH) and person.is_active,
        "may_close": user.may(MEMBER_END_ALL),
        "may_restore": user.may(ACCOUNT_RESTORE) and person.is_active and person != user,
    }
    return page(request, "account", context, _crumbs(person))


def _crumbs(person: User, here: str = "") -> Crumbs:
    crumbs = [(_("Konton"), reverse("accounts:accounts"))]
    if not here:
        return [*crumbs, (person.name, "")]
    address = reverse("accounts:account", kwargs={"public_id": person.public_id})
    return [*crumbs, (person.name, address), (here, "")]
