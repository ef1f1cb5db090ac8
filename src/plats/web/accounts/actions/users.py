"""Accounts: made, opened and closed."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _

from plats.web.accounts.leaving import LeavingError, is_last_administrator, lock_administrators
from plats.web.accounts.models import User
from plats.web.audit.recording import recorded


class May(StrEnum):
    """The account's master switches: whoever may write may also read."""

    NOTHING = "nothing"
    READ = "read"
    WRITE = "write"


def build_user(*, by: User | None, email: str, name: str, password: str, may: May) -> User:
    """An account that is not saved yet. Raises ValidationError as `create_user` does."""
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        may_read=may is not May.NOTHING,
        may_write=may is May.WRITE,
        created_by=by,
    )
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    return user


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
    user = build_user(by=by, email=email, name=name, password=password, may=may)
    user.is_example = is_example
    with recorded(by=by, act="user.create") as record:
        user.save()
        record.created(user)
    return user


def set_switches(*, by: User | None, user: User, may: May, reason: str = "") -> None:
    """Open or close an account's reading and writing everywhere. It holds from the next request.

    The page asks whether `by` may. Raises LeavingError when it would shut out the last administrator.
    """
    with recorded(by=by, act="user.switch", reason=reason) as record:
        lock_administrators()
        if may is not May.WRITE and is_last_administrator(user):
            raise LeavingError(
                _(
                    "Det finns ingen annan systemförvaltare. Ge någon annan rollen innan det här kontot stängs."
                )
            )
        record.watch(user)
        user.refresh_from_db()
        user.may_read = may is not May.NOTHING
        user.may_write = may is May.WRITE
        user.save(update_fields=["may_read", "may_write"])
