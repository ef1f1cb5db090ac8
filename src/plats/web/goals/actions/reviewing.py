"""Follow-up: how a goal stood after a period, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import locked, require
from plats.web.accounts.models import User
from plats.web.audit.recording import recorded
from plats.web.goals.models import FollowUp, Goal
from plats.web.goals.permissions import GOAL_WRITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How those who answer for a goal judge it."""

    status: str
    reason: str
    changed: str = ""


def follow_up(*, by: User | None, goal: Goal, year: int, period: str, said: Judgement) -> FollowUp:
    """Say how the goal stood after a period. Each period is told once: it is history, the next period tells what
    came after. Raises NotAllowedError and, field by field, ValidationError."""
    require(by, goal.organisation, GOAL_WRITE)
    with recorded(by=by, act="follow_up.create", organisation=goal.organisation) as record:
        locked(goal)
        if goal.follow_ups.filter(year=year, period=period).exists():
            raise ValidationError(
                {"period": _("Perioden är redan uppföljd. Skriv det nya i nästa period, så syns båda.")}
            )
        made = FollowUp(goal=goal, year=year, period=period, **asdict(said))
        made.full_clean()
        made.save()
        record.created(made)
    return made
