"""How long notices and letters are kept, and what goes with an account."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import User
from plats.web.notices.models import CalendarFeed, Letter, Notice, NoticePreference, SeenUpTo
from plats.web.retention.registry import (
    Erasing,
    RetainedTraces,
    day_of,
    register_companion,
    register_retained,
)


def old_notices() -> Any:
    return Notice.objects.annotate(event_on=day_of("created_at"))


def past_letters() -> Any:
    """Those that wait to be sent are not past."""
    past = Q(sent_at__isnull=False) | Q(given_up_at__isnull=False)
    return Letter.objects.filter(past).annotate(event_on=day_of("created_at"))


def erase_with_account(user: User, erasing: Erasing) -> None:  # noqa: ARG001
    """All that was this person's alone."""
    for model in (Notice, Letter, NoticePreference, SeenUpTo, CalendarFeed):
        field = "recipient" if model in (Notice, Letter) else "user"
        model.objects.filter(**{field: user}).delete()


def register() -> None:
    register_retained(RetainedTraces("notice", "notice", _("meddelanden"), old_notices))
    register_retained(RetainedTraces("letter", "notice", _("brev"), past_letters))
    register_companion("user", erase_with_account)
