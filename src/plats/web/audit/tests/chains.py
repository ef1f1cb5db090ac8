"""A chain of some sixty entries, of every sort: acts with values and reasons, reads, refusals, erased values."""

from __future__ import annotations

from plats.web.accounts.actions import May, create_membership, create_user, set_switches
from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import make_organisation
from plats.web.audit.erasing import entries_about, erase_values
from plats.web.audit.models import AuditValues
from plats.web.audit.recording import append


def make_chain() -> dict[int, tuple[str, str, str]]:
    """Write the chain; returns what the erased values were, by entry: whoever has an old backup knows."""
    organisation = make_organisation("Polisen (exempel)", OrganisationKind.POLICE)
    people = [_person(number) for number in range(8)]
    by = people[0]
    for number, person in enumerate(people):
        create_membership(by=None, user=person, organisation=organisation, role="reporter")
        set_switches(by=by, user=person, may=May.READ, reason=f"Skäl {number}")
        append(
            by=person, act="read", organisation=organisation, kind="document", object_id=f"handling-{number}"
        )
        append(by=person, act="denied", kind="documents:document", object_id=f"{number}", note="GET 404")
        set_switches(by=by, user=person, may=May.WRITE)
    kept = _values(people[5]) | _values(people[6])
    erase_values(by=by, entries=entries_about([str(people[5].public_id)]), decision="KS-2026/5")
    for number, person in enumerate(people):
        append(by=person, act="read", kind="document", object_id=f"handling-{number}")
    erase_values(by=None, entries=entries_about([str(people[6].public_id)]), decision="KS-2026/6")
    set_switches(by=by, user=people[1], may=May.NOTHING, reason="Nästan sist")
    set_switches(by=by, user=people[2], may=May.NOTHING, reason="Sist")
    return kept


# Internals


def _values(person: User) -> dict[int, tuple[str, str, str]]:
    rows = AuditValues.objects.filter(sequence__in=entries_about([str(person.public_id)]))
    return {one.pk: (one.salt, one.reason, one.values) for one in rows if one.values}


def _person(number: int) -> User:
    password = "tre gula lastbilar"  # noqa: S105
    return create_user(
        by=None, email=f"p{number}@exempel.se", name=f"Person {number}", password=password, may=May.WRITE
    )
