"""The key of the chain, and the anchor: what is known about it outside the database."""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from plats.web.common.secret_files import persistent_key

_log = logging.getLogger("plats.security")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last entry that was on record outside the database."""

    sequence: int
    hash: str


def audit_key() -> bytes:
    """The installation's key: PLATS_AUDIT_KEY where several machines share a database, else a file of its own."""
    return _key(settings.PLATS_AUDIT_KEY, str(settings.PLATS_HOME))


def read_anchor() -> Anchor | None:
    """The anchor, or None before anything was ever recorded."""
    try:
        content = json.loads(_anchor_path().read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    return Anchor(int(content["sequence"]), str(content["hash"]))


def move_anchor(anchor: Anchor, *, after: Anchor, hash_at: Callable[[int], str | None]) -> None:
    """Note that the chain has reached this entry. Two processes may finish in either order; the later entry stands.

    `after` is the end that the entries were hung on. The note moves only along the chain it is a note of: an end that
    was cut off and grown over anew leaves it where it is, and so every later verifying finds it. `hash_at` asks the
    database for an entry's hash, where others have written between the note and `after`.
    """
    folder = _anchor_path().parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = read_anchor()
        if known is None or (known.sequence < anchor.sequence and _is_on_the_way(known, after, hash_at)):
            reset_anchor(anchor)
        elif known.sequence < anchor.sequence:
            _log.error(
                "The audit chain no longer holds entry %s as it was noted. Run: plats audit verify",
                known.sequence,
            )


def reset_anchor(anchor: Anchor) -> None:
    """Put the anchor where a restored database ends."""
    path = _anchor_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not flushed to disk: after a power cut the anchor may lag behind the chain, which is no fault; it never leads.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(json.dumps({"sequence": anchor.sequence, "hash": anchor.hash}), encoding="ascii")
    temporary.replace(path)


# Internals


def _is_on_the_way(known: Anchor, after: Anchor, hash_at: Callable[[int], str | None]) -> bool:
    """Whether the noted entry is one of those that the new ones were hung on."""
    if known.sequence > after.sequence:
        return False
    return known.hash == (after.hash if known.sequence == after.sequence else hash_at(known.sequence))


def _anchor_path() -> Path:
    return Path(settings.PLATS_HOME) / "audit" / "anchor.json"


@lru_cache(maxsize=8)
def _key(given: str, home: str) -> bytes:
    if given:
        return given.encode()
    return persistent_key(Path(home), "audit_key").encode()


def key_path() -> Path:
    """Where the key lies when it is not given by the environment."""
    return Path(settings.PLATS_HOME) / "audit_key"
