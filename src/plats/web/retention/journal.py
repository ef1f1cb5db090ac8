"""After a restore: what had been erased since the backup was made is erased again, before anyone sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from plats.web.audit.recording import recorded
from plats.web.retention import erasures
from plats.web.retention.erasing import bury, erase_from_chain, erase_object, has_values
from plats.web.retention.erasures import DONE, VOID, Batch, Erased, Journal
from plats.web.retention.models import Tombstone
from plats.web.retention.planning import make_plan
from plats.web.retention.registry import Erasing, retained_kind
from plats.web.retention.rules import last_ripe_event
from plats.web.retention.running import retain
from plats.web.retention.settling import is_buried

ACT = "retention.replay"


def replay(*, by: Any = None) -> int:
    """Erase again, in a database that has been restored, what the journal says is erased; returns how many objects.

    A batch that was open when its process died is carried out as far as its rules still say so: then it is right
    whichever way it went. Traces have no lines, and are erased anew by their days. Raises JournalError when the journal
    cannot be trusted.
    """
    count = 0
    with erasures.opened() as journal:
        for batch in list(journal.batches.values()):
            if batch.end != VOID:
                count += _replay(journal, batch, by)
    plan = make_plan()
    traces = replace(plan, items=tuple(item for item in plan.items if item.is_trace))
    return count + sum(item.count for item in retain(by=by, plan=traces).erased)


# Internals


@dataclass
class _Again:
    """A batch's objects and what the restored database has of them."""

    batch: Batch
    by: Any
    taken: dict[Erased, Any]
    afterwards: list[Callable[[], object]] = field(default_factory=list)

    def erase(self) -> int:
        """Rows, values in the chain, tombstones: whatever is there or lacking. Returns how many objects were there."""
        present = {one: obj for one, obj in self.taken.items() if obj is not None}
        missing = self._without_tombstone()
        if not (present or missing or has_values(self.taken)):
            return 0
        with recorded(by=self.by, act=ACT) as record:
            record.noted(kind="erasure", object_id=self.batch.id, note=self.batch.decision)
            erased, entries = list(self.taken), []
            for one, obj in present.items():
                erasing = Erasing(record, self.by, self.batch.decision)
                self._erase_one(one, obj, erasing)
                erased.append(replace(one, parts=tuple(erasing.parts)))
                entries += erasing.entries
            erase_from_chain(by=self.by, decision=self.batch.decision, objects=erased, entries=entries)
            bury(replace(self.batch, objects=missing), [1] * len(missing))
        return len(present)

    def _erase_one(self, one: Erased, obj: Any, erasing: Erasing) -> None:
        kind = retained_kind(one.kind)
        if kind is not None:
            erase_object(kind, obj, erasing, object_id=one.object_id, rule=one.rule)
            self.afterwards += erasing.afterwards

    def _without_tombstone(self) -> tuple[Erased, ...]:
        stones = Tombstone.objects.filter(batch=self.batch.id).values_list("kind", "object_id")
        buried = set(stones)
        return tuple(one for one in self.taken if (one.kind, one.object_id) not in buried)


def _replay(journal: Journal, batch: Batch, by: Any) -> int:
    is_certain = batch.end == DONE or is_buried(batch.id)
    with transaction.atomic(durable=True):
        taken = {one: _take(one, is_certain=is_certain) for one in batch.objects}
        if not is_certain:
            taken = {one: obj for one, obj in taken.items() if obj is not None}
        again = _Again(batch, by, taken)
        count = again.erase()
    if not batch.end:
        journal.end(batch.id, DONE if taken else VOID)
    for step in again.afterwards:
        step()
    return count


def _take(one: Erased, *, is_certain: bool) -> Any | None:
    kind = retained_kind(one.kind)
    if kind is None:
        return None  # its app is gone, and its rows with it
    if is_certain:
        return kind.take(one.object_id)
    return kind.take(one.object_id, last_ripe_event(timezone.localdate(), (one.due_on - one.event_on).days))
