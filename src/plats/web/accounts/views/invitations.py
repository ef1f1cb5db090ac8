"""Invitations: sent by those who may, and taken by whoever holds the letter."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plats.web.accounts import actions, queries
from plats.web.accounts.forms import InviteForm, NewAccountForm
from plats.web.accounts.guessing import note_miss, tries_too_often
from plats.web.accounts.mail import LinkTo, NotSentError
from plats.web.accounts.models import Invitation, User
from plats.web.accounts.permissions import MEMBER_INVITE, MEMBER_INVITE_ALL
from plats.web.accounts.rules import InvitationState, roles_to_give
from plats.web.accounts.views.shared import done, found_or_404, organisation_crumbs, page, reader, sent
from plats.web.common.access import permitted, public

FORM = ("GET", "HEAD", "POST")
_FOREIGN, _UNKNOWN, _TOO_OFTEN, _CLOSED = "foreign", "unknown", "too_often", "closed"
_STATUS = {
    InvitationState.TAKEN.value: 410,
    InvitationState.WITHDRAWN.value: 410,
    InvitationState.EXPIRED.value: 410,
    _FOREIGN: 403,
    _CLOSED: 403,
    _UNKNOWN: 404,
    _TOO_OFTEN: 429,
}


@permitted(MEMBER_INVITE)
@require_http_methods(FORM)
def invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Invite someone to an organisation."""
    user = reader(request)
    organisation = found_or_404(queries.organisation_to_invite_to(user, public_id))
    roles = roles_to_give(organisation.kind, everywhere=user.may(MEMBER_INVITE_ALL))
    form = InviteForm(sent(request), roles=roles, units=queries.units(user, organisation))
    if form.is_valid():
        try:
            actions.invite(by=user, organisation=organisation, offer=form.offer(), link=_link_to(request))
        except ValidationError as error:
            form.refuse(error)
        except NotSentError:
            return done(request, "not_sent", "accounts:organisation", public_id=public_id)
        else:
            return done(request, "invited", "accounts:organisation", public_id=public_id)
    context = {"form": form, "organisation": organisation}
    return page(request, "invite", context, organisation_crumbs(organisation, _("Bjud in")))


@permitted(MEMBER_INVITE)
@require_POST
def invitation_resend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the letter again, with a new link."""
    user = reader(request)
    found = found_or_404(queries.invitation(user, public_id))
    what = "invited_again"
    try:
        actions.send_again(by=user, invitation=found, link=_link_to(request))
    except NotSentError:
        what = "not_sent"
    except (actions.InvitationError, ValidationError):
        what = "not_open"
    return done(request, what, "accounts:organisation", public_id=found.organisation.public_id)


@permitted(MEMBER_INVITE)
@require_POST
def invitation_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    user = reader(request)
    found = found_or_404(queries.invitation(user, public_id))
    what = "withdrawn"
    try:
        actions.withdraw(by=user, invitation=found)
    except actions.InvitationError:
        what = "not_open"
    return done(request, what, "accounts:organisation", public_id=found.organisation.public_id)


@public
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(FORM)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page that the letter's link opens."""
    if tries_too_often(request):
        return _refused(request, _TOO_OFTEN)
    found = queries.invitation_by_token(token)
    if found is None:
        note_miss(request)
        return _refused(request, _UNKNOWN)
    if found.state is not InvitationState.OPEN:
        return _refused(request, found.state.value, found)
    account = queries.account_with_address(found.email)
    if request.user.is_authenticated and request.user != account:
        return _refused(request, _FOREIGN, found)
    if account is None:
        return _as_new(request, found)
    return _as_known(request, found, account)


@public
@require_safe
def invitation_taken(request: HttpRequest) -> HttpResponse:
    """The account is there: sign in."""
    return render(request, "accounts/invitation_taken.html")


# Internals


def _as_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = NewAccountForm(sent(request))
    if form.is_valid():
        written = {name: form.cleaned_data[name] for name in ("name", "password")}
        may = actions.May.WRITE if found.may_write else actions.May.READ
        try:
            account = actions.build_user(by=found.invited_by, email=found.email, may=may, **written)
            actions.accept_as_new(by=account, invitation=found)
        except actions.InvitationError as error:
            return _refused_by(request, error, found)
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect("accounts:invitation_taken")
    return _shown(request, "invitation_new", found, form=form)


def _as_known(request: HttpRequest, found: Invitation, account: User) -> HttpResponse:
    if not account.is_active:
        return _refused(request, _CLOSED, found)
    if not request.user.is_authenticated:
        return _shown(request, "invitation_sign_in", found)
    if request.method == "POST":
        try:
            actions.accept_as(by=account, invitation=found)
        except actions.InvitationError as error:
            return _refused_by(request, error, found)
        except ValidationError as error:
            return _shown(request, "invitation_known", found, refused=error.messages)
        if not account.may_read:
            return redirect("accounts:invitation_taken")
        return done(request, "role_given", "accounts:organisation", public_id=found.organisation.public_id)
    return _shown(request, "invitation_known", found)


def _shown(request: HttpRequest, template: str, found: Invitation, **more: object) -> HttpResponse:
    places = list(queries.names_of(found.place_keys).values())
    context = {"invitation": found, "places": places, **more}
    return render(request, f"accounts/{template}.html", context)


def _refused_by(request: HttpRequest, error: actions.InvitationError, found: Invitation) -> HttpResponse:
    return _refused(request, error.state.value if error.state else _FOREIGN, found)


def _refused(request: HttpRequest, why: str, found: Invitation | None = None) -> HttpResponse:
    context = {"why": why, "invitation": found}
    return render(request, "accounts/invitation_refused.html", context, status=_STATUS[why])


def _link_to(request: HttpRequest) -> LinkTo:
    return lambda token: request.build_absolute_uri(reverse("accounts:invitation", kwargs={"token": token}))
