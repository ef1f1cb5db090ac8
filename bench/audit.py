"""`python -m bench audit [ENTRIES]`: what an entry costs an act, and how long a chain takes to verify.

On the database that DATABASE_URL names, else on SQLite in a folder of its own. The peer of an act with its entry is the
same act without one, in the same run.
"""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.installation import installation, kind
from bench.measure import against_limit, busy

ENTRIES = 1_000_000
ACTS = 300
BATCH = 20_000


def main(arguments: list[str]) -> int:
    entries = int(arguments[0]) if arguments else ENTRIES
    with installation():
        print(f"{kind()}, {busy()}")
        return cost_of_an_entry() | time_to_verify(entries)


def cost_of_an_entry() -> int:
    """The same change with and without its entry, alternating so that both meet the same machine."""
    from django.db import transaction

    from plats.web.accounts.actions import May, create_user
    from plats.web.accounts.models import User
    from plats.web.audit.recording import recorded, unrecorded

    password = "tre gula lastbilar"  # noqa: S105  belongs to nobody
    user = create_user(by=None, email="a@exempel.se", name="A", password=password, may=May.READ)

    def change(number: int) -> User:
        stored: User = User.objects.select_for_update().get(pk=user.pk)
        stored.may_write = bool(number % 2)
        return stored

    def bare(number: int) -> None:
        with transaction.atomic(), unrecorded("bench: the act without its entry"):
            change(number).save(update_fields=["may_read", "may_write"])

    def whole(number: int) -> None:
        with recorded(by=user, act="user.switches") as record:
            stored = change(number)
            record.watch(stored)
            stored.save(update_fields=["may_read", "may_write"])

    without, with_entry = [], []
    for number in range(ACTS):
        without.append(_seconds(bare, number))
        with_entry.append(_seconds(whole, number))
    bare_ms, whole_ms = 1000 * statistics.median(without), 1000 * statistics.median(with_entry)
    print(f"handling utan post {bare_ms:.2f} ms, med {whole_ms:.2f} ms")
    return against_limit("loggposten lägger till (median)", whole_ms - bare_ms, 3.0, "ms")


def time_to_verify(entries: int) -> int:
    """A chain made in bulk by the chain's own arithmetic, then verified as the command does."""
    from plats.web.audit.verify import verify

    fill(entries)
    started = time.perf_counter()
    result = verify()
    seconds = time.perf_counter() - started
    assert result.whole, result.findings[:3]
    print(f"{result.entries} poster lästa, {1e6 * seconds / result.entries:.1f} µs per post")
    return against_limit(f"verifiera {result.entries} poster", seconds, 20.0 * entries / ENTRIES, "s")


def fill(entries: int) -> tuple[int, str]:
    """Make a chain of so many entries by the chain's own arithmetic; returns its end."""
    from django.db import transaction
    from django.utils import timezone

    from plats.web.audit.chain import GENESIS, canonical, digest_of, hash_of
    from plats.web.audit.key import Anchor, audit_key, reset_anchor
    from plats.web.audit.models import AuditEntry, AuditHead, AuditValues
    from plats.web.audit.recording import parts_of

    head = AuditHead.objects.first() or AuditHead()
    sequence, previous, key = head.sequence, head.hash or GENESIS, audit_key()
    values = canonical({"title": ["Belysning vid tunneln", "Belysning och röjning"], "revision": [1, 2]})
    while sequence < entries:
        rows: list[Any] = []
        sides: list[Any] = []
        for _ in range(min(BATCH, entries - sequence)):
            sequence += 1
            salt = secrets.token_hex(16)
            entry = AuditEntry(
                sequence=sequence,
                at=timezone.now(),
                actor="0f4c1b7e-0000-4000-8000-000000000001",
                organisation="0f4c1b7e-0000-4000-8000-000000000002",
                act="document.change",
                kind="document",
                object_id=f"0f4c1b7e-0000-4000-8000-{sequence:012d}",
                fields="revision,title",
                request_id="0123456789ab",
                digest=digest_of(salt, "", values),
                previous=previous,
            )
            entry.hash = previous = hash_of(key, previous, parts_of(entry))
            rows.append(entry)
            sides.append(AuditValues(sequence=sequence, salt=salt, values=values))
        with transaction.atomic():
            AuditEntry.objects.bulk_create(rows)
            AuditValues.objects.bulk_create(sides)
    AuditHead.objects.update_or_create(pk=AuditHead.ONLY, defaults={"sequence": sequence, "hash": previous})
    reset_anchor(Anchor(sequence, previous))
    return sequence, previous


# Internals


def _seconds(work: Callable[[int], None], number: int) -> float:
    started = time.perf_counter()
    work(number)
    return time.perf_counter() - started
