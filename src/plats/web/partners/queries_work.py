"""Reads for those who write: what is theirs to change, and what their forms choose among."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from plats.web.accounts.kinds import MUNICIPAL
from plats.web.accounts.models import Membership, Organisation, Release, User
from plats.web.accounts.permissions import RELEASE_WRITE
from plats.web.accounts.roles import ROLES, permission_ids
from plats.web.common.territory import place_choices
from plats.web.partners.models import (
    Activity,
    Agreement,
    AgreementFollowUp,
    AgreementParty,
    CitizenPromise,
    Commitment,
    FocusArea,
    PartnerContact,
    PartnerPage,
    Steering,
)
from plats.web.partners.queries import DutyRow, duties
from plats.web.places.models import Place


def mine(user: Any) -> tuple[list[Agreement], list[Commitment], list[CitizenPromise]]:
    """What this person may change."""
    return (
        list(
            Agreement.objects.changeable_by(user)
            .select_related("organisation", "handler")
            .order_by("-starts_on", "title")
        ),
        list(
            Commitment.objects.changeable_by(user)
            .select_related("who", "handler")
            .order_by("-made_on", "title")
        ),
        list(
            CitizenPromise.objects.changeable_by(user)
            .select_related("place", "handler")
            .order_by("-starts_on", "title")
        ),
    )


def to_change(model: Any, user: Any, public_id: UUID, act: str = "write") -> Any:
    """A row of the kind, if this person may do the act with it."""
    return (
        model.objects.changeable_by(user, act)
        .select_related("organisation")
        .filter(public_id=public_id)
        .first()
    )


def agreement_to_change(user: Any, public_id: UUID) -> Agreement | None:
    """An agreement this person may change, with all that belongs to it. Eight queries."""
    found: Agreement | None = (
        Agreement.objects.changeable_by(user)
        .select_related("organisation", "handler")
        .prefetch_related(
            "parties__organisation", "focus_areas__activities__responsible", "follow_ups", "renewals"
        )
        .filter(public_id=public_id)
        .first()
    )
    return found


def part_to_change(model: Any, user: Any, agreement_id: UUID, number: UUID) -> Any:
    """A part of an agreement that this person may change. A party is known by its organisation's number."""
    agreement = Agreement.objects.changeable_by(user).filter(public_id=agreement_id).first()
    if agreement is None:
        return None
    where = {
        Activity: {"focus_area__agreement": agreement, "public_id": number},
        AgreementFollowUp: {"agreement": agreement, "public_id": number},
        FocusArea: {"agreement": agreement, "public_id": number},
        AgreementParty: {"agreement": agreement, "organisation__public_id": number},
    }[model]
    return model.objects.filter(**where).first()


def writing_for(user: Any, act: str) -> list[Organisation]:
    """The organisations in which this person may do the act."""
    return list(
        Organisation.objects.visible_to(user)
        .open()
        .filter(pk__in=user.grants.organisation_ids(act))
        .order_by("name")
    )


def handlers(user: Any, organisation: Organisation, act: str) -> Any:
    """Those who may see to a row of the organisation: its people who may write such rows."""
    roles = [role for role in ROLES if act in permission_ids(role)]
    held = Membership.objects.visible_to(user).current().filter(organisation=organisation, role__in=roles)
    return User.objects.visible_to(user).filter(pk__in=held.values("user")).order_by("name", "pk")


def agreements_to_name(user: Any, organisation: Organisation) -> Any:
    """The agreements that a commitment or a promise of the organisation can be made in: those it is a party to or owns,
    of those that this person sees."""
    among = Q(organisation=organisation) | Q(parties__organisation=organisation)
    numbers = Agreement.objects.visible_to(user).filter(among).values("pk")
    return Agreement.objects.visible_to(user).filter(pk__in=numbers).order_by("-starts_on", "title")


def places_to_name(user: Any, organisation: Organisation) -> Any:
    """The places that this person may write a citizen promise about."""
    keys = [key for key, _name in place_choices()]
    divisions = {key.partition("/")[0] for key in keys}
    here = Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY, division__in=divisions)
    held = user.grants.places_by_organisation("citizen_promise.write").get(organisation.pk)
    if held is not None:
        here = here.filter(pk__in=held)
    return here.order_by("division", "name")


def page_to_write(user: Any, public_id: UUID) -> tuple[Organisation, PartnerPage | None] | None:
    """The organisation with this number and its page, if this person may write it. Three queries."""
    for one in writing_for(user, "partner_page.write"):
        if one.public_id == public_id:
            found = PartnerPage.objects.filter(organisation=one).prefetch_related("contacts").first()
            return one, found
    return None


def contact_to_change(user: Any, public_id: UUID) -> PartnerContact | None:
    """A contact on a page that this person may write."""
    mine = user.grants.organisation_ids("partner_page.write")
    found: PartnerContact | None = (
        PartnerContact.objects.filter(page__organisation__in=mine, public_id=public_id)
        .select_related("page__organisation")
        .first()
    )
    return found


def shared_with(user: User, row: Steering) -> list[Release]:
    """The releases in force by which others see the row, if this person may see them. One query."""
    return list(
        Release.objects.visible_to(user)
        .in_force()
        .filter(
            Q(object_id=row.public_id) | Q(object_id__isnull=True),
            what=row.object_kind,
            from_organisation=row.organisation,
        )
        .select_related("to_organisation")
        .order_by("to_organisation__name", "valid_until")
    )


def release_address(user: User, row: Steering) -> str:
    """Where this person may let another organisation see the row; '' when they may not."""
    if not user.may(RELEASE_WRITE, row.organisation):
        return ""
    asked = urlencode({"slag": row.object_kind, "objekt": str(row.public_id)})
    return f"{reverse('accounts:release_new')}?{asked}"


def duty_to_change(user: Any, public_id: UUID, duty: str) -> tuple[Organisation, DutyRow] | None:
    """A duty of an organisation in which this person may write how far it has come."""
    found = [one for one in writing_for(user, "duty.write") if one.public_id == public_id]
    if not found or found[0].kind not in MUNICIPAL:
        return None
    rows = [row for row in duties(user, found[0]) if row.id == duty]
    return (found[0], rows[0]) if rows else None
