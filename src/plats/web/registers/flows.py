"""The register of data flows, made of the releases: what goes from whom to whom, on what ground, how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation, Release
from plats.web.accounts.releasable import releasable


class FlowState(Enum):
    """Where a flow stands today."""

    IN_FORCE = "in_force"
    COMING = "coming"
    WITHDRAWN = "withdrawn"
    PAST = "past"

    @property
    def label(self) -> str:
        return str(_STATES[self])


# Beside the enum: its values are hashed when it is made, before there are any translations.
_STATES = {
    FlowState.IN_FORCE: _("gäller"),
    FlowState.COMING: _("har inte börjat"),
    FlowState.WITHDRAWN: _("återkallad"),
    FlowState.PAST: _("har gått ut"),
}


@dataclass(frozen=True, slots=True)
class FlowFilters:
    """What the register is narrowed to; nothing said is no limit."""

    giver: UUID | None = None
    taker: UUID | None = None
    state: FlowState | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A release, as the register shows it."""

    number: UUID
    giver: str
    taker: str
    what: str
    title: str
    legal_basis: str
    purpose: str
    valid_from: Any
    valid_until: Any
    state: FlowState
    is_example: bool


def flows(user: Any, filters: FlowFilters) -> list[Flow]:
    """The flows that this person may see, the latest first. One query."""
    rows = Release.objects.visible_to(user).filter(_narrowed(filters))
    found = rows.select_related("from_organisation", "to_organisation").order_by("-valid_from", "-pk")
    return [_flow(one) for one in found]


def parties(user: Any) -> list[Organisation]:
    """The organisations that give or take something, to choose among."""
    seen = Release.objects.visible_to(user).order_by()
    either = Q(pk__in=seen.values("from_organisation")) | Q(pk__in=seen.values("to_organisation"))
    return list(Organisation.objects.visible_to(user).filter(either).order_by("name"))


def flow_rows(found: list[Flow]) -> Iterator[list[Any]]:
    """The register as a table, in the order of `header`."""
    for one in found:
        yield [
            one.giver, one.taker, one.what, one.title, one.legal_basis, one.purpose, one.valid_from, one.valid_until,
            one.state.label, str(one.number),
        ]  # fmt: skip


def header() -> list[str]:
    return [
        gettext("Från"),
        gettext("Till"),
        gettext("Slag"),
        gettext("Vad"),
        gettext("Rättslig grund"),
        gettext("Ändamål"),
        gettext("Från och med"),
        gettext("Till och med"),
        gettext("Läge"),
        gettext("Nummer"),
    ]


# Internals


def _narrowed(filters: FlowFilters) -> Q:
    wanted = Q()
    if filters.giver is not None:
        wanted &= Q(from_organisation__public_id=filters.giver)
    if filters.taker is not None:
        wanted &= Q(to_organisation__public_id=filters.taker)
    return wanted & _in_state(filters.state) if filters.state is not None else wanted


def _in_state(state: FlowState) -> Q:
    today, standing = timezone.localdate(), Q(revoked_at__isnull=True)
    return {
        FlowState.IN_FORCE: standing & Q(valid_from__lte=today, valid_until__gte=today),
        FlowState.COMING: standing & Q(valid_from__gt=today),
        FlowState.WITHDRAWN: ~standing,
        FlowState.PAST: standing & Q(valid_until__lt=today),
    }[state]


def _state(release: Release) -> FlowState:
    today = timezone.localdate()
    if release.revoked_at is not None:
        return FlowState.WITHDRAWN
    if release.valid_from > today:
        return FlowState.COMING
    return FlowState.IN_FORCE if release.valid_until >= today else FlowState.PAST


def _flow(release: Release) -> Flow:
    kind = releasable(release.what)
    return Flow(
        number=release.public_id,
        giver=release.from_organisation.name,
        taker=release.to_organisation.name,
        what=str(kind.label) if kind else release.what,
        title=release.title,
        legal_basis=release.get_legal_basis_display(),
        purpose=release.purpose,
        valid_from=release.valid_from,
        valid_until=release.valid_until,
        state=_state(release),
        is_example=release.from_organisation.is_example or release.to_organisation.is_example,
    )
