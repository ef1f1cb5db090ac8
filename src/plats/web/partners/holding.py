"""What someone sees to in an organisation, and must hand over before leaving it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from plats.web.accounts.responsibility import Held, register_responsibility
from plats.web.partners.kinds import CommitmentState
from plats.web.partners.models import Agreement, CitizenPromise, Commitment
from plats.web.partners.permissions import AGREEMENT_WRITE, COMMITMENT_WRITE, PROMISE_WRITE

# What nothing more will come of.
CLOSED = (CommitmentState.KEPT, CommitmentState.NOT_KEPT, CommitmentState.WITHDRAWN)


def open_rows(model: Any) -> Any:
    """The rows of the kind that still take someone: those in force or to come, and what has not been settled."""
    if model is Commitment:
        return Commitment.objects.exclude(state__in=CLOSED)
    return model.objects.filter(Q(ends_on__gte=timezone.localdate()))


def register() -> None:
    """Let nobody leave agreements, commitments and citizen promises without a handler."""
    from plats.web.partners.actions import transfer_rows

    for model, label, permission in (
        (Agreement, _("Överenskommelser"), AGREEMENT_WRITE),
        (Commitment, _("Åtaganden"), COMMITMENT_WRITE),
        (CitizenPromise, _("Medborgarlöften"), PROMISE_WRITE),
    ):
        register_responsibility(
            model.object_kind,
            label=label,
            permission=permission,
            held_by=partial(_held_by, model),
            transfer=partial(transfer_rows, model=model),
        )


# Internals


def _held_by(model: Any, user: Any, organisation: Any) -> list[Held]:
    """How many, as a number: whoever ends a membership may be one who sees none of them."""
    number = open_rows(model).filter(organisation=organisation, handler=user).count()
    return [Held(ngettext("%(n)s rad", "%(n)s rader", number) % {"n": number})] if number else []
