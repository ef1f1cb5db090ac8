"""What must be in order before someone leaves: what they answer for has a new bearer, and somebody is left to lead.

Reads only; the acts are in `actions.leaving`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _

from plats.web.accounts.models import Membership, Organisation, User
from plats.web.accounts.permissions import MEMBER_INVITE_ALL
from plats.web.accounts.responsibility import Held, Responsibility, responsibilities
from plats.web.accounts.roles import Administrator, PartnerLead, permission_ids, roles_with
from plats.web.accounts.rules import role_fits


class LeavingError(Exception):
    """Someone cannot leave yet. The message says what is left to do."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What someone answers for and would leave behind, and who could take it over."""

    responsibility: Responsibility
    held: list[Held]
    bearers: list[User]


@dataclass(frozen=True, slots=True)
class Departure:
    """What it takes to end a membership. `heirs` when it is the last of a role that must have a holder, else None."""

    membership: Membership
    duties: list[Duty]
    heirs: list[User] | None

    @property
    def is_free(self) -> bool:
        """Nothing to hand over."""
        return not self.duties and self.heirs is None


@dataclass(frozen=True, slots=True)
class Handover:
    """Who takes over: a bearer for each kind that is answered for, and an heir to the role itself."""

    bearers: Mapping[str, User] = field(default_factory=dict)
    heir: User | None = None


def departure(membership: Membership) -> Departure:
    """What ending this membership would leave without anyone."""
    return Departure(membership, duties_left(membership), _heirs(membership))


def duties_left(membership: Membership) -> list[Duty]:
    """What the person answers for in the organisation that no other role they hold there lets them go on with."""
    others = _usable(membership.organisation).filter(user=membership.user).exclude(pk=membership.pk)
    return _duties(membership.user, membership.organisation, others)


def bearers(one: Responsibility, organisation: Organisation, leaver: User) -> list[User]:
    """Those who can take over: they may do what it takes, in every place, and their account is open for it."""
    holders = _usable(organisation).filter(role__in=roles_with(one.permission), places__isnull=True)
    return _people(holders.exclude(user=leaver))


def abandoned(organisation: Organisation) -> list[tuple[User, Duty]]:
    """What is answered for by those who no longer can: their last day has passed, or their account is shut.

    Whoever was seen off has handed over, so only roles that have run out by themselves are looked at: they are few.
    """
    usable = _usable(organisation)
    run_out = Membership.objects.filter(organisation=organisation, ended_at__isnull=True).exclude(
        pk__in=usable.values("pk")
    )
    return [
        (person, duty)
        for person in _people(run_out)
        for duty in _duties(person, organisation, usable.filter(user=person))
    ]


def colleagues(membership: Membership) -> list[User]:
    """The others who work in the organisation."""
    return _people(_usable(membership.organisation).exclude(user=membership.user))


def is_last_administrator(user: User) -> bool:
    """Whether the installation would have nobody who can let people in everywhere, if this account were shut.

    Call it inside the act, after `lock_administrators`: two who shut each other out at once are put in line.
    """
    mine = [one for one in _administrators() if one.user_id == user.pk]
    return bool(mine) and not [one for one in _administrators() if one.user_id != user.pk]


def refuse_closing(organisation: Organisation) -> None:
    """Raise LeavingError while someone in the organisation answers for something, or it has the last administrator."""
    people = User.objects.filter(memberships__organisation=organisation).distinct().order_by("name", "email")
    for person in people:
        for one in responsibilities():
            if one.held_by(person, organisation):
                raise LeavingError(
                    _("%(name)s svarar för %(what)s. Avsluta dem innan organisationen avslutas.")
                    % {"name": person.name, "what": str(one.label).lower()}
                )
    administrators = _administrators()
    if administrators and all(one.organisation_id == organisation.pk for one in administrators):
        raise LeavingError(
            _("Den sista systemförvaltaren finns här. Ge någon i en annan organisation rollen först.")
        )


def lock_administrators() -> None:
    """Hold the administrators' memberships until this act is done."""
    rows = Membership.objects.filter(role__in=roles_with(MEMBER_INVITE_ALL), ended_at__isnull=True)
    list(rows.order_by("pk").select_for_update())


def refuse_unready(found: Departure, handover: Handover) -> None:
    """Raise LeavingError, saying what is left to do, unless everything has someone to take it over."""
    for duty in found.duties:
        bearer = handover.bearers.get(duty.responsibility.kind)
        if bearer is None:
            raise LeavingError(
                _("Välj vem som tar över %(what)s innan medlemskapet avslutas.")
                % {"what": str(duty.responsibility.label).lower()}
            )
        if bearer not in duty.bearers:
            raise LeavingError(
                _("%(name)s kan inte ta över %(what)s: rollen räcker inte, eller kontot är stängt.")
                % {"name": bearer.name, "what": str(duty.responsibility.label).lower()}
            )
    if found.heirs is not None and handover.heir not in found.heirs:
        raise LeavingError(
            _("%(role)s måste finnas. Välj vem som tar över rollen, eller bjud in någon till den först.")
            % {"role": found.membership.role_name}
        )


# Internals


def _duties(person: User, organisation: Organisation, memberships: Any) -> list[Duty]:
    """What the person answers for that these memberships do not let them go on with."""
    kept = {
        permission
        for role in memberships.values_list("role", flat=True)
        for permission in permission_ids(role)
    }
    return [
        Duty(one, held, bearers(one, organisation, person))
        for one in responsibilities()
        if one.permission.id not in kept and (held := one.held_by(person, organisation))
    ]


def _heirs(membership: Membership) -> list[User] | None:
    """Who could inherit the role, when nobody else holds it and somebody must; None when it may lapse."""
    if not _works(membership):
        return None
    if membership.role == Administrator.id:
        remaining = [one for one in _administrators() if one.pk != membership.pk]
        return None if remaining else colleagues(membership)
    if membership.role == PartnerLead.id:
        others = _usable(membership.organisation).exclude(pk=membership.pk)
        is_led = others.filter(role=PartnerLead.id, last_day__isnull=True).exists()
        found = [] if is_led else colleagues(membership)
        return found or None  # with nobody left there is nobody to lead
    return None


def _administrators() -> list[Membership]:
    """The memberships by which someone can let people in everywhere, today and with no end in sight."""
    rows = (
        Membership.objects.current()
        .filter(_open_account(), role__in=roles_with(MEMBER_INVITE_ALL), last_day__isnull=True)
        .select_related("organisation", "user")
    )
    return [one for one in rows.order_by("pk") if role_fits(one.role, one.organisation.kind)]


def _works(membership: Membership) -> bool:
    """Whether the membership lets its holder do anything now: one that does not is no loss."""
    user = membership.user
    return membership.is_current and user.is_active and user.may_read and user.may_write


def _usable(organisation: Organisation) -> Any:
    """The memberships in the organisation by which someone can act today."""
    return Membership.objects.current().filter(_open_account(), organisation=organisation)


def _open_account() -> models.Q:
    return models.Q(user__is_active=True, user__may_read=True, user__may_write=True)


def _people(memberships: Any) -> list[User]:
    return cast(
        "list[User]", list(User.objects.filter(pk__in=memberships.values("user")).order_by("name", "email"))
    )
