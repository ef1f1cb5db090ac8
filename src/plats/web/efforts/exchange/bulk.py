"""One change of many efforts: what it would do to each, told before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from plats.web.efforts.exchange import queries
from plats.web.efforts.kinds import EffortState
from plats.web.efforts.models import Effort
from plats.web.goals.models import Goal


@dataclass(frozen=True, slots=True)
class Chosen:
    """An effort that someone ticked, as the page showed it."""

    number: UUID
    revision: int


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of all of them; what is None stays as it is."""

    state: EffortState | None = None
    goal: Goal | None = None
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one: the changes in words, or why it cannot be. Neither: it is so already."""

    chosen: Chosen
    effort: Effort | None
    changes: tuple[str, ...] = ()
    refusal: str = ""


def outcomes(*, by: Any, chosen: Sequence[Chosen], change: Change) -> list[Outcome]:
    """What the change would do to each that was chosen, in the order they were chosen. Three queries."""
    found = queries.chosen_efforts(by, [one.number for one in chosen])
    publishable = queries.publishable(by, found.values()) if change.public is not None else set()
    linked = queries.linked_to(change.goal, found.values()) if change.goal else set()
    return [_outcome(one, found.get(one.number), change, publishable, linked) for one in chosen]


# Internals


def _outcome(
    chosen: Chosen, effort: Effort | None, change: Change, publishable: set[int], linked: set[int]
) -> Outcome:
    if effort is None:
        return Outcome(
            chosen, None, refusal=_("Insatsen finns inte bland dem du får ändra. Välj om utan den.")
        )
    if effort.revision != chosen.revision:
        said = _("Någon annan har ändrat insatsen sedan du valde den. Läs den och välj om.")
        return Outcome(chosen, effort, refusal=said)
    wants_other = change.public is not None and effort.is_public != change.public
    if wants_other and effort.pk not in publishable:
        return Outcome(chosen, effort, refusal=_("Du får inte publicera den här insatsen. Välj om utan den."))
    changes = []
    if change.state and effort.state != change.state:
        changes.append(f"{effort.get_state_display()} → {change.state.label}")
    if change.goal and effort.pk not in linked:
        changes.append(_("får målet %(goal)s") % {"goal": change.goal.title})
    if wants_other:
        changes.append(_("publiceras") if change.public else _("dras tillbaka"))
    return Outcome(chosen, effort, tuple(changes))
