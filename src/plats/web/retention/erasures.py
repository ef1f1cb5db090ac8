"""The journal of what has been erased: a file outside the database, so that a restored backup brings nothing back.

``PLATS_HOME/erasures.jsonl``, one line for each step of a batch, only ever added to, each chained by a keyed hash to
the one before:

    begin   what the batch erases; on disk before the transaction that erases it commits
    done    it committed
    void    it was rolled back, and nothing of it was erased

A process killed between `begin` and `done` leaves a batch that is open. The database says which way it went: it has
the batch's tombstones, or it has not. What a restore puts together of two journals may fork, so a line must follow one
that stands before it, not just before it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.audit.chain import GENESIS, canonical, hash_of
from plats.web.audit.key import audit_key

BEGIN, DONE, VOID = "begin", "done", "void"


class JournalError(ValueError):
    """The journal is not as it was written, or is in use. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Erased:
    """One object as the journal has it: its number, days and rule, and the numbers of its parts; nothing it said."""

    kind: str
    object_id: str
    rule: str
    event_on: date
    due_on: date
    parts: tuple[str, ...] = ()

    def written(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "object": self.object_id,
            "rule": self.rule,
            "event": self.event_on.isoformat(),
            "due": self.due_on.isoformat(),
            "parts": list(self.parts),
        }

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Erased:
        days = (date.fromisoformat(content["event"]), date.fromisoformat(content["due"]))
        return cls(content["kind"], content["object"], content["rule"], *days, tuple(content["parts"]))


@dataclass(slots=True)
class Batch:
    """What was erased in one transaction, and how it ended: '' while that is not known."""

    id: str
    at: datetime
    decision: str
    actor: str
    objects: tuple[Erased, ...]
    end: str = ""


@dataclass
class Journal:
    """The journal while it is held; nobody else writes meanwhile."""

    handle: int
    batches: dict[str, Batch] = field(default_factory=dict)
    last: str = GENESIS

    def begin(self, batch: Batch) -> None:
        """Write what is about to be erased. On disk when this returns; raises OSError when it cannot be."""
        told = {
            "decision": batch.decision,
            "actor": batch.actor,
            "objects": [one.written() for one in batch.objects],
        }
        self._add(BEGIN, batch.id, told | {"erased_at": batch.at})
        self.batches[batch.id] = batch

    def end(self, batch_id: str, how: str) -> None:
        """Write how a batch ended."""
        self._add(how, batch_id, {})
        self.batches[batch_id].end = how

    def _add(self, step: str, batch_id: str, told: Mapping[str, Any]) -> None:
        content = {"at": timezone.now(), "batch": batch_id, "step": step, **told, "previous": self.last}
        text = canonical(content)
        self.last = hash_of(audit_key(), self.last, [text])
        line = json.dumps({"hash": self.last, "line": text}, ensure_ascii=False).encode() + b"\n"
        if os.write(self.handle, line) != len(line):
            raise OSError(f"{path()}: raden blev inte hel. Kontrollera att det finns plats på disken.")
        os.fsync(self.handle)


def path() -> Path:
    """Where the journal lies."""
    return Path(settings.PLATS_HOME) / "erasures.jsonl"


@contextmanager
def opened() -> Iterator[Journal]:
    """Hold the journal. Raises JournalError when someone else does, or when a line is not as it was written."""
    handle = _open()
    try:
        _hold(handle)
        _drop_torn_end(handle)
        yield _read(handle)
    finally:
        os.close(handle)


def read() -> Journal:
    """The journal as it stands, without holding it. Raises JournalError when a line is not as it was written."""
    try:
        content = path().read_bytes()
    except FileNotFoundError:
        content = b""
    return _judged(content[: content.rfind(b"\n") + 1].splitlines())


# Internals


def _open() -> int:
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    is_new = not target.exists()
    handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    if is_new:
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name itself must last through a power cut
        finally:
            os.close(folder)
    return handle


def _hold(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise JournalError(_("En gallring pågår redan. Vänta tills den är klar och försök igen.")) from None


def _drop_torn_end(handle: int) -> None:
    """A process killed while it wrote leaves half a line: that step was never taken."""
    content = _content(handle)
    whole = content.rfind(b"\n") + 1
    if whole != len(content):
        os.ftruncate(handle, whole)


def _read(handle: int) -> Journal:
    found = _judged(_content(handle).splitlines())
    found.handle = handle
    return found


def _content(handle: int) -> bytes:
    size = os.fstat(handle).st_size
    return b"".join(_pieces(handle, size))


def _pieces(handle: int, size: int) -> Iterator[bytes]:
    at = 0
    while at < size and (piece := os.pread(handle, size - at, at)):
        at += len(piece)
        yield piece


def _judged(lines: Iterable[bytes]) -> Journal:
    journal, known = Journal(-1), {GENESIS}
    for number, line in enumerate(lines, start=1):
        content, own = _line(number, line)
        if content["previous"] not in known:
            raise JournalError(f"Raden före rad {number} i {path().name} saknas. {_ADVICE}")
        if own in known:
            raise JournalError(f"Rad {number} i {path().name} står två gånger. {_ADVICE}")
        known.add(own)
        journal.last = own
        _take_in(journal, number, content)
    return journal


def _line(number: int, line: bytes) -> tuple[dict[str, Any], str]:
    try:
        outer = json.loads(line)
        content, own = json.loads(outer["line"]), str(outer["hash"])
        right = hash_of(audit_key(), content["previous"], [outer["line"]]) == own
    except (ValueError, KeyError, TypeError):
        right = False
    if not right:
        raise JournalError(f"Rad {number} i {path().name} är inte som den skrevs. {_ADVICE}")
    return content, own


def _take_in(journal: Journal, number: int, content: Mapping[str, Any]) -> None:
    if content["step"] == BEGIN:
        objects = tuple(Erased.read(one) for one in content["objects"])
        journal.batches[content["batch"]] = Batch(
            content["batch"],
            datetime.fromisoformat(content["erased_at"]),
            content["decision"],
            content["actor"],
            objects,
        )
    elif content["batch"] in journal.batches:
        journal.batches[content["batch"]].end = content["step"]
    else:
        raise JournalError(f"Rad {number} i {path().name} avslutar en omgång som inte finns. {_ADVICE}")


_ADVICE = (
    "Lägg tillbaka journalen från en säkerhetskopia av den här installationen, med samma nyckel (audit_key), "
    "och försök igen."
)
