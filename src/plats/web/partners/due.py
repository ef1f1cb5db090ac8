"""What is due: an agreement to renew, to follow up or that expires, an activity, a duty in law to be done again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from plats.catalog.load import catalog
from plats.vocabulary.messages import Bilingual, Message
from plats.web.notices.due import Due
from plats.web.partners import queries_due


def due_in_partners(user: Any, first: date, last: date) -> list[Due]:
    """Those of one's own organisations, between two days."""
    days = (first, last)
    return [
        *map(_duty, queries_due.duties_due(user, *days)),
        *map(_renewal, queries_due.agreements_to_renew(user, *days)),
        *map(_expiry, queries_due.agreements_expiring(user, *days)),
        *map(_follow_up, queries_due.follow_ups_due(user, *days)),
        *map(_activity, queries_due.activities_due(user, *days)),
    ]


# Internals


def _duty(one: Any) -> Due:
    title = catalog().parameters[f"duties/{one.duty}"].title
    return Due(
        key=f"duty-{one.public_id}",
        day=one.next_due_on,
        message=Message("Lagen kräver: {title}", title=Bilingual(title.sv, title.en)),
        neutral=Message("Något lagen kräver ska göras igen"),
        url=reverse("partners:duties"),
    )


def _renewal(one: Any) -> Due:
    return Due(
        key=f"agreement-{one.public_id}",
        day=one.renew_by,
        message=Message("Överenskommelsen {title} ska förnyas", title=one.title),
        neutral=Message("En överenskommelse ska förnyas"),
        url=one.get_absolute_url(),
    )


def _expiry(one: Any) -> Due:
    return Due(
        key=f"agreement-end-{one.public_id}",
        day=one.ends_on,
        message=Message("Överenskommelsen {title} går ut och är inte förnyad", title=one.title),
        neutral=Message("En överenskommelse går ut och är inte förnyad"),
        url=one.get_absolute_url(),
    )


def _follow_up(one: Any) -> Due:
    return Due(
        key=f"follow-up-{one.public_id}",
        day=one.next_on,
        message=Message("Överenskommelsen {title} ska följas upp", title=one.agreement.title),
        neutral=Message("En överenskommelse ska följas upp"),
        url=one.agreement.get_absolute_url(),
    )


def _activity(one: Any) -> Due:
    return Due(
        key=f"activity-{one.public_id}",
        day=one.due_on,
        message=Message("Aktiviteten {what} ska vara klar", what=one.what),
        neutral=Message("En aktivitet i en överenskommelse ska vara klar"),
        url=one.focus_area.agreement.get_absolute_url(),
    )
