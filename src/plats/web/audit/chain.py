"""The arithmetic of the chain: how an entry is hashed. Pure; knows no database.

    digest = SHA-256(salt ‖ reason ‖ values)
    hash   = HMAC-SHA-256(key, previous ‖ sequence ‖ at ‖ actor ‖ ... ‖ digest)

Each part is preceded by its length, so that moving a letter from one field to the next changes the hash. The key
lies outside the database: whoever can change rows cannot make the hashes that would hide it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

GENESIS = "0" * 64
"""What the first entry is chained to."""


def canonical(content: Any) -> str:
    """One spelling for one content: keys in order, no spaces, dates as ISO text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def digest_of(salt: str, reason: str, values: str) -> str:
    """The salted digest of what an entry's side row holds."""
    return hashlib.sha256(_framed((salt, reason, values))).hexdigest()


def hash_of(key: bytes, previous: str, parts: Iterable[str]) -> str:
    """The keyed hash of an entry: the one before it, and its own parts in their fixed order."""
    return hmac.digest(key, _framed((previous, *parts)), "sha256").hex()


def written(at: datetime) -> str:
    """A moment as the chain writes it: UTC, always with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers as closed ranges: 1, 2, 3, 7 is [[1, 3], [7, 7]]."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


# Internals


def _framed(parts: Iterable[str]) -> bytes:
    """Each part with its number of letters before it: no two lists of parts are framed alike."""
    return "".join([f"{len(part)}:{part}" for part in parts]).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, date | UUID | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset | tuple):
        return sorted(map(str, value))
    return str(value)
