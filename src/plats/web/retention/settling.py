"""What the journal and the database know of each other, put in agreement before anything more is erased."""

from __future__ import annotations

from plats.web.retention import erasures
from plats.web.retention.erasures import DONE, VOID, Batch, Erased, Journal
from plats.web.retention.models import Tombstone


def settle(journal: Journal) -> None:
    """Say how each open batch ended, by the database; and write anew what a lost journal no longer has."""
    for batch in [one for one in journal.batches.values() if not one.end]:
        journal.end(batch.id, DONE if is_buried(batch.id) else VOID)
    for batch in _unwritten(journal):
        journal.begin(batch)
        journal.end(batch.id, DONE)


def unwritten() -> int:
    """How many batches the database has tombstones of and the journal does not know: it has been cut, or is lost."""
    return len(_unwritten(erasures.read()))


def is_buried(batch_id: str) -> bool:
    """Whether the batch committed: its tombstones are there."""
    return Tombstone.objects.filter(batch=batch_id).exists()


# Internals


def _unwritten(journal: Journal) -> list[Batch]:
    """Traces have no number and no line."""
    rows = Tombstone.objects.exclude(object_id="").order_by("pk")
    known = journal.batches.keys()
    numbers = dict.fromkeys(str(number) for number in rows.values_list("batch", flat=True))
    return [_batch(number) for number in numbers if number not in known]


def _batch(number: str) -> Batch:
    stones = list(Tombstone.objects.filter(batch=number).exclude(object_id="").order_by("pk"))
    objects = tuple(Erased(one.kind, one.object_id, one.rule, one.event_on, one.due_on) for one in stones)
    first = stones[0]
    return Batch(number, first.erased_at, first.decision, first.actor, objects)
