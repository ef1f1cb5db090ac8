"""Letting values go: the entry stays and the chain stays whole, what the values were is gone for good."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import transaction

from plats.web.audit.chain import canonical, ranges
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import recorded
from plats.web.audit.verify import ERASING_ACT

T = TypeVar("T")
# As many as any database takes in one question.
_CHUNK = 500


def erase_values(*, by: Any, entries: Iterable[int], decision: str, organisation: Any = None) -> int:
    """Erase the values of these entries by a decision with a number. Returns how many had values to erase.

    The act is itself an entry that names the decision and the entries, so that `verify` can say 'erased by decision N'.
    """
    if not decision.strip():
        raise ValueError(
            "Ange beslutets nummer: utan det går det inte att skilja radering från manipulation."
        )
    with transaction.atomic():
        numbers = with_values(entries)
        if not numbers:
            return 0
        with recorded(by=by, act=ERASING_ACT, organisation=organisation) as record:
            for part in _parts(numbers):
                AuditValues.objects.filter(sequence__in=part).update(salt="", reason="", values="")
            record.noted(
                kind="audit", note=canonical({"decision": decision.strip(), "entries": ranges(numbers)})
            )
    return len(numbers)


def with_values(entries: Iterable[int]) -> list[int]:
    """Those of the entries that hold a value or a reason."""
    found: list[int] = []
    for part in _parts(sorted(set(entries))):
        rows = AuditValues.objects.filter(sequence__in=part).exclude(values="", reason="")
        found += rows.order_by("sequence").values_list("sequence", flat=True)
    return found


def entries_about(object_ids: Collection[str]) -> list[int]:
    """The entries about these objects."""
    found: list[int] = []
    for part in _parts([str(one) for one in object_ids]):
        rows = AuditEntry.objects.filter(object_id__in=part)
        found += rows.order_by("sequence").values_list("sequence", flat=True)
    return sorted(found)


# Internals


def _parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
