"""What one erasure is made of, the same in a run and after a restore: the object, its parts, its values in the chain,
and its tombstone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plats.web.audit.chain import canonical
from plats.web.audit.erasing import entries_about, erase_values, with_values
from plats.web.retention.erasures import Batch, Erased
from plats.web.retention.models import Tombstone
from plats.web.retention.registry import Erasing, Retained, companions


def erase_object(kind: Retained, obj: Any, erasing: Erasing, *, object_id: str, rule: str) -> int:
    """Erase one object with what other apps have about it, and say so; returns how many rows it stood for."""
    for companion in companions(kind.kind):
        companion(obj, erasing)
    count = kind.erase(obj, erasing)
    note = {"decision": erasing.decision, "rule": rule}
    if kind.is_trace:
        note["count"] = str(count)
    erasing.record.noted(kind=kind.kind, object_id=object_id, note=canonical(note))
    return count


def erase_from_chain(
    *, by: Any, decision: str, objects: Iterable[Erased], entries: Iterable[int] = ()
) -> int:
    """Erase what the audit chain holds about these and their parts; returns how many entries were emptied."""
    return erase_values(by=by, entries={*entries_about(_numbers(objects)), *entries}, decision=decision)


def has_values(objects: Iterable[Erased]) -> bool:
    """Whether the chain holds values of any of these."""
    return bool(with_values(entries_about(_numbers(objects))))


def bury(batch: Batch, counts: Iterable[int]) -> None:
    """Put up the batch's tombstones, inside the act."""
    Tombstone.objects.bulk_create(
        Tombstone(
            kind=one.kind,
            object_id=one.object_id,
            count=count,
            rule=one.rule,
            event_on=one.event_on,
            due_on=one.due_on,
            erased_at=batch.at,
            decision=batch.decision,
            batch=batch.id,
            actor=batch.actor,
        )
        for one, count in zip(batch.objects, counts, strict=True)
    )


# Internals


def _numbers(objects: Iterable[Erased]) -> list[str]:
    return [number for one in objects for number in (one.object_id, *one.parts) if number]
