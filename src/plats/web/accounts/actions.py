"""What is done to accounts. Each action is one transaction and says who did it."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from plats.web.accounts.models import User


class May(StrEnum):
    """The account's master switches: whoever may write may also read."""

    NOTHING = "nothing"
    READ = "read"
    WRITE = "write"


@transaction.atomic
def create_user(
    *,
    by: User | None,
    email: str,
    name: str,
    password: str,
    role: str = "",
    may: May = May.NOTHING,
) -> User:
    """Make an account. `by` is None only at the command line, where nobody is signed in.

    Raises ValidationError when the password is weak and, field by field, when the address is taken or is no
    address; nothing is saved then.
    """
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        role=role.strip(),
        may_read=may is not May.NOTHING,
        may_write=may is May.WRITE,
        created_by=by,
    )
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user
