"""Reads for a partner's page: what the partner does and takes part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, When
from django.utils import timezone

from plats.web.accounts.models import Organisation
from plats.web.efforts.kinds import EffortState
from plats.web.efforts.models import Effort, EffortPartner
from plats.web.efforts.queries import SHOWN_HERE


@dataclass(frozen=True, slots=True)
class OfPartner:
    """The efforts a partner answers for or takes part in, going on before ended; at most `SHOWN_HERE`, `more` counts
    the rest."""

    rows: Sequence[Effort]
    more: int


def of_partner(user: Any, organisation: Organisation) -> OfPartner:
    """What a partner does, of what one sees. Four queries at most, however much it is."""
    takes_part = EffortPartner.objects.filter(organisation=organisation).values("effort")
    rows = Effort.objects.visible_to(user).filter(Q(organisation=organisation) | Q(pk__in=takes_part))
    over = Q(state__in=(EffortState.ENDED, EffortState.CANCELLED)) | Q(ends_on__lt=timezone.localdate())
    ordered = rows.annotate(over=Case(When(over, then=1), default=0))
    ordered = ordered.order_by("over", "is_example", "title", "pk")
    shown = list(ordered.select_related("organisation").prefetch_related("places__place")[:SHOWN_HERE])
    return OfPartner(shown, rows.count() - len(shown) if len(shown) == SHOWN_HERE else 0)
