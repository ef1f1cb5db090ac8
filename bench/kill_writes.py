"""`python -m bench kill-writes [ROUNDS]`: fifty times kill -9 in the middle of writing.

A process makes acts, each a row with its entry in the audit chain, and tells each one after it is committed. Then it is
killed. Every act it told must be there, no row without its entry, no entry without its row, and the chain whole.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

from bench.forking import Child, in_a_fork
from bench.installation import installation, kind

ROUNDS = 50
SEED = 20261127
LONGEST_SECONDS = 0.4
START_SECONDS = 30


def main(arguments: list[str]) -> int:
    rounds = int(arguments[0]) if arguments else ROUNDS
    with installation():
        tally = kill_loop(rounds, tell=lambda line: print(line, flush=True))
        print(
            f"\n{kind()}: {tally['killed']} gånger kill -9 mitt i skrivandet; {tally['told']} kvitterade handlingar, "
            f"0 förlorade; {tally['untold']} sparade men hann inte kvitteras; loggen hel efter varje."
        )
    return 0


def kill_loop(rounds: int, *, tell: Callable[[str], None] = lambda _: None) -> Counter[str]:
    """Kill writers until `rounds` have been killed at work; raises AssertionError at the first that lost something."""
    moments = random.Random(SEED)  # noqa: S311  moments to kill at, not secrets
    told: set[str] = set()
    tally: Counter[str] = Counter()
    while tally["killed"] < rounds:
        number = tally["killed"]
        writer = Child(lambda say, number=number: _write_for_ever(f"{number}", say))
        # Not before it writes: a process that is killed while it starts proves nothing.
        assert writer.listen(START_SECONDS, until=f"{number}.0"), "The writer ended by itself."
        writer.listen(moments.uniform(0, LONGEST_SECONDS))
        assert writer.kill(), "The writer ended by itself."
        told |= set(writer.lines)
        seen = in_a_fork(_look)
        rows, entries = set(seen["rows"]), set(seen["entries"])
        assert told <= rows, f"Kvitterade men förlorade: {sorted(told - rows)}"
        assert rows == entries, f"Rad och loggpost skiljer sig: {sorted(rows ^ entries)}"
        assert seen["findings"] == [], seen["findings"]
        tally["killed"] += 1
        tally["told"], tally["untold"] = len(told), len(rows - told)
        tell(
            f"{tally['killed']:3d}  {len(writer.lines):4d} kvitterade, alla kvar; {seen['chain']} loggposter hela"
        )
    return tally


# Internals


def _write_for_ever(number: str, say: Callable[[str], None]) -> None:
    from plats.web.accounts.models import Organisation
    from plats.web.audit.recording import recorded

    count = 0
    while True:
        name = f"{number}.{count}"
        with recorded(by=None, act="bench.write") as record:
            made = Organisation.objects.create(name=name, kind="association", is_example=True)
            record.created(made)
            record.noted(kind="bench", object_id=name)
        say(name)
        count += 1


def _look() -> dict[str, Any]:
    from plats.web.accounts.models import Organisation
    from plats.web.audit.models import AuditEntry
    from plats.web.audit.verify import verify

    result = verify()
    told = AuditEntry.objects.filter(act="bench.write", kind="bench")
    return {
        "rows": list(Organisation.objects.values_list("name", flat=True)),
        "entries": list(told.values_list("object_id", flat=True)),
        "findings": [one.what for one in result.findings],
        "chain": result.entries,
    }
