"""Accounts, and what ties people to organisations: memberships, invitations, releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import (
    Invitation,
    LinkedIdentity,
    Membership,
    Release,
    SecondFactor,
    SignedInSession,
    User,
)
from plats.web.audit.models import AuditEntry
from plats.web.retention.registry import Erasing, RetainedRows, Ripe, day_of, register_retained

NAME = "Raderat konto"
DOMAIN = "raderad.invalid"


class ClosedAccounts:
    """Accounts that are closed and hold nothing: name and address go, the number stays for what refers to it.

    No field says when an account was closed. The event is the last that is known of it: a sign-in, the end of a
    membership, an act on the account in the audit chain, of which closing is one.
    """

    kind = "user"
    rule = "user"
    label = _("konton")
    is_trace = False

    def ripe(self, until: date) -> Iterator[Ripe]:
        found = [Ripe(number, day) for number, day in _last_days(_closed()).items() if day <= until]
        yield from sorted(found, key=lambda one: (one.event_on, one.number))

    def take(self, number: str, until: date | None = None) -> User | None:
        rows = User.objects.exclude(email__endswith=f"@{DOMAIN}").select_for_update(of=("self",))
        user: User | None = rows.filter(public_id=number).first()
        if user is None or until is None:
            return user
        last = _last_days(_closed().filter(pk=user.pk)).get(number)
        return user if last is not None and last <= until else None

    def erase(self, obj: User, erasing: Erasing) -> int:
        _let_go(obj, erasing)
        obj.email, obj.name, obj.last_login = f"{obj.public_id}@{DOMAIN}", NAME, None
        obj.is_active = obj.may_read = obj.may_write = False
        obj.set_unusable_password()
        obj.save()
        return 1


def ended_memberships() -> Any:
    ended = Coalesce(day_of("ended_at"), "last_day")
    return Membership.objects.annotate(event_on=ended).filter(event_on__isnull=False)


def past_invitations() -> Any:
    return Invitation.objects.annotate(event_on=day_of(Coalesce("accepted_at", "revoked_at", "expires_at")))


def ended_releases() -> Any:
    # Least of the two by hand: one database says nothing when either is empty, the other leaves the empty one out.
    revoked = Coalesce(day_of("revoked_at"), F("valid_until"))
    return Release.objects.annotate(event_on=Least(revoked, F("valid_until")))


def erase_row(row: Any, erasing: Erasing) -> None:  # noqa: ARG001
    row.delete()


def register() -> None:
    register_retained(ClosedAccounts())
    rows = (
        RetainedRows("membership", "membership", _("medlemskap"), ended_memberships, erase_row),
        RetainedRows("invitation", "invitation", _("inbjudningar"), past_invitations, erase_row),
        RetainedRows("release", "release", _("delningar"), ended_releases, erase_row),
    )
    for one in rows:
        register_retained(one)


# Internals


def _closed() -> Any:
    holding = Membership.objects.current().values("user")
    return User.objects.filter(is_active=False).exclude(email__endswith=f"@{DOMAIN}").exclude(pk__in=holding)


def _last_days(users: Any) -> dict[str, date]:
    """The last day that anything is known of each account, by its number. Two queries."""
    rows = users.annotate(
        last_end=Max("memberships__ended_at"), last_day=Max("memberships__last_day")
    ).order_by()
    acts = _last_acts(str(user.public_id) for user in users)
    return {
        str(user.public_id): max(
            _days(
                user.created_at, user.last_login, user.last_end, user.last_day, acts.get(str(user.public_id))
            )
        )
        for user in rows
    }


def _last_acts(numbers: Iterable[str]) -> dict[str, datetime]:
    """When the accounts were last changed. That someone looked at one, or made an extract, is no change."""
    entries = AuditEntry.objects.filter(
        object_id__in=list(numbers), kind="user", act__startswith="user."
    ).order_by()
    return dict(entries.values_list("object_id").annotate(last=Max("at")))


def _days(*moments: datetime | date | None) -> Iterator[date]:
    for one in moments:
        if isinstance(one, datetime):
            yield timezone.localdate(one, timezone.get_default_timezone())
        elif one is not None:
            yield one


def _let_go(user: User, erasing: Erasing) -> None:
    """What lets someone in, and where they have been. A restored account may still be open: it is closed too."""
    for factor in SecondFactor.objects.of(user):
        erasing.also(factor.public_id)
    SecondFactor.objects.filter(user=user).delete()
    LinkedIdentity.objects.filter(user=user).delete()
    SignedInSession.objects.filter(user=user).delete()
    Membership.objects.filter(user=user, ended_at__isnull=True).update(ended_at=timezone.now())
