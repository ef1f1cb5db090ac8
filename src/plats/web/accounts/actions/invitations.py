"""Invitations: sent, sent again, withdrawn, and taken."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import NotAllowedError, locked
from plats.web.accounts.holding import Terms, add_membership, may_give, refuse_unfit
from plats.web.accounts.mail import LinkTo, send_invitation
from plats.web.accounts.models import Invitation, Membership, Organisation, User
from plats.web.accounts.rules import INVITATION_DAYS, InvitationState, digest_of
from plats.web.audit.recording import Record, recorded

_TOKEN_BYTES = 32


class InvitationError(Exception):
    """An invitation that cannot be taken; `state` says where it stands, None when it is someone else's."""

    def __init__(self, state: InvitationState | None) -> None:
        super().__init__(str(state))
        self.state = state


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to whom."""

    email: str
    role: str
    terms: Terms = field(default_factory=Terms)
    may_write: bool = True
    days: int = INVITATION_DAYS


def invite(*, by: User | None, organisation: Organisation, offer: Offer, link: LinkTo) -> Invitation:
    """Invite someone by mail. Raises ValidationError, field by field; NotSentError when the letter does not go out."""
    may_give(by, organisation, offer.role)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = timezone.now()
    invitation = Invitation(
        token_digest=digest_of(token),
        email=offer.email.strip().lower(),
        organisation=organisation,
        unit=offer.terms.unit,
        role=offer.role,
        place_keys=sorted(offer.terms.place_keys),
        may_write=offer.may_write,
        invited_by=by,
        created_at=now,
        expires_at=now + timedelta(days=offer.days),
    )
    with transaction.atomic():
        with recorded(by=by, act="invitation.send", organisation=organisation) as record:
            refuse_unfit(locked(organisation), offer.role, offer.terms)
            _refuse_twice(invitation)
            invitation.save()
            record.created(invitation)
        send_invitation(invitation, link(token))
    return invitation


def send_again(*, by: User | None, invitation: Invitation, link: LinkTo) -> None:
    """A new secret and new days; the old letter's link is dead. Raises InvitationError when taken or withdrawn."""
    may_give(by, invitation.organisation, invitation.role)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with transaction.atomic():
        with recorded(by=by, act="invitation.resend", organisation=invitation.organisation) as record:
            _watch(record, invitation, InvitationState.OPEN, InvitationState.EXPIRED)
            invitation.token_digest = digest_of(token)
            invitation.expires_at = timezone.now() + timedelta(days=INVITATION_DAYS)
            invitation.save(update_fields=["token_digest", "expires_at"])
        send_invitation(invitation, link(token))


def withdraw(*, by: User | None, invitation: Invitation) -> None:
    """Take an invitation back. Its link is dead at once. Raises InvitationError when it is already taken."""
    may_give(by, invitation.organisation, invitation.role)
    with recorded(by=by, act="invitation.withdraw", organisation=invitation.organisation) as record:
        _watch(record, invitation, InvitationState.OPEN, InvitationState.EXPIRED)
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])


def accept_as_new(*, by: User, invitation: Invitation) -> Membership:
    """Save the account of the one invited and give it the role. `by` is that account, built and not saved yet.

    Nobody is signed in here: the secret of the letter is what lets one in. Raises InvitationError when the invitation
    is no longer open, or is for another address.
    """
    if by.email != invitation.email:
        raise InvitationError(None)
    with recorded(by=by, act="invitation.accept", organisation=invitation.organisation) as record:
        _watch(record, invitation, InvitationState.OPEN)
        by.is_example = invitation.organisation.is_example
        by.save()
        record.created(by)
        return _take(record, invitation, by)


def accept_as(*, by: User, invitation: Invitation) -> Membership:
    """Take the role with the account one is signed in to, which must have the address that was invited."""
    if by.email != invitation.email:
        raise InvitationError(None)
    with recorded(by=by, act="invitation.accept", organisation=invitation.organisation) as record:
        _watch(record, invitation, InvitationState.OPEN)
        return _take(record, invitation, by)


# Internals


def _watch(record: Record, invitation: Invitation, *allowed: InvitationState) -> None:
    """Lock the invitation and read it anew; two who take it at once are put in line, and the second is refused."""
    record.watch(invitation)
    invitation.refresh_from_db()
    if invitation.state not in allowed:
        raise InvitationError(invitation.state)


def _take(record: Record, invitation: Invitation, user: User) -> Membership:
    _refuse_when_the_inviter_may_no_longer(invitation)
    membership = add_membership(
        record,
        Membership(
            user=user,
            organisation=invitation.organisation,
            role=invitation.role,
            created_by=invitation.invited_by,
        ),
        Terms(invitation.unit, invitation.place_keys),
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return membership


def _refuse_when_the_inviter_may_no_longer(invitation: Invitation) -> None:
    """An invitation gives what its sender may give today: who has left lets nobody in."""
    if invitation.invited_by_id is None:
        return
    try:
        may_give(User.objects.get(pk=invitation.invited_by_id), invitation.organisation, invitation.role)
    except NotAllowedError as error:
        raise InvitationError(InvitationState.WITHDRAWN) from error


def _refuse_twice(invitation: Invitation) -> None:
    """Raise when the address is none, is already invited to this role here, or already holds it."""
    try:
        validate_email(invitation.email)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    same = {"organisation": invitation.organisation, "role": invitation.role, "unit": invitation.unit}
    if Invitation.objects.open().filter(email=invitation.email, **same).exists():
        raise ValidationError(
            {"email": _("Adressen har redan en öppen inbjudan till rollen. Skicka om den i stället.")}
        )
    if Membership.objects.current().filter(user__email=invitation.email, **same).exists():
        raise ValidationError({"email": _("Den som har adressen har redan rollen här.")})
