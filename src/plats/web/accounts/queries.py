"""Reads about people, organisations and releases. Each asks through a gate: what is not visible is None."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from plats.web.accounts.models import Invitation, Membership, Organisation, Release, Unit, User
from plats.web.accounts.rules import digest_of
from plats.web.common.territory import place_choices


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in the list; `members` is None for one whose members one may not see."""

    organisation: Organisation
    units: int
    members: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """A person in an organisation with the roles held there."""

    user: User
    memberships: list[Membership]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in the administrator's list, with its current roles."""

    user: User
    memberships: list[Membership]


# Organisations


def organisations(user: User) -> list[OrganisationRow]:
    """Every organisation, those open first. Three queries: organisations, units, members."""
    found = Organisation.objects.visible_to(user).order_by(F("closed_at").desc(nulls_first=True), "name")
    units = _counted(Unit.objects.visible_to(user).open(), "pk")
    members = _counted(Membership.objects.visible_to(user).current(), "user")
    return [
        OrganisationRow(
            one, units.get(one.pk, 0), members.get(one.pk, 0) if sees_members(user, one) else None
        )
        for one in found
    ]


def organisation(user: User, public_id: UUID) -> Organisation | None:
    """One that this person may know of."""
    found: Organisation | None = Organisation.objects.visible_to(user).filter(public_id=public_id).first()
    return found


def organisation_to_change(user: User, public_id: UUID) -> Organisation | None:
    """One whose contact and units this person may change."""
    found: Organisation | None = (
        Organisation.objects.changeable_by(user).open().filter(public_id=public_id).first()
    )
    return found


def organisation_to_invite_to(user: User, public_id: UUID) -> Organisation | None:
    """One to which this person may let people in."""
    known = Organisation.objects.visible_to(user).inviting(user).open()
    found: Organisation | None = known.filter(public_id=public_id).first()
    return found


def organisation_to_hand_over_in(user: User, public_id: UUID) -> Organisation | None:
    """One in which this person may see people off."""
    known = Organisation.objects.visible_to(user).filter(public_id=public_id)
    if not user.grants.everywhere("member.end_all"):
        known = known.filter(pk__in=user.grants.organisation_ids("member.end"))
    found: Organisation | None = known.first()
    return found


def organisations_to_share_for(user: User) -> list[Organisation]:
    """Those for which this person may share."""
    mine = user.grants.organisation_ids("release.write")
    return list(Organisation.objects.visible_to(user).open().filter(pk__in=mine))


def organisations_to_share_with(user: User) -> list[Organisation]:
    """All that take part; the rule says which ground fits which."""
    return list(Organisation.objects.visible_to(user).open())


def units(user: User, organisation: Organisation) -> list[Unit]:
    """The units that are open."""
    return list(Unit.objects.visible_to(user).open().filter(organisation=organisation).order_by("name"))


def unit_to_change(user: User, public_id: UUID) -> Unit | None:
    """A unit that this person may rename or close."""
    known = Unit.objects.changeable_by(user).open().select_related("organisation")
    found: Unit | None = known.filter(public_id=public_id, organisation__closed_at__isnull=True).first()
    return found


# People


def members(user: User, organisation: Organisation) -> list[Member]:
    """Those who work in the organisation now, by name, if this person may see them. Two queries."""
    rows = _current(user).filter(organisation=organisation).order_by("user__name", "user__email", "role")
    found: dict[int, Member] = {}
    for one in _named(rows):
        found.setdefault(one.user_id, Member(one.user, [])).memberships.append(one)
    return list(found.values())


def membership(user: User, public_id: UUID) -> Membership | None:
    """One that this person may see."""
    return _one(Membership.objects.visible_to(user), public_id)


def membership_to_change(user: User, public_id: UUID) -> Membership | None:
    """One whose terms this person may change."""
    return _one(Membership.objects.changeable_by(user).filter(ended_at__isnull=True), public_id)


def membership_to_end(user: User, public_id: UUID) -> Membership | None:
    """One that this person may end: their own, or one they may take."""
    return _one(Membership.objects.visible_to(user).endable_by(user).filter(ended_at__isnull=True), public_id)


def person_to_give_a_role(user: User, organisation: Organisation, public_id: UUID) -> User | None:
    """A member of the organisation, who may be given another role in it."""
    members = Membership.objects.visible_to(user).current().filter(organisation=organisation)
    found: User | None = (
        User.objects.visible_to(user).filter(public_id=public_id, pk__in=members.values("user")).first()
    )
    return found


def accounts(user: User, wanted: str = "") -> list[AccountRow]:
    """Accounts by name, with their current roles; those whose name or address holds the words wanted. Three queries."""
    found = User.objects.visible_to(user).order_by("-is_active", "name", "email")
    for word in wanted.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    held: dict[int, list[Membership]] = defaultdict(list)
    for one in _current(user).order_by("organisation__name", "role"):
        held[one.user_id].append(one)
    return [AccountRow(one, held[one.pk]) for one in found]


def account(user: User, public_id: UUID) -> User | None:
    """An account that this person may see."""
    found: User | None = User.objects.visible_to(user).filter(public_id=public_id).first()
    return found


def memberships_of(user: User, person: User) -> list[Membership]:
    """A person's roles, now and before, that this person may see. Two queries."""
    rows = Membership.objects.visible_to(user).filter(user=person)
    return _named(_whole(rows).order_by(F("ended_at").desc(nulls_first=True), "organisation__name", "role"))


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Names by key; a place that is gone is called by its key."""
    wanted = set(keys)
    names = {key: str(name) for key, name in place_choices()} if wanted else {}
    return {key: names.get(key, key) for key in sorted(wanted)}


def sees_members(user: User, organisation: Organisation) -> bool:
    """Whether this person may see who works there."""
    grants = user.grants
    return grants.everywhere("member.read_all") or organisation.pk in grants.organisation_ids("member.read")


# Invitations


def invitations(user: User, organisation: Organisation) -> list[Invitation]:
    """Those that are open or have expired and can be sent again, with the names of their places. One query, and one
    more when there are places."""
    found = Invitation.objects.visible_to(user).filter(
        organisation=organisation, accepted_at__isnull=True, revoked_at__isnull=True
    )
    rows = list(found.select_related("unit", "organisation").order_by("-created_at", "pk"))
    names = names_of({key for one in rows for key in one.place_keys})
    for one in rows:
        one.place_names = [names[key] for key in one.place_keys]
    return rows


def invitation(user: User, public_id: UUID) -> Invitation | None:
    """One that this person may send again or withdraw."""
    found: Invitation | None = (
        Invitation.objects.visible_to(user).select_related("organisation").filter(public_id=public_id).first()
    )
    return found


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that this secret opens, whatever has become of it. Whoever holds the letter may ask."""
    found: Invitation | None = (
        Invitation.objects.select_related("organisation", "unit", "invited_by")
        .filter(token_digest=digest_of(token))
        .first()
    )
    return found


def account_with_address(email: str) -> User | None:
    """The account that an invitation is for, if there is one. Asked only with the letter's secret in hand."""
    found: User | None = User.objects.filter(email=email).first()
    return found


# Releases


def releases_given(user: User, organisation: Organisation | None = None) -> list[Release]:
    """What one's organisations (or this one) let others see, newest first. One query."""
    return _releases(user, Q(from_organisation__in=_mine(user, organisation)))


def releases_beside(user: User, release: Release) -> list[Release]:
    """Other releases in force by which the taker sees the same: withdrawing one is not withdrawing all. One query."""
    others = Release.objects.visible_to(user).in_force().overlapping(release)
    return list(others.order_by("valid_until", "pk"))


def releases_taken(user: User, organisation: Organisation | None = None) -> list[Release]:
    """What others let one's organisations (or this one) see, newest first. One query."""
    return _releases(user, Q(to_organisation__in=_mine(user, organisation)))


def releases_of_others(user: User) -> list[Release]:
    """What passes between organisations that one is no part of: for those who watch over the flows."""
    mine = user.grants.organisation_ids("release.read")
    return _releases(user, ~Q(from_organisation__in=mine) & ~Q(to_organisation__in=mine))


def release(user: User, public_id: UUID) -> Release | None:
    """One that this person may see."""
    return next(iter(_releases(user, Q(public_id=public_id))), None)


def release_to_revoke(user: User, public_id: UUID) -> Release | None:
    """One that this person may withdraw, while it holds."""
    found: Release | None = (
        Release.objects.changeable_by(user)
        .select_related("from_organisation", "to_organisation")
        .filter(public_id=public_id)
        .first()
    )
    return found


# Internals


def _mine(user: User, organisation: Organisation | None) -> list[int]:
    return [organisation.pk] if organisation is not None else user.grants.organisation_ids("release.read")


def _releases(user: User, which: Q) -> list[Release]:
    rows = Release.objects.visible_to(user).filter(which)
    whole = rows.select_related("from_organisation", "to_organisation", "created_by", "revoked_by")
    return list(whole.order_by("-created_at", "pk"))


def _current(user: User) -> Any:
    return _whole(Membership.objects.visible_to(user).current())


def _whole(rows: Any) -> Any:
    return rows.select_related("user", "organisation", "unit").prefetch_related("places")


def _named(rows: Any) -> list[Membership]:
    """The memberships with the names of their places: one more query when there are any."""
    found: list[Membership] = list(rows)
    keys = {place.place_key for one in found for place in one.places.all()}
    names = names_of(keys)
    for one in found:
        one.place_names = [names[place.place_key] for place in one.places.all()]
    return found


def _one(rows: Any, public_id: UUID) -> Membership | None:
    found: Membership | None = _whole(rows).filter(public_id=public_id).first()
    return found


def _counted(rows: Any, what: str) -> dict[int, int]:
    """How many there are in each organisation."""
    counted = rows.order_by().values("organisation").annotate(n=Count(what, distinct=True))
    return {row["organisation"]: row["n"] for row in counted}
