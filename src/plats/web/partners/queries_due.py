"""Reads for the list of due days: those of one's own organisations, in a fixed number of queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from plats.web.partners.kinds import ActivityState
from plats.web.partners.models import Activity, Agreement, AgreementFollowUp, DutyState

_OPEN = (ActivityState.PLANNED, ActivityState.UNDER_WAY, ActivityState.UNKNOWN)


def duties_due(user: Any, first: date, last: date) -> list[DutyState]:
    """Duties to be done again between two days."""
    mine = DutyState.objects.changeable_by(user, "read")
    return list(mine.filter(next_due_on__range=(first, last)).order_by("pk"))


def agreements_to_renew(user: Any, first: date, last: date) -> list[Agreement]:
    """Agreements to be renewed between two days, and that nobody has renewed."""
    mine = Agreement.objects.changeable_by(user, "read")
    return list(mine.filter(renew_by__range=(first, last), renewals=None).order_by("pk"))


def agreements_expiring(user: Any, first: date, last: date) -> list[Agreement]:
    """Agreements whose last day is between two days, and that nobody has renewed."""
    mine = Agreement.objects.changeable_by(user, "read")
    return list(mine.filter(ends_on__range=(first, last), renewals=None).order_by("pk"))


def follow_ups_due(user: Any, first: date, last: date) -> list[AgreementFollowUp]:
    """What is to be followed up anew between two days: only the latest follow-up of an agreement says when."""
    mine = Agreement.objects.changeable_by(user, "read").values("pk")
    planned = AgreementFollowUp.objects.filter(agreement__in=mine, next_on__range=(first, last))
    every = AgreementFollowUp.objects.filter(agreement__in=planned.values("agreement"))
    latest = {one.agreement_id: one.pk for one in every.order_by("followed_on", "pk")}
    rows = planned.select_related("agreement").order_by("pk")
    return [one for one in rows if latest[one.agreement_id] == one.pk]


def activities_due(user: Any, first: date, last: date) -> list[Activity]:
    """Activities to be finished between two days that are neither done nor cancelled."""
    mine = Agreement.objects.changeable_by(user, "read").values("pk")
    rows = Activity.objects.filter(
        focus_area__agreement__in=mine, due_on__range=(first, last), state__in=_OPEN
    )
    return list(rows.select_related("focus_area__agreement").order_by("pk"))
