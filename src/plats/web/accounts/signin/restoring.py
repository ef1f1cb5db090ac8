"""When a password is forgotten or a telephone lost: an administrator clears what the account signed in with, and a
letter with a link that works once goes to the account's own address.

There is no page where anyone can ask for a link: none to flood, and none that tells which accounts exist. And the link
is in the letter only, so that the administrator who sends it cannot sign in as someone else.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction

from plats.web.accounts.mail import LinkTo, send_new_password_link
from plats.web.accounts.models import Ending, LinkedIdentity, SecondFactor, User
from plats.web.accounts.signin import sessions
from plats.web.accounts.signin.lock import forgive
from plats.web.accounts.signin.passwords import set_no_password, set_password
from plats.web.audit.recording import recorded


class _Tokens(PasswordResetTokenGenerator):
    """Bound to the password and the last sign-in: dead as soon as it has been used, or another has been sent."""

    key_salt = "plats.accounts.signin.restoring"


_tokens = _Tokens()


def restore(*, by: User | None, user: User, reason: str, link: LinkTo) -> None:
    """Clear password, second factors, linked identities and sessions, and send a link for a new password.

    Raises NotSentError when the letter could not be sent: what is cleared stays so, and it can be done again.
    """
    with transaction.atomic():
        token = clear(by=by, user=user, reason=reason)
        send_new_password_link(user, link(token))


def clear(*, by: User | None, user: User, reason: str) -> str:
    """Clear what an account signs in with; returns the secret that lets its owner choose a new password, once."""
    with recorded(by=by, act="user.restore", reason=reason) as record:
        User.objects.select_for_update().get(pk=user.pk)
        set_no_password(record, user)
        for row in [*SecondFactor.objects.of(user), *LinkedIdentity.objects.filter(user=user).order_by("pk")]:
            record.removed(row)
            row.delete()
        sessions.end_others(by=by, user=user, kept=None, ending=Ending.RESTORED)
        forgive(user.email)
    return _tokens.make_token(user)


def account_of_letter(number: UUID, token: str) -> User | None:
    """The account that the secret lets its bearer choose a password for, now; None for every other pair."""
    user: User | None = User.objects.filter(public_id=number, is_active=True).first()
    # Also for an account that is not there: its absence takes as long to find out.
    right = _tokens.check_token(user or User(), token)
    return user if right else None


def choose_password(*, by: User, password: str) -> None:
    """The owner of the letter chooses a password. The link is dead afterwards; one signs in as always."""
    with recorded(by=by, act="user.password") as record:
        set_password(record, by, password)
