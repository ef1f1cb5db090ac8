"""Someone who runs the installation, and someone who only works in it."""

from __future__ import annotations

from plats.web.accounts.actions import May, create_user
from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import Membership, Organisation, User
from plats.web.audit.recording import unrecorded


def someone(role: str) -> User:
    """A person with one role in a municipal organisation."""
    user = create_user(
        by=None,
        email=f"{role}@exempel.se",
        name=f"{role} exempel",
        password="tre blå tranor över testet",  # noqa: S106  belongs to nobody
        may=May.WRITE,
    )
    with unrecorded("the world of a test"):
        organisation, _ = Organisation.objects.get_or_create(
            name="Kommunstyrelsen (exempel)", kind=OrganisationKind.COMMITTEE
        )
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user
