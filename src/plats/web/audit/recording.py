"""Acts and their entries: no act without an entry, no entry without its act.

An action opens `recorded`, changes what it changes, and tells the record. Everything is one transaction; the entries
are written last, so that the chain is locked for as short a time as can be, and a failing entry undoes the act.

    with recorded(by=by, act="unit.add", organisation=organisation) as record:
        unit = Unit.objects.create(organisation=organisation, name=name)
        record.created(unit)
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from plats.web.audit.chain import GENESIS, canonical, digest_of, hash_of, written
from plats.web.audit.key import Anchor, audit_key, move_anchor
from plats.web.audit.models import AuditEntry, AuditHead, AuditValues
from plats.web.common.request_id import current_request_id

SYSTEM = "system"
"""The actor when nobody is signed in: the command line, the clock."""


class RecordingError(Exception):
    """An act that would leave no entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What one entry will say."""

    act: str
    kind: str = ""
    object_id: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass
class Record:
    """The record of an act under way."""

    by: Any
    act: str
    organisation: Any = None
    reason: str = ""
    notes: list[Note] = field(default_factory=list)
    # What acts inside this one have told; the outermost writes them all.
    inner: list[tuple[Record, Note]] = field(default_factory=list)
    _watched: list[tuple[models.Model, dict[str, Any]]] = field(default_factory=list)

    def created(self, obj: models.Model) -> None:
        """A new object: every field has come from nothing."""
        self._note(obj, {name: [None, value] for name, value in values_of(obj).items()})

    def removed(self, obj: models.Model) -> None:
        """Told before the object is removed: every field goes to nothing."""
        self._note(obj, {name: [value, None] for name, value in values_of(obj).items()})

    def watch(self, obj: models.Model) -> None:
        """Told before the object is changed: what the database holds now, locked until the act is done."""
        stored = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        self._watched.append((obj, values_of(stored)))

    def noted(
        self, *, kind: str, object_id: str = "", values: Mapping[str, Any] | None = None, note: str = ""
    ) -> None:
        """Something that is no change of a row of ours: a sign-in, a file handed out."""
        self.notes.append(
            Note(act=self.act, kind=kind, object_id=str(object_id), values=values or {}, note=note)
        )

    def close(self) -> list[Note]:
        """The notes, with what the watched objects have become."""
        for obj, before in self._watched:
            after = values_of(obj)
            changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
            self._note(obj, changed)
        if not self.notes:
            raise RecordingError(f"Åtgärden {self.act} sade inget om vad den gjorde.")
        return self.notes

    def _note(self, obj: models.Model, values: Mapping[str, Any]) -> None:
        self.notes.append(Note(act=self.act, kind=kind_of(obj), object_id=id_of(obj), values=values))


# Records under way, outermost first. Empty: nothing may be written. An unrecorded write stands as None.
_open: ContextVar[tuple[Record | None, ...]] = ContextVar("open_records", default=())


@contextmanager
def recorded(*, by: Any, act: str, organisation: Any = None, reason: str = "") -> Iterator[Record]:
    """One act, in one transaction with its entries. `by` is None only where nobody is signed in."""
    record = Record(by=by, act=act, organisation=organisation, reason=reason)
    outer = _open.get()
    token = _open.set((*outer, record))
    try:
        with transaction.atomic():
            yield record
            told = [*record.inner, *[(record, note) for note in record.close()]]
            if outer and outer[0] is not None:
                # One lock, taken last: two acts that each held the chain while they waited for rows would stop.
                outer[0].inner.extend(told)
            else:
                _append(told)
    finally:
        _open.reset(token)


@contextmanager
def unrecorded(why: str) -> Iterator[None]:
    """Writes that are no act of anyone: tests and the machinery itself. Every use is listed in a repository test."""
    if not why:
        raise RecordingError("Skriv varför det som skrivs inte är någons handling.")
    token = _open.set((*_open.get(), None))
    try:
        yield
    finally:
        _open.reset(token)


def is_recording() -> bool:
    """Whether a row may be written now."""
    return bool(_open.get())


def append(
    *, by: Any, act: str, organisation: Any = None, kind: str = "", object_id: str = "", note: str = ""
) -> None:
    """An entry of its own, for what changes nothing: a read, a refusal."""
    with recorded(by=by, act=act, organisation=organisation) as record:
        record.noted(kind=kind, object_id=object_id, note=note)


def kind_of(obj: models.Model) -> str:
    """What the object is called in the chain."""
    return str(getattr(obj, "object_kind", "") or obj._meta.model_name)


def id_of(obj: models.Model) -> str:
    """The number the object has outside the database."""
    return str(getattr(obj, "public_id", None) or obj.pk)


def actor_of(user: Any) -> str:
    """Who, as the chain says it: a number, never a name."""
    return SYSTEM if user is None else str(user.public_id)


def values_of(obj: models.Model) -> dict[str, Any]:
    """The fields of a row as the chain keeps them. A secret's name is kept, never its value."""
    secret: frozenset[str] = getattr(obj, "secret_fields", frozenset())
    return {
        one.name: "•" if one.name in secret else one.value_from_object(obj)
        for one in obj._meta.concrete_fields
        if not one.primary_key
    }


def parts_of(entry: AuditEntry) -> tuple[str, ...]:
    """What an entry's hash is made from, in the order it is made."""
    return (
        str(entry.sequence),
        written(entry.at),
        entry.actor,
        entry.organisation,
        entry.act,
        entry.kind,
        entry.object_id,
        entry.fields,
        entry.note,
        entry.request_id,
        entry.digest,
    )


# Internals


def _append(notes: list[tuple[Record, Note]]) -> None:
    """Write the entries, last in the transaction. Raises whatever the database raises: then nothing was done."""
    sequence, last = _locked_head()
    key, at, previous = audit_key(), timezone.now(), last or GENESIS
    after = Anchor(sequence, previous)
    entries, values = [], []
    for told, note in notes:
        sequence += 1
        side = AuditValues(
            sequence=sequence,
            salt=secrets.token_hex(16),
            reason=told.reason,
            values=canonical(note.values) if note.values else "",
        )
        entry = AuditEntry(
            sequence=sequence,
            at=at,
            actor=actor_of(told.by),
            organisation=str(told.organisation.public_id) if told.organisation is not None else "",
            act=note.act,
            kind=note.kind,
            object_id=note.object_id,
            fields=",".join(sorted(note.values)),
            note=note.note,
            request_id=current_request_id(),
            digest=digest_of(side.salt, side.reason, side.values),
            previous=previous,
        )
        entry.hash = previous = hash_of(key, previous, parts_of(entry))
        entries.append(entry)
        values.append(side)
    AuditEntry.objects.bulk_create(entries)
    AuditValues.objects.bulk_create(values)
    _move_head(sequence, previous)
    transaction.on_commit(lambda: move_anchor(Anchor(sequence, previous), after=after, hash_at=_hash_at))


# In words of the database's own: every act passes here with the chain locked, and building these two questions anew
# each time took as long as asking them.
_HEAD = "SELECT sequence, hash FROM audit_audithead WHERE id = 1"
_MOVE_HEAD = "UPDATE audit_audithead SET sequence = %s, hash = %s WHERE id = 1"


def _locked_head() -> tuple[int, str]:
    """Number and hash of the last entry, locked until the act is done."""
    lock = f" {connection.ops.for_update_sql()}" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD + lock)
        row = cursor.fetchone()
        if row is None:
            # The first act of all. Two at once: one makes the row, the other waits for it.
            AuditHead.objects.bulk_create([AuditHead()], ignore_conflicts=True)
            cursor.execute(_HEAD + lock)
            row = cursor.fetchone()
    sequence, last = row
    return int(sequence), str(last)


def _hash_at(sequence: int) -> str | None:
    return AuditEntry.objects.filter(pk=sequence).values_list("hash", flat=True).first()


def _move_head(sequence: int, last: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEAD, [sequence, last])
