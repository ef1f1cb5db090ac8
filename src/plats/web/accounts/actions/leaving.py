"""Leaving: a membership is ended, what was answered for is handed over, an account is closed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import locked, require, require_everywhere
from plats.web.accounts.holding import Terms, add_membership, ending_takes
from plats.web.accounts.leaving import (
    Handover,
    LeavingError,
    bearers,
    departure,
    lock_administrators,
    refuse_unready,
)
from plats.web.accounts.models import Membership, Organisation, User
from plats.web.accounts.permissions import MEMBER_END, MEMBER_END_ALL
from plats.web.accounts.responsibility import Responsibility
from plats.web.audit.recording import Record, recorded


def end_membership(
    *, by: User | None, membership: Membership, handover: Handover | None = None, reason: str = ""
) -> None:
    """End a membership, handing over what the person answers for. It holds from the next request.

    Raises LeavingError when something would be left without anyone: nothing is changed then.
    """
    organisation = membership.organisation
    if by is None or by.pk != membership.user_id:  # whoever holds a role may lay it down
        require(by, organisation, *ending_takes(membership.role))
    with recorded(by=by, act="membership.end", organisation=organisation, reason=reason) as record:
        lock_administrators()
        locked(organisation)  # two leads who leave at once are put in line
        _end(record, membership, handover or Handover())


def transfer_responsibility(
    *, by: User | None, kind: Responsibility, organisation: Organisation, from_user: User, to_user: User
) -> None:
    """Hand over everything of one kind that someone answers for. Raises LeavingError when the other cannot bear it."""
    require(by, organisation, MEMBER_END, MEMBER_END_ALL)
    if to_user not in bearers(kind, organisation, from_user):
        raise LeavingError(
            _("%(name)s kan inte ta över: rollen räcker inte, eller kontot är stängt.")
            % {"name": to_user.name}
        )
    with recorded(by=by, act="responsibility.transfer", organisation=organisation) as record:
        _transfer(record, kind, organisation, from_user, to_user)


def close_account(*, by: User | None, user: User, reason: str = "") -> None:
    """End every membership and close the account: the next request is a stranger's.

    Raises LeavingError while anything is left to hand over; end those memberships one by one first.
    """
    require_everywhere(by, MEMBER_END_ALL)
    with recorded(by=by, act="user.close", reason=reason) as record:
        lock_administrators()
        record.watch(user)
        user.refresh_from_db()
        for membership in user.memberships.filter(ended_at__isnull=True).select_related("organisation"):
            if not departure(membership).is_free:
                raise LeavingError(
                    _("Medlemskapet i %(organisation)s har ansvar som först måste föras över.")
                    % {"organisation": membership.organisation.name}
                )
            _end(record, membership, Handover())
        user.is_active = user.may_read = user.may_write = False
        user.save(update_fields=["is_active", "may_read", "may_write"])


def reopen_account(*, by: User | None, user: User, reason: str = "") -> None:
    """Open a closed account again, without roles and with both switches off: they are given anew."""
    require_everywhere(by, MEMBER_END_ALL)
    with recorded(by=by, act="user.reopen", reason=reason) as record:
        record.watch(user)
        user.refresh_from_db()
        user.is_active = True
        user.save(update_fields=["is_active"])


# Internals


def _end(record: Record, membership: Membership, handover: Handover) -> None:
    record.watch(membership)
    membership.refresh_from_db()
    if membership.ended_at is not None:
        raise LeavingError(_("Medlemskapet är redan avslutat."))
    found = departure(membership)
    refuse_unready(found, handover)
    for duty in found.duties:
        bearer = handover.bearers[duty.responsibility.kind]
        _transfer(record, duty.responsibility, membership.organisation, membership.user, bearer)
    if found.heirs is not None and handover.heir is not None:
        _inherit(record, membership, handover.heir)
    membership.ended_at = timezone.now()
    membership.ended_by = record.by
    membership.save(update_fields=["ended_at", "ended_by"])


def _transfer(
    record: Record, kind: Responsibility, organisation: Organisation, from_user: User, to_user: User
) -> None:
    kind.transfer(by=record.by, from_user=from_user, to_user=to_user, organisation=organisation)
    values = {"kind": kind.kind, "from": str(from_user.public_id), "to": str(to_user.public_id)}
    record.noted(kind="responsibility", object_id=str(organisation.public_id), values=values)
    if left := kind.held_by(from_user, organisation):
        raise RuntimeError(f"{kind.kind}: {len(left)} were not handed over by the app that registered it.")


def _inherit(record: Record, membership: Membership, heir: User) -> None:
    inherited = Membership(
        user=heir, organisation=membership.organisation, role=membership.role, created_by=record.by
    )
    add_membership(record, inherited, Terms())
