"""Organisations and people for unit tests, in any app: two committees alike, the partners, and one person per role.

    world = make_world()
    world.lead, world.housing, world.people["analyst"], world.stranger

Made without acts, so that a test's own are the only ones on record. `plats.web.accounts.demo` makes the example world
of journeys by the real actions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import cast

from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import Membership, MembershipPlace, Organisation, User
from plats.web.accounts.roles import ROLES, PartnerLead, Reporter
from plats.web.audit.recording import unrecorded

_numbers = count(1)


@dataclass(frozen=True)
class World:
    """`people` by role id, all in `committee`; `others` the same in `other`, so that a test can cross the border.

    lead, reporter    at the housing company
    police_lead       at the police
    stranger          an account without a role, with both switches off
    """

    committee: Organisation
    other: Organisation
    police: Organisation
    housing: Organisation
    association: Organisation
    people: dict[str, User]
    others: dict[str, User]
    lead: User
    reporter: User
    police_lead: User
    stranger: User

    @property
    def administrator(self) -> User:
        return self.people["administrator"]

    @property
    def officer(self) -> User:
        return self.people["data_protection_officer"]

    @property
    def analyst(self) -> User:
        return self.people["analyst"]

    @property
    def coordinator(self) -> User:
        return self.people["coordinator"]


def make_world() -> World:
    committee = make_organisation("Kommunstyrelsen (exempel)", OrganisationKind.COMMITTEE)
    other = make_organisation("Barn- och utbildningsnämnden (exempel)", OrganisationKind.COMMITTEE)
    police = make_organisation("Polisen (exempel)", OrganisationKind.POLICE)
    housing = make_organisation("Bostadsbolaget (exempel)", OrganisationKind.HOUSING_COMPANY)
    return World(
        committee=committee,
        other=other,
        police=police,
        housing=housing,
        association=make_organisation("Fritidsföreningen (exempel)", OrganisationKind.ASSOCIATION),
        people={role: make_member(committee, role) for role in ROLES},
        others={role: make_member(other, role) for role in ROLES},
        lead=make_member(housing, PartnerLead.id),
        reporter=make_member(housing, Reporter.id),
        police_lead=make_member(police, PartnerLead.id),
        stranger=make_user(may_read=False, may_write=False),
    )


def make_organisation(name: str, kind: OrganisationKind = OrganisationKind.COMMITTEE) -> Organisation:
    with unrecorded("a test's world"):
        return cast("Organisation", Organisation.objects.create(name=name, kind=kind, is_example=True))


def make_user(email: str = "", *, may_read: bool = True, may_write: bool = True, password: str = "") -> User:
    """An account; without a password nobody signs in to it, but `client.force_login` does."""
    number = next(_numbers)
    user = User(
        email=email or f"person{number}@exempel.se",
        name=f"Person {number} (exempel)",
        may_read=may_read,
        may_write=may_write,
        is_example=True,
    )
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    with unrecorded("a test's world"):
        user.save()
    return user


def make_member(
    organisation: Organisation, role: str, *, user: User | None = None, place_keys: Iterable[str] = ()
) -> User:
    """Someone who holds the role, perhaps for some places only; a new account unless one is given.

    An account given is returned read anew, since what it may do is kept on the row it is read as.
    """
    holder = user or make_user()
    with unrecorded("a test's world"):
        membership = Membership.objects.create(user=holder, organisation=organisation, role=role)
        for key in place_keys:
            MembershipPlace.objects.create(membership=membership, place_key=key)
    return fresh(holder)


def fresh(user: User) -> User:
    """The account as the next request reads it."""
    return User.objects.get(pk=user.pk)
