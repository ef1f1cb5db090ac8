"""Who holds which role: given, limited, ended, and what is handed over."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plats.web.accounts import actions, queries
from plats.web.accounts.forms import ChangeTermsForm, HandoverForm, LeaveForm, RoleForm
from plats.web.accounts.leaving import abandoned, departure
from plats.web.accounts.permissions import MEMBER_END, MEMBER_INVITE, MEMBER_INVITE_ALL
from plats.web.accounts.rules import roles_to_give
from plats.web.accounts.views.shared import done, found_or_404, organisation_crumbs, page, reader, sent
from plats.web.common.access import permitted, signed_in

FORM = ("GET", "HEAD", "POST")


@permitted(MEMBER_INVITE)
@require_http_methods(FORM)
def role_new(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """Give someone who works in the organisation another role in it."""
    user = reader(request)
    organisation = found_or_404(queries.organisation_to_invite_to(user, public_id))
    person = found_or_404(queries.person_to_give_a_role(user, organisation, person_id))
    roles = roles_to_give(organisation.kind, everywhere=user.may(MEMBER_INVITE_ALL))
    form = RoleForm(sent(request), roles=roles, units=queries.units(user, organisation))
    if form.is_valid():
        role, terms = form.cleaned_data["role"], form.terms()
        try:
            actions.create_membership(by=user, user=person, organisation=organisation, role=role, terms=terms)
        except ValidationError as error:
            form.refuse(error)
        else:
            return done(request, "role_given", "accounts:organisation", public_id=public_id)
    context = {"form": form, "organisation": organisation, "person": person}
    return page(request, "role_form", context, organisation_crumbs(organisation, _("Ge en roll")))


@permitted(MEMBER_INVITE)
@require_http_methods(FORM)
def membership_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change within what a role is held: its unit, its places, its last day."""
    user = reader(request)
    membership = found_or_404(queries.membership_to_change(user, public_id))
    organisation = membership.organisation
    form = ChangeTermsForm(sent(request), membership=membership, units=queries.units(user, organisation))
    if form.is_valid():
        try:
            actions.change_terms(by=user, membership=membership, terms=form.terms())
        except ValidationError as error:
            form.refuse(error)
        else:
            return done(request, "terms_changed", "accounts:organisation", public_id=organisation.public_id)
    context = {"form": form, "organisation": organisation, "membership": membership}
    return page(request, "membership_form", context, organisation_crumbs(organisation, _("Ändra roll")))


@signed_in
@require_http_methods(FORM)
def membership_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a membership, one's own or another's; what is answered for is handed over first."""
    user = reader(request)
    membership = found_or_404(queries.membership_to_end(user, public_id))
    leaving = departure(membership)
    form = LeaveForm(sent(request), departure=leaving)
    refused = ""
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.end_membership(by=user, membership=membership, handover=form.handover(), reason=reason)
        except actions.LeavingError as error:
            refused = str(error)
        else:
            return done(
                request, "ended", "accounts:organisation", public_id=membership.organisation.public_id
            )
    context = {
        "form": form,
        "membership": membership,
        "departure": leaving,
        "refused": refused,
        "own": membership.user == user,
    }
    crumbs = organisation_crumbs(membership.organisation, _("Avsluta medlemskap"))
    return page(request, "membership_end", context, crumbs)


@permitted(MEMBER_END)
@require_http_methods(FORM)
def handover(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What those who have left still answer for, and who takes it over."""
    user = reader(request)
    organisation = found_or_404(queries.organisation_to_hand_over_in(user, public_id))
    rows = []
    for at, (person, duty) in enumerate(abandoned(organisation)):
        prefix = f"{person.public_id}-{duty.responsibility.kind}"
        form = HandoverForm(request.POST if prefix in request.POST else None, duty=duty, prefix=f"row{at}")
        if form.is_valid():
            actions.transfer_responsibility(
                by=user,
                kind=duty.responsibility,
                organisation=organisation,
                from_user=person,
                to_user=form.bearer_chosen(),
            )
            return done(request, "handed_over", "accounts:handover", public_id=public_id)
        rows.append((person, duty, prefix, form))
    context = {"organisation": organisation, "rows": rows}
    return page(request, "handover", context, organisation_crumbs(organisation, _("Ansvar utan bärare")))
