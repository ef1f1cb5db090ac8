"""A kind of thing that people answer for, kept in memory: what leaving is tested with before any app has its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from plats.web.accounts.models import Organisation, Release, User
from plats.web.accounts.permissions import RELEASE_WRITE
from plats.web.accounts.releasable import forget_releasable, register_releasable
from plats.web.accounts.responsibility import Held, forget_responsibility, register_responsibility


@dataclass
class Things:
    """Who answers for what, by organisation. Whoever may share in an organisation may bear them."""

    owners: dict[UUID, tuple[Organisation, User, str]] = field(default_factory=dict)

    def give(self, organisation: Organisation, user: User, title: str = "Ett ting") -> UUID:
        number = uuid4()
        self.owners[number] = (organisation, user, title)
        return number

    def of(self, user: User, organisation: Organisation) -> list[str]:
        return [title for at, owner, title in self.owners.values() if (at, owner) == (organisation, user)]

    def held_by(self, user: User, organisation: Organisation) -> list[Held]:
        return [Held(title) for title in self.of(user, organisation)]

    def transfer(self, *, by: Any, from_user: User, to_user: User, organisation: Organisation) -> None:
        for number, (at, owner, title) in self.owners.items():
            if (at, owner) == (organisation, from_user):
                self.owners[number] = (at, to_user, title)

    def find(self, user: User, number: UUID) -> tuple[str, Organisation] | None:
        """Only one's own organisations' things can be shared."""
        found = self.owners.get(number)
        if found is None or found[0].pk not in user.grants.organisation_ids("release.write"):
            return None
        return found[2], found[0]

    def seen(self, user: User, numbers: Collection[UUID]) -> set[UUID]:
        """Those of one's own organisations, and those shared with them."""
        mine = user.grants.organisation_ids("release.read")
        taken = Release.objects.in_force().filter(to_organisation__in=mine, object_id__in=numbers)
        own = {number for number in numbers if number in self.owners and self.owners[number][0].pk in mine}
        return own | set(taken.values_list("object_id", flat=True))


@contextmanager
def registered_things() -> Iterator[Things]:
    things = Things()
    register_responsibility(
        "thing", label="Ting", permission=RELEASE_WRITE, held_by=things.held_by, transfer=things.transfer
    )
    register_releasable("thing", label="Ting", find=things.find, seen=things.seen)
    try:
        yield things
    finally:
        forget_responsibility("thing")
        forget_releasable("thing")
