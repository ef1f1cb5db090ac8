"""Who holds which role where, for which places, until when."""

from __future__ import annotations

from plats.web.accounts.holding import Terms, add_membership, may_give
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
