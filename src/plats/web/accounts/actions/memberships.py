"""Who holds which role where, for which places, until when."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import locked, require
from plats.web.accounts.holding import (
    Terms,
    add_membership,
    changing_takes,
    may_give,
    put_places,
    refuse_unfit,
)
from plats.web.accounts.leaving import departure, lock_administrators
from plats.web.accounts.models import Membership, Organisation, User
from plats.web.audit.recording import recorded


def create_membership(
    *, by: User | None, user: User, organisation: Organisation, role: str, terms: Terms | None = None
) -> Membership:
    """Give someone a role; without terms for every place and until it is ended.

    Raises ValidationError, field by field, when the role does not fit the organisation, is already held, or when a
    place, a unit or the last day is wrong.
    """
    may_give(by, organisation, role)
    wanted = Membership(user=user, organisation=organisation, role=role, created_by=by)
    with recorded(by=by, act="membership.create", organisation=organisation) as record:
        return add_membership(record, wanted, terms or Terms())


def change_terms(*, by: User | None, membership: Membership, terms: Terms) -> None:
    """Let a role be held in this unit, for these places, until this day. It holds from the next request.

    Raises ValidationError, field by field; a last day is refused for the last of a role that somebody must hold.
    """
    organisation = membership.organisation
    require(by, organisation, *changing_takes(membership.role))
    if by is not None and by.pk == membership.user_id:
        raise ValidationError(_("Villkoren för din egen roll ändras av någon annan som får göra det."))
    with recorded(by=by, act="membership.change", organisation=organisation) as record:
        lock_administrators()
        current = locked(organisation)
        record.watch(membership)
        membership.refresh_from_db()
        if membership.ended_at is not None:
            raise ValidationError(_("Medlemskapet är avslutat. Ge rollen på nytt i stället."))
        refuse_unfit(current, membership.role, terms)
        if terms.last_day is not None and departure(membership).heirs is not None:
            raise ValidationError(
                {"last_day": _("Ingen annan har rollen, och någon måste ha den. Ge den till någon först.")}
            )
        membership.unit, membership.last_day = terms.unit, terms.last_day
        membership.save(update_fields=["unit", "last_day"])
        put_places(record, membership, terms.place_keys)
