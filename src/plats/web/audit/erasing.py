"""Letting values go: the entry stays and the chain stays whole, what the values were is gone for good."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from plats.web.audit.chain import canonical, ranges
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import recorded
from plats.web.audit.verify import ERASING_ACT


def erase_values(*, by: Any, entries: Iterable[int], decision: str, organisation: Any = None) -> int:
    """Erase the values of these entries by a decision with a number. Returns how many had values to erase.

    The act is itself an entry that names the decision and the entries, so that `verify` can say 'erased by decision N'.
    """
    if not decision.strip():
        raise ValueError(
            "Ange beslutets nummer: utan det går det inte att skilja radering från manipulation."
        )
    numbers = list(
        AuditValues.objects.filter(sequence__in=list(entries))
        .exclude(salt="")
        .values_list("sequence", flat=True)
    )
    if not numbers:
        return 0
    with recorded(by=by, act=ERASING_ACT, organisation=organisation) as record:
        AuditValues.objects.filter(sequence__in=numbers).update(salt="", reason="", values="")
        record.noted(kind="audit", note=canonical({"decision": decision.strip(), "entries": ranges(numbers)}))
    return len(numbers)


def entries_about(object_ids: Collection[str]) -> list[int]:
    """The entries about these objects."""
    return list(
        AuditEntry.objects.filter(object_id__in=[str(one) for one in object_ids])
        .order_by("sequence")
        .values_list("sequence", flat=True)
    )
