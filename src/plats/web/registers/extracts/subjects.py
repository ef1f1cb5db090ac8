"""Whom an extract is about: an account, or an address that no account has.

Whoever may make an extract may look for anyone, also among people of organisations they otherwise see nothing of:
that is what the permission is for, and why making one is on record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from plats.web.accounts.allowed import require_everywhere
from plats.web.accounts.models import User
from plats.web.registers.permissions import EXTRACT

_MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Subject:
    """A person: the account, when there is one, and the address ('' when the account no longer has any)."""

    user: User | None
    email: str

    @property
    def number(self) -> str:
        return str(self.user.public_id) if self.user is not None else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account to choose, told apart from others of the same name by its organisations."""

    user: User
    organisations: str


def candidates(by: Any, text: str) -> list[Candidate]:
    """Accounts by part of a name or an address. Two queries."""
    require_everywhere(by, EXTRACT)
    called = Q(name__icontains=text) | Q(email__icontains=text)
    found = User.objects.filter(called).prefetch_related("memberships__organisation").order_by("name", "pk")
    return [
        Candidate(one, ", ".join(dict.fromkeys(held.organisation.name for held in one.memberships.all())))
        for one in found[:_MOST_FOUND]
    ]


def subject_of(by: Any, *, account: UUID | None = None, email: str = "") -> Subject | None:
    """The person with this account, or with this address; None when there is no such account and no address."""
    require_everywhere(by, EXTRACT)
    address = email.strip().lower()
    rows = (
        User.objects.filter(public_id=account) if account is not None else User.objects.filter(email=address)
    )
    user = rows.first()
    if user is not None:
        return Subject(user, user.email)
    return Subject(None, address) if account is None and address else None
