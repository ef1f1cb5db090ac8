"""One of each kind that is kept for a time, with its event at a given moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.contrib.sessions.models import Session

from plats.web.accounts.actions import May, create_user, set_switches
from plats.web.accounts.models import (
    Invitation,
    Membership,
    Release,
    SignedInSession,
    SignInLock,
    User,
)
from plats.web.accounts.models.release import LegalBasis
from plats.web.accounts.tests.world import World, make_user
from plats.web.audit.recording import unrecorded

STOCKHOLM = ZoneInfo("Europe/Stockholm")
Make = Callable[[World, datetime], object]


def local(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of a day where the installation is."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM)


def make_alva() -> User:
    """Someone whose name must not be left anywhere."""
    password = "tre gula lastbilar"  # noqa: S105
    return create_user(
        by=None, email="alva@exempel.se", name="Alva Exempel", password=password, may=May.WRITE
    )


def closed_user(world: World, at: datetime) -> User:
    """An account that was made and closed at that moment, by no one's act."""
    user = make_user(may_read=False, may_write=False)
    with unrecorded("a test's world"):
        User.objects.filter(pk=user.pk).update(is_active=False, created_at=at)
    return user


def ended_membership(world: World, at: datetime) -> Membership:
    with unrecorded("a test's world"):
        return Membership.objects.create(
            user=make_user(),
            organisation=world.housing,
            role="reporter",
            started_at=at - timedelta(days=400),
            ended_at=at,
        )


def taken_invitation(world: World, at: datetime) -> Invitation:
    with unrecorded("a test's world"):
        return Invitation.objects.create(
            token_digest=at.isoformat(),
            email="ny@bostadsbolaget.exempel.se",
            organisation=world.housing,
            role="reporter",
            created_at=at - timedelta(days=3),
            expires_at=at + timedelta(days=11),
            accepted_at=at,
        )


def revoked_release(world: World, at: datetime) -> Release:
    day = at.astimezone(STOCKHOLM).date()
    with unrecorded("a test's world"):
        return Release.objects.create(
            from_organisation=world.police,
            to_organisation=world.housing,
            what="document",
            title="Handlingar",
            purpose="Gemensamt arbete",
            legal_basis=LegalBasis.GENERAL_CLAUSE,
            valid_from=day - timedelta(days=30),
            valid_until=day + timedelta(days=30),
            created_by=world.police_lead,
            revoked_at=at,
            revoked_by=world.police_lead,
        )


def ended_session(world: World, at: datetime) -> SignedInSession:
    return SignedInSession.objects.create(
        user=world.analyst,
        started_at=at - timedelta(hours=1),
        last_seen_at=at - timedelta(minutes=1),
        ended_at=at,
    )


def expired_browser_session(world: World, at: datetime) -> Session:
    return Session.objects.create(session_key=f"{at.timestamp():.0f}", session_data="", expire_date=at)


def failed_sign_in(world: World, at: datetime) -> SignInLock:
    return SignInLock.objects.create(address_digest=at.isoformat(), failures=1, last_failed_at=at)


def entry_with_values(world: World, at: datetime) -> User:
    """An act at that moment, whose entry says what was before and after."""
    user = make_user()
    with time_machine.travel(at, tick=False):
        set_switches(by=None, user=user, may=May.READ)
    return user


MAKERS: dict[str, Make] = {
    "user": closed_user,
    "membership": ended_membership,
    "invitation": taken_invitation,
    "release": revoked_release,
    "session": ended_session,
    "browser_session": expired_browser_session,
    "sign_in_lock": failed_sign_in,
    "audit_values": entry_with_values,
}
