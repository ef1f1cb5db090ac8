"""Two organisations that are alike, and a person for each role in the first: what the matrix of access is asked with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import Membership, Organisation, User
from plats.web.accounts.roles import ROLES
from plats.web.audit.recording import unrecorded

NOBODY = "anonymous"
NO_ROLE = "no role"


@dataclass
class World:
    """`people` by role id; `NO_ROLE` is an account with both switches on and no membership."""

    own: Organisation
    other: Organisation
    people: dict[str, User]
    strangers: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)

    def of(self, organisation: Organisation, role: str) -> User:
        """The one who holds the role in this organisation."""
        return (self.people if organisation == self.own else self.strangers)[role]


def make_world() -> World:
    """Both organisations are committees: there every role can be held."""
    with unrecorded("the world of the access matrix"):
        own = Organisation.objects.create(
            name="Egen nämnd (exempel)", kind=OrganisationKind.COMMITTEE, is_example=True
        )
        other = Organisation.objects.create(
            name="Annan nämnd (exempel)", kind=OrganisationKind.COMMITTEE, is_example=True
        )
        people = {role: _person(role, own, "egen") for role in ROLES}
        strangers = {role: _person(role, other, "annan") for role in ROLES}
        people[NO_ROLE] = _account("utan.roll@exempel.se")
    return World(own, other, people, strangers)


# Internals


def _account(email: str) -> User:
    user = User(
        email=email, name=f"{email.split('@', maxsplit=1)[0]} (exempel)", may_read=True, may_write=True
    )
    user.set_unusable_password()
    user.save()
    return user


def _person(role: str, organisation: Organisation, name: str) -> User:
    user = _account(f"{role}@{name}.exempel.se")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user
