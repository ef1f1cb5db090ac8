"""Accounts: made, opened and closed."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.password_validation import validate_password

from plats.web.accounts.models import User
from plats.web.audit.recording import recorded


class May(StrEnum):
    """The account's master switches: whoever may write may also read."""

    NOTHING = "nothing"
    READ = "read"
    WRITE = "write"


def create_user(
    *,
    by: User | None,
    email: str,
    name: str,
    password: str,
    may: May = May.NOTHING,
    is_example: bool = False,
) -> User:
    """Make an account. `by` is None only at the command line, where nobody is signed in.

    Raises ValidationError when the password is weak and, field by field, when the address is taken or is no
    address; nothing is saved then.
    """
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        may_read=may is not May.NOTHING,
        may_write=may is May.WRITE,
        is_example=is_example,
        created_by=by,
    )
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    with recorded(by=by, act="user.create") as record:
        user.save()
        record.created(user)
    return user


def set_switches(*, by: User | None, user: User, may: May, reason: str = "") -> None:
    """Open or close an account's reading and writing everywhere. It holds from the next request."""
    with recorded(by=by, act="user.switch", reason=reason) as record:
        record.watch(user)
        user.may_read = may is not May.NOTHING
        user.may_write = may is May.WRITE
        user.save(update_fields=["may_read", "may_write"])
