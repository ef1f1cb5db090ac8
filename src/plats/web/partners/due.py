"""What is due: an agreement to be renewed, a duty in law to be done again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from plats.catalog.load import catalog
from plats.vocabulary.messages import Bilingual, Message
from plats.web.notices.due import Due
from plats.web.partners import queries


def due_in_partners(user: Any, first: date, last: date) -> list[Due]:
    """Those of one's own organisations, between two days."""
    states, agreements = queries.due_days(user, first, last)
    return [*map(_duty, states), *map(_agreement, agreements)]


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


def _agreement(one: Any) -> Due:
    return Due(
        key=f"agreement-{one.public_id}",
        day=one.renew_by,
        message=Message("Överenskommelsen {title} ska förnyas", title=one.title),
        neutral=Message("En överenskommelse ska förnyas"),
        url=one.get_absolute_url(),
    )
