"""`python -m bench backup [MEGABYTES]`: a backup of a gigabyte while someone writes, and a drill of it.

The writer makes acts, each a row with its entry in the audit chain, one after the other with a short pause. What it
waits at most while the backup is made is set beside what it waits at most in the same time without one.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.audit import fill
from bench.forking import Child, in_a_fork
from bench.installation import installation, kind
from bench.kill_backups import database
from bench.kill_writes import SEED
from bench.measure import against_limit, busy

MEGABYTES = 1000
LIMIT_MS = 200.0
PAUSE_SECONDS = 0.003
MEGABYTE = 1_000_000
# Two fifths are rows. An entry of the chain takes this many bytes, roughly; uploads fill up to the whole.
DATABASE_SHARE = 400_000
ENTRY_BYTES = 750


def main(arguments: list[str]) -> int:
    megabytes = int(arguments[0]) if arguments else MEGABYTES
    with installation() as home:
        in_a_fork(lambda: fill(megabytes * DATABASE_SHARE // ENTRY_BYTES)[0])
        rows = in_a_fork(_database_bytes)
        files = megabytes * MEGABYTE - rows
        _fill_files(home, files)
        print(f"{kind()}, {busy()}")
        made, beside = _while_writing(lambda: _back_up(home))
        _, without = _while_writing(lambda: time.sleep(made["seconds"]))
        print(
            f"säkerhetskopia av {megabytes} MB (databas {rows / 1e6:.0f} MB, filer {files / 1e6:.0f} MB) på "
            f"{made['seconds']:.1f} s; arkivet {made['bytes'] / 1e6:.0f} MB, läst tillbaka och prövat"
        )
        _tell("skrivningar utan", without)
        code = _tell("skrivningar medan kopian görs", beside)
        drilled = in_a_fork(lambda: _drill(home, Path(made["archive"])))
        steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in drilled["seconds"].items())
        print(f"övning {drilled['total']:.1f} s: {steps}; {drilled['entries']} loggposter prövade")
    return code


# Internals


def _while_writing(work: Callable[[], Any]) -> tuple[Any, list[float]]:
    """Do the work in a child beside a writer; the result, and the milliseconds of each write meanwhile."""
    writer = Child(_write_for_ever)
    assert writer.listen(30, until="ready")
    child = Child(lambda tell: tell(json.dumps([time.monotonic(), work(), time.monotonic()])))
    while child.listen(0.01):
        writer.listen(0.01)
    assert child.wait() == 0
    assert writer.kill()
    begun, result, done = json.loads(child.lines[-1])
    writes = [json.loads(line) for line in writer.lines if line.startswith("[")]
    return result, [ms for at, ms in writes if begun <= at <= done]


def _write_for_ever(tell: Callable[[str], None]) -> None:
    from plats.web.accounts.models import Organisation
    from plats.web.audit.recording import recorded

    with recorded(by=None, act="bench.create") as record:
        one = Organisation.objects.create(name=str(time.monotonic_ns()), kind="association")
        record.created(one)
    tell("ready")
    while True:
        started = time.monotonic()
        with recorded(by=None, act="bench.change") as record:
            record.watch(one)
            one.contact_function = str(started)
            one.save()
        tell(json.dumps([started, 1000 * (time.monotonic() - started)]))
        time.sleep(PAUSE_SECONDS)


def _tell(title: str, milliseconds: list[float]) -> int:
    ordered = sorted(milliseconds)
    p50, p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    print(f"  {title}: {len(ordered)} st, p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    return against_limit(f"  {title}, längst", ordered[-1], LIMIT_MS, "ms")


def _database_bytes() -> int:
    from django.db import connection

    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _fill_files(home: Path, size: int) -> None:
    drawn = random.Random(SEED)  # noqa: S311
    piece = 2 << 20
    for number in range(size // piece):
        path = home / "files" / f"{number % 100:02d}" / f"{number:064d}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drawn.randbytes(piece))


def _back_up(home: Path) -> dict[str, Any]:
    from plats.web.operations.backup.making import back_up, step_aside

    step_aside()
    made = back_up(home=home, database=database(), municipality="0126", target=home.parent / "b.tar")
    return {
        "seconds": made.seconds,
        "bytes": made.manifest.bytes,
        "archive": str(made.archive),
    }


def _drill(home: Path, archive: Path) -> dict[str, Any]:
    from plats.web.operations.backup.drilling import drill

    done = drill(archive=archive, home=home, database=database())
    return {"seconds": done.seconds, "total": done.total, "entries": done.settled.entries}
