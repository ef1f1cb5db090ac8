"""Run as a program in a home of its own: make rows, erase and die by SIGKILL at a named point, erase again, tell."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from plats.cli.output import set_up_django

EVENT = date(2020, 1, 1)
POINTS = (
    "before the line",
    "half the line",
    "after the line",
    "before the entry",
    "after the commit",
    "after the end",
    "between two batches",
)


def make() -> None:
    """Migrate, and three memberships that ended long ago."""
    from django.core.management import call_command

    from plats.web.accounts.models import Membership
    from plats.web.accounts.tests.world import make_organisation, make_user
    from plats.web.audit.key import audit_key
    from plats.web.audit.recording import unrecorded
    from plats.web.retention.tests.things import local

    call_command("migrate", verbosity=0, interactive=False)
    audit_key()  # every copy of the home has the same
    organisation = make_organisation("Kommunstyrelsen (exempel)")
    with unrecorded("a test's world"):
        for number in range(3):
            at = local(EVENT + timedelta(days=number))
            Membership.objects.create(
                user=make_user(), organisation=organisation, role="analyst", started_at=at, ended_at=at
            )


def erase(point: str) -> None:
    """Erase, in batches of two, and die at the point; '' lives."""
    from plats.web.retention import running
    from plats.web.retention.planning import make_plan

    running.BATCH_SIZE = 2
    if point:
        _die_at(point)
    running.retain(by=None, plan=make_plan(rules=["membership"]))


def again() -> None:
    """Erase again in a restored database."""
    from plats.web.retention.journal import replay

    replay()


def tell() -> None:
    """What there is: living memberships, tombstones, how each batch ended, what is wrong with the chain."""
    from plats.web.accounts.models import Membership
    from plats.web.audit.verify import verify
    from plats.web.retention import erasures
    from plats.web.retention.models import Tombstone

    told = {
        "living": Membership.objects.count(),
        "buried": Tombstone.objects.count(),
        "ends": [one.end for one in erasures.read().batches.values()],
        "findings": [one.what for one in verify().findings],
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(point: str) -> None:
    from plats.web.audit import recording
    from plats.web.retention import erasures

    journal = erasures.Journal
    begin, end = journal.begin, journal.end
    owner, name, step = {
        "before the line": (journal, "begin", _die),
        "half the line": (erasures.os, "write", _half),
        "after the line": (journal, "begin", _then_die(begin)),
        "before the entry": (recording, "_locked_head", _die),
        "after the commit": (journal, "end", _die),
        "after the end": (journal, "end", _then_die(end)),
        "between two batches": (journal, "begin", _second_time_die(begin)),
    }[point]
    setattr(owner, name, step)


def _half(handle: int, line: bytes, write: Callable[[int, bytes], int] = os.write) -> None:
    write(handle, line[: len(line) // 2])
    os.fsync(handle)
    _die()


def _then_die(step: Callable[..., None]) -> Callable[..., None]:
    def taken(*given: Any) -> None:
        step(*given)
        _die()

    return taken


def _second_time_die(step: Callable[..., None]) -> Callable[..., None]:
    calls: list[int] = []

    def counted(*given: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            _die()
        step(*given)

    return counted


if __name__ == "__main__":
    set_up_django()
    for word in sys.argv[1].split(","):
        what, _, at = word.partition("=")
        {"make": make, "erase": partial(erase, at), "again": again, "tell": tell}[what]()
