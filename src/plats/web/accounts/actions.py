"""What is done to accounts. Each action is one transaction and says who did it."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from plats.web.accounts.models import User


@transaction.atomic
def create_user(
    *,
    by: User | None,
    email: str,
    name: str,
    password: str,
    role: str = "",
    may_read: bool = False,
    may_write: bool = False,
) -> User:
    """Make an account. `by` is None only at the command line, where nobody is signed in.

    Raises ValidationError, field by field, when the address is taken or has no form of an address, when the
    password is weak, or when someone may write without being allowed to read.
    """
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        role=role.strip(),
        may_read=may_read,
        may_write=may_write,
        created_by=by,
    )
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user
