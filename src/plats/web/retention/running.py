"""Carrying out a plan: in batches, each one transaction with its tombstones, its entries and its line in the journal.

A run that is killed leaves whole batches behind it, and the next run goes on with what is left.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from plats.web.accounts.allowed import require_everywhere
from plats.web.audit.recording import actor_of, recorded
from plats.web.common.permissions import Permission
from plats.web.retention import erasures
from plats.web.retention.erasing import bury, erase_from_chain, erase_object
from plats.web.retention.erasures import Batch, Erased, Journal
from plats.web.retention.permissions import RUN
from plats.web.retention.planning import Plan, Planned
from plats.web.retention.registry import Erasing, Retained, retained_kind, sweeps
from plats.web.retention.rules import last_ripe_event
from plats.web.retention.settling import settle

ACT = "retention.erase"
BATCH_SIZE = 100


@dataclass
class Outcome:
    """What a run did. `passed` were on the plan but no longer due when their turn came."""

    erased: list[Planned] = field(default_factory=list)
    passed: list[Planned] = field(default_factory=list)


def retain(*, by: Any, plan: Plan, permission: Permission = RUN) -> Outcome:
    """Erase what the plan says. `by` is None at the command line.

    Raises JournalError, before anything is erased, when another run is under way or the journal is not whole.
    """
    require_everywhere(by, permission)
    outcome = Outcome()
    with erasures.opened() as journal:
        settle(journal)
        for name, items in plan.batches(BATCH_SIZE):
            kind = retained_kind(name)
            if kind is not None:
                _carry_out(kind, items, plan, by=by, journal=journal, outcome=outcome)
    for sweep in sweeps():
        sweep(by)
    return outcome


# Internals


def _carry_out(
    kind: Retained, items: Sequence[Planned], plan: Plan, *, by: Any, journal: Journal, outcome: Outcome
) -> None:
    """One batch. Its line is in the journal before it commits; what cannot be rolled back is done after."""
    decision, number = plan.decision_of(kind.rule), str(uuid.uuid4())
    # Durable: inside someone else's transaction the journal could not say when it committed.
    with transaction.atomic(durable=True):
        taken = [(item, _take(kind, item, plan)) for item in items]
        present = [(item, obj) for item, obj in taken if obj is not None]
        outcome.passed += [item for item, obj in taken if obj is None]
        if not present:
            return
        with recorded(by=by, act=ACT) as record:
            done = [_erase(kind, item, obj, Erasing(record, by, decision)) for item, obj in present]
            objects = tuple(one for one, _, _ in done)
            batch = Batch(number, timezone.now(), decision, actor_of(by), objects)
            entries = [entry for _, _, erasing in done for entry in erasing.entries]
            erase_from_chain(by=by, decision=decision, objects=objects, entries=entries)
            bury(batch, [count for _, count, _ in done])
            if not kind.is_trace:
                journal.begin(batch)
    if not kind.is_trace:
        journal.end(number, erasures.DONE)
    for _, _, erasing in done:
        for step in erasing.afterwards:
            step()
    outcome.erased += [
        replace(item, count=count) for (item, _), (_, count, _) in zip(present, done, strict=True)
    ]


def _take(kind: Retained, item: Planned, plan: Plan) -> Any | None:
    """The object, locked, if it is still due: someone may have used it again since the plan was made."""
    return kind.take(item.number, last_ripe_event(plan.as_of, (item.due_on - item.event_on).days))


def _erase(kind: Retained, item: Planned, obj: Any, erasing: Erasing) -> tuple[Erased, int, Erasing]:
    count = erase_object(kind, obj, erasing, object_id=item.object_id, rule=item.rule)
    told = Erased(item.kind, item.object_id, item.rule, item.event_on, item.due_on, tuple(erasing.parts))
    return told, count, erasing
