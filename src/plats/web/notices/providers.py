"""What this app itself knows is new or due: about releases, roles and invitations, which lie below it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.vocabulary.messages import Message
from plats.web.accounts.models import Invitation, Membership, Release, User
from plats.web.accounts.releasable import hide_unseen_titles
from plats.web.notices.due import Due, day_of
from plats.web.notices.news import NewsItem

# New


def news_of_releases(user: User, since: datetime) -> list[NewsItem]:
    """What others have begun to share with one's organisations, and what they have taken back. One query."""
    mine = user.grants.organisation_ids("release.read")
    found = (
        Release.objects.visible_to(user)
        .filter(to_organisation__in=mine)
        .filter(Q(created_at__gte=since) | Q(revoked_at__gte=since))
        .select_related("from_organisation")
        .order_by("pk")
    )
    hide_unseen_titles(user, releases := list(found))
    return [item for release in releases for item in _of_release(release) if item.at >= since]


def news_of_members(user: User, since: datetime) -> list[NewsItem]:
    """New roles in one's organisations: one's own, and colleagues'. One query."""
    mine = user.grants.organisation_ids("member.read")
    found = (
        Membership.objects.visible_to(user)
        .current()
        .filter(Q(organisation__in=mine) | Q(user=user), started_at__gte=since)
        .exclude(created_by=user)
        .select_related("user", "organisation")
        .order_by("pk")
    )
    return [_of_membership(one, user) for one in found]


# Due


def due_releases(user: User, first: date, last: date) -> list[Due]:
    """Releases to and from one's organisations that end. One query."""
    mine = user.grants.organisation_ids("release.read")
    found = (
        Release.objects.visible_to(user)
        .in_force()
        .filter(Q(from_organisation__in=mine) | Q(to_organisation__in=mine))
        .filter(valid_until__range=(first, last))
        .select_related("from_organisation", "to_organisation")
        .order_by("pk")
    )
    hide_unseen_titles(user, releases := list(found))
    return [
        Due(
            key=f"release/{one.public_id}",
            day=one.valid_until,
            message=Message(
                "Sista dagen som {giver} delar {what} med {taker}.",
                giver=one.from_organisation.name,
                what=one.title,
                taker=one.to_organisation.name,
            ),
            neutral=Message("En delning upphör"),
            url=_address("accounts:release", one.public_id),
        )
        for one in releases
    ]


def due_memberships(user: User, first: date, last: date) -> list[Due]:
    """Roles that end: one's own, and those one may end in one's organisations. One query."""
    mine = user.grants.organisation_ids("member.end")
    found = (
        Membership.objects.visible_to(user)
        .current()
        .filter(Q(user=user) | Q(organisation__in=mine))
        .filter(last_day__range=(first, last))
        .select_related("user", "organisation")
        .order_by("pk")
    )
    return [_due_membership(one, one.last_day, user) for one in found if one.last_day]


def due_invitations(user: User, first: date, last: date) -> list[Due]:
    """Invitations that nobody has taken yet, to organisations one lets people in to. One query."""
    mine = user.grants.organisation_ids("member.invite")
    # A day wider on each side: the moments are in UTC, the days are here.
    around = (_midnight(first) - timedelta(days=1), _midnight(last) + timedelta(days=2))
    found = (
        Invitation.objects.visible_to(user)
        .open()
        .filter(organisation__in=mine, expires_at__range=around)
        .select_related("organisation")
        .order_by("pk")
    )
    return [
        Due(
            key=f"invitation/{one.public_id}",
            day=day_of(one.expires_at),
            message=Message(
                "En inbjudan till {organisation} som ingen har tagit emot går ut.",
                organisation=one.organisation.name,
            ),
            neutral=Message("En inbjudan går ut"),
            url=_address("accounts:organisation", one.organisation.public_id),
        )
        for one in found
    ]


# Internals


def _of_release(release: Release) -> list[NewsItem]:
    told = {"giver": release.from_organisation.name, "what": release.title}
    url = _address("accounts:release", release.public_id)
    items = [
        NewsItem(
            key=f"release/{release.public_id}",
            at=release.created_at,
            heading=_("Delning"),
            message=Message("{giver} delar {what} med er.", **told),
            url=url,
        )
    ]
    if release.revoked_at is not None:
        items.append(
            NewsItem(
                key=f"release/{release.public_id}/revoked",
                at=release.revoked_at,
                heading=_("Delning"),
                message=Message("{giver} delar inte längre {what} med er.", **told),
                url=url,
            )
        )
    return items


def _of_membership(membership: Membership, user: User) -> NewsItem:
    told = {"role": membership.role_name, "organisation": membership.organisation.name}
    if membership.user_id == user.pk:
        message = Message("Du har fått rollen {role} i {organisation}.", **told)
    else:
        message = Message("{name} är ny i {organisation}: {role}.", name=membership.user.name, **told)
    return NewsItem(
        key=f"membership/{membership.public_id}",
        at=membership.started_at,
        heading=_("Medlemskap"),
        message=message,
        url=_address("accounts:organisation", membership.organisation.public_id),
    )


def _due_membership(membership: Membership, day: date, user: User) -> Due:
    told = {"role": membership.role_name, "organisation": membership.organisation.name}
    if membership.user_id == user.pk:
        message = Message("Din sista dag som {role} i {organisation}.", **told)
    else:
        message = Message(
            "Sista dagen för {name} som {role} i {organisation}.", name=membership.user.name, **told
        )
    return Due(
        key=f"membership/{membership.public_id}",
        day=day,
        message=message,
        neutral=Message("Ett uppdrag upphör"),
        url=_address("accounts:organisation", membership.organisation.public_id),
    )


def _address(route: str, public_id: UUID) -> str:
    return reverse(route, kwargs={"public_id": public_id})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
