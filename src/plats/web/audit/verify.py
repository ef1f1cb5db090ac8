"""Whether the chain is whole: every alteration, removal and reordering since it was written is found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection, models, transaction

from plats.web.audit.chain import GENESIS, digest_of, hash_of
from plats.web.audit.key import Anchor, audit_key, read_anchor
from plats.web.audit.models import AuditEntry, AuditHead, AuditValues

ERASING_ACT = "audit.erase"
_MOST_TOLD = 50
_BATCH = 5_000
_AS_TEXT = {
    "sqlite": "CAST(e.at AS TEXT)",
    "postgresql": "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written."""

    sequence: int
    what: str


@dataclass
class Verification:
    """What a run found. `erased` counts entries without values by the decision that let them go."""

    entries: int = 0
    last_hash: str = GENESIS
    erased: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    more: int = 0

    @property
    def whole(self) -> bool:
        return not self.findings

    def found(self, sequence: int, what: str) -> None:
        if len(self.findings) < _MOST_TOLD:
            self.findings.append(Finding(sequence, what))
        else:
            self.more += 1


class Row(NamedTuple):
    """An entry and its side row. Without a side row the last three are None."""

    sequence: int
    at: str
    actor: str
    organisation: str
    act: str
    kind: str
    object_id: str
    fields: str
    note: str
    request_id: str
    digest: str
    previous: str
    hash: str
    salt: str | None
    reason: str | None
    values: str | None


def verify(*, anchor: Anchor | None = None) -> Verification:
    """Read the chain from its first entry to its last. `anchor` stands in for the file outside the database.

    One transaction, so that entries written meanwhile are in no half of it.
    """
    result = Verification()
    known = anchor or read_anchor()
    with transaction.atomic():
        erased_by = _erased_by()
        head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
        end = _judge_entries(result, erased_by, known)
        _judge_strays(result)
        _judge_end(result, end, head, known)
    return result


def read_erasing(note: str) -> tuple[str, list[tuple[int, int]]]:
    """The decision and the entries that an act of erasing names. Nothing, of a note that is not as it was written: the
    entry itself is found then."""
    try:
        content = json.loads(note)
        return str(content["decision"]), [(int(start), int(end)) for start, end in content["entries"]]
    except (ValueError, KeyError, TypeError):
        return "", []


# Internals


def _judge_entries(result: Verification, erased_by: dict[int, str], known: Anchor | None) -> int:
    """Judge each entry; returns the number of the last."""
    key, expected = audit_key(), 1
    for row in _rows():
        if row.sequence != expected:
            result.found(row.sequence, f"Posterna {expected} till {row.sequence - 1} saknas.")
        if row.previous != result.last_hash:
            result.found(row.sequence, "Posten hänger inte ihop med den före.")
        if hash_of(key, row.previous, (str(row.sequence), _moment(row.at), *row[2:11])) != row.hash:
            result.found(row.sequence, "Posten har ändrats efter att den skrevs.")
        _judge_values(row, erased_by, result)
        if known is not None and row.sequence == known.sequence and row.hash != known.hash:
            result.found(row.sequence, "Posten är en annan än den som noterats utanför databasen.")
        result.last_hash, expected = row.hash, row.sequence + 1
        result.entries += 1
    return expected - 1


def _judge_values(row: Row, erased_by: dict[int, str], result: Verification) -> None:
    decision = erased_by.get(row.sequence, "")
    if row.salt is None or row.reason is None or row.values is None:
        result.found(row.sequence, "Postens värden är borttagna utan beslut.")
    elif row.salt:
        if digest_of(row.salt, row.reason, row.values) != row.digest:
            result.found(row.sequence, "Postens värden har ändrats efter att de skrevs.")
        elif decision:
            result.found(row.sequence, f"Postens värden finns kvar fast de raderats enligt {decision}.")
    elif row.reason or row.values:
        result.found(row.sequence, "Postens värden har ändrats efter att de raderades.")
    elif decision:
        result.erased[decision] += 1
    else:
        result.found(row.sequence, "Postens värden är raderade utan beslut.")


def _judge_strays(result: Verification) -> None:
    """Values that belong to no entry: nobody's act put them there."""
    entry = AuditEntry.objects.filter(pk=models.OuterRef("pk"))
    strays = AuditValues.objects.filter(~models.Exists(entry)).order_by("pk")
    for number in strays.values_list("pk", flat=True)[: _MOST_TOLD + 1]:
        result.found(number, "Här finns värden men ingen post.")


def _judge_end(result: Verification, end: int, head: AuditHead | None, known: Anchor | None) -> None:
    """The end by the row that holds it and by the file outside the database: what is cut off at the end shows here."""
    if head is not None and (head.sequence, head.hash or GENESIS) != (end, result.last_hash):
        result.found(end, f"Loggen slutar vid {end}, men noteringen om dess ände säger {head.sequence}.")
    if head is None and end:
        result.found(end, "Noteringen om loggens ände är borttagen.")
    if known is not None and known.sequence > end:
        result.found(end, f"Loggen slutar vid {end}, men utanför databasen är {known.sequence} noterad.")
    if known is None and end:
        result.found(
            end, "Det finns ingen notering utanför databasen; det går inte att säga om slutet är kvar."
        )


def _erased_by() -> dict[int, str]:
    """Each erased entry's decision; the latest, where several decisions name one entry."""
    found: dict[int, str] = {}
    told = AuditEntry.objects.filter(act=ERASING_ACT).order_by("sequence").values_list("sequence", "note")
    for sequence, note in told:
        decision, ranges = read_erasing(note)
        for start, end in ranges:
            # Only what was written before can have been erased; and a forged range is not to fill the memory.
            found.update(dict.fromkeys(range(max(start, 1), min(end, sequence - 1) + 1), decision))
    return found


def _rows() -> Iterator[Row]:
    """Entry and side row in order, without building model objects: a million of them is a matter of seconds."""
    entry, side = AuditEntry._meta.db_table, AuditValues._meta.db_table
    # As text already in the database: a million moments made into objects and back cost more than their hashes.
    moment = _AS_TEXT[connection.vendor]
    sql = (
        f"SELECT e.sequence, {moment}, e.actor, e.organisation, e.act, e.kind, e.object_id, e.fields, e.note, "
        'e.request_id, e.digest, e.previous, e.hash, v.salt, v.reason, v."values" '
        f"FROM {entry} e LEFT JOIN {side} v ON v.sequence = e.sequence ORDER BY e.sequence"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while batch := cursor.fetchmany(_BATCH):
            yield from map(Row._make, batch)


def _moment(at: str) -> str:
    """The moment as the chain writes it, from the database's text."""
    text = at.replace(" ", "T")
    return f"{text}Z" if "." in text else f"{text}.000000Z"
